/** The report's section that shows a model among the published networks: two strips of dots, and what its neighbours took when they were measured. */
import type { Model } from '../../../shared/src/report';
import { compact, energy, figure } from '../base/format';
import { joulesPerImage, publishedDevices, publishedNetworks, type PublishedDevice, type PublishedNetwork } from '../metrics/published/networks';
import {
  isComparable, neighboursOf, placementOf, placementText, placeText, rankedBy, type ComparedFigure, type Place, type Placeable, type Placement, type RankedNetwork,
} from '../metrics/published/placement';
import { html, type Insertable, type Markup } from './markup';
import { fittedText, objectiveLine } from './objective';

const figureNames: Readonly<Record<ComparedFigure, string>> = { di: 'DI', activationReuse: 'M_c/A' };
const figureMarkup: Readonly<Record<ComparedFigure, Insertable>> = { di: 'DI', activationReuse: html`M<sub>c</sub>/A` };
const devices: readonly PublishedDevice[] = ['P100', 'P4000'];

function placeable(model: Model): Placeable {
  return { ...model, di: model.totals.di, activationReuse: model.totals.activationReuse };
}

/** For the terminal; a model that cannot be placed has no such line. */
export function publishedPlace(model: Model): string | undefined {
  const placement = placementOf(placeable(model));
  if (!isComparable(placement)) return undefined;
  return `DI ${placeText('di', placement.di)} · M_c/A ${placeText('activationReuse', placement.activationReuse)} of ${publishedNetworks.length} networks`;
}

/** For text reports: the place, and the neighbours' energy with where it was measured. */
export function publishedParagraph(model: Model): string | undefined {
  const text = placementText(placeable(model));
  const placement = placementOf(placeable(model));
  if (text === undefined || !isComparable(placement)) return text;
  const measured = neighboursOf(placement).map(({ network }) =>
    `${network.name} ${devices.map(device => `${measuredEnergy(network, device)} (${publishedDevices[device]})`).join(', ')}`);
  return `${text}. Energy per image measured on them in Caffe at batch 1, no prediction for this model: ${measured.join('; ')}.`;
}

export function publishedSection(model: Model): Markup | undefined {
  const placement = placementOf(placeable(model));
  if (placement === undefined) return undefined;
  const content = isComparable(placement)
    ? html`<div class="panel">${strip('di', placement.di, model.alpha)}${strip('activationReuse', placement.activationReuse, model.alpha)}</div>${neighbourTable(model, placement)}`
    : html`<p class="empty">Not placed: ${placement.reason}.</p>`;
  const sizes = publishedNetworks.map(network => network.inputPx);
  return html`<section aria-labelledby="published"><div class="heading"><h2 id="published">Among the published networks</h2>
<p class="muted">${publishedNetworks.length} image classifiers, ${Math.min(...sizes)} to ${Math.max(...sizes)} pixels wide, batch 1; logarithmic</p></div>${content}</section>`;
}

interface Dot {
  readonly name: string;
  readonly value: number;
}

