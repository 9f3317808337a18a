/** Paper 1: the counts of its twelve networks (Table II), and how they correlate with what was measured on them (Table IV). */
import { networkReuse } from '../../src/metrics/totals';
import { table } from '../generate/markdown';
import { cellText, compare, tally, type Cell } from './compare';
import { displayedCounts, paper1, papersCounts, type Counts } from './reference';
import type { Section } from './section';
import { pearson } from './statistics';

const million = 1e6;
/** Of a 32-bit number. */
const bytesPerElement = 4;

const names = Object.keys(paper1.table2.rows);
const nameInPaper2 = (name: string): string => paper1.networks[name] ?? name;

/** In the order of Table II. */
function figuresOf({ macs, params, activations }: Counts): readonly number[] {
  const { activationsPerParam = NaN, weightReuse = NaN, activationReuse = NaN } = networkReuse(macs, params, activations);
  return [macs / million, params / million, activations / million, activationsPerParam, weightReuse, activationReuse];
}

export function tableII(): Section {
  const { columns, rows } = paper1.table2;
  const compared = names.map(name => {
    const used = figuresOf(papersCounts(nameInPaper2(name)));
    return figuresOf(displayedCounts(nameInPaper2(name))).map((value, column): Cell =>
      compare(`paper 1, Table II, ${name}, ${columns[column] ?? ''}`, value, rows[name]?.[column] ?? '', { fromPapersInputs: used[column] ?? NaN }));
  });
  const cells = compared.flat();
  return {
    title: 'Paper 1, Table II: twelve compact networks',
    cells,
    text: `${tally(cells)}. The explained cells belong to the two SqueezeNext networks whose weights were rounded to three digits first: 0.717 M and 0.543 M.

${table(['network', ...columns], names.map((name, index) => [name, ...(compared[index] ?? []).map(cellText)]))}`,
  };
}

interface Correlation {
  readonly of: string;
  readonly with: string;
  readonly cell: Cell;
}

export function tableIV(): Section {
  const counts = names.map(name => displayedCounts(nameInPaper2(name)));
  const measured = (column: number): number[] => names.map(name => Number(paper1.table3.rows[name]?.[column]));
  const footprintBytes = measured(1).map(megabytes => megabytes * million);
  const efficiency = measured(2);
  const correlation = (of: string, values: readonly number[], name: string, others: readonly number[], place: string, printed: string): Correlation =>
    ({ of, with: name, cell: compare(`paper 1, ${place}, ${of}`, pearson(values, others), printed) });
  const ratios = (pick: (each: Counts) => number): number[] => counts.map(pick);
  const correlations = [
    correlation('W', ratios(each => each.params), 'memory footprint', footprintBytes, 'Table IV', paper1.table4.W),
    correlation('A', ratios(each => each.activations), 'memory footprint', footprintBytes, 'Table IV', paper1.table4.A),
    correlation('W + A', ratios(each => each.params + each.activations), 'memory footprint', footprintBytes, 'Table IV', paper1.table4['W + A']),
    correlation('M_c/W', ratios(each => each.macs / each.params), 'energy efficiency', efficiency, 'text', paper1.text['efficiency, M_c/W'] ?? ''),
    correlation('M_c/A', ratios(each => each.macs / each.activations), 'energy efficiency', efficiency, 'text', paper1.text['efficiency, M_c/A'] ?? ''),
    correlation('A/W', ratios(each => each.activations / each.params), 'memory footprint / model size',
      footprintBytes.map((bytes, index) => bytes / ((counts[index]?.params ?? NaN) * bytesPerElement)), 'text', paper1.text['A/W, footprint / model size'] ?? ''),
  ];
  const cells = correlations.map(each => each.cell);
  return {
    title: 'Paper 1, Table IV and text: what goes with what',
    cells,
    text: `${tally(cells)}. Linear correlation (Pearson) over the twelve networks; footprint (batch 1) and energy efficiency (batch 4) as measured on a Tesla P100 (Table III).

${table(['count', 'measured', 'r_p'], correlations.map(each => [each.of, each.with, cellText(each.cell)]))}`,
  };
}
