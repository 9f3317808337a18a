/** Whether what rules call costly is what was measured to be: networks with such findings against those without, at the same MACs and activations. */
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defaultSettings } from '../../../shared/src/settings';
import type { Workspace } from '../../src/analysis/workspace';
import { joulesPerImage, publishedNetworks, type PublishedDevice } from '../../src/metrics/published/networks';
import { allRules } from '../../src/rules/registry.generated';
import { median, rankCorrelation } from '../energy/figures';
import { isProcessor, type TimmData, type TimmStack } from '../energy/timm';
import { table } from '../generate/markdown';
import { foundIn } from './cases';
import { leastSquares, resampled } from './regression';

/** What is said of a model by rules: their shares of it, where they state one. */
type Flags = ReadonlyMap<string, number>;

/** Of data reuse and of fit to the hardware. */
const concerned = allRules.filter(({ id }) => /^JL[12]/.test(id));
/** Fewer on either side say nothing. */
const fewest = 8;

export interface Flagged {
  readonly name: string;
  readonly family: string;
  readonly flags: Flags;
}

/** At most `most` of each family: the same ones in every run. */
export async function flagTimm(workspace: Workspace, data: TimmData, source: string, most: number): Promise<readonly Flagged[]> {
  const chosen = new Map<string, string>();
  const inFamily = new Map<string, number>();
  const names = new Map<string, string>();
  for (const stack of data.stacks) for (const { name, family } of data.rowsOf(stack)) names.set(name, family);
  for (const [name, family] of [...names].sort((a, b) => (orderOf(a[0]) - orderOf(b[0])))) {
    const count = inFamily.get(family) ?? 0;
    if (count >= most) continue;
    inFamily.set(family, count + 1);
    chosen.set(name, family);
  }
  const root = pathToFileURL(resolve(source)).href;
  const flagged: Flagged[] = [];
  for (const [name, family] of chosen) {
    const [model = '', size = ''] = name.split('@');
    const { models: [found] } = await workspace.analyze({
      uri: `${root}/timm/__init__.py`, settings: { ...defaultSettings, pythonPath: [source], analysisTimeMilliseconds: 60_000 }, workspaceFolder: root,
      setup: 'import timm', model: `timm.create_model('${model}', pretrained=False)`, inputs: [{ shape: [1, 3, Number(size), Number(size)] }],
    });
    if (found?.metrics.status === 'exact') flagged.push({ name, family, flags: flagsOf(found.findings) });
  }
  return flagged;
}

function orderOf(name: string): number {
  let hash = 2_166_136_261;
  for (const character of name) hash = Math.imul(hash ^ character.charCodeAt(0), 16_777_619) >>> 0;
  return hash;
}

function flagsOf(findings: readonly { readonly rule: string; readonly data: Readonly<Record<string, unknown>> }[]): Flags {
  const flags = new Map<string, number>();
  for (const { rule, data } of findings) flags.set(rule, (flags.get(rule) ?? 0) + (typeof data['share'] === 'number' ? data['share'] : 0));
  return flags;
}

interface Timed extends Flagged {
  readonly seconds: number;
  readonly macs: number;
  readonly activations: number;
}

/** Time of models with the finding ÷ time of those without, at equal MACs and activations: log time over both logarithms and the flag. */
function factorOf(rule: string, rows: readonly Timed[]): number | undefined {
  const fitted = leastSquares(rows.map(row => [1, Math.log(row.macs), Math.log(row.activations), row.flags.has(rule) ? 1 : 0]), rows.map(row => Math.log(row.seconds)));
  return fitted && Math.exp(fitted[3] ?? NaN);
}

function kindOf(stack: TimmStack): string {
  return isProcessor(stack) ? 'processors' : stack.mode === 'dynamo' ? 'cards, compiled' : 'cards, eager';
}

