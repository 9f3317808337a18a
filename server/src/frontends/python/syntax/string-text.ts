/** What stands between the quotes of a string: escapes resolved, pieces of text joined. */
import type { FormattedPart } from './ast';

export type TextPart = string | FormattedPart;

export function mergeText(parts: readonly TextPart[]): TextPart[] {
  const merged: TextPart[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (typeof part === 'string' && typeof last === 'string') merged[merged.length - 1] = last + part;
    else merged.push(part);
  }
  return merged;
}

const simpleEscapes: Readonly<Record<string, string>> = {
  '\n': '', '\\': '\\', "'": "'", '"': '"', a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v',
};
const escapes = /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|N\{[^}]*\}|([^]))/g;

export function unescape(source: string, isRaw: boolean, isBytes: boolean): string {
  const text = source.includes('\r') ? source.replace(/\r\n?/g, '\n') : source;
  if (isRaw || !text.includes('\\')) return text;
  return text.replace(escapes, (whole, octal?: string, hex?: string, short?: string, long?: string, other?: string) => {
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    if (other !== undefined) return simpleEscapes[other] ?? whole;
    if (isBytes) return whole;
    if (short !== undefined) return String.fromCharCode(Number.parseInt(short, 16));
    if (long === undefined) return '\ufffd'; // a character by its name: the table of names is not ours to carry
    const codePoint = Number.parseInt(long, 16);
    return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : '\ufffd';
  });
}
