/** List, set and dict comprehensions, and generator expressions (lazy, so that `next(x for …)` stops early). */
import type { Location } from '../../../base/span';
import { isUnknown, type Unknown } from '../../../base/unknown';
import { innerFrame, type Frame } from '../environment';
import type { Interpreter } from '../interpreter';
import { PendingList } from '../pending-list';
import type * as ast from '../syntax/ast';
import { knownIterOf, nextOf } from '../objects/iteration';
import { dict, list, namesOf, none, set, stepping, type Value } from '../values';
import { assign } from './assign';
import { UnknownIteration } from '../objects/python-error';
import { locationOf } from './location';
import { findName } from './names';
import { freeNames, rowsOf } from './number-rows';

export function comprehension(interpreter: Interpreter, frame: Frame, node: ast.Comprehension): Value {
  return (node.result === 'list' && frame.kind !== 'class' && pending(interpreter, frame, node)) || atOnce(interpreter, frame, node);
}

/** A long list of nothing but numbers is worked out when its items are read, with the numbers that its names stand for now. */
function pending(interpreter: Interpreter, frame: Frame, node: ast.Comprehension): PendingList | undefined {
  const iterable = node.clauses[0]?.iterable;
  if (iterable?.kind !== 'Call' || iterable.callee.kind !== 'Name' || iterable.callee.id !== 'range') return undefined;
  const rows = rowsOf(node, name => findName(interpreter, frame, name));
  if (!rows || findName(interpreter, frame, 'range') !== interpreter.findBuiltin('range')) return undefined;
  const names = namesOf();
  for (const name of freeNames(node)) interpreter.heap.set(names, name, findName(interpreter, frame, name) ?? none);
  const later = innerFrame(frame, names, { kind: 'comprehension', outer: undefined, scope: undefined });
  return new PendingList(rows, () => {
    const made = atOnce(interpreter, later, node);
    return made.kind === 'list' ? [...made.items] : [];
  });
}

function atOnce(interpreter: Interpreter, frame: Frame, node: ast.Comprehension): Value {
  const inner = innerFrame(frame, namesOf(), { kind: 'comprehension', outer: frame, scope: undefined });
  if (node.result === 'generator') return lazily(interpreter, inner, node);
  const rounds = clause(interpreter, inner, node.clauses, 0);
  try {
    if (node.result === 'dict') {
      const result = dict();
      for (const _ of rounds) {
        interpreter.budget.allocate(1);
        const key = interpreter.evaluate(inner, node.element);
        if (isUnknown(key)) return key;
        interpreter.heap.setEntry(result, key, node.value ? interpreter.evaluate(inner, node.value) : none);
      }
      return result;
    }
    const items: Value[] = [];
    for (const _ of rounds) {
      interpreter.budget.allocate(1);
      items.push(interpreter.evaluate(inner, node.element));
    }
    return node.result === 'list' ? list(items) : set(items);
  } catch (error) {
    if (!(error instanceof UnknownIteration)) throw error;
    oneRound(interpreter, inner, node, error.unknown);
    return error.unknown;
  }
}

/** Nobody knows how many rounds there are: one shows what they cost, as in a loop. */
function oneRound(interpreter: Interpreter, frame: Frame, node: ast.Comprehension, condition: Unknown): void {
  interpreter.onceUnknown(condition, locationOf(frame, node.span), () => {
    node.clauses.forEach(({ target, iterable }, index) => {
      const items = interpreter.evaluate(index === 0 && frame.outer ? frame.outer : frame, iterable);
      assign(interpreter, frame, target, firstOf(interpreter, items, condition, locationOf(frame, iterable.span)));
    });
    interpreter.evaluate(frame, node.element);
    if (node.value) interpreter.evaluate(frame, node.value);
  });
}

function firstOf(interpreter: Interpreter, items: Value, condition: Unknown, at: Location): Value {
  try {
    for (const item of interpreter.iterate(items, at)) return item;
  } catch (error) {
    if (!(error instanceof UnknownIteration)) throw error;
    return error.unknown;
  }
  return condition;
}

/** Position of a generator expression: the iterators of the clauses that are open, outermost first. */
type Open = readonly Value[];

/** The first iterable is worked out at once, as in Python; everything else when it is asked for. */
function lazily(interpreter: Interpreter, frame: Frame, node: ast.Comprehension): Value {
  const open = (index: number, scope: Frame): Value => {
    const { iterable } = node.clauses[index] as ast.ComprehensionClause;
    return knownIterOf(interpreter.evaluate(scope, iterable), interpreter, locationOf(scope, iterable.span));
  };
  let first: Value;
  try {
    first = open(0, frame.outer ?? frame);
  } catch (error) {
    if (!(error instanceof UnknownIteration)) throw error;
    oneRound(interpreter, frame, node, error.unknown);
    return error.unknown;
  }
  const step = (position: Open): readonly [Value, Open] | undefined => {
    let current = position;
    while (current.length > 0) {
      interpreter.budget.step();
      const index = current.length - 1;
      const { target, iterable, conditions } = node.clauses[index] as ast.ComprehensionClause;
      const item = nextOf(current[index] as Value, interpreter, locationOf(frame, iterable.span));
      if (item === undefined) {
        current = current.slice(0, -1);
        continue;
      }
      assign(interpreter, frame, target, item);
      if (!holds(interpreter, frame, conditions)) continue;
      if (current.length === node.clauses.length) return [interpreter.evaluate(frame, node.element), current];
      current = [...current, open(current.length, frame)];
    }
    return undefined;
  };
  return stepping<Open>('generator', [first], position => {
    try {
      return step(position);
    } catch (error) {
      if (error instanceof UnknownIteration) oneRound(interpreter, frame, node, error.unknown);
      throw error;
    }
  });
}

/** One pass per combination of the clauses' items that meets all conditions. */
function* clause(interpreter: Interpreter, frame: Frame, clauses: readonly ast.ComprehensionClause[], index: number): Generator<undefined> {
  const current = clauses[index];
  if (!current) {
    yield undefined;
    return;
  }
  const scope = index === 0 && frame.outer ? frame.outer : frame;
  const at = locationOf(frame, current.iterable.span);
  for (const item of interpreter.iterate(interpreter.evaluate(scope, current.iterable), at)) {
    interpreter.budget.step();
    assign(interpreter, frame, current.target, item);
    if (holds(interpreter, frame, current.conditions)) yield* clause(interpreter, frame, clauses, index + 1);
  }
}

function holds(interpreter: Interpreter, frame: Frame, conditions: readonly ast.Expression[]): boolean {
  for (const condition of conditions) {
    const truth: boolean | Unknown = interpreter.truth(interpreter.evaluate(frame, condition), locationOf(frame, condition.span));
    if (isUnknown(truth)) throw new UnknownIteration(truth);
    if (!truth) return false;
  }
  return true;
}
