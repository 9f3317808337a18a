/** Amounts as people write them (`4.2 GMAC`, `8 MB`, `30 ms`), in the unit that figures are kept in. */

export const amountKinds = ['count', 'bytes', 'millijoules', 'milliseconds'] as const;
export type AmountKind = (typeof amountKinds)[number];

const counts = { '': 1, k: 1e3, K: 1e3, M: 1e6, G: 1e9, B: 1e9, T: 1e12 };
const units: Readonly<Record<AmountKind, Readonly<Record<string, number>>>> = {
  count: counts,
  bytes: { B: 1, kB: 1e3, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 },
  millijoules: { nJ: 1e-6, uJ: 1e-3, µJ: 1e-3, mJ: 1, J: 1e3, kJ: 1e6 },
  milliseconds: { us: 1e-3, µs: 1e-3, ms: 1, s: 1e3, min: 6e4 },
};
/** What may follow a count: it says nothing that the name of the limit does not. */
const nouns = '(?:MACs?|params?|parameters|act\\.?|activations)?';
const number = '\\d{1,18}(?:\\.\\d{1,18})?(?:[eE][+-]?\\d{1,3})?';

/** As a regular expression of JSON Schema. */
export function amountPattern(kind: AmountKind): string {
  const names = Object.keys(units[kind]).filter(name => name !== '').join('|');
  return kind === 'count' ? `^${number} ?(?:${names})? ?${nouns}$` : `^${number} ?(?:${names})$`;
}

/** In pieces, bytes, millijoules or milliseconds; a number is that already. Undefined: no such amount. */
export function amountOf(kind: AmountKind, value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !new RegExp(amountPattern(kind), 'u').test(value)) return undefined;
  const [, amount = '', rest = ''] = /^([\d.]+(?:[eE][+-]?\d+)?) ?(.*)$/u.exec(value) ?? [];
  const unit = kind === 'count' ? (/^[kKMGBT](?= ?(?:MAC|param|act|$))/.exec(rest)?.[0] ?? '') : rest;
  const factor = units[kind][unit];
  return factor === undefined ? undefined : Number(amount) * factor;
}
