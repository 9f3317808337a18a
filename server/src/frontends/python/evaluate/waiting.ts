/** Statements and expressions of a generator in which a `yield` stands: what comes before it is worked out, then the generator waits. */
import { isUnknown } from '../../../base/unknown';
import type { Frame } from '../environment';
import type { Completion, Interpreter } from '../interpreter';
import { advance } from '../objects/advance';
import { knownIterOf, nextOf } from '../objects/iteration';
import type * as ast from '../syntax/ast';
import { none, type Sent, type Value } from '../values';
import { locationOf } from './location';
import { suspend } from './suspension';
import { holdsYield, partsOf, withHeads, withParts } from './yields';

type Then = (value: Value) => Completion;

/** Works out the heads of a statement, and goes on with their values in their place. */
export function runWaiting(interpreter: Interpreter, frame: Frame, statement: ast.Statement, run: (statement: ast.Statement) => Completion): Completion {
  const heads: ast.Expression[] = [];
  withHeads(statement, head => {
    heads.push(head);
    return head;
  });
  return settle(interpreter, frame, heads, settled => {
    let next = 0;
    return run(withHeads(statement, head => settled[next++] ?? head));
  });
}

/** The value of an expression, when it is there. */
export function evaluateWaiting(interpreter: Interpreter, frame: Frame, node: ast.Expression, then: Then): Completion {
  if (!holdsYield(node)) return then(interpreter.evaluate(frame, node));
  switch (node.kind) {
    case 'Yield':
      return node.value === undefined ? suspend(none, then)
        : evaluateWaiting(interpreter, frame, node.value, value => (node.isFrom ? delegate(interpreter, frame, node, value, then) : suspend(value, then)));
    case 'Boolean': return chain(interpreter, frame, node, 0, then);
    case 'Conditional':
      return evaluateWaiting(interpreter, frame, node.test, value => {
        const test = interpreter.truth(value, locationOf(frame, node.test.span));
        // Where the condition is not known, only a side that does not wait can be tried beside the other.
        if (isUnknown(test)) return then(interpreter.evaluate(frame, { ...node, test: { kind: 'Evaluated', span: node.test.span, value: test } }));
        return evaluateWaiting(interpreter, frame, test ? node.then : node.otherwise, then);
      });
    default: {
      const parts = partsOf(node);
      return settle(interpreter, frame, parts, settled => {
        let next = 0;
        return then(interpreter.evaluate(frame, withParts(node, part => settled[next++] ?? part)));
      });
    }
  }
}

/** Replaces expressions by their values, up to the last one in which a `yield` stands; those behind it are worked out where they belong. */
function settle(interpreter: Interpreter, frame: Frame, parts: readonly ast.Expression[], then: (settled: readonly ast.Expression[]) => Completion): Completion {
  const last = parts.findLastIndex(holdsYield);
  const from = (index: number, settled: readonly ast.Expression[]): Completion => {
    const part = parts[index];
    if (!part || index > last) return then([...settled, ...parts.slice(index)]);
    return evaluateWaiting(interpreter, frame, part, value => from(index + 1, [...settled, { kind: 'Evaluated', span: part.span, value }]));
  };
  return from(0, []);
}

function chain(interpreter: Interpreter, frame: Frame, node: ast.BooleanChain, index: number, then: Then): Completion {
  const operand = node.operands[index];
  if (!operand) return then(none);
  return evaluateWaiting(interpreter, frame, operand, value => {
    if (index === node.operands.length - 1) return then(value);
    const truth = interpreter.truth(value, locationOf(frame, operand.span));
    return isUnknown(truth) ? then(truth) : truth === (node.operator === 'or') ? then(value) : chain(interpreter, frame, node, index + 1, then);
  });
}

/** `yield from`: hands on what the inner one gives, and to it what is sent, until it ends with its result. */
function delegate(interpreter: Interpreter, frame: Frame, node: ast.Yield, value: Value, then: Then): Completion {
  const at = locationOf(frame, node.span);
  const inner = knownIterOf(value, interpreter, at);
  const step = (sent: Sent): Completion => {
    interpreter.budget.step();
    const item = inner.kind === 'iterator' && inner.name === 'generator' ? advance(inner, interpreter, sent) : ('error' in sent ? raise(sent.error) : nextOf(inner, interpreter, at));
    if (item === undefined) return then(inner.kind === 'iterator' ? (inner.result ?? none) : none);
    return { kind: 'suspended', value: item, resume: step };
  };
  return step({ value: none });
}

function raise(error: Error): never {
  throw error;
}
