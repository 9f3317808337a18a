/** The edit that measurements make: a number in a layer becomes another, and back. */
export interface Digit {
  readonly position: { readonly line: number; readonly character: number };
  readonly text: string;
  readonly other: string;
}

/** Numbers of a layer; where there are none on such a line, a whole number among the arguments of a call: changing it keeps the file valid. */
const places: readonly RegExp[] = [/Conv2d\(.*\d|Linear\(.*\d/, /^\s+[^#@'"]*\w\([^'"]*[(,=]\s*\d+\s*[,)][^'"\d]*$/];

/** The last digit of the first line with a number that may be changed. */
export function editableDigit(source: string): Digit {
  const lines = source.split('\n');
  const line = places.map(place => lines.findIndex(text => place.test(text))).find(found => found >= 0);
  if (line === undefined) throw new Error('there is no number in a call that could be edited');
  const text = lines[line] ?? '';
  const character = /\d(?=\D*$)/.exec(text)?.index ?? text.length - 1;
  const digit = text[character] ?? '0';
  return { position: { line, character }, text: digit, other: digit === '3' ? '5' : '3' };
}

export interface Edit {
  readonly range: { readonly start: Digit['position']; readonly end: Digit['position'] };
  readonly text: string;
}

/** The other number and the one in the file in turn, in a text that was not there lately: what was found a moment ago does not answer. */
export function editInTurn(source: string, { position, text, other }: Digit, turn: number): Edit {
  const rest = (source.split('\n')[position.line] ?? '').slice(position.character + 1);
  return { range: { start: position, end: { ...position, character: lineEnd } }, text: (turn % 2 === 0 ? other : text) + ' '.repeat(turn % mostSpaces) + rest };
}

/** Beyond the end of a line stands for its end in the protocol. */
const lineEnd = 1_000_000;
const mostSpaces = 32;

export function withDigit(source: string, { position: { line, character }, other }: Digit): string {
  return source.split('\n').map((text, i) => (i === line ? text.slice(0, character) + other + text.slice(character + 1) : text)).join('\n');
}

export function quantile(times: readonly number[], share: number): number {
  return [...times].sort((left, right) => left - right)[Math.min(times.length - 1, Math.floor(share * times.length))] ?? Number.NaN;
}
