/** TOML as `tomllib` reads it. */
import { parse, TomlDate, TomlError, type TomlTable, type TomlValue } from 'smol-toml';
import { chargeText, work } from '../../../../base/budget';
import { unknown } from '../../../../base/unknown';
import { bool, float, int, str } from '../../values';
import type { DataMap, DataNode } from './data-node';

export type TomlText = { readonly document: DataMap } | { readonly refusal: string };

const most = { characters: 300_000, depth: 100 };
const wordsPerCharacter = 4;

export function readToml(text: string): TomlText {
  if (text.length > most.characters) return { refusal: 'it is too long to be read' };
  work(text.length);
  chargeText(text.length * wordsPerCharacter);
  try {
    return { document: table(parse(text, { maxDepth: most.depth, integersAsBigInt: true }), text) };
  } catch (error) {
    if (error instanceof TomlError) return { refusal: `it is no TOML: line ${String(error.line)}` };
    if (error instanceof RangeError) return { refusal: 'it nests too deep to be read' };
    throw error;
  }
}

type Table = TomlTable | Readonly<Record<string, TomlValue>>;

function table(from: Table, text: string): DataMap {
  const entries = Object.entries(from).map(([key, value]) => [{ kind: 'scalar', value: str(key), offset: 0 }, node(value as TomlValue, text)] as const);
  const [first] = Object.keys(from);
  return { kind: 'map', entries, offset: first === undefined ? 0 : Math.max(0, text.search(new RegExp(`^\\s*"?${first.replace(/\W/g, '\\$&')}"?\\s*=`, 'm'))) };
}

function node(value: TomlValue, text: string): DataNode {
  if (Array.isArray(value)) return { kind: 'list', items: value.map(item => node(item, text)), offset: 0 };
  if (value instanceof TomlDate) return { kind: 'scalar', value: unknown('a date in TOML is not modelled'), offset: 0 };
  switch (typeof value) {
    case 'string': return { kind: 'scalar', value: str(value), offset: 0 };
    case 'boolean': return { kind: 'scalar', value: bool(value), offset: 0 };
    case 'number': return { kind: 'scalar', value: float(value), offset: 0 };
    case 'bigint': {
      const whole = Number(value);
      return { kind: 'scalar', value: Number.isSafeInteger(whole) ? int(whole) : unknown(`${String(value)} is beyond 2^53`), offset: 0 };
    }
    default: return table(value, text);
  }
}