export function timmSection(data: TimmData, flagged: readonly Flagged[]): string {
  const byName = new Map(flagged.map(each => [each.name, each]));
  const kinds = ['cards, eager', 'cards, compiled', 'processors'];
  const timed = data.stacks.map(stack => ({ kind: kindOf(stack), rows: data.rowsOf(stack).flatMap((row): Timed[] => {
    const found = byName.get(row.name);
    return found ? [{ ...found, seconds: row.seconds / row.batch, macs: row.macs, activations: row.activations }] : [];
  }) }));
  const lines = concerned.flatMap(rule => {
    const hit = flagged.filter(({ flags }) => flags.has(rule.id)).length;
    if (hit < fewest || flagged.length - hit < fewest) return [];
    return [[`[${rule.id}](rules/${rule.id}.md) ${rule.name}`, String(hit), ...kinds.map(kind => cellOf(rule.id, timed.filter(each => each.kind === kind).map(({ rows }) => rows)))]];
  });
  return `### Time of image models

${flagged.length} models of ${new Set(flagged.map(({ family }) => family)).size} families of \`timm\`, as the rules find them, against their published time of an image on ${data.stacks.length} stacks.
The figure is the time of a model with the finding over that of one without *at the same MACs and the same activations* (least squares over the logarithms of both),
the median over the stacks; in brackets 10 to 90 % when whole families are drawn again. 1.00: MACs and activations already say all; above it such models take longer than both say.

${table(['rule', 'models with it', ...kinds], lines)}
## What followed

- Depthwise convolutions cost a multiple per MAC and nothing beyond their activations: that is what JL101 says of them, as information.
- Of groups (JL103), widths off the grid of matrix units (JL201) and head widths (JL204) measured times show nothing that MACs and activations do not: they are hints.
- Biases before a normalisation (JL309) and strides that skip (JL313) stood on many lines of one file: they are said once for a file.
`;
}

function cellOf(rule: string, stacks: readonly (readonly Timed[])[]): string {
  const factors = stacks.flatMap(rows => factorOf(rule, rows) ?? []);
  if (factors.length === 0) return '–';
  const intervals = stacks.map(rows => resampled(byFamily(rows), drawn => factorOf(rule, drawn), 200)).filter(({ low, high }) => Number.isFinite(low) && Number.isFinite(high));
  return `${median(factors).toFixed(2)} (${median(intervals.map(({ low }) => low)).toFixed(2)}–${median(intervals.map(({ high }) => high)).toFixed(2)})`;
}

function byFamily(rows: readonly Timed[]): readonly (readonly Timed[])[] {
  const families = new Map<string, Timed[]>();
  for (const row of rows) families.set(row.family, [...(families.get(row.family) ?? []), row]);
  return [...families.values()];
}

const settings: readonly (readonly [PublishedDevice, 1 | 4])[] = [['P100', 1], ['P100', 4], ['P4000', 1], ['P4000', 4]];

/** Of the networks that were published with their energy. */
export async function publishedSection(workspace: Workspace, data: string): Promise<string> {
  const networks = await Promise.all(publishedNetworks.map(async network => {
    const uri = pathToFileURL(resolve(join(data, 'data', 'caffe', `${network.name}.prototxt`))).href;
    const { models: [model] } = await workspace.analyze({ uri, settings: { ...defaultSettings, convention: 'paper' }, workspaceFolder: pathToFileURL(resolve(data)).href });
    return model ? [{ network, flags: flagsOf(model.findings), found: foundIn(model) }] : [];
  })).then(each => each.flat());
  const perMac = (device: PublishedDevice, batch: 1 | 4) => ({ network }: typeof networks[number]): number => joulesPerImage(network, device, batch) / network.macs;
  const lines = concerned.flatMap(rule => {
    const hit = networks.filter(({ flags }) => flags.has(rule.id));
    const rest = networks.filter(({ flags }) => !flags.has(rule.id));
    if (hit.length < 3 || rest.length < 3) return [];
    const shares = networks.map(({ flags }) => flags.get(rule.id) ?? 0);
    return [[`[${rule.id}](rules/${rule.id}.md) ${rule.name}`, String(hit.length), ...settings.map(([device, batch]) => {
      const energy = perMac(device, batch);
      const rank = rankCorrelation(shares, networks.map(energy));
      return `${(median(hit.map(energy)) / median(rest.map(energy))).toFixed(2)}×${Number.isFinite(rank) ? `, ρ ${rank.toFixed(2)}` : ''}`;
    })]];
  });
  return `### Energy of the published networks

The ${networks.length} networks whose energy was published with the DI model. Energy per MAC of those with the finding over that of those without, medians;
ρ is the rank correlation between the part of the network that the finding speaks of and the energy per MAC.

${table(['rule', 'networks with it', ...settings.map(([device, batch]) => `${device}, batch ${batch}`)], lines)}
`;
}
