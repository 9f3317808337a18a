/** The page's part about energy: where it goes, layer by layer; what each layer waits for; other batches and devices; memory. */
import type { EnergyEstimate, EnergyProblem, LayerEnergy, LayerRow, MemoryBytes, Model } from '../../../shared/src/report';
import { byteText, compact, energyInterval, energyText, figure, percent, timeInterval, timeText } from '../base/format';
import { standingText } from '../energy/text';
import { chart, plotWidth, round } from './charts';
import { inUnits } from './cost-lines';
import { html, type Insertable, type Markup } from './markup';
import { plotHeight } from './page-style';
import { simpleTable } from './simple-table';
import type { Files } from './places';

const includesTexts: Readonly<Record<EnergyEstimate['includes'], string>> = { chip: 'chip and memory', board: 'the card or board', wall: 'everything at the plug' };

export function energySection(model: Model, files: Files): Markup | undefined {
  const [energy] = model.energy ?? [];
  if (energy === undefined) return undefined;
  const memory = model.memoryBytes ? memoryTable(model.memoryBytes) : undefined;
  if ('problem' in energy) {
    return html`<section aria-labelledby="energy"><div class="heading"><h2 id="energy">Energy</h2></div><p class="empty">Not known: ${energy.problem}</p>${memory}</section>`;
  }
  const rows = model.layers.flatMap((row): Costed[] => (row.energy ? [{ row, energy: row.energy }] : []));
  return html`<section aria-labelledby="energy"><div class="heading"><h2 id="energy">Energy and time</h2><p class="muted">${assumptions(energy)}</p></div>
${partsTable(energy)}${rows.length < 2 ? undefined : layerBars(rows, files)}</section>
${rows.length < 2 || energy.roof === undefined ? undefined : roofline(rows, energy.roof, files, model.computeBound)}
${model.whatIf && model.whatIf.length > 1 ? whatIfTable(model.whatIf) : undefined}${memory}`;
}

function assumptions(energy: EnergyEstimate): Markup {
  const { device, stack, dtype, batch, includes, why } = energy;
  return html`<span title="${why}">one sample on ${device} at a batch of ${batch} · ${dtype}${stack === '' ? '' : ` · ${stack}`} · joules of ${includesTexts[includes]} · 80 % interval · ${standingText(energy)}</span>`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What the joules are spent on. */
function partsTable({ parts, millijoules, milliseconds }: EnergyEstimate): Markup {
  const all = parts ? parts.compute + parts.weights + parts.inputs + parts.outputs + parts.idle : 0;
  const rows: (readonly Insertable[])[] = [
    ['Energy', energyInterval(inUnits(millijoules)), ''],
    ...(milliseconds ? [['Time', timeInterval(inUnits(milliseconds)), '']] : []),
    ...(parts ? (Object.entries({ arithmetic: parts.compute, weights: parts.weights, inputs: parts.inputs, outputs: parts.outputs, 'drawn whatever it does': parts.idle })
      .filter(([, value]) => value > 0).map(([name, value]) => [name, energyText(value / 1e3), percent(value / all)])) : []),
  ];
  return simpleTable(['', 'one sample', 'share'], rows, 'Energy and time of one sample, by what they are spent on');
}

interface Costed {
  readonly row: LayerRow;
  readonly energy: LayerEnergy;
}

const waits: Readonly<Record<LayerEnergy['boundBy'], string>> = { launch: 'waits for its launch', compute: 'bound by compute', bandwidth: 'bound by bandwidth' };

function costText({ row, energy }: Costed): string {
  return `${row.path === '' ? row.op : row.path}: ${energyText(energy.millijoules / 1e3)} (${percent(energy.share)}), ${timeText(energy.milliseconds / 1e3)}, ${waits[energy.boundBy]}`;
}

/** One bar per layer, in execution order; linear, so that areas compare. */
function layerBars(rows: readonly Costed[], files: Files): Markup {
  const most = Math.max(...rows.map(({ energy }) => energy.millijoules));
  const slot = plotWidth / rows.length;
  const bars = rows.map((each, index) => {
    const tall = Math.max(1, each.energy.millijoules / most * plotHeight);
    return html`<g${files.place(each.row)}><title>${costText(each)}</title><rect class="hit" x="${round(index * slot)}" y="0" width="${round(slot)}" height="${plotHeight}"/>
<rect class="bar ${each.row.kind}" x="${round(index * slot + slot * 0.1)}" y="${round(plotHeight - tall)}" width="${round(slot * 0.8)}" height="${round(tall)}"/></g>`;
  });
  const first = rows[0];
  const last = rows[rows.length - 1];
  const top = rows.reduce((best, each) => (each.energy.millijoules > best.energy.millijoules ? each : best));
  return chart({
    label: `Energy of ${rows.length} layers in execution order; most of all ${costText(top)}`,
    ticks: [0, 1, 2, 3].map(step => energyText(most * step / 3 / 1e3)), ends: [first?.row.path ?? '', last?.row.path ?? ''], content: bars,
  });
}

/** Operations for each byte against operations per second, both logarithmic; the line is what the device gives. */
function roofline(rows: readonly Costed[], roof: { readonly macsPerSecond: number; readonly bytesPerSecond: number }, files: Files, paceSetter: Model['computeBound']): Markup | undefined {
  const points = rows.filter(({ energy }) => energy.macs > 0 && energy.bytes > 0 && energy.milliseconds > 0)
    .map(each => ({ ...each, intensity: 2 * each.energy.macs / each.energy.bytes, rate: 2 * each.energy.macs / each.energy.milliseconds * 1e3 }));
  if (points.length < 2) return undefined;
  const peak = 2 * roof.macsPerSecond;
  const ridge = peak / roof.bytesPerSecond;
  const [left, right] = [Math.floor(Math.log10(Math.min(ridge, ...points.map(each => each.intensity)))), Math.ceil(Math.log10(Math.max(ridge * 2, ...points.map(each => each.intensity))))];
  const high = Math.ceil(Math.log10(peak));
  const low = Math.min(high - 1, Math.floor(Math.log10(Math.min(...points.map(each => each.rate)))));
  const x = (intensity: number): number => round((Math.log10(intensity) - left) / Math.max(1, right - left) * plotWidth);
  const y = (rate: number): number => round(plotHeight - (Math.log10(rate) - low) / (high - low) * plotHeight);
  const begin = 10 ** left;
  const slope = Math.max(10 ** low, begin * roof.bytesPerSecond);
  const dots = points.map(each => html`<g${files.place(each.row)}><title>${each.row.path}: ${figure(each.intensity)} FLOP/byte, ${compact(each.rate)}FLOP/s, ${waits[each.energy.boundBy]}</title>
<rect class="bar ${each.row.kind}" x="${round(x(each.intensity) - 3)}" y="${round(y(each.rate) - 3)}" width="6" height="6"/></g>`);
  const bound = points.filter(each => each.intensity < ridge).length;
  // Every second power of ten where there are many.
  const step = Math.ceil((high - low) / 6);
  const ticks = Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, i) => `${compact(10 ** (low + i * step))}`);
  const picture = chart({
    label: `Roofline: ${bound} of ${points.length} layers with MACs lie below the ridge of ${figure(ridge)} FLOP/byte`,
    ticks, ends: [`${figure(10 ** left)} FLOP/byte`, `${figure(10 ** right)} FLOP/byte`],
    content: [html`<path class="edge" d="M${x(Math.max(begin, slope / roof.bytesPerSecond))} ${y(slope)}L${x(ridge)} ${y(peak)}H${plotWidth}"/>`, dots],
  });
  return html`<section aria-labelledby="roofline"><div class="heading"><h2 id="roofline">Roofline</h2><p class="muted">FLOP/s against FLOP per byte; left of the ridge at ${
    figure(ridge)} FLOP/byte memory sets the pace. The line is what was reached when this software was measured, and no more than its datasheet has</p></div>${picture}${
    paceSetter === undefined ? undefined : html`<p class="note">${capital(computeBoundText(paceSetter))}.</p>`}</section>`;
}

