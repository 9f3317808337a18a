/** What a device, its software, an element type and a batch come to for a model: the room's one door. */
import { factOf, type Device, type StackProfile } from './device';
import { datasheetEstimate, scaledProfile, type Scaled } from './datasheet';
import { bitsOf, dtypeNamed, findDevice } from './find';
import { matchingStacks, stackProblem, typeOfStack, usualStack } from './find-stack';
import { acceleratorEstimate } from './hierarchy/accelerator';
import { bytesOfType, roomFor } from './memory-room';
import { profiledEstimate } from './profiled';
import { fromFacts, rangeOfOwn, usualType } from './ranges';
import type { Answer, Catalogue, EnergyRequest, OwnDevice } from './request';
import { storedBytes } from './stack-time';
import { devices as knownDevices, profiles as knownProfiles } from './tables.generated';
import type { Workload } from './work';

export type { Answer, Catalogue, EnergyRequest } from './request';

const builtIn: Catalogue = { devices: knownDevices, profiles: knownProfiles };

const catalogues = new WeakMap<OwnDevice, Catalogue>();

/** With a device of the user's own, which goes before one of the same name. */
export function withOwn(own: OwnDevice): Catalogue {
  let catalogue = catalogues.get(own);
  if (!catalogue) {
    const { device, profiles } = own;
    catalogue = {
      devices: [device, ...knownDevices.filter(each => each.id !== device.id)], profiles: [...profiles, ...knownProfiles.filter(each => each.device !== device.id)],
    };
    catalogues.set(own, catalogue);
  }
  return catalogue;
}

/** What is known where the question is asked. */
export function catalogueFor({ own }: Pick<EnergyRequest, 'own'>): Catalogue {
  return own ? withOwn(own) : builtIn;
}

export function answer(request: EnergyRequest, workload: Workload, catalogue: Catalogue = catalogueFor(request)): Answer {
  if (workload.works.length === 0) return { problem: 'nothing that runs in it is known' };
  const mistake = mistakeIn(request, catalogue);
  if (mistake !== undefined) return { problem: mistake };
  const device = findDevice(request.device, catalogue.devices);
  if ('problem' in device) return device;
  const dtype = request.dtype === undefined ? undefined : dtypeNamed(request.dtype);
  if (request.batch !== undefined && !(Number.isSafeInteger(request.batch) && request.batch >= 1)) return { problem: `a batch is a whole number of at least 1, not ${request.batch}` };
  if (device.hierarchy) return planned(device, dtype, request.batch ?? 1, workload);
  const own = catalogue.profiles.filter(profile => profile.device === device.id);
  const profile = usualStack(withType(matchingStacks(request.stack, own), dtype));
  const byDatasheet = profile ? undefined : scaledFromOthers(request, device, dtype, catalogue);
  const type = dtype ?? typeOfStack(request.stack);
  const chosen = profile ?? byDatasheet?.profile;
  const inPlace = chosen?.kind === 'compiled';
  const stored = chosen ? { weights: storedBytes(chosen.execution), activations: chosen.execution.activationBytes * (inPlace ? writtenInPlace : 1) }
    : bytesOfType(type ?? own[0]?.dtype ?? usualType(device));
  const room = roomFor(workload.memory, device, stored, request.batch, usualBatch(device), workload.lowerBound || inPlace);
  if ('problem' in room) return room;
  const { batch } = room;
  const given: Answer = profile ? { estimate: profiledEstimate(workload, device, profile, batch) }
    : byDatasheet ? { estimate: datasheetEstimate(workload, device, byDatasheet, batch, own) }
      : own.length > 0 ? rangeOfOwn(request, device, type, own, batch, workload) : fromFacts(request, device, type, batch, workload, catalogue);
  return room.note === undefined || 'problem' in given ? given : { estimate: { ...given.estimate, why: `${room.note}; ${given.estimate.why}` } };
}

/** Compiled software lets normalisations and activation functions write over what they read: of the peak at least half is left. */
const writtenInPlace = 0.5;

/** What a server with such a card, and what a board or a processor by itself, is usually asked for. */
export function usualBatch({ kind }: Device): number {
  return kind === 'gpu' ? 64 : 1;
}

function withType(profiles: readonly StackProfile[], dtype: string | undefined): readonly StackProfile[] {
  return dtype === undefined ? profiles : profiles.filter(profile => profile.dtype === dtype);
}

function planned(device: Device, dtype: string | undefined, batch: number, workload: Workload): Answer {
  const { hierarchy } = device;
  if (!hierarchy) return { problem: `${device.name} plans no data movement` };
  const bits = dtype === undefined ? hierarchy.wordBits : bitsOf[dtype] ?? hierarchy.wordBits;
  const estimate = acceleratorEstimate(workload, device, hierarchy, { weightBits: bits, inputBits: bits, outputBits: bits }, batch);
  return { estimate: dtype === undefined ? estimate : { ...estimate, dtype } };
}

/** Undefined where no device of its kind was measured with software of the kind that is asked for. */
function scaledFromOthers(
  request: EnergyRequest, device: Device, dtype: string | undefined, { devices, profiles }: Catalogue,
): Scaled | undefined {
  if (factOf(device, 'maximumWatts') === undefined || factOf(device, 'matrixMacsPerSecond') === undefined) return undefined;
  const deviceOf = (id: string): Device | undefined => devices.find(each => each.id === id);
  const torch = profiles.filter(profile => profile.kind === 'eager' || profile.kind === 'compiled');
  const wanted = withType(matchingStacks(request.stack, torch), dtype);
  const newest = usualStack(wanted);
  const alike = newest ? wanted.filter(profile => profile.stack === newest.stack) : [];
  return scaledProfile(device, alike, deviceOf);
}

/** Software measured on devices of its kind alone, with whose constants it is answered for. */
export function borrowedStacks(device: Device, catalogue: Catalogue = builtIn): readonly string[] {
  const own = new Set(catalogue.profiles.filter(profile => profile.device === device.id).map(profile => profile.stack));
  const others = [...new Set(catalogue.profiles.map(profile => profile.stack))].filter(stack => !own.has(stack));
  return others.filter(stack => scaledFromOthers({ device: device.id, stack }, device, undefined, catalogue) !== undefined);
}

/** What is wrong with a question whatever the model: a device, software or a type that nobody knows. */
export function mistakeIn(request: EnergyRequest, { devices, profiles }: Catalogue = catalogueFor(request)): string | undefined {
  const { device: name, stack, dtype } = request;
  const device = findDevice(name, devices);
  if ('problem' in device) return device.problem;
  if (dtype !== undefined && dtypeNamed(dtype) === undefined) return `there is no element type ${dtype}; there are ${Object.keys(bitsOf).join(', ')}`;
  return device.hierarchy ? undefined : stackProblem(stack, device, profiles.filter(profile => profile.device === device.id), profiles);
}
