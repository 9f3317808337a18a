/** Operators and functions of plain numbers, with the very formulas of the ordinary evaluation. What is not exact, not finite or an error is left to that. */
import { floorDivide, modulo } from '../../objects/operators';
import type * as ast from '../../syntax/ast';
import { giveUp, type Kind, type ReadNumber } from './kinds';

/** An int that is exact. */
function whole(value: number): number {
  return Number.isSafeInteger(value) ? value + 0 : giveUp();
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : giveUp();
}

function divided(a: number, b: number): number {
  return b === 0 ? giveUp() : finite(a / b);
}

function powered(a: number, b: number): number {
  return (a === 0 && b < 0) || (a < 0 && !Number.isInteger(b)) ? giveUp() : finite(a ** b);
}

/** Undefined where the operator is not for numbers. */
export function binary(operator: ast.BinaryOperator, { type: left, run: a }: ReadNumber, { type: right, run: b }: ReadNumber): ReadNumber | undefined {
  const isFloat = left === 'float' || right === 'float';
  const type: Kind = isFloat ? 'float' : 'int';
  const exact = isFloat ? finite : whole;
  switch (operator) {
    case '+': return { type, run: () => exact(a() + b()) };
    case '-': return { type, run: () => exact(a() - b()) };
    case '*': return { type, run: () => exact(a() * b()) };
    case '/': return { type: 'float', run: () => divided(a(), b()) };
    case '//': return { type, run: () => { const [x, y] = [a(), b()]; return y === 0 ? giveUp() : exact(floorDivide(x, y)); } };
    case '%': return { type, run: () => { const [x, y] = [a(), b()]; return y === 0 ? giveUp() : exact(modulo(x, y)); } };
    // An int to a negative power is a float.
    case '**': return isFloat ? { type, run: () => powered(a(), b()) } : { type, run: () => { const [x, y] = [a(), b()]; return y < 0 ? giveUp() : whole(x ** y); } };
    default: return undefined;
  }
}

export function unary(operator: ast.UnaryOperator, { type, run }: ReadNumber): ReadNumber | undefined {
  switch (operator) {
    case '+': return { type: type === 'bool' ? 'int' : type, run };
    case '-': return type === 'float' ? { type, run: () => -run() } : { type: 'int', run: () => -run() + 0 };
    case 'not': return { type: 'bool', run: () => (run() === 0 ? 1 : 0) };
    default: return undefined;
  }
}

export function comparison(operator: ast.CompareOperator): ((a: number, b: number) => boolean) | undefined {
  switch (operator) {
    case '==': return (a, b) => a === b;
    case '!=': return (a, b) => a !== b;
    case '<': return (a, b) => a < b;
    case '<=': return (a, b) => a <= b;
    case '>': return (a, b) => a > b;
    case '>=': return (a, b) => a >= b;
    default: return undefined;
  }
}

/** Functions of one number that give a float. */
const floats: Readonly<Record<string, (x: number) => number>> = {
  'math.sin': Math.sin, 'math.cos': Math.cos, 'math.tan': Math.tan, 'math.exp': Math.exp, 'math.sqrt': Math.sqrt, 'math.tanh': Math.tanh, 'math.atan': Math.atan,
  'math.log': x => (x > 0 ? Math.log(x) : giveUp()), 'builtins.float': x => x,
};

/** And those that give an int. */
const ints: Readonly<Record<string, (x: number) => number>> = { 'math.floor': Math.floor, 'math.ceil': Math.ceil, 'builtins.int': Math.trunc };

function extreme(isMinimum: boolean, args: readonly ReadNumber[]): ReadNumber | undefined {
  const [first, ...others] = args;
  if (!first || others.length === 0 || others.some(({ type }) => type !== first.type)) return undefined;
  return {
    type: first.type,
    run: () => {
      let best = first.run();
      for (const { run } of others) {
        const value = run();
        if (isMinimum ? value < best : value > best) best = value;
      }
      return best;
    },
  };
}

/** What a function of the library makes of numbers; undefined for all but the most usual. */
export function called(name: string, args: readonly ReadNumber[]): ReadNumber | undefined {
  if (name === 'builtins.min' || name === 'builtins.max') return extreme(name === 'builtins.min', args);
  const [first, ...others] = args;
  if (!first || others.length > 0) return undefined;
  const { type, run } = first;
  if (name === 'builtins.abs') return { type: type === 'bool' ? 'int' : type, run: () => Math.abs(run()) };
  if (name === 'builtins.bool') return { type: 'bool', run: () => (run() === 0 ? 0 : 1) };
  const toFloat = Object.hasOwn(floats, name) ? floats[name] : undefined;
  if (toFloat) return { type: 'float', run: () => finite(toFloat(run())) };
  const toInt = Object.hasOwn(ints, name) ? ints[name] : undefined;
  return toInt && { type: 'int', run: () => whole(toInt(run())) };
}
