/** In what order channels go when energy decides: as data, as lines for a terminal, as a part of the page. */
import type { Model, Pruning } from '../../../shared/src/report';
import type { ModelAnalysis } from '../analysis/analysis';
import { counted, energyText, exactCount, percent } from '../base/format';
import type { Catalogue, EnergyRequest } from '../energy/answer';
import { pruningOrder } from '../energy/pruning/order';
import { html, type Markup } from './markup';
import { simpleTable } from './simple-table';

export function pruningOf({ graph, metrics }: ModelAnalysis, request: EnergyRequest, catalogue?: Catalogue): NonNullable<Model['pruning']> {
  return pruningOrder(graph, metrics, request, catalogue);
}

/** `layer1.0.conv1`, and how many more. */
function layersText(layers: readonly string[]): string {
  const [first = ''] = layers;
  return layers.length > 1 ? `${first} and ${layers.length - 1} more` : first;
}

const heading = 'by modelled energy alone; what accuracy it costs is not known';

function fixedText({ fixedChannels }: Pruning): string {
  return fixedChannels > 0 ? `${counted(fixedChannels, 'channel')} cannot go by themselves: results of the model, heads of attention, groups of convolutions` : '';
}

interface Cells {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

function cellsOf({ groups }: Pruning, most: number): Cells {
  return {
    head: ['layers', 'channels', 'their energy', 'share', 'saved by one channel', 'left in the end'],
    rows: groups.slice(0, most).map(({ layers, channels, millijoules, share, savedPerChannel, left }) =>
      [layersText(layers), exactCount(channels), energyText(millijoules / 1e3), percent(share), energyText(savedPerChannel / 1e3), exactCount(left)]),
  };
}

/** `64 steps: 120 mJ → 59 mJ (49 %)`. */
function stepsText({ steps, millijoules }: Pruning): string {
  const after = steps.at(-1)?.millijoules ?? millijoules;
  return `${counted(steps.length, 'step')} of an eighth of a group, that which saves most each time and worked out again after each, no group below a quarter: ${
    energyText(millijoules / 1e3)} → ${energyText(after / 1e3)} (${percent(after / millijoules)})`;
}

const shownInTerminal = 12;
const shownOnPage = 40;

/** Empty without `--pruning`. */
export function pruningText({ pruning }: Model): string {
  if (!pruning) return '';
  if ('problem' in pruning) return `\npruning order: not known: ${pruning.problem}\n`;
  if (pruning.groups.length === 0) return `\npruning order: no layer has channels that could go by themselves\n`;
  const fixed = fixedText(pruning);
  return `\npruning order on ${pruning.device}, batch ${pruning.batch}, ${pruning.dtype}; ${heading}\n${aligned(cellsOf(pruning, shownInTerminal))}${more(pruning.groups.length)}${
    stepsText(pruning)}\n${fixed === '' ? '' : `${fixed}\n`}`;
}

function more(all: number): string {
  return all > shownInTerminal ? `… ${all - shownInTerminal} more (--format json has all)\n` : '';
}

function aligned({ head, rows }: Cells): string {
  const lines = [head, ...rows];
  const widths = head.map((_, i) => Math.max(...lines.map(line => line[i]?.length ?? 0)));
  return lines.map(line => `  ${line.map((cell, i) => (i === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ').trimEnd()}\n`).join('');
}

export function pruningSection({ pruning }: Model): Markup | undefined {
  if (!pruning || 'problem' in pruning || pruning.groups.length === 0) return undefined;
  const { head, rows } = cellsOf(pruning, shownOnPage);
  const note = [stepsText(pruning), fixedText(pruning)].filter(text => text !== '').join('. ');
  return html`<section aria-labelledby="pruning"><div class="heading"><h2 id="pruning">What to prune first</h2><p class="muted">${heading}</p></div>${
    simpleTable(head, rows, 'Channels that go together, those that save most energy first')}<p class="muted note">${note}</p></section>`;
}