function whatIfTable(others: readonly (EnergyEstimate | EnergyProblem)[]): Markup {
  const rows = others.map(each => {
    const name = html`${each.device} <span class="muted">${each.stack ?? ''}</span>`;
    if ('problem' in each) return [name, each.dtype ?? '', each.batch === undefined ? '' : String(each.batch), '–', '–', each.problem];
    const { dtype, batch, millijoules, milliseconds } = each;
    return [name, dtype, String(batch), energyInterval(inUnits(millijoules)), milliseconds ? timeInterval(inUnits(milliseconds)) : '–', standingText(each)];
  });
  return html`<section aria-labelledby="whatif"><div class="heading"><h2 id="whatif">Elsewhere</h2><p class="muted">one sample, at other batches, in other types and on other devices; joules include different things, see the device</p></div>${
    simpleTable(['device', 'type', 'batch', 'energy', 'time', ''], rows, 'The same model at other batches, in other types and on other devices')}</section>`;
}

/** `from a batch of 12 on arithmetic takes most of the time`. */
export function computeBoundText({ from, tried, share }: NonNullable<Model['computeBound']>): string {
  if (from === 1) return 'arithmetic takes most of the time even of a single sample';
  if (from !== undefined) return `from a batch of ${from} on arithmetic takes most of the time; below that memory and the start of operators do`;
  return `up to a batch of ${tried} memory and the start of operators take most of the time (arithmetic sets the pace of ${percent(share)} of it)`;
}

function memoryTable({ dtype, batch, weights, peakActivations, inference, training, trainingParts: parts, kvCache, lowerBound }: MemoryBytes): Markup {
  const rows: (readonly Insertable[])[] = [
    ['Weights', byteText(weights)], ['Activations at the peak', byteText(peakActivations)], ...(kvCache === undefined ? [] : [['Keys and values of all tokens', byteText(kvCache)]]),
    ['Inference', byteText(inference)], [`Training with ${parts.optimizer}`, byteText(training)], ['… gradients', byteText(parts.gradients)], ['… state of the optimiser', byteText(parts.optimizerState)],
    ['… saved activations', byteText(parts.savedActivations)], ['Training with checkpointing', byteText(parts.withCheckpointing)], ['Training with autocast', byteText(parts.withAutocast)],
    ['Training with both', byteText(parts.withBoth)],
  ];
  return html`<section aria-labelledby="memory"><div class="heading"><h2 id="memory">Memory</h2><p class="muted">${lowerBound ? 'at least; ' : ''}inference in ${dtype}, training in float32, batch ${batch}; what the framework takes for itself comes on top</p></div>${
    simpleTable(['', 'bytes'], rows, 'Memory of inference and training')}</section>`;
}
