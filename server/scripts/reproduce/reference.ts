/** What the reproduction starts from: the networks' exact counts, and the papers' printed cells as text, digit by digit. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publishedNetworks, type PublishedDevice } from '../../src/metrics/published/networks';
import { root } from '../generate/outputs';
import type { Confidence } from './statistics';

export interface Counts {
  readonly macs: number;
  readonly params: number;
  readonly activations: number;
}

export type Batch = 1 | 4;
export type Rows = Readonly<Record<string, readonly string[]>>;

export interface PrintedTable {
  readonly columns: readonly string[];
  readonly rows: Rows;
}

interface Definitions {
  readonly definitions: Readonly<Record<string, string>>;
  readonly others: Readonly<Record<string, Counts>>;
}

interface Paper1 {
  readonly source: string;
  /** Names that differ from those of paper 2. */
  readonly networks: Readonly<Record<string, string>>;
  readonly table2: PrintedTable;
  readonly table3: PrintedTable;
  readonly table4: Readonly<Record<'W' | 'A' | 'W + A', string>>;
  readonly text: Readonly<Record<string, string>>;
}

type ByMeasure<Value> = Readonly<Record<'AI_c' | 'DI', Value>>;

interface Paper2 {
  readonly source: string;
  readonly table3: PrintedTable & { readonly layer: { readonly inChannels: number; readonly outChannels: number; readonly size: number; readonly kernel: number; readonly groups: number } };
  readonly table4: Readonly<Record<PublishedDevice, { readonly name: string; readonly fp32_flops: number; readonly memory_bytes_per_second: number; readonly cmr_flops_per_byte: string }>>;
  readonly table5: Readonly<Record<string, { readonly median: string; readonly variance: string }>>;
  readonly table6: Readonly<Record<PublishedDevice, Readonly<Record<'B1' | 'B4', ByMeasure<Readonly<Record<'r_p' | 'r_s', string>>>>>>>;
  readonly table7: PrintedTable;
  readonly table9: Readonly<Record<PublishedDevice, ByMeasure<Readonly<Record<Confidence, readonly string[]>>>>>;
}

/** Name, MACs, params with bias, output elements. */
export type LayerCounts = readonly [name: string, macs: number, params: number, outputElements: number];

function read<Shape>(name: string): Shape {
  return JSON.parse(readFileSync(join(root, 'server/scripts/reproduce/reference', name), 'utf8')) as Shape;
}

export const paper1 = read<Paper1>('paper-1.json');
export const paper2 = read<Paper2>('paper-2.json');
const known = read<Definitions>('definitions.json');
/** Where each counted network is defined. */
export const definitions = known.definitions;
export const layersOfNetworks = read<{ readonly networks: Readonly<Record<string, readonly LayerCounts[]>> }>('layers.json').networks;

const counts = new Map<string, Counts>([
  ...publishedNetworks.map(({ name, macs, params, activations }) => [name, { macs, params, activations }] as const),
  ...Object.entries(known.others),
]);

/** The exact counts of a network, by its name in paper 2. */
export function countsOf(name: string): Counts {
  const found = counts.get(name);
  if (found === undefined) throw new Error(`no counts of ${name}`);
  return found;
}

/** As the counting tool shows a number, and as the papers took it over: two decimals of k, M or G. */
export function asDisplayed(value: number): number {
  const unit = [1e9, 1e6, 1e3].find(each => value >= each) ?? 1;
  return Math.round(value / unit * 100) / 100 * unit;
}

export function displayedCounts(name: string): Counts {
  const { macs, params, activations } = countsOf(name);
  return { macs: asDisplayed(macs), params: asDisplayed(params), activations: asDisplayed(activations) };
}

/** Six networks of which the papers entered some figures otherwise; with these every printed design-time cell follows. */
export const enteredByHand: Readonly<Record<string, Partial<Counts>>> = {
  'AlexNet': { macs: 723e6, params: 61e6, activations: 2.00e6 },
  'NiN': { macs: 1110e6 },
  'Inception-V2': { params: 11.2e6, activations: 18.0e6 },
  'Inception-V3': { params: 23.8e6 },
  '1.0-SqNxt-23': { params: 0.717e6 },
  '1.0-G-SqNxt-23': { params: 0.543e6 },
};

/** The inputs that the papers calculated with. */
export function papersCounts(name: string): Counts {
  return { ...displayedCounts(name), ...enteredByHand[name] };
}
