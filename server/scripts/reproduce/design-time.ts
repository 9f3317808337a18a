/** Paper 2, what needs no measurement: reuse of the layer types (Tables 2, 3), of layers (Table 5) and of networks (Table 7), and the disparity (Eq. 2 to 5, Table 8). */
import { isUnknown } from '../../src/base/unknown';
import { reuseOf } from '../../src/metrics/reuse';
import { networkDi } from '../../src/metrics/intensity';
import { networkReuse } from '../../src/metrics/totals';
import { convMacs, convWeights, type ConvAttrs } from '../../src/ops/conv';
import { product, type Dim } from '../../src/tensor/shape';
import { table } from '../generate/markdown';
import { cellText, compare, fixed, tally, type Cell } from './compare';
import { countsOf, displayedCounts, layersOfNetworks, paper2, papersCounts, enteredByHand, type Counts } from './reference';
import type { Section } from './section';
import { median, sampleVariance } from './statistics';

export const defaultAlpha = 0.8;

// ——— layer types ———

type LayerType = 'standard' | 'pointwise' | 'group' | 'depthwise';

interface LayerReuse {
  readonly macs: number;
  readonly weightReuse: number;
  readonly activationReuse: number;
  readonly intensity: number;
}

const example = paper2.table3.layer;

/** Counted by the product's own operator, not by the closed forms that it is held against. */
function reuseOfType(type: LayerType): LayerReuse {
  const kernel = type === 'pointwise' ? 1 : example.kernel;
  const pad = (kernel - 1) / 2;
  const attrs: ConvAttrs = {
    inChannels: example.inChannels, outChannels: example.outChannels, kernel: [kernel, kernel], stride: [1, 1], dilation: [1, 1],
    padding: { before: [pad, pad], after: [pad, pad] }, groups: type === 'group' ? example.groups : type === 'depthwise' ? example.inChannels : 1, bias: false, layout: 'channels-first',
  };
  const map = (channels: number): readonly number[] => [1, channels, example.size, example.size];
  const weights = convWeights(attrs).reduce((sum, weight) => sum + product(weight.sizes), 0);
  const macs = convMacs(attrs, map(example.outChannels));
  const { weightReuse, activationReuse, intensity } = reuseOf(macs, weights, product(map(example.inChannels)), product(map(example.outChannels)));
  return { macs, weightReuse: known(weightReuse), activationReuse: known(activationReuse), intensity: known(intensity) };
}

function known(value: Dim | undefined): number {
  return value === undefined || isUnknown(value) ? NaN : value;
}

/** Closed forms for stride 1, where A = (M + N) · S_o². N and M are input and output channels, S_k and S_o the sides of kernel and output. */
const closedForms: Readonly<Record<LayerType, readonly [text: string, value: () => number]>> = {
  standard: ['M·N / (M + N) · S_k²', () => shared() * example.kernel ** 2],
  pointwise: ['M·N / (M + N)', () => shared()],
  group: ['M·N / (M + N) · S_k² / g', () => shared() * example.kernel ** 2 / example.groups],
  depthwise: ['S_k² / 2', () => example.kernel ** 2 / 2],
};

function shared(): number {
  return example.inChannels * example.outChannels / (example.inChannels + example.outChannels);
}

const layerTypes = Object.keys(closedForms) as LayerType[];

