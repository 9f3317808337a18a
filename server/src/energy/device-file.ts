/** A device of the user's own, as JSON: read with care, and what is wrong is said with its place. */
import { findNodeAtLocation, getNodeValue, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import { depthOf } from '../base/json-depth';
import { lineColumnAt, lineIndexOf } from '../base/line-index';
import { deviceKinds, factNames, type Device, type StackProfile } from './device';
import { isSensible, sensible, sensibleRange } from './sensible';
import { constantNames } from './stack-time';

export const deviceFileSchema = 'joulelint-device/1';

export interface DeviceFile {
  readonly schema: typeof deviceFileSchema;
  readonly device: Device;
  readonly profiles: readonly StackProfile[];
}

type Json = Readonly<Record<string, unknown>>;

class Mistake extends Error {}

/** The device with its software, or in words what is wrong and where. */
export function readDeviceFile(text: string): DeviceFile | { readonly problem: string } {
  const errors: ParseError[] = [];
  const root = depthOf(text) > deepest ? undefined : parseTree(text, errors, { disallowComments: true });
  const at = (offset: number): string => {
    const { line, column } = lineColumnAt(lineIndexOf(text), offset);
    return `line ${line + 1}, column ${column + 1}`;
  };
  const [error] = errors;
  if (error) return { problem: `${at(error.offset)}: this is no JSON: ${wordsOf(printParseErrorCode(error.error))}` };
  if (!root) return { problem: text.trim() === '' ? 'the file is empty' : 'brackets stand inside each other too deep' };
  const raw: unknown = getNodeValue(root);
  try {
    const file = object(raw, 'the file');
    if (file['schema'] !== deviceFileSchema) throw new Mistake(`schema must be "${deviceFileSchema}", not ${shown(file['schema'])}`);
    const device = deviceOf(object(file['device'], 'device'));
    const profiles = list(file['profiles'] ?? [], 'profiles').map((each, index) => profileOf(object(each, `profiles[${index}]`), device, `profiles[${index}]`));
    return { schema: deviceFileSchema, device, profiles };
  } catch (error) {
    if (error instanceof Mistake) return { problem: `${at(placeOf(root, error.message))}: ${error.message}` };
    throw error;
  }
}

/** Brackets inside each other; a device needs six. */
const deepest = 64;

/** `CommaExpected` → `comma expected`. */
function wordsOf(code: string): string {
  return code.replace(/(?<=[a-z])[A-Z]/g, letter => ` ${letter.toLowerCase()}`).toLowerCase();
}

/** Of what the message begins with, `profiles[0].power.factor`; where that is missing, of what it should be in. */
function placeOf(root: Node, message: string): number {
  const path = (/^[\w.[\]]+/.exec(message)?.[0] ?? '').split(/[.[\]]+/).filter(part => part !== '').map(part => (/^\d+$/.test(part) ? Number(part) : part));
  for (let length = path.length; length > 0; length--) {
    const node = findNodeAtLocation(root, path.slice(0, length));
    if (node) return (node.parent?.type === 'property' ? node.parent.children?.[0] ?? node : node).offset;
  }
  return root.offset;
}

function deviceOf(raw: Json): Device {
  const facts = object(raw['facts'] ?? {}, 'device.facts');
  for (const [name, fact] of Object.entries(facts)) {
    if (!factNames.some(each => each === name)) throw new Mistake(`device.facts.${name} is not known; there are ${factNames.join(', ')}`);
    const { value, source } = object(fact, `device.facts.${name}`);
    for (const each of Array.isArray(value) ? value : [value]) positive(each, `device.facts.${name}.value`);
    words(source, `device.facts.${name}.source`);
  }
  if (raw['hierarchy'] !== undefined) checkHierarchy(object(raw['hierarchy'], 'device.hierarchy'));
  words(raw['id'], 'device.id');
  words(raw['name'], 'device.name');
  oneOf(raw['kind'], deviceKinds, 'device.kind');
  return trusted<Device>({ ...raw, facts });
}

function checkHierarchy(raw: Json): void {
  for (const name of ['wordBits', 'processingElements', 'macsPerSecond', 'registerWords', 'bufferWords']) positive(raw[name], `device.hierarchy.${name}`);
  const costs = object(raw['picojoules'], 'device.hierarchy.picojoules');
  for (const name of ['mac', 'registerFile', 'array', 'buffer', 'dram']) notNegative(costs[name], `device.hierarchy.picojoules.${name}`);
  words(raw['source'], 'device.hierarchy.source');
  for (const name of ['dramWordsPerSecond', 'idleWatts']) if (raw[name] !== undefined) positive(raw[name], `device.hierarchy.${name}`);
}

function profileOf(raw: Json, device: Device, at: string): StackProfile {
  if (raw['device'] !== device.id) throw new Mistake(`${at}.device must be ${device.id}, as the device's own id, not ${shown(raw['device'])}`);
  for (const name of ['stack', 'kind', 'software', 'dtype', 'source']) words(raw[name], `${at}.${name}`);
  const constants = object(raw['constants'], `${at}.constants`);
  for (const name of constantNames) notNegative(constants[name], `${at}.constants.${name}`);
  for (const name of ['convolutionRate', 'matrixRate', 'groupRate', 'depthwiseRate', 'productRate', 'bandwidth']) positive(constants[name], `${at}.constants.${name}`);
  const execution = object(raw['execution'], `${at}.execution`);
  for (const name of ['activationBytes', 'weightBytes']) positive(execution[name], `${at}.execution.${name}`);
  const power = object(raw['power'], `${at}.power`);
  for (const name of 'baseWatts' in power ? ['baseWatts', 'joulesPerMac', 'joulesPerByte'] : ['lowWatts', 'highWatts']) notNegative(power[name], `${at}.power.${name}`);
  oneOf(power['includes'], ['chip', 'board', 'wall'], `${at}.power.includes`);
  for (const [name, value] of [['factor', raw['factor']], ['factor95', raw['factor95']], ['power.factor', power['factor']]] as const) {
    if (!(typeof value === 'number' && value >= 1 && value < 1000)) throw new Mistake(`${at}.${name} must be a factor of at least 1, not ${shown(value)}`);
  }
  const batches = list(raw['batches'], `${at}.batches`);
  if (batches.length !== 2) throw new Mistake(`${at}.batches must be the least and the most batch, not ${shown(batches)}`);
  for (const batch of batches) positive(batch, `${at}.batches`);
  positive(raw['networks'], `${at}.networks`);
  return trusted<StackProfile>(raw);
}

/** Every field that is used was looked at above. */
function trusted<Shape>(value: unknown): Shape {
  return value as Shape;
}

function object(value: unknown, at: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Mistake(`${at} must be an object, not ${shown(value)}`);
  return value as Json;
}

function list(value: unknown, at: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Mistake(`${at} must be a list, not ${shown(value)}`);
  return value;
}

function words(value: unknown, at: string): void {
  if (typeof value !== 'string' || value.trim() === '') throw new Mistake(`${at} must be a text, not ${shown(value)}`);
}

function positive(value: unknown, at: string): void {
  if (!(typeof value === 'number' && Number.isFinite(value) && value > 0)) throw new Mistake(`${at} must be a number above 0, not ${shown(value)}`);
  meant(value, at);
}

function notNegative(value: unknown, at: string): void {
  if (!(typeof value === 'number' && Number.isFinite(value) && value >= 0)) throw new Mistake(`${at} must be a number of at least 0, not ${shown(value)}`);
  meant(value, at);
}

/** `936` for a bandwidth of 936 GB/s: every figure has the unit that its name says. */
function meant(value: number, at: string): void {
  const name = at.replace(/\.value$/, '').split('.').at(-1) ?? '';
  const range = at.includes('.picojoules.') ? sensible.picojoules : sensibleRange(name);
  if (range && !isSensible(value, range)) throw new Mistake(`${at} cannot be ${value}, only from ${range[0]} to ${range[1]}; is the unit right?`);
}

function oneOf(value: unknown, choices: readonly string[], at: string): void {
  if (typeof value !== 'string' || !choices.includes(value)) throw new Mistake(`${at} must be one of ${choices.join(', ')}, not ${shown(value)}`);
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 60);
}
