/** Generators: a function body run by the ordinary statements, from one `yield` to the next. */
import type { Frame } from '../environment';
import type { Completion, Interpreter } from '../interpreter';
import type * as ast from '../syntax/ast';
import { none, stepping, type IteratorValue, type Sent } from '../values';
import { isSuspended, received } from './suspension';

type Resume = (sent: Sent) => Completion;

/** The position of a generator is what goes on from there. */
export function generatorOf(interpreter: Interpreter, frame: Frame, definition: ast.FunctionDefinition): IteratorValue {
  const begin: Resume = sent => {
    received(sent);
    return interpreter.runBlock(frame, definition.body);
  };
  const generator: IteratorValue = stepping<Resume>('generator', begin, (resume, sent = { value: none }) => {
    interpreter.budget.step();
    interpreter.budget.enter();
    const noted = interpreter.departures.mark;
    try {
      const completion = resume(sent);
      if (isSuspended(completion)) return [completion.value, completion.resume];
      if (typeof completion === 'object') interpreter.heap.write(generator, 'result', completion.value);
      return undefined;
    } finally {
      interpreter.departures.arrive(noted, ({ exit }) => exit !== 'raise');
      interpreter.budget.leave();
    }
  });
  return generator;
}
