/** Defaults of a program's command line, read off the text: `parser.add_argument('--dim', type=int, default=512)`. */
import type { Plain } from '../convert';

export interface ArgumentDefault {
  readonly value: Plain;
  /** Where it stands. */
  readonly offset: number;
}

/** By the name that the parsed arguments have it under. */
export function argumentDefaults(text: string): ReadonlyMap<string, ArgumentDefault> {
  const found = new Map<string, ArgumentDefault>();
  for (const match of text.matchAll(/\.add_argument\(/g)) {
    const offset = match.index;
    const inside = upToBracket(text, offset + match[0].length);
    const flags = [...inside.matchAll(/(?:^|,)\s*['"](-{0,2})([\w-]+)['"]/g)];
    const flag = flags.find(each => each[1] === '--') ?? flags[0];
    const name = /\bdest\s*=\s*['"](\w+)['"]/.exec(inside)?.[1] ?? flag?.[2]?.replaceAll('-', '_');
    const value = defaultIn(inside);
    if (name !== undefined && value !== undefined && !found.has(name)) found.set(name, { value, offset });
  }
  return found;
}

function defaultIn(inside: string): Plain | undefined {
  const [, text] = /\bdefault\s*=\s*(\[[^\]]*\]|\([^)]*\)|'[^']*'|"[^"]*"|[^,)\s]+)/.exec(inside) ?? [];
  if (text !== undefined) {
    const value = literal(text);
    // `type` is asked for a text only.
    return typeof value === 'string' && /\btype\s*=\s*(int|float)\b/.test(inside) && value !== '' ? Number(value) : value;
  }
  const action = /\baction\s*=\s*['"](\w+)['"]/.exec(inside)?.[1];
  return action === 'store_true' ? false : action === 'store_false' ? true : undefined;
}

function literal(text: string): Plain | undefined {
  if (text === 'True' || text === 'False') return text === 'True';
  if (text === 'None') return null;
  if (/^['"]/.test(text)) return text.slice(1, -1);
  if (/^[[(]/.test(text)) {
    const items = text.slice(1, -1).split(',').map(item => item.trim()).filter(item => item !== '').map(literal);
    return items.every((item): item is Plain => item !== undefined) ? items : undefined;
  }
  const number = Number(text.replaceAll('_', ''));
  return Number.isFinite(number) && /^[-+]?[\d.]/.test(text) ? number : undefined;
}

/** What stands before the bracket that closes; texts may have brackets of their own. */
function upToBracket(text: string, from: number): string {
  let open = 1;
  let quote = '';
  for (let i = from; i < Math.min(text.length, from + 2000); i++) {
    const character = text[i] ?? '';
    if (quote !== '') {
      if (character === '\\') i++;
      else if (character === quote) quote = '';
    } else if (character === '"' || character === '\'') quote = character;
    else if (character === '(' || character === '[') open++;
    else if ((character === ')' || character === ']') && --open === 0) return text.slice(from, i);
  }
  return text.slice(from, from + 2000);
}
