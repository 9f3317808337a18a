/** Holds a value against a JSON Schema: keeps what fits, and says of everything else where it stands and what was expected. */
import { nearest } from './edit-distance';
import type { JsonSchema } from './settings';

export type Path = readonly (string | number)[];

export interface Fault {
  readonly path: Path;
  /** Whether the name of the last step is wrong, or what stands there. */
  readonly on: 'key' | 'value';
  /** A sentence without a full stop. */
  readonly message: string;
}

export interface Conformed {
  /** Undefined where nothing fits. */
  readonly value: unknown;
  readonly faults: readonly Fault[];
}

type Fields = Readonly<Record<string, unknown>>;

/** `elsewhere`: known names that belong somewhere else, with the words that say so. */
export function conform(value: unknown, schema: JsonSchema, elsewhere: Readonly<Record<string, string>> = {}): Conformed {
  const faults: Fault[] = [];
  return { value: fitting(value, schema, [], faults, elsewhere), faults };
}

function fitting(value: unknown, schema: JsonSchema, path: Path, faults: Fault[], elsewhere: Readonly<Record<string, string>>): unknown {
  const wrong = (): undefined => {
    const fallback = schema['default'] === undefined || typeof schema['default'] === 'object' ? '' : `; ${shown(schema['default'])} is used`;
    const near = typeof value === 'string' ? meant(value, schema) : undefined;
    faults.push({ path, on: 'value', message: `${nameOf(path)} must be ${expectation(schema)}, not ${shown(value)}${near === undefined ? '' : `; did you mean ${near}?`}${fallback}` });
  };
  const choices = schema['anyOf'] as readonly JsonSchema[] | undefined;
  if (choices) {
    const own = choices.filter(choice => hasType(value, choice));
    const chosen = own.find(choice => choice['type'] === 'object' || choice['type'] === 'array' || conform(value, choice).faults.length === 0);
    return chosen ? fitting(value, chosen, path, faults, elsewhere) : wrong();
  }
  if (!hasType(value, schema) || !inBounds(value, schema)) return wrong();
  if (Array.isArray(value)) {
    const items = schema['items'] as JsonSchema | undefined;
    const kept = value.map((item, index) => (items ? fitting(item, items, [...path, index], faults, elsewhere) : item));
    // Entries keep their places, by which the reader finds them in the file again.
    return items?.['type'] === 'object' ? kept : kept.filter(item => item !== undefined);
  }
  return isFields(value) ? fieldsOf(value, schema, path, faults, elsewhere) : value;
}

function fieldsOf(value: Fields, schema: JsonSchema, path: Path, faults: Fault[], elsewhere: Readonly<Record<string, string>>): unknown {
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>;
  const kept: [string, unknown][] = [];
  const before = faults.length;
  for (const [key, entry] of Object.entries(value)) {
    const at = [...path, key];
    const own = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (own === undefined) {
      if (schema['additionalProperties'] !== false) continue;
      const known = Object.keys(properties).filter(name => !name.startsWith('$'));
      const near = nearest(key, known);
      const note = Object.hasOwn(elsewhere, key) ? elsewhere[key] : undefined;
      const advice = note ?? (near === undefined ? known.length > 12 ? undefined : `there are ${known.join(', ')}` : `did you mean \`${near}\`?`);
      faults.push({ path: at, on: 'key', message: `${path.length === 0 ? 'there is no' : `${nameOf(path)} has no`} \`${shortened(key)}\`${advice === undefined ? '' : `; ${advice}`}` });
      continue;
    }
    const fit = fitting(entry, own, at, faults, elsewhere);
    if (fit !== undefined) kept.push([key, fit]);
  }
  for (const name of (schema['required'] ?? []) as readonly string[]) {
    if (Object.hasOwn(value, name)) continue;
    faults.push({ path, on: 'value', message: `${nameOf(path)} needs \`${name}\`` });
  }
  const names = new Set(kept.map(([key]) => key));
  const isWhole = ((schema['required'] ?? []) as readonly string[]).every(name => names.has(name)) && (schema['allOrNothing'] !== true || Object.keys(value).every(key => names.has(key)));
  if (isWhole) return Object.fromEntries(kept);
  // Without a part that is wrong an entry would mean something else.
  for (let i = before; i < faults.length; i++) {
    const fault = faults[i];
    if (fault) faults[i] = { ...fault, message: `${fault.message}; this entry is left out` };
  }
  return undefined;
}

