/** Expressions of a loop over numbers, made into functions once: names have places, and types are known beforehand. Undefined: there is more to it. */
import type * as ast from '../../syntax/ast';
import type { Value } from '../../values';
import { binary, called, comparison, unary } from './arithmetic';
import { giveUp, isNumber, itemsOf, plainOf, type Kind, type Read, type ReadNumber } from './kinds';
import type { Scope } from './scope';

export function read(scope: Scope, node: ast.Expression): Read | undefined {
  switch (node.kind) {
    case 'Number': return isFinite(node.value) ? fixed(node.isFloat ? 'float' : 'int', node.value) : undefined;
    case 'Constant': return typeof node.value === 'boolean' ? fixed('bool', node.value ? 1 : 0) : undefined;
    case 'Name': return scope.isBound(node.id) ? readSlot(scope, node.id) : readValue(scope.constant(node));
    case 'Attribute': return readValue(scope.constant(node));
    case 'Binary': {
      const left = number(scope, node.left);
      const right = left && number(scope, node.right);
      return right && binary(node.operator, left, right);
    }
    case 'Unary': {
      const operand = number(scope, node.operand);
      return operand && unary(node.operator, operand);
    }
    case 'Compare': return compared(scope, node);
    case 'Boolean': return chained(scope, node);
    case 'Conditional': return chosen(scope, node);
    case 'Tuple': return together(scope, node.elements);
    case 'Subscript': return item(scope, node);
    case 'Call': return call(scope, node);
    default: return undefined;
  }
}

export function number(scope: Scope, node: ast.Expression): ReadNumber | undefined {
  const made = read(scope, node);
  return isNumber(made) ? made : undefined;
}

/** A function of the library by its qualified name, where a name or an attribute stands for one. */
export function libraryName(scope: Scope, node: ast.Expression): string | undefined {
  const value = scope.constant(node);
  if (value?.kind === 'native') return value.name;
  return value?.kind === 'class' && value.isNative ? value.qualifiedName : undefined;
}

function fixed(type: Kind, value: number): ReadNumber {
  return { type, run: () => value };
}

function readValue(value: Value | undefined): Read | undefined {
  const known = value && plainOf(value);
  if (!known) return undefined;
  const { type, plain } = known;
  return { type, run: () => plain };
}

function readSlot(scope: Scope, name: string): Read | undefined {
  const slot = scope.slot(name);
  if (!slot) return undefined;
  const { now } = scope;
  const { index, type } = slot;
  return { type, run: () => now[index] ?? giveUp() };
}

function compared(scope: Scope, { operators, operands }: ast.Compare): Read | undefined {
  const [operator] = operators;
  const [first, second] = operands;
  if (operators.length === 1 && first && second && (operator === 'in' || operator === 'not in')) return contained(scope, first, second, operator === 'in' ? 1 : 0);
  const parts: ReadNumber[] = [];
  for (const operand of operands) {
    const part = number(scope, operand);
    if (!part) return undefined;
    parts.push(part);
  }
  const tests: ((a: number, b: number) => boolean)[] = [];
  for (const each of operators) {
    const test = comparison(each);
    if (!test) return undefined;
    tests.push(test);
  }
  const [start, ...rest] = parts.map(({ run }) => run);
  if (!start) return undefined;
  return {
    type: 'bool',
    run: () => {
      let left = start();
      for (let i = 0; i < rest.length; i++) {
        const right = rest[i]?.() ?? giveUp();
        if (tests[i]?.(left, right) !== true) return 0;
        left = right;
      }
      return 1;
    },
  };
}

function contained(scope: Scope, item: ast.Expression, container: ast.Expression, yes: number): Read | undefined {
  const key = read(scope, item);
  const value = key && scope.constant(container);
  const dict = value && scope.dict(value);
  return key && dict?.takesKey(key.type) ? { type: 'bool', run: () => (dict.has(key.run()) ? yes : 1 - yes) } : undefined;
}

/** Of truth values only: otherwise the result may be any of the operands. */
function chained(scope: Scope, { operator, operands }: ast.BooleanChain): Read | undefined {
  const parts: (() => number)[] = [];
  for (const operand of operands) {
    const part = number(scope, operand);
    if (part?.type !== 'bool') return undefined;
    parts.push(part.run);
  }
  const decides = operator === 'or' ? 1 : 0;
  return { type: 'bool', run: () => (parts.some(part => part() === decides) ? decides : 1 - decides) };
}

function chosen(scope: Scope, node: ast.Conditional): Read | undefined {
  const test = number(scope, node.test);
  const then = test && number(scope, node.then);
  const otherwise = then && number(scope, node.otherwise);
  return otherwise && then.type === otherwise.type ? { type: then.type, run: () => (test.run() === 0 ? otherwise.run() : then.run()) } : undefined;
}

export function together(scope: Scope, elements: readonly ast.Expression[]): Read<readonly number[]> | undefined {
  const parts: ReadNumber[] = [];
  for (const element of elements) {
    const part = number(scope, element);
    if (!part) return undefined;
    parts.push(part);
  }
  const [first, second] = parts;
  const type = parts.map(part => part.type);
  if (first && second && parts.length === 2) return { type, run: () => [first.run(), second.run()] };
  return { type, run: () => parts.map(part => part.run()) };
}

/** An element of a tuple, of a sequence that stays as it is, or of a dict. */
function item(scope: Scope, node: ast.Subscript): Read | undefined {
  const value = scope.constant(node.object);
  const dict = value && scope.dict(value);
  if (dict) {
    const key = read(scope, node.index);
    const { kind } = dict;
    return key && kind !== undefined && dict.takesKey(key.type) ? { type: kind, run: () => dict.get(key.run()) } : undefined;
  }
  const index = number(scope, node.index);
  if (index?.type !== 'int') return undefined;
  const sequence = value && scope.mayRead(value) ? itemsOf(value) : undefined;
  if (sequence) return { type: sequence.type, run: () => sequence.items.at(index.run()) ?? giveUp() };
  const of = read(scope, node.object);
  if (!of || typeof of.type === 'string') return undefined;
  const [kind] = of.type;
  if (kind === undefined || of.type.some(each => each !== kind)) return undefined;
  return { type: kind, run: () => (of.run() as readonly number[]).at(index.run()) ?? giveUp() };
}

function call(scope: Scope, { callee, args }: ast.Call): Read | undefined {
  const name = libraryName(scope, callee);
  if (name === undefined || args.some(({ star, keyword }) => star !== '' || keyword !== undefined)) return undefined;
  const [first] = args;
  if (name === 'builtins.len') return first && args.length === 1 ? length(scope, first.value) : undefined;
  const given: ReadNumber[] = [];
  for (const { value } of args) {
    const part = number(scope, value);
    if (!part) return undefined;
    given.push(part);
  }
  return called(name, given);
}

function length(scope: Scope, node: ast.Expression): Read | undefined {
  const value = scope.constant(node);
  const store = value && (scope.dict(value) ?? scope.growing(value));
  if (!store) return undefined;
  return { type: 'int', run: () => ('size' in store ? store.size : store.length) };
}