export function layerTypeTables(): readonly Section[] {
  const standard = reuseOfType('standard');
  const table2 = layerTypes.map(type => {
    const [text, value] = closedForms[type];
    const reuse = reuseOfType(type);
    return {
      line: [type, text, fixed(reuse.activationReuse, 1), fixed(reuse.weightReuse, 0)],
      cells: [
        compare(`Table 2, ${type}, M_c/A`, reuse.activationReuse, fixed(value(), 6)),
        // Every weight is used once for each output position, whatever the type.
        compare(`Table 2, ${type}, M_c/W`, reuse.weightReuse, fixed(example.size ** 2, 6)),
      ],
    };
  });
  const table3 = layerTypes.map(type => {
    const reuse = reuseOfType(type);
    const values = [reuse.intensity / standard.intensity, reuse.macs / standard.macs, reuse.weightReuse / standard.weightReuse, reuse.activationReuse / standard.activationReuse];
    return { type, cells: values.map((value, column) => compare(`Table 3, ${type}, ${paper2.table3.columns[column] ?? ''}`, value, paper2.table3.rows[type]?.[column] ?? '')) };
  });
  const cells2 = table2.flatMap(each => each.cells);
  const cells3 = table3.flatMap(each => each.cells);
  const layer = `N = M = ${example.inChannels}, ${example.size}×${example.size}, ${example.kernel}×${example.kernel}, g = ${example.groups}`;
  return [{
    title: 'Paper 2, Table 2: reuse of the layer types',
    cells: cells2,
    text: `${tally(cells2)}: what the product counts for one layer (${layer}) is what the closed forms say. M_c/W is S_o² for all four.

${table(['layer', 'M_c/A', 'counted', 'M_c/W counted'], table2.map(each => each.line))}`,
  }, {
    title: 'Paper 2, Table 3: relative to the standard convolution',
    cells: cells3,
    text: `${tally(cells3)} (${layer}). Depthwise 0.004 is 1/g, here 1/256: it is a property of this example, not of depthwise convolutions.

${table(['layer', ...paper2.table3.columns], table3.map(each => [each.type, ...each.cells.map(cellText)]))}`,
  }];
}

// ——— layers of six networks ———

/** Layer MACs / (layer weights with bias + output), over convolutions and inner products. */
export function table5(): Section {
  const rows = Object.entries(paper2.table5).map(([name, printed]) => {
    const intensities = (layersOfNetworks[name] ?? []).map(([, macs, params, outputElements]) => macs / (params + outputElements));
    const cells = [
      compare(`Table 5, ${name}, median`, median(intensities), printed.median),
      compare(`Table 5, ${name}, variance`, sampleVariance(intensities), printed.variance),
    ];
    return { name, layers: intensities.length, cells };
  });
  const cells = rows.flatMap(each => each.cells);
  const mobile = (layersOfNetworks['MobileNet-V2'] ?? []).filter(([name]) => name !== 'conv6_1/expand').map(([, macs, params, outputElements]) => macs / (params + outputElements));
  return {
    title: 'Paper 2, Table 5: how much the intensity of layers varies',
    cells,
    text: `${tally(cells)}. The printed intensity of a layer is its MACs over weights (bias included) and *output* alone; the variance is that of a sample. MobileNet-V2 follows when one of its later layers is left out, e.g. without \`conv6_1/expand\` median ${fixed(median(mobile), 0)} and variance ${fixed(sampleVariance(mobile), 0)}: the published figures lack a row.

${table(['network', 'layers', 'median', 'variance'], rows.map(each => [each.name, String(each.layers), ...each.cells.map(cellText)]))}`,
  };
}

// ——— networks ———

/** In the order of Table 7. */
export function designFigures({ macs, params, activations }: Counts, alpha = defaultAlpha): readonly number[] {
  const reuse = networkReuse(macs, params, activations);
  const { weightReuse = NaN, activationReuse = NaN, intensity = NaN, activationsPerParam = NaN } = reuse;
  const { di = NaN, disparity = NaN } = networkDi(reuse, alpha);
  return [weightReuse, activationReuse, intensity, di, disparity, activationsPerParam];
}

export const networkNames = Object.keys(paper2.table7.rows);

