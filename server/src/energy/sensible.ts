/** Between what the figures of a device lie, whatever it is: one outside was meant in another unit. */

export type Range = readonly [least: number, most: number];

/** From an emulated microcontroller to a hall of accelerators. */
export const sensible = {
  macsPerSecond: [1e5, 1e19],
  bytesPerSecond: [1e4, 1e17],
  watts: [1e-6, 1e6],
  seconds: [1e-8, 3600],
  bytes: [256, 1e15],
  /** Of one element. */
  elementBytes: [1 / 16, 64],
  joules: [1e-18, 1e-3],
  picojoules: [1e-6, 1e9],
  share: [0, 1000],
} as const satisfies Readonly<Record<string, Range>>;

/** By the unit that its name ends with; undefined: any number may be meant. */
export function sensibleRange(name: string): Range | undefined {
  if (name === 'activationBytes' || name === 'weightBytes') return sensible.elementBytes;
  if (name === 'bandwidth' || /(?:BytesPerSecond|WordsPerSecond)$/.test(name)) return sensible.bytesPerSecond;
  if (/(?:Rate|acsPerSecond)$/.test(name)) return sensible.macsPerSecond;
  if (/^joulesPer/.test(name)) return sensible.joules;
  if (name.endsWith('Watts')) return sensible.watts;
  if (name.endsWith('Seconds')) return sensible.seconds;
  if (name.endsWith('Bytes')) return sensible.bytes;
  return name.endsWith('Share') ? sensible.share : undefined;
}

/** Nothing is a figure too, where it is allowed. */
export function isSensible(value: number, [least, most]: Range): boolean {
  return value === 0 || (value >= least && value <= most);
}
