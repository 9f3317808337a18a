/** Paper 2, what was measured: correlation of DI and AI_c with energy efficiency (Tables 6, 9, Fig. 4, 6), the energy model (Eq. 6, 7) and the roofline (Table 4, Fig. 5). */
import { joulesPerImage, publishedNetworks, type PublishedDevice, type PublishedNetwork } from '../../src/metrics/published/networks';
import { networkDi } from '../../src/metrics/intensity';
import { fittedConstants } from '../../src/metrics/published/objective';
import { networkReuse } from '../../src/metrics/totals';
import { table } from '../generate/markdown';
import { cellText, compare, fixed, tally, type Cell } from './compare';
import { defaultAlpha } from './design-time';
import type { Hue, Plot, Series } from './plot';
import { countsOf, paper2, papersCounts, type Batch, type Counts } from './reference';
import { image, type Section } from './section';
import { best, fisherInterval, pearson, powerLaw, spearman } from './statistics';

interface Setting {
  readonly device: PublishedDevice;
  readonly batch: Batch;
  readonly hue: Hue;
}

const settings: readonly Setting[] = [
  { device: 'P100', batch: 1, hue: 1 }, { device: 'P100', batch: 4, hue: 2 }, { device: 'P4000', batch: 1, hue: 3 }, { device: 'P4000', batch: 4, hue: 4 },
];
const settingName = ({ device, batch }: Setting): string => `${device}, batch ${batch}`;

type Measure = 'AI_c' | 'DI';
const measures: readonly Measure[] = ['AI_c', 'DI'];
type Source = (name: string) => Counts;

function measureOf(measure: Measure, { macs, params, activations }: Counts, alpha = defaultAlpha): number {
  const reuse = networkReuse(macs, params, activations);
  return (measure === 'DI' ? networkDi(reuse, alpha).di : reuse.intensity) ?? NaN;
}

/** GMAC/J: the MACs of one image over the energy of one image. */
function efficiencyOf(network: PublishedNetwork, { device, batch }: Setting, source: Source): number {
  return source(network.name).macs / joulesPerImage(network, device, batch) / 1e9;
}

interface CorrelationOptions {
  readonly source: Source;
  readonly alpha?: number;
  readonly networks?: readonly PublishedNetwork[];
}

function correlate(by: typeof pearson, measure: Measure, setting: Setting, { source, alpha = defaultAlpha, networks = publishedNetworks }: CorrelationOptions): number {
  return by(networks.map(network => measureOf(measure, source(network.name), alpha)), networks.map(network => efficiencyOf(network, setting, source)));
}

// ——— Tables 6 and 9 ———

const tolerance = 0.01;

export function table6(): Section {
  const rows = settings.flatMap(setting => measures.map(measure => {
    const printed = paper2.table6[setting.device][`B${setting.batch}`][measure];
    const place = `Table 6, ${settingName(setting)}, ${measure}`;
    const cells = [
      compare(`${place}, r_p`, correlate(pearson, measure, setting, { source: papersCounts }), printed.r_p, { tolerance }),
      compare(`${place}, r_s`, correlate(spearman, measure, setting, { source: papersCounts }), printed.r_s, { tolerance }),
    ];
    return { setting, measure, cells, exact: [correlate(pearson, measure, setting, { source: countsOf }), correlate(spearman, measure, setting, { source: countsOf })] };
  }));
  const cells = rows.flatMap(each => each.cells);
  const outliers = new Set(['AlexNet', 'VGG-16', 'NiN']);
  const networks = publishedNetworks.filter(network => !outliers.has(network.name));
  const without = (measure: Measure): string[] => settings.map(setting => fixed(correlate(pearson, measure, setting, { source: countsOf, networks }), 2));
  const efficiencies = settings.map(setting => publishedNetworks.reduce((left, right) => (efficiencyOf(right, setting, countsOf) > efficiencyOf(left, setting, countsOf) ? right : left)).name);
  return {
    title: 'Paper 2, Table 6: correlation with measured energy efficiency',
    cells,
    text: `${tally(cells)}. Energy efficiency = M_c · batch / (power × time), with power and time of Table 7 and the inputs that the paper used; the last two columns start from the exact counts instead.

${table(
  ['device', 'figure', 'r_p', 'r_s', 'r_p, exact counts', 'r_s, exact counts'],
  rows.map(each => [settingName(each.setting), each.measure, ...each.cells.map(cellText), ...each.exact.map(value => fixed(value, 2))]),
)}
What stands behind these numbers:

- DI's lead over AI_c rests on AlexNet, VGG-16 and NiN. Without these three, r_p is ${without('AI_c')
  .join(', ')} for AI_c and ${without('DI').join(', ')} for DI (${settings.map(settingName).join('; ')}).
- The network with the highest measured efficiency is ${[...new Set(efficiencies)].join(' or ')} in every one of the four settings; the text of sections 1 and 4.1 says the opposite.`,
  };
}

