/** Texts that somebody else chose, as people may be shown them: whatever steers a terminal, an editor or a reader's eye becomes a symbol. */

/** Control characters, what separates lines and paragraphs, marks of direction, and what has no width; joiners stay, words of some languages need them. */
const hidden = /[\u0000-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/u;
const eachHidden = new RegExp(hidden.source, 'gu');
const symbols = 0x2400;
const deleteCode = 0x7F;

/** Longer than this is no message, name or path that anybody reads; of what is longer both ends are shown. */
const longest = 1000;
const ends = { first: 700, last: 200 };
/** A page of a hover, in lines of our own. */
const longestPage = 40_000;

/** Beginning and end of a text that is too long to be shown, and how long it is. */
export function clipped(text: string): string {
  if (text.length <= longest) return text;
  return `${withoutHalf(text.slice(0, ends.first))} … (${text.length.toLocaleString('en-US')} characters) … ${withoutHalf(text.slice(-ends.last))}`;
}

/** In one line of bounded length: a line feed becomes ␊, an escape ␛, a right-to-left override <U+202E>. */
export function visible(text: string): string {
  const short = clipped(text);
  return hidden.test(short) ? short.replace(eachHidden, symbolOf) : short;
}

/** As above, for texts whose lines are our own. */
export function visibleLines(text: string): string {
  const short = text.length <= longestPage ? text : firstLines(text);
  return hidden.test(short) ? short.replace(eachHidden, character => (character === '\n' ? character : symbolOf(character))) : short;
}

function firstLines(text: string): string {
  const end = text.lastIndexOf('\n', longestPage);
  return `${withoutHalf(text.slice(0, end < 0 ? longestPage : end))}\n\n…`;
}

/** No half of a character at either end. */
function withoutHalf(text: string): string {
  return text.replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '');
}

/** What continuous integration takes for commands: at the start of a line of its log, after blanks or not, and anywhere in it. */
const commandStart = /^(\s*):(?=:)/;
const commandAnywhere = /#(?=#(?:vso)?\[)/gi;

/** In one line that is also harmless in the log of a build. */
export function visibleInLog(text: string): string {
  return visible(text).replace(commandStart, '$1\uA789').replace(commandAnywhere, '\uFF03');
}

/** Applies to every text in a plain value, but for what lies under keys that `leaves`; what needs no change is not copied. */
export function mapTexts<Value>(value: Value, map: (text: string) => string, leaves: (key: string) => boolean = () => false): Value {
  return mapped(value, map, leaves) as Value;
}

function mapped(value: unknown, map: (text: string) => string, leaves: (key: string) => boolean): unknown {
  if (typeof value === 'string') return map(value);
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value) ? mappedItems(value, map, leaves) : mappedFields(value as Readonly<Record<string, unknown>>, map, leaves);
}

function mappedItems(items: readonly unknown[], map: (text: string) => string, leaves: (key: string) => boolean): readonly unknown[] {
  let copy: unknown[] | undefined;
  for (let i = 0; i < items.length; i++) {
    const item = mapped(items[i], map, leaves);
    if (item !== items[i]) (copy ??= [...items])[i] = item;
  }
  return copy ?? items;
}

function mappedFields(fields: Readonly<Record<string, unknown>>, map: (text: string) => string, leaves: (key: string) => boolean): Readonly<Record<string, unknown>> {
  let copy: Record<string, unknown> | undefined;
  for (const key of Object.keys(fields)) {
    const field = fields[key];
    const shown = leaves(key) ? field : mapped(field, map, leaves);
    if (shown !== field) (copy ??= { ...fields })[key] = shown;
  }
  return copy ?? fields;
}

function symbolOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 32) return String.fromCharCode(symbols + code);
  return code === deleteCode ? '\u2421' : `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}
