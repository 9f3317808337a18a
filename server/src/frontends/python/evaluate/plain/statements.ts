/** Statements of a loop over numbers, made into functions once. Undefined: the loop is more than that. */
import { rangeLength, type Value } from '../../values';
import type * as ast from '../../syntax/ast';
import { locationOf } from '../location';
import { binary } from './arithmetic';
import { libraryName, number, read, together } from './expressions';
import { giveUp, isNumber, itemsOf, type Plain, type Read, type ReadNumber, type Type } from './kinds';
import type { Scope } from './scope';

/** How a statement ends. */
export type Flow = 'on' | 'break' | 'continue';
export type Step = () => Flow;

export function block(scope: Scope, statements: ast.Block): Step | undefined {
  const steps: Step[] = [];
  for (const statement of statements) {
    const step = one(scope, statement);
    if (!step) return undefined;
    steps.push(step);
  }
  const [only] = steps;
  if (only && steps.length === 1) return only;
  return () => {
    for (const step of steps) {
      const flow = step();
      if (flow !== 'on') return flow;
    }
    return 'on';
  };
}

function one(scope: Scope, statement: ast.Statement): Step | undefined {
  switch (statement.kind) {
    case 'Pass': return () => 'on';
    case 'Break': return () => 'break';
    case 'Continue': return () => 'continue';
    case 'ExpressionStatement': return statement.value.kind === 'String' ? () => 'on' : appended(scope, statement.value);
    case 'Assign': return statement.targets.length === 1 && statement.targets[0] ? assigned(scope, statement.targets[0], statement.value) : undefined;
    case 'AugmentedAssign': return augmented(scope, statement);
    case 'If': return branched(scope, statement);
    case 'For': return repeated(scope, statement);
    default: return undefined;
  }
}

function branched(scope: Scope, { test, then, otherwise }: ast.If): Step | undefined {
  const condition = number(scope, test);
  const yes = condition && block(scope, then);
  const no = yes && block(scope, otherwise);
  return no && (() => (condition.run() === 0 ? no() : yes()));
}

function assigned(scope: Scope, target: ast.Expression, node: ast.Expression): Step | undefined {
  if (target.kind === 'Subscript') return written(scope, target, node);
  if (target.kind === 'Tuple' || target.kind === 'List') {
    const values = node.kind === 'Tuple' ? together(scope, node.elements) : read(scope, node);
    const write = values && bound(scope, target, values.type);
    return write && (() => { write(values.run()); return 'on'; });
  }
  const value = read(scope, node);
  const write = value && bound(scope, target, value.type);
  return write && (() => { write(value.run()); return 'on'; });
}

/** Binds a name, or a name to each element of a tuple. */
function bound(scope: Scope, target: ast.Expression, type: Type): ((value: Plain) => void) | undefined {
  const { now } = scope;
  if (target.kind === 'Name') {
    const slot = scope.target(target.id, type);
    if (!slot) return undefined;
    const { index } = slot;
    return value => { now[index] = value; };
  }
  if ((target.kind !== 'Tuple' && target.kind !== 'List') || typeof type === 'string' || type.length !== target.elements.length) return undefined;
  const writes: ((value: Plain) => void)[] = [];
  for (const [i, element] of target.elements.entries()) {
    const kind = type[i];
    const write = kind && element.kind === 'Name' ? bound(scope, element, kind) : undefined;
    if (!write) return undefined;
    writes.push(write);
  }
  return value => { for (let i = 0; i < writes.length; i++) writes[i]?.((value as readonly number[])[i] ?? giveUp()); };
}

/** `table[i, j] = x`, `numbers[key] = x`. */
function written(scope: Scope, target: ast.Subscript, node: ast.Expression): Step | undefined {
  const value = number(scope, node);
  const object = value && scope.constant(target.object);
  const key = object && read(scope, target.index);
  if (!key) return undefined;
  const table = scope.table(object);
  if (table) return intoTable(scope, target, table, key, value);
  const dict = scope.dict(object);
  if (!dict?.takesKey(key.type) || !dict.takesValue(value.type)) return undefined;
  return () => {
    const number = value.run();
    dict.set(key.run(), number);
    return 'on';
  };
}

function intoTable(scope: Scope, target: ast.Subscript, table: NonNullable<ReturnType<Scope['table']>>, key: Read, value: ReadNumber): Step | undefined {
  const kinds = typeof key.type === 'string' ? [key.type] : key.type;
  if (kinds.length !== table.rank || kinds.some(kind => kind !== 'int')) return undefined;
  const at = locationOf(scope.frame, target.span);
  return () => {
    const number = value.run();
    const place = key.run();
    table.set(target, value.type, at, typeof place === 'number' ? [place] : place, number);
    return 'on';
  };
}