/** One dot per network, in percent of the width: the strip grows with the page and its dots stay round. */
function strip(compared: ComparedFigure, place: Place, alpha: number): Markup {
  const dots = rankedBy(compared, alpha).map(({ network, ...figures }): Dot => ({ name: network.name, value: figures[compared] }));
  const own: Dot = { name: 'this model', value: place.value };
  const sorted = [...dots, own].sort((left, right) => left.value - right.value);
  const low = Math.log(sorted[0]?.value ?? 1);
  const high = Math.log(sorted.at(-1)?.value ?? 1);
  // The outermost dots stand inside the plot, not on its edge.
  const x = (value: number): string => `${Math.round((2 + 96 * (Math.log(value) - low) / (high - low || 1)) * 100) / 100}%`;
  const near = new Set([place.below?.network.name, place.above?.network.name]);
  // The neighbours are drawn last, over the others.
  const drawn = [...dots.filter(dot => !near.has(dot.name)), ...dots.filter(dot => near.has(dot.name))];
  const labelled = (dot: Dot): string => `${dot.name} ${figure(dot.value)}`;
  const text = placeText(compared, place);
  return html`<p class="place"><b>${figureMarkup[compared]} ${figure(place.value)}</b>: ${text}</p>
<svg class="strip" role="img" aria-label="${figureNames[compared]} ${figure(place.value)}: ${text}">
${ticksBetween(Math.exp(low), Math.exp(high)).map(tick => html`<line class="grid" x1="${x(tick)}" x2="${x(tick)}" y1="4" y2="34"/><text x="${x(tick)}" y="47">${figure(tick)}</text>`)}
<line class="grid" x1="0" x2="100%" y1="34" y2="34"/>
${drawn.map(dot => html`<circle class="${near.has(dot.name) ? 'near' : 'dot'}" cx="${x(dot.value)}" cy="19" r="${near.has(dot.name) ? 5.5 : 4.5}"><title>${labelled(dot)}</title></circle>`)}
<line class="own" x1="${x(own.value)}" x2="${x(own.value)}" y1="2" y2="34"/><circle class="own" cx="${x(own.value)}" cy="19" r="6.5"><title>${labelled(own)}</title></circle></svg>
<div class="ends"><span>${sorted[0] && labelled(sorted[0])}</span><span>${sorted.at(-1) && labelled(sorted.at(-1) ?? own)}</span></div>`;
}

/** 1, 2 and 5 of every decade. */
function ticksBetween(low: number, high: number): readonly number[] {
  const ticks: number[] = [];
  for (let decade = 10 ** Math.floor(Math.log10(low)); decade <= high; decade *= 10) {
    ticks.push(...[1, 2, 5].map(step => step * decade).filter(tick => tick >= low && tick <= high));
  }
  return ticks;
}

/** The model's own line has no energy: it has not been measured. */
function neighbourTable(model: Model, placement: Placement): Markup {
  const cells = (name: Insertable, di: number, activationReuse: number, macs: number | null, energies: readonly Insertable[]): Markup =>
    html`<th scope="row">${name}</th>${[figure(di), figure(activationReuse), compact(macs), ...energies].map(cell => html`<td class="number">${cell}</td>`)}`;
  const others = neighboursOf(placement).map((each: RankedNetwork) => ({
    di: each.di, line: html`<tr>${cells(each.network.name, each.di, each.activationReuse, each.network.macs, devices.map(device => measuredEnergy(each.network, device)))}</tr>`,
  }));
  const own = {
    di: placement.di.value,
    line: html`<tr class="own">${cells('this model', placement.di.value, placement.activationReuse.value, model.totals.macs, devices.map(() => html`<span class="muted">–</span>`))}</tr>`,
  };
  const rows = [...others, own].sort((left, right) => left.di - right.di);
  return html`<div class="scroller" role="region" aria-label="Table of the nearest published networks" tabindex="0"><table class="published"><caption>The published networks nearest to ${model.name}, with measured energy</caption>
<thead><tr><th scope="col">nearest networks</th><th scope="col" class="number">DI</th><th scope="col" class="number">M<sub>c</sub>/A</th><th scope="col" class="number">MACs</th>${
    devices.map(device => html`<th scope="col" class="number">measured on ${publishedDevices[device]}</th>`)
  }</tr></thead><tbody>${rows.map(row => row.line)}</tbody></table></div>
<p class="muted note">Energy per image as measured on the published networks, in Caffe at batch 1 (paper 2, Table 7). It grows with the MACs and depends on the software; it is no prediction for this model.</p>${objectiveNote(model)}`;
}

/** What Eq. 7 makes of it, and how sure its constants are. */
function objectiveNote(model: Model): Markup | undefined {
  const line = objectiveLine(model);
  return line && html`<p class="muted note">${line[0]} ${line[1]}. ${fittedText()}</p>`;
}

function measuredEnergy(network: PublishedNetwork, device: PublishedDevice): string {
  return energy(joulesPerImage(network, device, 1));
}
