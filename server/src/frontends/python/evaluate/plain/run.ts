/**
 * Loops over numbers and nothing else: tables of relative positions, of anchors, of sines. They are made into functions over plain numbers, which run some
 * fifty times as fast as the tree. Whatever they write is kept aside until the last round; where something else comes up, it is forgotten, and the loop runs as usual.
 */
import type { Frame } from '../../environment';
import type { Interpreter } from '../../interpreter';
import { PythonError } from '../../objects/python-error';
import type * as ast from '../../syntax/ast';
import { rangeLength, type Value } from '../../values';
import { NotPlain, valueOf } from './kinds';
import { Scope } from './scope';
import { over } from './statements';
import { namesBound } from './syntax';

/** Fewer rounds are not worth the making, unless there are loops inside. */
const fewestRounds = { nested: 4, alone: 16 };

/** True: it has run to its end. */
export function runPlainly(interpreter: Interpreter, frame: Frame, statement: ast.For, iterable: Value): boolean {
  const rounds = iterable.kind === 'range' ? rangeLength(iterable) : iterable.kind === 'list' || iterable.kind === 'tuple' ? iterable.items.length : 0;
  if (rounds < fewestRounds.nested) return false;
  const syntax = namesBound(statement);
  if (!syntax || (!syntax.isNested && rounds < fewestRounds.alone) || !isLocal(frame, syntax.names)) return false;
  const scope = new Scope(interpreter, frame, syntax.names);
  try {
    const run = over(scope, statement, iterable);
    if (!run) return false;
    run();
    scope.commit((name, type, plain) => { interpreter.heap.set(frame.names, name, valueOf(type, plain)); });
    return true;
  } catch (error) {
    // An error of the program comes up again, in its own round.
    if (error instanceof NotPlain || error instanceof PythonError) return false;
    throw error;
  }
}

/** What the loop binds are names of the frame that runs it. */
function isLocal({ kind, scope }: Frame, names: ReadonlySet<string>): boolean {
  if (kind === 'comprehension' || kind === 'class') return false;
  if (!scope) return true;
  for (const name of names) if (scope.globals.has(name) || scope.nonlocals.has(name)) return false;
  return true;
}
