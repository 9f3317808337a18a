/** Comparisons for the terminal, for a pull request, and for programs. */
import type { Model } from '../../../../shared/src/report';
import { counted } from '../../base/format';
import { clipped, mapTexts, visibleInLog } from '../../base/visible';
import { dataText } from '../data-text';
import { plain, type Paint } from '../paint';
import { comparisonSchema, type ModelComparison } from './compare';
import { conditions, energyNotes, figureLines, layerLines, layerSummary, type FigureLine, type LayerLine } from './words';

export interface Sides {
  /** As the user named them. */
  readonly before: string;
  readonly after: string;
}

export interface RenderOptions {
  readonly paint?: Paint;
  /** Lines of layers per model; of more, those that matter most are shown. */
  readonly mostLayers: number;
  /** In Markdown: the layers are unfolded. */
  readonly unfolded?: boolean;
}

/** What stands in the source steers no terminal, log or page. */
export function comparisonTable(given: readonly ModelComparison[], sides: Sides, { paint = plain, mostLayers }: RenderOptions): string {
  const comparisons = mapTexts(given, visibleInLog);
  return comparisons.map(comparison => {
    const lines = figureLines(comparison);
    const columns = (['title', 'before', 'after', 'change'] as const).map(key => ({ key, width: Math.max(...[header, ...lines].map(line => line[key].length)) }));
    const row = (line: FigureLine): string => `${columns.map(({ key, width }) => (key === 'title' ? line[key].padEnd(width) : line[key].padStart(width))).join('  ')}`.trimEnd();
    return [
      `${paint('bold', comparison.name)}  ${paint('dim', `${sides.before} → ${sides.after}`)}`,
      ...conditions(comparison).map(text => paint('yellow', text)),
      ...(lines.length === 0 ? [] : [paint('dim', row(header)), ...lines.map(row), ...energyNotes(comparison).map(text => paint('dim', text))]),
      ...(comparison.before && comparison.after ? ['', `layers: ${layerSummary(comparison)}`, ...layerBlock(layerLines(comparison), mostLayers, paint)] : []),
      '',
    ].join('\n');
  }).join('\n');
}

const header: FigureLine = { title: '', before: 'before', after: 'after', change: 'change' };
const styles = { '+': 'green', '−': 'red', '~': 'yellow' } as const;

function layerBlock(lines: readonly LayerLine[], most: number, paint: Paint): string[] {
  const shown = lines.slice(0, most);
  const width = (key: 'path' | 'type'): number => Math.max(0, ...shown.map(line => line[key].length));
  const [path, type] = [width('path'), width('type')];
  const rest = lines.length - shown.length;
  return [
    ...shown.map(line => `${paint(styles[line.mark], line.mark)} ${line.path.padEnd(path)}  ${line.type.padEnd(type)}  ${line.what}`.trimEnd()),
    ...(rest > 0 ? [paint('dim', `… and ${counted(rest, 'smaller change')} (--layers shows all)`)] : []),
  ];
}

export function comparisonMarkdown(given: readonly ModelComparison[], sides: Sides, { mostLayers, unfolded }: RenderOptions): string {
  const comparisons = mapTexts(given, visibleInLog);
  return comparisons.map(comparison => {
    const lines = figureLines(comparison);
    const layers = layerLines(comparison);
    const shown = layers.slice(0, mostLayers);
    const rest = layers.length - shown.length;
    return [
      `## ${escaped(comparison.name)}`, '',
      ...conditions(comparison).flatMap(text => [`> ${escaped(text)}`, '']),
      ...(lines.length === 0 ? [] : [
        `| | ${escaped(sides.before)} | ${escaped(sides.after)} | change |`, '| --- | ---: | ---: | ---: |',
        ...lines.map(line => `| ${line.title} | ${unbroken(line.before)} | ${unbroken(line.after)} | ${line.change === 'same' || line.change === '' ? line.change : `**${unbroken(line.change)}**`} |`), '',
        ...energyNotes(comparison).flatMap(text => [`${escaped(text.slice(0, 1).toUpperCase() + text.slice(1))}.`, '']),
      ]),
      ...(comparison.before && comparison.after ? [`Layers: ${layerSummary(comparison)}.`, ''] : []),
      ...(shown.length === 0 ? [] : [
        `<details${unfolded ? ' open' : ''}><summary>Layers that changed</summary>`, '', '| | layer | type | |', '| --- | --- | --- | --- |',
        ...shown.map(line => `| ${line.mark} | ${escaped(line.path)} | ${escaped(line.type)} | ${escaped(line.what)} |`),
        ...(rest > 0 ? [`| | … and ${rest} more | | |`] : []), '', '</details>', '',
      ]),
    ].join('\n');
  }).join('\n');
}

export function comparisonJson(given: readonly ModelComparison[], sides: Sides): string {
  const comparisons = mapTexts(given, clipped);
  return `${dataText({
    schema: comparisonSchema, ...sides,
    models: comparisons.map(({ before, after, ...comparison }) => ({ ...comparison, ...(before ? { before: withoutLayers(before) } : {}), ...(after ? { after: withoutLayers(after) } : {}) })),
  })}\n`;
}

/** They stand in the comparison, as far as they differ. */
function withoutLayers({ layers: _layers, whatIf: _whatIf, ...model }: Model): Omit<Model, 'layers' | 'whatIf'> {
  return model;
}

/** Units stay with their numbers. */
function unbroken(text: string): string {
  return text.replaceAll(' ', '\u00A0');
}

function escaped(text: string): string {
  return text.replace(/[|*_<>[\]`\\]/g, '\\$&').replaceAll('\n', ' ');
}
