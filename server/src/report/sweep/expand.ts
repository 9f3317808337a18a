/** Texts with alternatives in braces, written out: `Net(width={0.5,1,2}, depth={1..4})`. */

/** What one text gave for each of its braces, by name. */
export interface Variant {
  readonly text: string;
  readonly values: ReadonlyMap<string, string>;
}

/** Something in braces that means nothing; the message says what would. */
export class ExpansionError extends Error {}

/** More variants than anybody reads, or a slip of the keyboard. */
export const mostVariants = 100_000;

interface Choice {
  readonly name: string;
  readonly alternatives: readonly string[];
}

/** Text between braces, and braces: those with alternatives, and those that repeat a name. */
type Piece = string | Choice | { readonly repeats: string };

/**
 * Every combination of the alternatives, the last brace varying fastest.
 * `{a,b}` lists alternatives, `{1..9..2}` a range with both ends and a step; `{r=128,224}` names them, and `{r}` stands for the same value again.
 * Braces without a comma, a range or a known name are Python's own and stay, as do those of a dictionary.
 */
export function expand(texts: readonly string[]): Variant[][] {
  const names = new Set<string>();
  const pieces = texts.map(text => piecesOf(text, names));
  const choices = pieces.flat().filter(piece => typeof piece === 'object' && 'alternatives' in piece);
  const count = choices.reduce((product, { alternatives }) => product * alternatives.length, 1);
  if (count > mostVariants) throw new ExpansionError(`${count.toLocaleString('en-US')} variants are too many; the limit is ${mostVariants.toLocaleString('en-US')}`);
  return Array.from({ length: count }, (_, index) => {
    const values = valuesAt(choices, index);
    return pieces.map(each => ({ text: each.map(piece => writtenOut(piece, values)).join(''), values }));
  });
}

function valuesAt(choices: readonly Choice[], index: number): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  let rest = index;
  for (const { name, alternatives } of [...choices].reverse()) {
    values.set(name, alternatives[rest % alternatives.length] ?? '');
    rest = Math.floor(rest / alternatives.length);
  }
  return new Map([...values].reverse());
}

function writtenOut(piece: Piece, values: ReadonlyMap<string, string>): string {
  if (typeof piece === 'string') return piece;
  return values.get('repeats' in piece ? piece.repeats : piece.name) ?? '';
}

function piecesOf(text: string, names: Set<string>): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (let start = text.indexOf('{'); start >= 0; start = text.indexOf('{', start + 1)) {
    const end = closing(text, start);
    if (end < 0) throw new ExpansionError(`the brace in ${text} is not closed`);
    const piece = pieceOf(text.slice(start + 1, end), text.slice(0, start), names);
    if (!piece) continue;
    pieces.push(text.slice(from, start), piece);
    if (!('repeats' in piece)) names.add(piece.name);
    from = end + 1;
    start = end;
  }
  return [...pieces, text.slice(from)];
}

function pieceOf(inside: string, before: string, names: ReadonlySet<string>): Exclude<Piece, string> | undefined {
  if (names.has(inside.trim())) return { repeats: inside.trim() };
  const named = /^\s*([A-Za-z_]\w*)\s*=(?!=)/.exec(inside);
  const list = named ? inside.slice(named[0].length) : inside;
  const alternatives = range(list) ?? splitAtCommas(list);
  // `{'a': 1, 'b': 2}` is a dictionary, `{x}` a set.
  if (alternatives.length < 2 && !named) return undefined;
  if (alternatives.some(each => splitAt(each, ':').length > 1)) return undefined;
  return { name: free(named?.[1] ?? /([A-Za-z_]\w*)\s*=\s*$/.exec(before)?.[1] ?? `value${names.size + 1}`, names), alternatives };
}

/** Two parts of one expression may have arguments of the same name. */
function free(name: string, names: ReadonlySet<string>): string {
  if (!names.has(name)) return name;
  for (let number = 2; ; number++) if (!names.has(`${name}${number}`)) return `${name}${number}`;
}

/** `1..4`, `8..64..8`: both ends belong to it. */
function range(list: string): string[] | undefined {
  const match = /^\s*(-?\d+)\s*\.\.\s*(-?\d+)(?:\s*\.\.\s*(\d+))?\s*$/.exec(list);
  if (!match) return undefined;
  const [start, end, step] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 1)];
  if (step === 0 || Math.abs(end - start) / step > mostVariants) throw new ExpansionError(`the range ${list.trim()} has no end that is near`);
  const sign = end < start ? -1 : 1;
  return Array.from({ length: Math.floor(Math.abs(end - start) / step) + 1 }, (_, i) => String(start + sign * i * step));
}

function splitAtCommas(list: string): string[] {
  return splitAt(list, ',').map(each => each.trim()).filter(each => each !== '');
}

/** Outside brackets and strings. */
function splitAt(text: string, separator: string): string[] {
  const parts: string[] = [];
  let [depth, quote, from] = [0, '', 0];
  for (let i = 0; i < text.length; i++) {
    const character = text[i] ?? '';
    if (quote !== '') quote = character === quote && text[i - 1] !== '\\' ? '' : quote;
    else if (character === '\'' || character === '"') quote = character;
    else if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) depth--;
    else if (character === separator && depth === 0) {
      parts.push(text.slice(from, i));
      from = i + 1;
    }
  }
  return [...parts, text.slice(from)];
}

/** Where the brace that opens at `start` closes; −1 where it does not. */
function closing(text: string, start: number): number {
  let [depth, quote] = [0, ''];
  for (let i = start; i < text.length; i++) {
    const character = text[i] ?? '';
    if (quote !== '') quote = character === quote && text[i - 1] !== '\\' ? '' : quote;
    else if (character === '\'' || character === '"') quote = character;
    else if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return i;
  }
  return -1;
}