export function table9(): Section {
  const devices: readonly PublishedDevice[] = ['P4000', 'P100'];
  const confidences = ['95', '99'] as const;
  const rows = devices.flatMap(device => measures.flatMap(measure => confidences.map(confidence => {
    // The paper went on from the two digits that it prints.
    const r = Number(fixed(correlate(pearson, measure, { device, batch: 4, hue: 1 }, { source: papersCounts }), 2));
    const [low = NaN, high = NaN] = fisherInterval(r, publishedNetworks.length, confidence).map(end => Number(fixed(end, 2)));
    const printed = paper2.table9[device][measure][confidence];
    const cells = [low, high, high - low].map((value, at) =>
      compare(`Table 9, ${device}, ${measure}, ${confidence} %, ${['low', 'high', 'width'][at] ?? ''}`, value, printed[at] ?? ''));
    return [device, measure, `${confidence} %`, cells] as const;
  })));
  const cells = rows.flatMap(([, , , each]) => each);
  return {
    title: 'Paper 2, Table 9: confidence intervals of r_p',
    cells,
    text: `${tally(cells)}. Fisher's z = artanh r_p with standard error 1/√(n − 3) over n = ${publishedNetworks.length} networks, at batch 4; r_p is taken with the two digits of Table 6, and the width is that between the printed ends.

${table(['device', 'figure', 'confidence', 'low', 'high', 'width'], rows.map(([device, measure, confidence, each]) => [device, measure, confidence, ...each.map(cellText)]))}`,
  };
}

// ——— the sweep of α ———

const alphas = Array.from({ length: 21 }, (_, step) => step / 20);

export function alphaSweep(): Section {
  const plotOf = (by: typeof pearson, name: string, symbol: string): Plot => {
    const curve = (setting: Setting): Series => ({
      name: settingName(setting), hue: setting.hue, look: 'line',
      points: alphas.map(alpha => [alpha, correlate(by, 'DI', setting, { source: countsOf, alpha })] as const),
    });
    const series = settings.map(curve);
    const values = series.flatMap(each => each.points.map(([, y]) => y));
    const [low, high] = [Math.floor(Math.min(...values) * 10) / 10, 1];
    return {
      title: `${name} correlation of DI with energy efficiency`,
      description: `${name} correlation of DI with measured energy efficiency for α from 0 to 1: it rises from ${fixed(Math.min(...values), 2)} to a plateau that begins near α = 0.8`,
      x: { label: 'α, the weight of activation reuse', from: 0, to: 1, ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] },
      y: { label: symbol, from: low, to: high, ticks: Array.from({ length: 30 }, (_, step) => Math.round((low + step * 0.2) * 10) / 10).filter(tick => tick <= high) },
      series,
    };
  };
  const plots = { 'alpha-pearson.svg': plotOf(pearson, 'Linear', 'r_p'), 'alpha-spearman.svg': plotOf(spearman, 'Rank', 'r_s') };
  const rows = settings.map(setting => {
    const score = (by: typeof pearson) => (alpha: number): number => correlate(by, 'DI', setting, { source: countsOf, alpha });
    const linear = best(alphas, score(pearson));
    const byRank = best(alphas, score(spearman));
    return [
      settingName(setting), fixed(score(pearson)(defaultAlpha), 3), `${fixed(linear.score, 3)} at ${fixed(linear.at, 2)}`,
      fixed(score(spearman)(defaultAlpha), 3), `${fixed(byRank.score, 3)} at ${fixed(byRank.at, 2)}`, drawnAnew(setting, 'alpha'),
    ];
  });
  return {
    title: 'Paper 2, Fig. 4 and 6: which α',
    cells: [],
    plots,
    text: `That r_p stops rising near α = 0.8 reproduces; that 0.8 is the best value does not. The gain beyond it is small, so α = 0.8 stays the default and a setting.

${table(['device', 'r_p at 0.8', 'highest r_p', 'r_s at 0.8', 'highest r_s', 'α of the highest r_p, networks drawn anew'], rows)}
The last column holds 95 % of a thousand times 25 networks drawn with replacement.

${image('alpha-pearson.svg', plots['alpha-pearson.svg'])}
${image('alpha-spearman.svg', plots['alpha-spearman.svg'])}`,
  };
}

