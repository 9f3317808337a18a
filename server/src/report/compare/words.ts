/** A comparison in words and numbers, for the terminal and for Markdown alike. */
import type { LayerRow, Model } from '../../../../shared/src/report';
import { activationCount, byteText, changeText, compact, counted, energyText, figure, macCount, paramCount, shapeText, timeText } from '../../base/format';
import { devices } from '../../energy/tables.generated';
import { boundMark, statusWords } from '../place-text';
import type { LayerPair } from './align';
import type { Change, ComparedFigure, ModelComparison } from './compare';

interface Wording {
  readonly title: string;
  text(value: number | null | undefined): string;
}

const milli = 1e-3;
const known = (text: (value: number) => string) => (value: number | null | undefined): string => (typeof value === 'number' ? text(value) : '?');

const wordings: Readonly<Record<ComparedFigure, Wording>> = {
  macs: { title: 'MACs', text: macCount },
  params: { title: 'params', text: paramCount },
  activations: { title: 'activations', text: activationCount },
  peakActivations: { title: 'peak', text: activationCount },
  di: { title: 'DI', text: figure },
  weightBytes: { title: 'weights', text: known(byteText) },
  inferenceBytes: { title: 'memory', text: known(byteText) },
  millijoules: { title: 'energy', text: known(value => energyText(value * milli)) },
  milliseconds: { title: 'time', text: known(value => timeText(value * milli)) },
};

/** Exact to the last digit: their smallest change is one. Bytes follow from them. */
const counts: ReadonlySet<ComparedFigure> = new Set(['macs', 'params', 'activations', 'peakActivations']);

export interface FigureLine {
  readonly title: string;
  readonly before: string;
  readonly after: string;
  readonly change: string;
}

/** One line per figure that either side has. */
export function figureLines(comparison: ModelComparison): FigureLine[] {
  return (Object.entries(comparison.totals) as [ComparedFigure, Change][]).map(([name, change]) => {
    const { title, text } = wordings[name];
    const side = (model: Model | undefined, value: number | null | undefined): string => (model === undefined || value === undefined ? '–' : `${boundMark(model)}${text(value)}`);
    return {
      title, before: side(comparison.before, change.before), after: side(comparison.after, change.after), change: changeOf(change, counts.has(name) ? 'count' : 'estimate'),
    };
  });
}

function changeOf({ before, after }: Change, kind: 'count' | 'estimate'): string {
  return typeof before === 'number' && typeof after === 'number' ? changeText(before, after, kind) : '';
}

/** Estimates of two networks whose energy differs by less may be in the other order on the device. */
const apart = { gpu: 1.25, others: 1.5 } as const;

/** What the estimates are for, and where their change is smaller than what they tell apart. */
export function energyNotes({ energyOn, totals }: ModelComparison): string[] {
  if (!energyOn) return [];
  const factor = devices.find(each => each.id === energyOn.device)?.kind === 'gpu' ? apart.gpu : apart.others;
  const unsure = ([['energy', totals.millijoules], ['time', totals.milliseconds]] as const).filter(([, change]) => isUnsure(change, factor)).map(([title]) => title);
  return [
    `energy and time of a sample on ${energyOn.device}, batch ${energyOn.batch}, ${energyOn.dtype}`,
    ...(unsure.length > 0 ? [`the change of ${unsure.join(' and ')} is less than the factor of ${factor} that such estimates surely tell apart`] : []),
  ];
}

function isUnsure(change: Change | undefined, factor: number): boolean {
  const { before, after } = change ?? {};
  if (typeof before !== 'number' || typeof after !== 'number' || changeText(before, after, 'estimate') === 'same') return false;
  return Math.max(before, after) / Math.min(before, after) < factor;
}

