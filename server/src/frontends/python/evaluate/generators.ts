/** Generator functions: statements run as a JavaScript generator, so that endless ones stay lazy. */
import { isUnknown } from '../../../base/unknown';
import type { Frame } from '../environment';
import type { Completion, Interpreter } from '../interpreter';
import type * as ast from '../syntax/ast';
import { none, type IteratorValue, type Value } from '../values';
import { assign } from './assign';
import { PythonError } from '../objects/python-error';
import { evaluate } from './expressions';
import { locationOf } from './location';
import { enterContext, exitContext, handlerFor, runStatement } from './statements';

type Run = Generator<Value, Completion, Value>;

export function generatorOf(interpreter: Interpreter, frame: Frame, definition: ast.FunctionDefinition): IteratorValue {
  const steps = block(interpreter, frame, definition.body);
  const resume = (sent: Value): Value | undefined => {
    interpreter.budget.step();
    const step = steps.next(sent);
    return step.done ? undefined : step.value;
  };
  return {
    kind: 'iterator', name: 'generator', next: () => resume(none), send: resume,
    close: () => { steps.return(undefined); },
  };
}

function* block(interpreter: Interpreter, frame: Frame, statements: ast.Block): Run {
  for (const statement of statements) {
    const completion = yield* run(interpreter, frame, statement);
    if (completion !== undefined) return completion;
  }
  return undefined;
}

/** Only statements that may hold a `yield` of this function need their own walk; the rest runs as usual. */
function* run(interpreter: Interpreter, frame: Frame, statement: ast.Statement): Run {
  switch (statement.kind) {
    case 'ExpressionStatement':
      if (statement.value.kind === 'Yield') {
        yield* yielded(interpreter, frame, statement.value);
        return undefined;
      }
      break;
    case 'Assign':
      if (statement.value.kind === 'Yield') {
        const value = yield* yielded(interpreter, frame, statement.value);
        for (const target of statement.targets) assign(interpreter, frame, target, value);
        return undefined;
      }
      break;
    case 'If': {
      const test = interpreter.truth(evaluate(interpreter, frame, statement.test), locationOf(frame, statement.test.span));
      // A generator cannot be forked: an undecidable side is skipped, and the result marked where it is used.
      if (isUnknown(test)) interpreter.gap(test.reason, locationOf(frame, statement.test.span));
      return yield* block(interpreter, frame, test === true ? statement.then : statement.otherwise);
    }
    case 'For': {
      for (const item of interpreter.iterate(evaluate(interpreter, frame, statement.iterable), locationOf(frame, statement.iterable.span))) {
        interpreter.budget.step();
        assign(interpreter, frame, statement.target, item);
        const completion = yield* block(interpreter, frame, statement.body);
        if (completion === 'break') return undefined;
        if (completion !== undefined && completion !== 'continue') return completion;
      }
      return yield* block(interpreter, frame, statement.otherwise);
    }
    case 'While': {
      for (;;) {
        interpreter.budget.step();
        const test = interpreter.truth(evaluate(interpreter, frame, statement.test), locationOf(frame, statement.test.span));
        if (isUnknown(test)) interpreter.gap(test.reason, locationOf(frame, statement.test.span));
        if (test !== true) return yield* block(interpreter, frame, statement.otherwise);
        const completion = yield* block(interpreter, frame, statement.body);
        if (completion === 'break') return undefined;
        if (completion !== undefined && completion !== 'continue') return completion;
      }
    }
    case 'With': {
      const contexts = statement.items.map(item => enterContext(interpreter, frame, item));
      try {
        return yield* block(interpreter, frame, statement.body);
      } finally {
        for (const context of contexts.reverse()) exitContext(interpreter, context, undefined);
      }
    }
    case 'Try': {
      try {
        const completion = yield* block(interpreter, frame, statement.body);
        if (completion !== undefined) return completion;
      } catch (error) {
        const handler = error instanceof PythonError ? handlerFor(interpreter, frame, statement, error) : undefined;
        if (!handler) throw error;
        return yield* block(interpreter, frame, handler.body);
      } finally {
        yield* block(interpreter, frame, statement.finally);
      }
      return yield* block(interpreter, frame, statement.otherwise);
    }
    default: break;
  }
  return runStatement(interpreter, frame, statement);
}

function* yielded(interpreter: Interpreter, frame: Frame, expression: ast.Yield): Generator<Value, Value, Value> {
  const value = expression.value ? evaluate(interpreter, frame, expression.value) : none;
  if (!expression.isFrom) return yield value;
  for (const item of interpreter.iterate(value, locationOf(frame, expression.span))) yield item;
  return none;
}
