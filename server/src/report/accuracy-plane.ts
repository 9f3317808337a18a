/** Energy against accuracy: the image models published with timm, and where the energy of this one lies among them. */
import type { EnergyEstimate, Model } from '../../../shared/src/report';
import { energyInterval, energyText, figure } from '../base/format';
import { imageModels } from '../energy/image-models.generated';
import { inUnits } from './cost-lines';
import { html, type Markup } from './markup';

/** What the published models were timed with; `millijoules` of them and of this model include the same. */
export const planeRequest = { device: 'rtx4090', stack: 'amp nchw 2.9.1 eager' } as const;

interface Point {
  readonly name: string;
  readonly px: number;
  readonly top1: number;
  readonly joules: number;
}

const points: readonly Point[] = imageModels.map(([name, px, top1, millijoules]) => ({ name, px, top1, joules: millijoules / 1e3 }));

/** A picture in colours goes in. */
export function readsImages({ inputs: [input] }: { readonly inputs: readonly Pick<Model['inputs'][number], 'shape'>[] }): boolean {
  const shape = input?.shape;
  return shape?.length === 4 && (shape[1] === 3 || shape[3] === 3);
}

/** The best accuracy that no model reaches with less energy, from the least energy on. */
export function frontier(sorted: readonly Pick<Point, 'top1'>[]): readonly number[] {
  let best = 0;
  return sorted.flatMap(({ top1 }, index) => {
    if (top1 <= best) return [];
    best = top1;
    return [index];
  });
}

const height = 220;

export function planeSection(model: Model): Markup | undefined {
  const energy = model.onPlane;
  if (energy === undefined || energy.millijoules.estimate === undefined) return undefined;
  const own = inUnits(energy.millijoules);
  const joules = energy.millijoules.estimate / 1e3;
  const [low, high] = [Math.min(points[0]?.joules ?? 1, joules), Math.max(points.at(-1)?.joules ?? 1, joules)];
  const [worst, best] = [Math.min(...points.map(each => each.top1)), Math.max(...points.map(each => each.top1))];
  const x = (value: number): number => 2 + 96 * Math.log(value / low) / Math.log(high / low);
  const y = (top1: number): number => Math.round((height - 26 - (height - 40) * (top1 - worst) / (best - worst)) * 10) / 10;
  const percentOf = (value: number): string => `${Math.round(x(value) * 100) / 100}%`;
  const edge = frontier(points);
  const dots = points.map((each, index) => html`<circle class="${edge.includes(index) ? 'near' : 'dot'}" cx="${percentOf(each.joules)}" cy="${y(each.top1)}" r="${edge.includes(index) ? 4 : 2.5}"><title>${
    each.name} at ${each.px} px: ${each.top1} % top-1, ${energyText(each.joules)}</title></circle>`);
  const grid = decades(low, high).map(tick => html`<line class="grid" x1="${percentOf(tick)}" x2="${percentOf(tick)}" y1="4" y2="${height - 22}"/><text x="${percentOf(tick)}" y="${height - 8}">${energyText(tick)}</text>`);
  const levels = tens(worst, best).map(value =>
    html`<line class="grid" x1="0" x2="100%" y1="${y(value)}" y2="${y(value)}"/><text class="level" x="0" y="${y(value) - 3}">${value} %</text>`);
  const words = planeWords(energy);
  return html`<section aria-labelledby="plane"><div class="heading"><h2 id="plane">Energy against accuracy</h2><p class="muted">${points.length} image models of timm, top-1 on ImageNet against energy of one image on ${
    energy.device}, ${energy.stack}, at the plug; logarithmic; time measured, energy from what such a PC was measured to draw. The line is this model at a batch of ${energy.batch}; what it would reach is not known</p></div>
<div class="panel"><p class="place"><b>${energyInterval(own)}</b>: ${words}</p>
<svg class="strip plane" role="img" aria-label="Energy against accuracy of ${points.length} models; this one at ${energyInterval(own)}: ${words}">${grid}${levels}
<rect class="band" x="${percentOf(Math.max(low, own.low))}" y="4" width="${Math.round((x(Math.min(high, own.high)) - x(Math.max(low, own.low))) * 100) / 100}%" height="${height - 26}"/>
<line class="own" x1="${percentOf(joules)}" x2="${percentOf(joules)}" y1="4" y2="${height - 22}"/>${dots}</svg></div></section>`;
}

/** `of 140 models with 0.8 to 1.25 times its energy the middle half reaches 76.1 to 80.3 % top-1; with no more energy the best is …`. */
export function planeWords(energy: EnergyEstimate): string {
  const joules = (energy.millijoules.estimate ?? 0) / 1e3;
  const alike = points.filter(each => Math.abs(Math.log(each.joules / joules)) <= Math.log(1.25)).map(each => each.top1).sort((a, b) => a - b);
  const within = points.filter(each => each.joules <= joules);
  const best = within.reduce<Point | undefined>((top, each) => (top === undefined || each.top1 > top.top1 ? each : top), undefined);
  const quarter = (share: number): number => alike[Math.round(share * (alike.length - 1))] ?? NaN;
  return [
    alike.length >= 4 ? `of ${alike.length} models with about its energy (within 1.25×) the middle half reaches ${figure(quarter(0.25))} to ${figure(quarter(0.75))} % top-1` : 'hardly any of the models takes about its energy',
    best ? `with no more energy the best is ${best.name} at ${best.px} px, ${figure(best.top1)} %` : 'none of the models takes less',
  ].join('; ');
}

function tens(low: number, high: number): readonly number[] {
  const first = Math.ceil(low / 10);
  return Array.from({ length: Math.floor(high / 10) - first + 1 }, (_, step) => 10 * (first + step));
}

/** 1 and 3 of every decade. */
function decades(low: number, high: number): readonly number[] {
  const ticks: number[] = [];
  for (let decade = 10 ** Math.floor(Math.log10(low)); decade <= high; decade *= 10) ticks.push(decade, 3 * decade);
  return ticks.filter(tick => tick >= low * 1.05 && tick <= high / 1.05);
}
