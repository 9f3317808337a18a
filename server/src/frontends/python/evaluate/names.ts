/** Reading and writing names by Python's scope rules. */
import type { Location } from '../../../base/span';
import type { Frame } from '../environment';
import type { Interpreter } from '../interpreter';
import type { Value } from '../values';

export function readName(interpreter: Interpreter, frame: Frame, name: string, at: Location): Value {
  const found = findName(interpreter, frame, name);
  return found ?? interpreter.raise('NameError', `name '${name}' is not defined`, at);
}

export function findName(interpreter: Interpreter, frame: Frame, name: string): Value | undefined {
  for (let current: Frame | undefined = frame; current; current = current.outer) {
    const value = current.names.get(name);
    if (value !== undefined) return value;
  }
  return frame.module.attributes.get(name) ?? interpreter.findBuiltin(name);
}

export function writeName(interpreter: Interpreter, frame: Frame, name: string, value: Value): void {
  const names = namesFor(frame, name);
  touchNames(interpreter, frame, names);
  names.set(name, value);
}

export function deleteName(interpreter: Interpreter, frame: Frame, name: string): void {
  const names = namesFor(frame, name);
  touchNames(interpreter, frame, names);
  names.delete(name);
}

function touchNames(interpreter: Interpreter, frame: Frame, names: Map<string, Value>): void {
  const isYoung = names === frame.names && frame.journal !== undefined && frame.journal === interpreter.journal;
  if (!isYoung) interpreter.touch(names);
}

function namesFor(frame: Frame, name: string): Map<string, Value> {
  if (frame.scope?.globals.has(name)) return frame.module.attributes;
  if (frame.scope?.nonlocals.has(name)) {
    for (let outer = frame.outer; outer; outer = outer.outer) {
      if (outer.kind !== 'class' && outer.names.has(name)) return outer.names;
    }
  }
  return frame.names;
}
