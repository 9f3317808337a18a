/** Documented signatures as text: parsed by our own Python parser, bound by the same binder as user functions, typed by their parameter names. */
import { parseModule } from './syntax/parse';
import type * as ast from './syntax/ast';
import { bool, ellipsis, float, int, none, str, tuple, list, dict, unaryNumber, type Value } from './values';

type Trim<S extends string> = S extends ` ${infer R}` ? Trim<R> : S extends `${infer R} ` ? Trim<R> : S;
type NameOf<S extends string> =
  Trim<S> extends `**${infer N}` ? N
    : Trim<S> extends `*${infer N}` ? N
      : Trim<S> extends `${infer N}=${string}` ? Trim<N>
        : Trim<S> extends `${infer N}:${string}` ? Trim<N>
          : Trim<S>;
type Names<S extends string> = S extends `${infer Head},${infer Tail}` ? NameOf<Head> | Names<Tail> : NameOf<S>;
type Between<S extends string> = S extends `${string}(${infer Rest}` ? (Rest extends `${infer P})` ? P : never) : never;

/** Parameter names of `pkg.f(a, b=1, *c)` as keys: a typo does not compile. */
export type Bound<S extends string> = Readonly<Record<Exclude<Names<Between<S>>, '' | '/' | '*'>, Value>>;

export interface Signature {
  /** Qualified name before the parenthesis. */
  readonly name: string;
  readonly parameters: readonly ast.Parameter[];
  readonly defaults: ReadonlyMap<string, Value>;
}

/** What was bound as an object; written out, since `Object.fromEntries` takes six times as long and every call of a table passes here. */
export function recordOf(bound: ReadonlyMap<string, Value>): Record<string, Value> {
  const record: Record<string, Value> = {};
  for (const [name, value] of bound) record[name] = value;
  return record;
}

const parsed = new Map<string, Signature>();

/** Parses `pkg.name(a, b=1, *args, c=None, **kw)`; each text once per process. Throws on a malformed table row, which a test catches. */
export function signatureOf(text: string): Signature {
  const known = parsed.get(text);
  if (known) return known;
  const open = text.indexOf('(');
  const name = text.slice(0, open);
  const statement = parseModule(`def signature${text.slice(open)}: pass\n`).body[0];
  if (statement?.kind !== 'FunctionDefinition') throw new Error(`not a signature: ${text}`);
  const defaults = new Map<string, Value>();
  for (const parameter of statement.parameters) {
    if (parameter.default) defaults.set(parameter.name, literalValue(parameter.default, text));
  }
  const signature = { name, parameters: statement.parameters, defaults };
  parsed.set(text, signature);
  return signature;
}

function literalValue(expression: ast.Expression, text: string): Value {
  switch (expression.kind) {
    case 'Number': return expression.isFloat ? float(expression.value) : int(expression.value);
    case 'String': return str(expression.value);
    case 'Constant': return expression.value === null ? none : expression.value === '...' ? ellipsis : bool(expression.value);
    case 'Tuple': return tuple(expression.elements.map(element => literalValue(element, text)));
    case 'List': return list(expression.elements.map(element => literalValue(element, text)));
    case 'Dict': return dict();
    case 'Unary': return unaryNumber(expression.operator, literalValue(expression.operand, text));
    default: throw new Error(`default value in ${text} is not a literal`);
  }
}