/** What both sides rest on, where that is not the same: the figures of one are then no measure of the other. */
export function conditions({ before, after }: ModelComparison): string[] {
  if (!before) return ['only in the second'];
  if (!after) return ['only in the first'];
  const sides = (text: (model: Model) => string): string | undefined => (text(before) === text(after) ? undefined : `${text(before)} → ${text(after)}`);
  const hasFailed = before.status === 'failed' || after.status === 'failed';
  const inputs = hasFailed ? undefined : sides(model => model.inputs.map(input => shapeText(input.shape, input.openBatch)).join(', '));
  const status = sides(statusWords);
  const convention = sides(model => `${model.convention}, batch ${model.batch}, ${model.mode} mode`);
  return [
    ...(inputs === undefined ? assumed(after) : [`not the same input: ${inputs}`]),
    ...(status === undefined ? (before.status === 'exact' ? [] : [statusWords(before)]) : [`${status}: a change of what is known is no change of the model`]),
    ...(convention === undefined ? [] : [`counted otherwise: ${convention}`]),
  ];
}

function assumed({ inputs, built }: Model): string[] {
  const guesses = [
    ...(built?.assumed ?? []).map(({ name, value }) => `${name} ${value}`),
    ...inputs.filter(({ origin }) => origin === 'inferred' || origin === 'setting').map(input => `${input.name} ${shapeText(input.shape, input.openBatch)}`),
  ];
  return guesses.length > 0 ? [`assuming ${guesses.join(', ')}`] : [];
}

export interface LayerLine {
  readonly mark: '+' | '−' | '~';
  readonly path: string;
  readonly type: string;
  readonly what: string;
}

/** Layers that are there on one side only, or that cost something else, equal changes in one line; those that move the most first. */
export function layerLines({ layers }: ModelComparison): LayerLine[] {
  const groups = new Map<string, { line: LayerLine; times: number; moved: number }>();
  for (const pair of layers) {
    const line = lineOf(pair);
    const key = `${line.mark} ${line.type} ${line.what}`;
    const group = groups.get(key);
    if (group) {
      group.times++;
      group.moved += moved(pair);
    } else {
      groups.set(key, { line, times: 1, moved: moved(pair) });
    }
  }
  return [...groups.values()].sort((left, right) => right.moved - left.moved)
    .map(({ line, times }) => ({ ...line, path: times > 1 ? `${line.path} ×${times}` : line.path }));
}

function lineOf({ before, after }: LayerPair): LayerLine {
  const row = after ?? before;
  if (!row) return { mark: '~', path: '', type: '', what: '' };
  const type = shortType(row);
  if (before && after) return { mark: '~', path: renamed(before, after), type, what: differences(before, after) };
  return { mark: after ? '+' : '−', path: row.path === '' ? type : row.path, type, what: `${shapes(row)}, ${costs(row)}` };
}

export function layerSummary({ layers, sameLayers }: ModelComparison): string {
  const [changed, added, removed] = [
    layers.filter(({ before, after }) => before && after).length, layers.filter(({ before }) => !before).length, layers.filter(({ after }) => !after).length,
  ];
  const parts = [[changed, 'changed'], [added, 'added'], [removed, 'removed']].filter(([count]) => count !== 0).map(([count, word]) => `${count} ${word}`);
  return parts.length === 0 ? `all ${counted(sameLayers, 'layer')} the same` : `${parts.join(', ')}, ${sameLayers} the same`;
}

function moved({ before, after }: LayerPair): number {
  return Math.abs((after?.macs ?? 0) - (before?.macs ?? 0)) + Math.abs((after?.params ?? 0) - (before?.params ?? 0));
}

function shortType({ type }: LayerRow): string {
  return type.slice(type.lastIndexOf('.') + 1).replace(/^__|__$/g, '');
}

function renamed(before: LayerRow, after: LayerRow): string {
  if (before.path === after.path) return after.path === '' ? shortType(after) : after.path;
  return `${before.path} → ${after.path}`;
}

function differences(before: LayerRow, after: LayerRow): string {
  const parts = [
    shapes(before) === shapes(after) ? shapes(after) : `${shapes(before)} → ${shapes(after)}`,
    ...([['MACs', 'macs'], ['params', 'params'], ['act.', 'activations']] as const).flatMap(([unit, key]) => (before[key] === after[key] ? [] : [`${compact(before[key])} → ${compact(after[key])} ${unit}`])),
  ];
  return parts.join(', ');
}

function shapes(row: LayerRow): string {
  return row.out.map(shape => shapeText(shape, row.openBatch)).join(' + ');
}

function costs(row: LayerRow): string {
  return `${compact(row.macs)} MACs, ${compact(row.params)} params`;
}