/** `0.75 to 1.00` */
function drawnAnew({ device, batch }: Setting, constant: 'alpha' | 'k'): string {
  const found = fittedConstants.find(each => each.device === device && each.batch === batch)?.[constant];
  return found ? `${fixed(found.low, 2)} to ${fixed(found.high, 2)}` : '';
}

// ——— the energy model ———

const exponents = Array.from({ length: 41 }, (_, step) => step / 20);

export function energyModel(): Section {
  const rows = settings.map(setting => {
    const energies = publishedNetworks.map(network => joulesPerImage(network, setting.device, setting.batch));
    const predicted = (k: number): number[] => publishedNetworks.map(({ name }) => countsOf(name).macs / measureOf('DI', countsOf(name)) ** k);
    const linear = best(exponents, k => pearson(predicted(k).map(Math.log), energies.map(Math.log)));
    const byRank = best(exponents, k => spearman(predicted(k), energies));
    return [settingName(setting), `${fixed(linear.at, 2)} (r ${fixed(linear.score, 3)})`, `${fixed(byRank.at, 2)} (r_s ${fixed(byRank.score, 3)})`, drawnAnew(setting, 'k')];
  });
  const [first] = settings;
  const points = publishedNetworks.map(network => [measureOf('DI', countsOf(network.name)), first ? efficiencyOf(network, first, countsOf) : NaN, network.name] as const);
  const fit = powerLaw(points.map(([x]) => x), points.map(([, y]) => y));
  const named: Readonly<Record<string, 'start' | 'end'>> = {
    'VGG-16': 'end', 'AlexNet': 'start', 'MobileNet-V2': 'start', 'XceptionNet': 'start', '1.0-G-SqNxt-23': 'start', 'GoogLeNet': 'start',
    'ResNet-50': 'end', 'NiN': 'start',
  };
  const plot: Plot = {
    title: 'Energy efficiency against DI, Tesla P100, batch 1',
    description: `Measured energy efficiency of 25 networks against DI, both logarithmic; the line is efficiency = ${fixed(fit.factor, 4)} × DI to the power ${fixed(fit.exponent, 2)}, r ${fixed(fit.r, 2)}`,
    x: { label: 'DI, MACs per element', from: 7, to: 150, ticks: [10, 20, 50, 100], logarithmic: true },
    y: { label: 'GMAC/J', from: 0.5, to: 50, ticks: [0.5, 1, 2, 5, 10, 20, 50], logarithmic: true },
    series: [
      { name: 'network', hue: 1, look: 'dots', points: points.map(([x, y]) => [x, y] as const) },
      { name: `${fixed(fit.factor, 3)} · DI^${fixed(fit.exponent, 2)}`, hue: 2, look: 'dashed', points: [7, 150].map(x => [x, fit.factor * x ** fit.exponent] as const) },
    ],
    notes: points.flatMap(([x, y, text]) => { const anchor = named[text]; return anchor === undefined ? [] : [{ x, y, text, anchor }]; }),
  };
  return {
    title: 'Paper 2, Eq. 6 and 7: energy from MACs and DI',
    cells: [],
    plots: { 'efficiency.svg': plot },
    text: `The paper takes the energy of a network as its MACs over its efficiency, and the efficiency as a power of DI: E ∝ M_c / DI^k with k between 0 and 1. The k with the highest correlation to the measured energy per image, from 0 to 2 in steps of 0.05:

${table(['device', 'k, by log-log correlation', 'k, by rank', 'k, by log-log correlation, networks drawn anew'], rows)}
Between 0 and 1 holds for the ranks on the P100 alone. On one device and batch the efficiency itself follows DI loosely: P100, batch 1, exponent ${fixed(fit.exponent, 2)}, log-log r ${fixed(fit.r, 2)}.

${image('efficiency.svg', plot)}`,
  };
}