function hasType(value: unknown, schema: JsonSchema): boolean {
  switch (schema['type']) {
    case 'boolean': return typeof value === 'boolean';
    case 'integer': return Number.isSafeInteger(value);
    case 'number': return typeof value === 'number' && Number.isFinite(value);
    case 'string': return typeof value === 'string';
    case 'array': return Array.isArray(value);
    case 'object': return isFields(value);
    default: return true;
  }
}

function inBounds(value: unknown, schema: JsonSchema): boolean {
  if (Array.isArray(schema['enum']) && !schema['enum'].includes(value)) return false;
  if (typeof value === 'number') return value >= lowest(schema) && value <= highest(schema);
  if (Array.isArray(value)) return value.length >= Number(schema['minItems'] ?? 0);
  if (typeof value !== 'string') return true;
  return value.length <= Number(schema['maxLength'] ?? Infinity) && (schema['pattern'] === undefined || new RegExp(String(schema['pattern']), 'u').test(value));
}

const lowest = (schema: JsonSchema): number => Number(schema['minimum'] ?? -Infinity);
const highest = (schema: JsonSchema): number => Number(schema['maximum'] ?? Infinity);

function expectation(schema: JsonSchema): string {
  const choices = schema['anyOf'] as readonly JsonSchema[] | undefined;
  if (choices) return [...new Set(choices.map(expectation))].join(', or ');
  if (Array.isArray(schema['enum'])) return `one of ${schema['enum'].map(each => (each === '' ? '""' : String(each))).join(', ')}`;
  switch (schema['type']) {
    case 'boolean': return 'true or false';
    case 'integer': return `a whole number${bounds(schema)}`;
    case 'number': return `a number${bounds(schema)}`;
    case 'array': return `a list of ${plural((schema['items'] ?? {}) as JsonSchema)}`;
    case 'object': return schema['properties'] === undefined ? 'a table' : 'a table with keys';
    default: return `a text${example(schema)}`;
  }
}

/** The choice that is written nearly so, or begins so. */
function meant(value: string, schema: JsonSchema): string | undefined {
  const all = [schema, ...(schema['anyOf'] ?? []) as readonly JsonSchema[]].flatMap(each => (each['enum'] ?? []) as readonly unknown[]);
  const choices = all.filter(each => typeof each === 'string' && each !== '') as string[];
  const plain = value.trim().toLowerCase();
  return nearest(plain, choices) ?? (plain.length < 2 ? undefined : choices.find(choice => choice.startsWith(plain) || plain.startsWith(choice)));
}

function example(schema: JsonSchema): string {
  const [first] = (schema['examples'] ?? []) as readonly unknown[];
  return first === undefined ? '' : ` such as ${JSON.stringify(first)}`;
}

function bounds(schema: JsonSchema): string {
  const [low, high] = [lowest(schema), highest(schema)];
  if (Number.isFinite(low) && Number.isFinite(high)) return ` from ${String(low)} to ${String(high)}`;
  return Number.isFinite(low) ? ` of at least ${String(low)}` : Number.isFinite(high) ? ` of at most ${String(high)}` : '';
}

function plural(schema: JsonSchema): string {
  switch (schema['type']) {
    case 'integer': return `whole numbers${bounds(schema)}`;
    case 'number': return `numbers${bounds(schema)}`;
    case 'object': return 'tables';
    default: return `texts${example(schema)}`;
  }
}

/** `budgets[1].maxMacs`. */
function nameOf(path: Path): string {
  if (path.length === 0) return 'the configuration';
  return `\`${path.map((step, index) => (typeof step === 'number' ? `[${String(step + 1)}]` : `${index === 0 ? '' : '.'}${shortened(step)}`)).join('')}\``;
}

const mostShown = 60;

function shown(value: unknown): string {
  if (value instanceof Date) return `the date ${shortened(JSON.stringify(value).replaceAll('"', ''))}`;
  // JSON has no word for a number that is too large.
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value) ?? String(value);
  return shortened(typeof value === 'object' && value !== null ? `the ${Array.isArray(value) ? 'list' : 'table'} ${text}` : text);
}

function shortened(text: string): string {
  return text.length <= mostShown ? text : `${text.slice(0, mostShown)}…`;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
