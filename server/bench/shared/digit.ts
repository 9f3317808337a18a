/** The edit that measurements make: a number in a layer becomes another, and back. */
export interface Digit {
  readonly position: { readonly line: number; readonly character: number };
  readonly text: string;
  readonly other: string;
}

/** The last digit of the first number between commas in a call: changing it keeps the file valid. */
export function editableDigit(source: string): Digit {
  const lines = source.split('\n');
  const line = lines.findIndex(text => /Conv2d\(.*\d|Linear\(.*\d/.test(text));
  const text = lines[Math.max(line, 0)] ?? '';
  const character = /\d(?=\D*$)/.exec(text)?.index ?? text.length - 1;
  const digit = text[character] ?? '0';
  return { position: { line: Math.max(line, 0), character }, text: digit, other: digit === '3' ? '5' : '3' };
}

export function withDigit(source: string, { position: { line, character }, other }: Digit): string {
  return source.split('\n').map((text, i) => (i === line ? text.slice(0, character) + other + text.slice(character + 1) : text)).join('\n');
}

export function quantile(times: readonly number[], share: number): number {
  return [...times].sort((left, right) => left - right)[Math.min(times.length - 1, Math.floor(share * times.length))] ?? Number.NaN;
}
