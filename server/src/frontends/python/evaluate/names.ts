/** Reading and writing names by Python's scope rules. */
import type { Frame } from '../environment';
import type { Interpreter } from '../interpreter';
import type { Names, Value } from '../values';

export function findName(interpreter: Interpreter, frame: Frame, name: string): Value | undefined {
  for (let current: Frame | undefined = frame; current; current = current.outer) {
    // Names of a class body are those of its own statements alone: a comprehension in it sees past them.
    if (current !== frame && current.kind === 'class') continue;
    const value = current.names.get(name);
    if (value !== undefined) return value;
  }
  return frame.module.attributes.get(name) ?? interpreter.findBuiltin(name);
}

export function writeName(interpreter: Interpreter, frame: Frame, name: string, value: Value): void {
  interpreter.heap.set(namesFor(frame, name), name, value);
}

export function deleteName(interpreter: Interpreter, frame: Frame, name: string): void {
  interpreter.heap.delete(namesFor(frame, name), name);
}

function namesFor(frame: Frame, name: string): Names {
  if (frame.scope?.globals.has(name)) return frame.module.attributes;
  if (frame.scope?.nonlocals.has(name)) {
    for (let outer = frame.outer; outer; outer = outer.outer) {
      if (outer.kind !== 'class' && outer.names.has(name)) return outer.names;
    }
  }
  return frame.names;
}
