/** Elementwise operators between tensors and Python numbers: which operands are tensors, and what the operator symbols mean. */
import { elementwise, type ElementwiseAttrs, type ScalarKind } from '../../../ops/elementwise';
import type { ElementwiseFunction } from '../../../ops/elementwise-functions';
import type { Interpreter } from '../interpreter';
import type { BinaryOperator, CompareOperator } from '../syntax/ast';
import type { CallArguments, Value } from '../values';
import { applyOp, type Application } from './apply';
import { run, type TensorCall } from './call';
import { isUnknownNumber } from '../unknown-number';

const ranks: Readonly<Record<ScalarKind, number>> = { bool: 0, int: 1, float: 2, complex: 3 };

export interface Operands {
  readonly tensors: readonly Value[];
  readonly attrs: Pick<ElementwiseAttrs, 'operands' | 'scalarKind'>;
}

/** Tells tensors from numbers. A number of unknown value is NaN; anything else stays among the tensors and is refused there. */
export function operandsOf(values: readonly Value[]): Operands {
  if (values.every(value => value.kind === 'tensor')) return { tensors: values, attrs: {} };
  const tensors: Value[] = [];
  const operands: (number | null)[] = [];
  let kind: ScalarKind = 'bool';
  for (const value of values) {
    const scalar = scalarOf(value);
    if (scalar === undefined) {
      tensors.push(value);
      operands.push(null);
    } else {
      operands.push(scalar.value);
      if (ranks[scalar.kind] > ranks[kind]) kind = scalar.kind;
    }
  }
  return { tensors, attrs: operands.every(operand => operand === null) ? {} : { operands, scalarKind: kind } };
}

function scalarOf(value: Value): { readonly value: number; readonly kind: ScalarKind } | undefined {
  switch (value.kind) {
    case 'bool': return { value: value.value ? 1 : 0, kind: 'bool' };
    case 'int': return { value: value.value, kind: 'int' };
    case 'float': return { value: value.value, kind: 'float' };
    case 'instance': return value.payload ? scalarOf(value.payload) : undefined;
    default: return isUnknownNumber(value) ? { value: NaN, kind: 'float' } : undefined;
  }
}

/** Elementwise function over what a table function was given. */
export function runElementwise(call: TensorCall, name: ElementwiseFunction, values: readonly Value[], more: Partial<Application> = {}): Value {
  const { tensors, attrs } = operandsOf(values);
  return run(call, elementwise, { function: name, ...attrs }, tensors, more);
}

const symbols: Readonly<Record<string, readonly [ElementwiseFunction, string, string]>> = {
  '+': ['add', '__add__', '__radd__'], '-': ['subtract', '__sub__', '__rsub__'], '*': ['multiply', '__mul__', '__rmul__'], '/': ['divide', '__truediv__', '__rtruediv__'],
  '//': ['floor-divide', '__floordiv__', '__rfloordiv__'], '%': ['remainder', '__mod__', '__rmod__'], '**': ['power', '__pow__', '__rpow__'],
  '==': ['equal', '__eq__', '__eq__'], '!=': ['not-equal', '__ne__', '__ne__'], '<': ['less', '__lt__', '__gt__'], '<=': ['less-equal', '__le__', '__ge__'],
  '>': ['greater', '__gt__', '__lt__'], '>=': ['greater-equal', '__ge__', '__le__'],
  '<<': ['left-shift', '__lshift__', '__rlshift__'], '>>': ['right-shift', '__rshift__', '__rrshift__'],
  '&': ['bitwise-and', '__and__', '__rand__'], '|': ['bitwise-or', '__or__', '__ror__'], '^': ['bitwise-xor', '__xor__', '__rxor__'],
};

/** `left op right` where at least one is a tensor; undefined when the other is nothing a tensor works with. */
export function operator(symbol: BinaryOperator | CompareOperator, left: Value, right: Value, interpreter: Interpreter, args: CallArguments, inPlace = false, type?: string): Value | undefined {
  const entry = symbols[symbol];
  if (!entry) return undefined;
  const [kind, direct, reflected] = entry;
  for (const value of [left, right]) {
    if (value.kind === 'tensor' || value.kind === 'unknown' || scalarOf(value) !== undefined) continue;
    return undefined;
  }
  const { tensors, attrs } = operandsOf([left, right]);
  const name = left.kind === 'tensor' ? (inPlace ? direct.replace('__', '__i') : direct) : reflected;
  return applyOp(interpreter, args, {
    op: elementwise, type: type ?? `${interpreter.tensors.typeName}.${name}`, attrs: { function: kind, ...attrs }, inputs: tensors,
    parameters: [left, right], inPlace,
  });
}