export function table7(): Section {
  const { columns, rows } = paper2.table7;
  const compared = networkNames.map(name => {
    const used = designFigures(papersCounts(name));
    return designFigures(displayedCounts(name)).map((value, column) =>
      compare(`Table 7, ${name}, ${columns[column] ?? ''}`, value, rows[name]?.[column] ?? '', { fromPapersInputs: used[column] ?? NaN }));
  });
  const cells = compared.flat();
  const million = (value: number): string => String(Number((value / 1e6).toPrecision(5)));
  const inputs = Object.entries(enteredByHand).map(([name, { macs, params, activations }]) => {
    const displayed = displayedCounts(name);
    const pair = (used: number | undefined, other: number): string => (used === undefined ? '' : `${million(used)} for ${million(other)}`);
    return [name, pair(macs, displayed.macs), pair(params, displayed.params), pair(activations, displayed.activations)];
  });
  return {
    title: 'Paper 2, Table 7: 25 networks at design time',
    cells,
    text: `${tally(cells)}. The counting tool displays totals with two decimals of k, M or G, and the paper calculated with what it displayed; so do the figures below. Six networks were entered with other figures than those displayed, and every cell of theirs follows from these:

${table(['network', 'MACs, M', 'params, M', 'activations, M'], inputs)}
The product itself never rounds before it divides: it shows DI ${fixed(designFigures(countsOf('AlexNet'))[3] ?? NaN, 2)} for AlexNet and ${fixed(designFigures(countsOf('ResNet-50'))[3] ?? NaN, 2)} for ResNet-50.

${table(['network', ...columns], networkNames.map((name, index) => [name, ...(compared[index] ?? []).map(cellText)]))}`,
  };
}

// ——— the disparity ———

/** d_f in closed form, from A/W alone: DI and AI share M_c. */
function closedDisparity(activationsPerParam: number, alpha: number): number {
  return 75 - 25 * alpha / activationsPerParam - 25 * (1 - alpha) * activationsPerParam;
}

export function equations(): Section {
  const printedAlpha = 0.75;
  const rows = networkNames.map(name => {
    const [, , , , disparity = NaN, ratio = NaN] = designFigures(papersCounts(name));
    const printed = paper2.table7.rows[name]?.[4] ?? '';
    return {
      name, ratio, disparity, printed: Number(printed),
      definition: compare(`Eq. 5, ${name}, closed form`, closedDisparity(ratio, defaultAlpha), fixed(disparity, 6)),
      column: compare(`Table 8, ${name}, d_f at α = 0.8`, closedDisparity(ratio, defaultAlpha), printed),
      constants: closedDisparity(ratio, printedAlpha),
    };
  });
  const cells: Cell[] = rows.flatMap(each => [each.definition, each.column]);
  const worst = rows.reduce((left, right) => (Math.abs(right.constants - right.printed) > Math.abs(left.constants - left.printed) ? right : left));
  const extreme = ['AlexNet', 'VGG-16', 'ResNet-50', 'DenseNet-121', '1.0-SqNxt-23', '1.0-G-SqNxt-23', 'MobileNet-V1', 'MobileNet-V2', 'XceptionNet'];
  return {
    title: 'Paper 2, Eq. 2 to 5 and Table 8: DI and its disparity',
    cells,
    text: `- AI_c = M_c / (W + A) gives every element the same weight.
- Eq. 2: DI = (α · M_c/A + (1 − α) · M_c/W) / 4, with α = 0.8.
- Disparity: d_f = (AI_c − DI) / AI_c × 100. M_c cancels, and what is left depends on A/W alone (Eq. 5): **d_f = 75 − 25α · W/A − 25(1 − α) · A/W**.
- At α = 0.8 that is 75 − 20 · W/A − 5 · A/W; at α = 0.75 it is 75 − 18.75 · W/A − 6.25 · A/W.

The constants printed in Eq. 5 and Table 8 are those of α = 0.75, the printed column d_f is that of α = 0.8. Held against the printed d_f of all 25 networks (and the closed form against the definition): ${tally(cells)}. With the printed constants the column would be off by up to ${fixed(Math.abs(worst.constants - worst.printed), 1)} points (${worst.name}). Nine of them:

${table(
  ['network', 'A/W', 'd_f at α = 0.8', 'd_f with the constants of α = 0.75'],
  rows.filter(each => extreme.includes(each.name)).map(each => [each.name, fixed(each.ratio, 2), cellText(each.column), fixed(each.constants, 2)]),
)}
d_f is largest, ${fixed(closedDisparity(2, defaultAlpha), 0)} %, where A/W = 2 (at α = 0.8), and negative below A/W = 0.27 and above 14.7: there AI_c is below DI.`,
  };
}