/** `numbers.append(x)`. */
function appended(scope: Scope, node: ast.Expression): Step | undefined {
  if (node.kind !== 'Call' || node.callee.kind !== 'Attribute' || node.callee.name !== 'append' || node.args.length !== 1) return undefined;
  const [argument] = node.args;
  if (!argument || argument.star !== '' || argument.keyword !== undefined) return undefined;
  const value = read(scope, argument.value);
  return value && growing(scope, node.callee.object, [value]);
}

function extended(scope: Scope, target: ast.Expression, elements: readonly ast.Expression[]): Step | undefined {
  const values: Read[] = [];
  for (const element of elements) {
    const value = read(scope, element);
    if (!value) return undefined;
    values.push(value);
  }
  return growing(scope, target, values);
}

function growing(scope: Scope, node: ast.Expression, values: readonly Read[]): Step | undefined {
  const target = scope.constant(node);
  const list = target && scope.growing(target);
  if (!list || !values.every(({ type }) => list.takes(type))) return undefined;
  return () => {
    for (const { run } of values) list.append(run());
    return 'on';
  };
}

/** `n += x` of a number, `numbers += [x, y]` of a list. */
function augmented(scope: Scope, { target, operator, value }: ast.AugmentedAssign): Step | undefined {
  if (target.kind !== 'Name') return undefined;
  if (operator === '+' && value.kind === 'List') return scope.frame.names.has(target.id) ? extended(scope, target, value.elements) : undefined;
  const before = read(scope, target);
  const more = isNumber(before) ? number(scope, value) : undefined;
  const after = isNumber(before) && more ? binary(operator, before, more) : undefined;
  const write = after && bound(scope, target, after.type);
  return write && (() => { write(after.run()); return 'on'; });
}

/** `range(…)`, or a sequence that stays as it is. */
function repeated(scope: Scope, statement: ast.For): Step | undefined {
  if (statement.otherwise.length > 0 || statement.isAsync) return undefined;
  const { iterable } = statement;
  if (iterable.kind === 'Call') {
    const bounds = libraryName(scope, iterable.callee) === 'builtins.range' ? rangeBounds(scope, iterable.args) : undefined;
    return bounds && counted(scope, statement, bounds);
  }
  const value = scope.constant(iterable);
  return value && over(scope, statement, value);
}

function rangeBounds(scope: Scope, args: readonly ast.Argument[]): readonly (() => number)[] | undefined {
  const bounds: (() => number)[] = [];
  for (const { value, star, keyword } of args) {
    const bound = star === '' && keyword === undefined ? number(scope, value) : undefined;
    if (bound?.type !== 'int') return undefined;
    bounds.push(bound.run);
  }
  return bounds.length >= 1 && bounds.length <= 3 ? bounds : undefined;
}

/** A loop over a value that is there: the outermost of all, or one over a sequence. */
export function over(scope: Scope, statement: ast.For, value: Value): Step | undefined {
  if (value.kind === 'range') return counted(scope, statement, [() => value.start, () => value.stop, () => value.step], rangeLength(value));
  const sequence = scope.mayRead(value) ? itemsOf(value) : undefined;
  const write = sequence && bound(scope, statement.target, sequence.type);
  const body = write && block(scope, statement.body);
  if (!body) return undefined;
  const { items } = sequence;
  const { budget } = scope.interpreter;
  return () => {
    for (const item of items) {
      budget.step();
      write(item);
      if (body() === 'break') break;
    }
    return 'on';
  };
}

function counted(scope: Scope, statement: ast.For, bounds: readonly (() => number)[], rounds?: number): Step | undefined {
  const write = bound(scope, statement.target, 'int');
  const body = write && block(scope, statement.body);
  if (!body) return undefined;
  const { budget } = scope.interpreter;
  const [first = giveUp, second, third] = bounds;
  return () => {
    const start = second ? first() : 0;
    const stop = second ? second() : first();
    const step = third ? third() : 1;
    if (step === 0) giveUp();
    const count = rounds ?? rangeLength({ kind: 'range', start, stop, step });
    for (let i = 0; i < count; i++) {
      budget.step();
      write(start + i * step);
      if (body() === 'break') break;
    }
    return 'on';
  };
}
