/**
 * Nested list comprehensions over known ranges whose elements are arithmetic that cannot fail: `[[p / 10 ** i for i in range(d)] for p in range(n)]`.
 * Such a list has no effect but its items, and can be worked out when they are read.
 */
import { maxContentElements } from '../../../graph/builder';
import type { Rows } from '../pending-list';
import type * as ast from '../syntax/ast';
import type { Value } from '../values';

/** All values that a number may have, both ends included. */
interface Bounds {
  readonly low: number;
  readonly high: number;
  readonly isFloat: boolean;
}

type Known = (name: string) => Bounds | undefined;

/** Far below where a float overflows. */
const mostFloat = 1e300;

/** What the list will be; undefined unless it is long, and making it cannot fail. `valueOf`: what a name stands for here. */
export function rowsOf(node: ast.Comprehension, valueOf: (name: string) => Value | undefined): Rows | undefined {
  const rows = nested(node, name => numberBounds(valueOf(name)));
  return rows && rows.sizes.reduce((product, size) => product * size, 1) > maxContentElements ? rows : undefined;
}

/** The names in it that are bound outside. */
export function freeNames(node: ast.Comprehension): ReadonlySet<string> {
  const names = new Set<string>();
  collect(node, names);
  return names;
}

function collect(node: ast.Expression, names: Set<string>): void {
  switch (node.kind) {
    case 'Name': names.add(node.id); break;
    case 'Unary': collect(node.operand, names); break;
    case 'Binary': collect(node.left, names); collect(node.right, names); break;
    case 'Call':
      collect(node.callee, names);
      for (const { value } of node.args) collect(value, names);
      break;
    case 'Comprehension': {
      const inside = new Set<string>();
      collect(node.element, inside);
      for (const { target } of node.clauses) if (target.kind === 'Name') inside.delete(target.id);
      for (const { iterable } of node.clauses) collect(iterable, names);
      for (const name of inside) names.add(name);
      break;
    }
    default: break;
  }
}

function nested(node: ast.Comprehension, known: Known): Rows | undefined {
  const [clause, ...others] = node.clauses;
  if (node.result !== 'list' || !clause || others.length > 0 || clause.conditions.length > 0 || clause.isAsync || clause.target.kind !== 'Name') return undefined;
  const range = rangeOf(clause.iterable, known);
  if (!range) return undefined;
  const { id } = clause.target;
  const inner: Known = name => (name === id ? range.items : known(name));
  const rows = node.element.kind === 'Comprehension' ? nested(node.element, inner) : rowOf(boundsOf(node.element, inner));
  return rows && { sizes: [range.length, ...rows.sizes], isFloat: rows.isFloat };
}

function rowOf(bounds: Bounds | undefined): Rows | undefined {
  return bounds && { sizes: [], isFloat: bounds.isFloat };
}

/** `range(…)` over numbers that are the same in every row, and at least one item. */
function rangeOf(node: ast.Expression, known: Known): { readonly length: number; readonly items: Bounds } | undefined {
  if (node.kind !== 'Call' || node.callee.kind !== 'Name' || node.callee.id !== 'range' || node.args.some(argument => argument.star !== '' || argument.keyword !== undefined)) return undefined;
  const numbers = node.args.map(argument => boundsOf(argument.value, known));
  const points = numbers.map(bounds => (bounds && !bounds.isFloat && bounds.low === bounds.high ? bounds.low : NaN));
  if (points.length < 1 || points.length > 3 || points.some(Number.isNaN)) return undefined;
  const [start, stop, step] = points.length === 1 ? [0, points[0] as number, 1] : [points[0] as number, points[1] as number, points[2] ?? 1];
  const length = step === 0 ? 0 : Math.ceil((stop - start) / step);
  if (length < 1) return undefined;
  return { length, items: between([start, start + (length - 1) * step], false) };
}

function numberBounds(value: Value | undefined): Bounds | undefined {
  return value?.kind === 'int' || value?.kind === 'float' ? checked(between([value.value], value.kind === 'float')) : undefined;
}

function between(values: readonly number[], isFloat: boolean): Bounds {
  return { low: Math.min(...values), high: Math.max(...values), isFloat };
}

/** Undefined where a value may be no finite number, or an integer that is not exact. */
function checked(bounds: Bounds): Bounds | undefined {
  const most = bounds.isFloat ? mostFloat : Number.MAX_SAFE_INTEGER;
  return bounds.low >= -most && bounds.high <= most ? bounds : undefined;
}

function boundsOf(node: ast.Expression, known: Known): Bounds | undefined {
  switch (node.kind) {
    case 'Number': return checked(between([node.value], node.isFloat));
    case 'Name': return known(node.id);
    case 'Unary': {
      const operand = node.operator === '-' || node.operator === '+' ? boundsOf(node.operand, known) : undefined;
      return operand && (node.operator === '+' ? operand : between([-operand.low, -operand.high], operand.isFloat));
    }
    case 'Binary': {
      const left = boundsOf(node.left, known);
      const right = left && boundsOf(node.right, known);
      const result = left && right && binaryBounds(node.operator, left, right);
      return result && checked(result);
    }
    default: return undefined;
  }
}

function corners(left: Bounds, right: Bounds, apply: (a: number, b: number) => number): readonly number[] {
  return [apply(left.low, right.low), apply(left.low, right.high), apply(left.high, right.low), apply(left.high, right.high)];
}

function binaryBounds(operator: ast.BinaryOperator, left: Bounds, right: Bounds): Bounds | undefined {
  const isFloat = left.isFloat || right.isFloat;
  const isNever0 = right.low > 0 || right.high < 0;
  switch (operator) {
    case '+': return between([left.low + right.low, left.high + right.high], isFloat);
    case '-': return between([left.low - right.high, left.high - right.low], isFloat);
    case '*': return between(corners(left, right, (a, b) => a * b), isFloat);
    case '/': return isNever0 ? between(corners(left, right, (a, b) => a / b), true) : undefined;
    case '//': return isNever0 && !isFloat ? between(corners(left, right, (a, b) => Math.floor(a / b)), false) : undefined;
    case '%': return right.low > 0 && !isFloat ? between([0, right.high - 1], false) : undefined;
    case '**':
      // An integer to a negative power is a float.
      if (left.low <= 0 || (!isFloat && right.low < 0)) return undefined;
      return between(corners(left, right, (a, b) => a ** b), isFloat);
    default: return undefined;
  }
}
