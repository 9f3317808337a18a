/** The only place where numbers become text: three significant digits, decimal prefixes, units. */
import { isUnknown, type Unknown } from './unknown';

/** A number, or not: `null` in reports, `Unknown` inside, `undefined` where it does not apply. */
export type Shown = number | null | undefined | Unknown;

/** What stands for an unknown number. */
export const unknownText = '?';

const prefixes = ['', 'k', 'M', 'G', 'T', 'P', 'E'] as const;

/** 4089184256 → `4.09 G`; below a thousand the number itself. */
export function compact(value: Shown): string {
  return withPrefix(value).join(' ').trimEnd();
}

/** `4.09 GMAC` */
export function macCount(value: Shown): string {
  const [number, prefix] = withPrefix(value);
  return `${number} ${prefix}MAC`;
}

/** `25.6 M params` */
export function paramCount(value: Shown): string {
  return `${compact(value)} ${value === 1 ? 'param' : 'params'}`;
}

/** `3.2 M act.` */
export function activationCount(value: Shown): string {
  return `${compact(value)} act.`;
}

/** Three significant digits, but never a rounded integer part: 24.1, 4.5, 1152, 0.0141. For reuse figures, DI, percentages. */
export function figure(value: Shown): string {
  if (typeof value !== 'number' || Number.isNaN(value)) return unknownText;
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (Math.abs(value) >= 100) return negative(Math.round(value).toString());
  const text = Number(value.toPrecision(3));
  return negative(Math.abs(text) < 1e-6 && text !== 0 ? text.toExponential() : text.toString());
}

/** What stands where a figure does not apply. */
export const inapplicableText = '–';

/** What a row has of something, where many have nothing of it: `2.36 M`, and `–` for none. */
export function amountText(value: Shown): string {
  return value === 0 || value === undefined ? inapplicableText : compact(value);
}

/** A reuse figure of a row: `72`, and `–` without MACs, since then there is nothing to reuse. */
export function reuseText(value: Shown): string {
  return value === 0 || value === undefined ? inapplicableText : figure(value);
}

/** A share of something else: `0.004×`, `0.111×`, `1.43×`. Below one three decimals, but at least one significant digit. */
export function ratio(value: Shown): string {
  if (typeof value !== 'number' || Number.isNaN(value)) return `${unknownText}×`;
  if (Math.abs(value) >= 1) return `${figure(value)}×`;
  const decimals = Number(value.toFixed(3));
  return `${decimals !== 0 || value === 0 ? decimals : Number(value.toPrecision(1))}×`;
}

/** A share between 0 and 1 as `94.9 %`. */
export function percent(share: Shown): string {
  return `${typeof share === 'number' ? figure(share * 100) : unknownText} %`;
}

/** From here on a factor is easier to grasp than percent. */
const muchMore = 3;
/** Below it, the difference itself. */
const hardlyAnything = 0.001;

/** `−12 %`, `+3.1 %`, `3.2×`, `same`; of counts, where that is hardly anything, the difference itself: `−10`. */
export function changeText(before: number, after: number, kind: 'count' | 'estimate'): string {
  if (before === after) return 'same';
  if (before === 0) return 'new';
  const factor = after / before;
  if (factor >= muchMore || (factor > 0 && factor <= 1 / muchMore)) return `${figure(factor)}×`;
  const sign = after > before ? '+' : '−';
  if (Math.abs(factor - 1) >= hardlyAnything) return `${sign}${percent(Math.abs(factor - 1))}`;
  return kind === 'count' ? `${sign}${compact(Math.abs(after - before))}` : 'same';
}

/** What stands for a batch that the model leaves open. */
const openText = 'None';

/**
 * `1×3×224×224`; a scalar is `scalar`, an unknown size `?`.
 * `openBatch`: the size that the figures assume for a batch which the model leaves open; where it leads, it reads `None`.
 */
export function shapeText(shape: readonly Shown[] | null | undefined | Unknown, openBatch?: number): string {
  if (shape === null || shape === undefined || isUnknown(shape)) return unknownText;
  if (shape.length === 0) return 'scalar';
  return shape.map((size, axis) => {
    if (typeof size !== 'number') return unknownText;
    return axis === 0 && size === openBatch ? openText : String(size);
  }).join('×');
}

