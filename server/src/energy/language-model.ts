/** Decoders: time and energy of one more token, from the bytes that it has to read. Source: docs/energy.md. */
import { byteText } from '../base/format';
import { isUnknown } from '../base/unknown';
import type { Graph } from '../graph/graph';
import type { ModelMetrics } from '../metrics/metrics';
import { roleOf } from '../ops/registry';
import { cacheElements } from './decoder-cache';
import { factOf, shortDeviceName, type Device, type Includes, type LanguageModelConstants, type MemoryClass } from './device';
import { bitsOf } from './find';
import { jointFactor, within, type Interval } from './interval';
import { servingOf } from './serving';
import { languageModels } from './tables.generated';

/** What a decoder reads for one token. */
export interface DecoderShape {
  /** Weights but the table of tokens, of which one row is read. */
  readonly weightElements: number;
  /** Keys and values of one token. */
  readonly cachePerToken: number;
  readonly macsPerToken: number;
  /** Tokens that the model was analysed with. */
  readonly tokens: number;
}

export interface Decoding {
  readonly device: string;
  readonly dtype: string;
  readonly context: number;
  /** Sequences at once. */
  readonly batch: number;
  /** Accelerators that share the model. */
  readonly accelerators: number;
  /** Why it does not run as it is: the figures are those it would have. */
  readonly notRunnable?: string;
  readonly weightBytes: number;
  readonly cacheBytes: number;
  /** Of each sequence. */
  readonly secondsPerToken: Interval;
  readonly joulesPerToken: Interval;
  readonly includes: Includes;
  readonly why: string;
}

/** Undefined for what decodes nothing. */
export function decoderOf(graph: Graph, metrics: ModelMetrics): DecoderShape | undefined {
  const cache = cacheElements(graph);
  const [input] = graph.inputs;
  const shape = input && graph.tensors.get(input.tensor)?.shape;
  if (cache === undefined || shape === undefined || isUnknown(shape)) return undefined;
  const tokens = shape.reduce<number>((product, size) => product * (isUnknown(size) ? 1 : size), 1);
  if (tokens < 1) return undefined;
  const read = new Map<number, number>();
  for (const node of graph.nodes) {
    if (roleOf(node) === 'embedding') continue;
    for (const { id, type } of node.weights) {
      if (isUnknown(type.shape)) continue;
      read.set(id, type.shape.reduce<number>((product, size) => product * (isUnknown(size) ? 1 : size), 1));
    }
  }
  const weightElements = [...read.values()].reduce((sum, elements) => sum + elements, 0);
  return { weightElements, cachePerToken: cache / tokens, macsPerToken: metrics.totals.macs / tokens, tokens };
}

export function memoryClassOf({ memory }: Pick<Device, 'memory'>): MemoryClass | undefined {
  if (memory === undefined) return undefined;
  return /GDDR/.test(memory) ? 'gddr' : /HBM/.test(memory) ? 'hbm' : /LPDDR/.test(memory) ? 'unified' : undefined;
}

/** Seconds of one token at batch 1. */
export function decodeSeconds(bytes: number, bandwidth: number, memory: MemoryClass, quantized: boolean, constants: LanguageModelConstants = languageModels): number {
  return bytes * (quantized ? constants.quantizedFactor : 1) / (constants.efficiency[memory] * bandwidth) + constants.fixedSeconds;
}

/** Caches are kept at 16 bits whatever the weights. */
const cacheElementBytes = 2;

/** Undefined where the bandwidth or the kind of memory is not known, or where software for decoding was not measured. */
export function decodingOn(device: Device, shape: DecoderShape, dtype: string, context = shape.tokens, constants: LanguageModelConstants = languageModels): Decoding | undefined {
  const bandwidth = factOf(device, 'bandwidthBytesPerSecond');
  const memory = memoryClassOf(device);
  const limit = factOf(device, 'maximumWatts');
  if (bandwidth === undefined || memory === undefined || (device.kind !== 'gpu' && device.kind !== 'embedded-gpu')) return undefined;
  const bits = bitsOf[dtype] ?? 16;
  const weightBytes = shape.weightElements * bits / 8;
  const cacheBytes = shape.cachePerToken * context * cacheElementBytes;
  const seconds = decodeSeconds(weightBytes + cacheBytes, bandwidth, memory, bits < 16, constants);
  const measured = device.id === 'rtx4090';
  const { desktop } = constants;
  const joules = measured ? desktop.baseWatts * seconds + desktop.joulesPerByte * (weightBytes + cacheBytes) : limit === undefined ? undefined : Math.sqrt(0.45 * 0.9) * limit * seconds;
  if (joules === undefined) return undefined;
  return {
    device: device.id, dtype, context, batch: 1, accelerators: 1, ...noRoom(device, weightBytes + cacheBytes), weightBytes, cacheBytes, secondsPerToken: within(seconds, constants.factor),
    joulesPerToken: within(joules, jointFactor(constants.factor, measured ? desktop.factor : 1.5)), includes: measured ? 'wall' : 'board',
    why: `weights and cache read once for each token at ${Math.round(constants.efficiency[memory] * 100)} % of the bandwidth; ${constants.source}; ${
      measured ? 'energy of a PC with this card at the wall' : 'power taken as 45 to 90 % of the limit'}`,
  };
}

function noRoom(device: Device, bytes: number): Pick<Decoding, 'notRunnable'> {
  const memory = factOf(device, 'memoryBytes');
  return memory === undefined || bytes <= memory ? {} : { notRunnable: `needs ${byteText(bytes)}, ${shortDeviceName(device.name)} has ${byteText(memory)}` };
}

/** What a server keeps free for activations and its own. */
const usableShare = 0.9;

/** Many sequences at once, each with `context` tokens; a model too large for one accelerator is shared by as few as have room. Undefined where no serving was measured. */
export function servingOn(
  device: Device, shape: DecoderShape, dtype: string, batch: number, context = shape.tokens, { serving }: LanguageModelConstants = languageModels,
): Decoding | undefined {
  const constants = Object.hasOwn(serving, device.id) ? serving[device.id] : undefined;
  const bytesPerSecond = factOf(device, 'bandwidthBytesPerSecond');
  const macsPerSecond = factOf(device, 'matrixMacsPerSecond');
  const memory = factOf(device, 'memoryBytes');
  if (!constants || bytesPerSecond === undefined || macsPerSecond === undefined || memory === undefined) return undefined;
  const weightBytes = shape.weightElements * (bitsOf[dtype] ?? 16) / 8;
  const cacheBytes = shape.cachePerToken * context * cacheElementBytes;
  let accelerators = 1;
  while (accelerators < 64 && weightBytes + batch * cacheBytes > usableShare * memory * accelerators) accelerators *= 2;
  const { secondsPerStep, joulesPerToken } = servingOf(
    { weightBytes, cacheBytes, macs: shape.weightElements, batch, devices: accelerators }, { bytesPerSecond, macsPerSecond }, constants,
  );
  return {
    device: device.id, dtype, context, batch, accelerators, weightBytes, cacheBytes, secondsPerToken: secondsPerStep, joulesPerToken, includes: 'board',
    why: `a step of ${batch} sequences: weights, keys and values, and arithmetic one after the other; ${constants.models} models measured at batches of ${
      constants.batches.join(' to ')}: ${constants.source}`,
  };
}
