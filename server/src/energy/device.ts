/** What is known of a device, and of the software measured on it. All of it is data (data/*.json), with where each figure comes from. */
import type { Hierarchy } from './hierarchy/hierarchy';
import type { ServingConstants } from './serving';
import type { Execution, StackConstants } from './stack-time';

export const deviceKinds = ['gpu', 'embedded-gpu', 'cpu', 'single-board', 'microcontroller', 'accelerator'] as const;
export type DeviceKind = (typeof deviceKinds)[number];

export interface Fact {
  readonly value: number | readonly [number, number];
  readonly source: string;
  /** What it comes to in use, where no datasheet says what it is capable of. */
  readonly effective?: true;
}

export const factNames = [
  'matrixMacsPerSecond', 'vectorMacsPerSecond', 'int8MacsPerSecond', 'bandwidthBytesPerSecond', 'memoryBytes', 'cacheBytes', 'bufferBytes', 'flashBytes',
  'maximumWatts', 'idleWatts', 'loadWatts',
] as const;
export type FactName = (typeof factNames)[number];

export interface Device {
  readonly id: string;
  readonly name: string;
  readonly kind: DeviceKind;
  /** Technology of its memory. */
  readonly memory?: string;
  readonly facts: Readonly<Partial<Record<FactName, Fact>>>;
  /** Where the device plans its own data movement (accelerators). */
  readonly hierarchy?: Hierarchy;
}

/** What the joules of an estimate include. */
export type Includes = 'chip' | 'board' | 'wall';

/** E = base · t + perMac · MACs + perByte · bytes: measured. */
export interface MeasuredPower {
  readonly baseWatts: number;
  readonly joulesPerMac: number;
  readonly joulesPerByte: number;
  /** No more than the device can draw. */
  readonly maximumWatts?: number;
  readonly includes: Includes;
  /** Within which 80 % of unseen networks lie, given their time. */
  readonly factor: number;
  readonly source: string;
}

/** Power while it runs, where no energy was measured: between these. */
export interface PowerRange {
  readonly lowWatts: number;
  readonly highWatts: number;
  /** Within which power is taken to lie. */
  readonly factor: number;
  readonly includes: Includes;
  readonly source: string;
}

/** Kinds of software between which no constants carry over. */
export type StackKind = 'eager' | 'compiled' | 'cpu-compiled' | 'mobile' | 'caffe' | 'microcontroller' | 'measured';

export interface StackProfile {
  readonly device: string;
  /** As people ask for it: `amp nchw 2.9.1 eager`. */
  readonly stack: string;
  readonly kind: StackKind;
  /** In words. */
  readonly software: string;
  readonly dtype: string;
  readonly execution: Execution;
  readonly constants: StackConstants;
  /** Batch sizes that were measured. */
  readonly batches: readonly [number, number];
  /** Within which 80 % and 95 % of networks of unseen families lie. */
  readonly factor: number;
  readonly factor95: number;
  readonly networks: number;
  readonly power: MeasuredPower | PowerRange;
  /** Of energy, with the time estimated too; absent: what follows from the two. */
  readonly energyFactor?: number;
  readonly source: string;
}

export type MemoryClass = 'gddr' | 'hbm' | 'unified';

/** Fitted by `npm run calibrate`. */
export interface LanguageModelConstants {
  /** Share of the datasheet's bandwidth that one stream of tokens reaches. */
  readonly efficiency: Readonly<Record<MemoryClass, number>>;
  /** Weights of fewer bits than 16 take so many times as long as their bytes. */
  readonly quantizedFactor: number;
  /** Of every token, however small the model. */
  readonly fixedSeconds: number;
  readonly factor: number;
  readonly factor95: number;
  /** A PC with an RTX 4090 at the wall. */
  readonly desktop: { readonly baseWatts: number; readonly joulesPerByte: number; readonly factor: number };
  /** Of many sequences at once, by the id of the accelerator. */
  readonly serving: Readonly<Record<string, ServingConstants>>;
  readonly source: string;
}

export function isMeasured(power: MeasuredPower | PowerRange): power is MeasuredPower {
  return 'baseWatts' in power;
}

/** How much stands behind a device's figures. */
export function standingOf({ hierarchy }: Device, stacks: readonly StackProfile[]): 'time and energy measured' | 'time measured' | 'planned data movement' | 'datasheet' {
  if (stacks.some(stack => isMeasured(stack.power))) return 'time and energy measured';
  if (stacks.length > 0) return 'time measured';
  return hierarchy ? 'planned data movement' : 'datasheet';
}

/** The middle of a range on a logarithmic scale. */
export function factOf({ facts }: Device, name: FactName): number | undefined {
  const value = facts[name]?.value;
  if (value === undefined || typeof value === 'number') return value;
  return Math.sqrt(value[0] * value[1]);
}

const makers = /^(?:NVIDIA (?:GeForce |Tesla |Quadro )?|Intel Core )/;

/** `RTX 4090` */
export function shortDeviceName(name: string): string {
  return name.replace(makers, '').replace(/ \(.*\)$/, '');
}
