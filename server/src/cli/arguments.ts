/** Reads a command line: options declared as data, mistakes answered in one line that says what to do. */
import type { InputRequest } from '../frontends/frontend';
import { nearest } from '../../../shared/src/edit-distance';
import { isDType } from '../tensor/dtype';

/** Wrong use; the message is for stderr, the exit code 2. */
export class UsageError extends Error {}

/** A file that an option names cannot be read; the exit code is 3. */
export class UnreadableError extends UsageError {}

export type OptionKind = 'flag' | 'text' | 'list';

export interface ParsedArguments {
  readonly positional: readonly string[];
  flag(name: string): boolean;
  text(name: string): string | undefined;
  list(name: string): readonly string[];
  /** A number within bounds, or a usage error. */
  number(name: string, bounds: { readonly minimum: number; readonly maximum?: number; readonly integer?: boolean }): number | undefined;
  choice<Choice extends string>(name: string, choices: readonly Choice[]): Choice | undefined;
}

/** `--name value`, `--name=value`, `--flag`; `--` ends the options. */
export function parseArguments(args: readonly string[], options: Readonly<Record<string, OptionKind>>): ParsedArguments {
  const positional: string[] = [];
  const values = new Map<string, string[]>();
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '--') {
      positional.push(...args.slice(i + 1));
      break;
    }
    if (!arg.startsWith('--')) {
      positional.push(arg);
      continue;
    }
    const equals = arg.indexOf('=');
    const name = arg.slice(2, equals < 0 ? undefined : equals);
    const kind = Object.hasOwn(options, name) ? options[name] : undefined;
    if (kind === undefined) throw new UsageError(`there is no option --${name}; ${meant(name, options)}`);
    if (kind === 'flag') {
      if (equals >= 0) throw new UsageError(`--${name} takes no value`);
      values.set(name, ['']);
      continue;
    }
    const value = equals < 0 ? args[++i] : arg.slice(equals + 1);
    if (value === undefined) throw new UsageError(`--${name} needs a value`);
    if (kind === 'text' && values.has(name)) throw new UsageError(`--${name} is given twice`);
    values.set(name, [...(values.get(name) ?? []), value]);
  }
  const text = (name: string): string | undefined => values.get(name)?.[0];
  return {
    positional,
    flag: name => values.has(name),
    text,
    list: name => values.get(name) ?? [],
    number(name, { minimum, maximum = Infinity, integer = false }) {
      const given = text(name);
      if (given === undefined) return undefined;
      const value = given.trim() === '' ? NaN : Number(given);
      if (value >= minimum && value <= maximum && (!integer || Number.isSafeInteger(value))) return value;
      const range = Number.isFinite(maximum) ? `from ${minimum} to ${maximum}` : `of at least ${minimum}`;
      throw new UsageError(`--${name} must be a ${integer ? 'whole ' : ''}number ${range}, not ${given}`);
    },
    choice(name, choices) {
      const given = text(name);
      const found = choices.find(each => each === given);
      if (given !== undefined && found === undefined) throw new UsageError(`--${name} must be one of ${choices.join(', ')}, not ${given}`);
      return found;
    },
  };
}

function meant(name: string, options: Readonly<Record<string, OptionKind>>): string {
  const near = nearest(name, Object.keys(options));
  return near === undefined ? `there are ${Object.keys(options).map(each => `--${each}`).join(', ')}` : `did you mean --${near}?`;
}

/** `1,3,224,224`, optionally `name=…` in front and `:int64` behind. */
export function parseInput(given: string): InputRequest {
  const match = /^(?:([A-Za-z_]\w*)=)?([([]*)\s*(\d+(?:\s*[,x×]\s*\d+)*)\s*(?:,\s*(?=[)\]]))?([)\]]*)(?::(\w+))?$/.exec(given.trim());
  const sizes = match?.[3]?.split(/[,x×]/).map(Number) ?? [];
  if (!match || sizes.length === 0 || (match[2] ?? '').length !== (match[4] ?? '').length) {
    throw new UsageError(`--input must be a shape such as 1,3,224,224 or name=1,128:int64, not ${given}`);
  }
  if (sizes.some(size => size === 0 || !Number.isSafeInteger(size))) throw new UsageError(`--input takes sizes from 1 on, not ${given}`);
  const dtype = match[5];
  if (dtype !== undefined && !isDType(dtype)) throw new UsageError(`--input names the unknown element type ${dtype}; there are float32, int64, …`);
  return { ...(match[1] === undefined ? {} : { name: match[1] }), shape: sizes, ...(dtype === undefined ? {} : { dtype }) };
}