/** `0.84 ms`, `12.3 s`, `4 min`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${figure(milliseconds)} ms`;
  return milliseconds < 120_000 ? `${figure(milliseconds / 1000)} s` : `${figure(milliseconds / 60_000)} min`;
}

/** Energy, given in joules: `82.1 mJ`, `1.43 J`. */
export function energy(joules: number): string {
  if (joules >= 1 || joules === 0) return `${figure(joules)} J`;
  return joules >= 0.001 ? `${figure(joules * 1e3)} mJ` : `${figure(joules * 1e6)} µJ`;
}

/** What lies between two figures, given in a base unit; without an estimate there is a range alone. */
export interface ShownInterval {
  readonly estimate?: number;
  readonly low: number;
  readonly high: number;
}

type Unit = readonly [size: number, name: string];
const energyUnits: readonly Unit[] = [[1e3, 'kJ'], [1, 'J'], [1e-3, 'mJ'], [1e-6, 'µJ'], [1e-9, 'nJ']];
const timeUnits: readonly Unit[] = [[1, 's'], [1e-3, 'ms'], [1e-6, 'µs'], [1e-9, 'ns']];
const byteUnits: readonly Unit[] = [[1e9, 'GB'], [1e6, 'MB'], [1e3, 'kB'], [1, 'B']];

/** Joules: `31 mJ (21–46)`, or `12–85 mJ`; two digits, since no more are known. */
export function energyInterval(joules: ShownInterval): string {
  return intervalIn(energyUnits, joules);
}

/** Seconds: `0.23 ms (0.19–0.3)`. */
export function timeInterval(seconds: ShownInterval): string {
  return intervalIn(timeUnits, seconds);
}

function intervalIn(units: readonly Unit[], { estimate, low, high }: ShownInterval): string {
  const [size, name] = unitOf(units, estimate ?? Math.sqrt(low * high));
  const range = `${twoDigits(low / size)}–${twoDigits(high / size)}`;
  return estimate === undefined ? `${range} ${name}` : `${twoDigits(estimate / size)} ${name} (${range})`;
}

/** A part of an estimate: two digits of joules. */
export function energyText(joules: number): string {
  return oneOf(energyUnits, joules);
}

export function timeText(seconds: number): string {
  return oneOf(timeUnits, seconds);
}

/** `102 MB`: exact counts of bytes, three digits. */
export function byteText(bytes: number): string {
  const [size, name] = unitOf(byteUnits, bytes);
  return `${figure(bytes / size)} ${name}`;
}

function oneOf(units: readonly Unit[], value: number): string {
  const [size, name] = unitOf(units, value);
  return `${twoDigits(value / size)} ${name}`;
}

function unitOf(units: readonly Unit[], value: number): Unit {
  return units.find(([size]) => value >= 0.995 * size) ?? units[units.length - 1] ?? [1, ''];
}

function twoDigits(value: number): string {
  return Number.isFinite(value) ? Number(value.toPrecision(2)).toString() : unknownText;
}

/** `1 layer`, `3 layers`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

/** An integer with its thousands apart, for people who want every digit: `25,557,032`. */
export function exactCount(value: Shown): string {
  return typeof value === 'number' ? value.toLocaleString('en-US') : unknownText;
}

function withPrefix(value: Shown): [number: string, prefix: string] {
  if (typeof value !== 'number' || Number.isNaN(value)) return [unknownText, ''];
  if (Math.abs(value) < 1000) return [Number.isInteger(value) ? negative(String(value)) : figure(value), ''];
  let scaled = value;
  let step = 0;
  // 999.5 of one prefix rounds to 1 of the next.
  while (Math.abs(scaled) >= (step === 0 ? 1000 : 999.5) && step < prefixes.length - 1) {
    scaled /= 1000;
    step++;
  }
  return [negative(String(Number(scaled.toPrecision(3)))), prefixes[step] ?? ''];
}

function negative(text: string): string {
  return text === '-0' ? '0' : text.replace('-', '−');
}
