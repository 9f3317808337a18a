/** Texts that somebody else chose, as people may be shown them: whatever steers a terminal, an editor or a reader's eye becomes a symbol. */

/** Control characters, what separates lines and paragraphs, marks of direction, and what has no width; joiners stay, words of some languages need them. */
const hidden = /[\u0000-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/u;
const eachHidden = new RegExp(hidden.source, 'gu');
const symbols = 0x2400;
const deleteCode = 0x7F;

/** In one line: a line feed becomes ␊, an escape ␛, a right-to-left override <U+202E>. */
export function visible(text: string): string {
  return hidden.test(text) ? text.replace(eachHidden, symbolOf) : text;
}

/** As above, for texts whose lines are our own. */
export function visibleLines(text: string): string {
  return hidden.test(text) ? text.replace(eachHidden, character => (character === '\n' ? character : symbolOf(character))) : text;
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
  if (Array.isArray(value)) {
    const items = value.map(item => mapped(item, map, leaves));
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  const entries = Object.entries(value).map(([key, item]) => [key, leaves(key) ? item : mapped(item, map, leaves)] as const);
  return entries.every(([key, item]) => item === (value as Readonly<Record<string, unknown>>)[key]) ? value : Object.fromEntries(entries);
}

function symbolOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 32) return String.fromCharCode(symbols + code);
  return code === deleteCode ? '\u2421' : `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}