// ——— the roofline ———

const bytesPerElement = 4;
const flopsPerMac = 2;

/** FLOP per byte of a whole batch: weights are read once, activations for every image. */
function intensityOf(name: string, batch: Batch): number {
  const { macs, params, activations } = countsOf(name);
  return flopsPerMac * (networkReuse(macs * batch, params, activations * batch).intensity ?? NaN) / bytesPerElement;
}

function reachedFlops(network: PublishedNetwork, device: PublishedDevice, batch: Batch): number {
  return flopsPerMac * countsOf(network.name).macs * batch / (network.measured[device][batch].milliseconds / 1000);
}

export function roofline(): Section {
  const devices: readonly PublishedDevice[] = ['P100', 'P4000'];
  const named: Readonly<Record<string, 'start' | 'end'>> = { 'VGG-16': 'end', 'AlexNet': 'end', 'MobileNet-V1': 'start', 'MobileNet-V2': 'end', 'XceptionNet': 'start', 'DenseNet-169': 'end' };
  const plots: Record<string, Plot> = {};
  const cells: Cell[] = [];
  const rows = devices.map(device => {
    const { fp32_flops: peak, memory_bytes_per_second: bandwidth, cmr_flops_per_byte: printed, name } = paper2.table4[device];
    const ridge = peak / bandwidth;
    cells.push(compare(`Table 4, ${device}, CMR`, ridge, printed));
    const points = (batch: Batch): (readonly [number, number])[] => publishedNetworks.map(network => [intensityOf(network.name, batch), reachedFlops(network, device, batch) / 1e9] as const);
    const plot: Plot = {
      title: `Roofline of the ${name}`,
      description: `Speed reached by 25 networks against their arithmetic intensity on the ${name}; the roof bends at ${fixed(ridge, 1)} FLOP per byte`,
      x: { label: 'arithmetic intensity, FLOP per byte (32-bit)', from: 3, to: 150, ticks: [5, 10, 20, 50, 100], logarithmic: true },
      y: { label: 'GFLOP/s', from: 5, to: 20_000, ticks: [10, 100, 1000, 10_000], logarithmic: true },
      series: [
        { name: 'roof', hue: 2, look: 'line', points: [[3, 3 * bandwidth / 1e9], [ridge, peak / 1e9], [150, peak / 1e9]] },
        { name: 'batch 1', hue: 1, look: 'dots', points: points(1) },
        { name: 'batch 4', hue: 3, look: 'rings', points: points(4) },
      ],
      notes: publishedNetworks.flatMap(network => {
        const anchor = named[network.name];
        return anchor === undefined ? [] : [{ x: intensityOf(network.name, 1), y: reachedFlops(network, device, 1) / 1e9, text: network.name, anchor }];
      }),
    };
    plots[`roofline-${device.toLowerCase()}.svg`] = plot;
    const below = publishedNetworks.filter(network => intensityOf(network.name, 1) < ridge).map(network => network.name);
    const shares = publishedNetworks.map(network => reachedFlops(network, device, 1) / Math.min(peak, bandwidth * intensityOf(network.name, 1)));
    const share = (pick: typeof Math.max): string => `${publishedNetworks[shares.indexOf(pick(...shares))]?.name ?? ''}, ${fixed(pick(...shares) * 100, 1)} %`;
    return { cell: cells.at(-1), line: [device, below.join(', '), share(Math.max), share(Math.min)] };
  });
  return {
    title: 'Paper 2, Table 4 and Fig. 5: the roofline',
    cells,
    plots,
    text: `${tally(cells)}. A network left of the ridge (CMR: peak speed over memory bandwidth) is bound by memory if it does everything else right. FLOP = 2 · MACs, four bytes per element, AI_c of the whole batch.

${table(
  ['device', 'CMR, FLOP/byte', 'left of the ridge at batch 1', 'closest to its roof', 'furthest from it'],
  rows.map(({ cell, line: [device = '', ...rest] }) => [device, cell ? cellText(cell) : '', ...rest]),
)}
No network comes near the roof at batch 1: neither peak speed nor bandwidth is what limits it. The networks with depthwise and many small layers are furthest away; Caffe starts a kernel of its own for every group of a convolution.

${Object.entries(plots).map(([name, plot]) => image(name, plot)).join('\n')}`,
  };
}
