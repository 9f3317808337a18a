/** `exec(text, globals, locals)`: statements written as text, run over the names given or the caller's own. */
import type { Location } from '../../../base/span';
import { unknown } from '../../../base/unknown';
import { innerFrame, type Frame } from '../environment';
import type { Interpreter } from '../interpreter';
import { parseWritten } from '../syntax/cache';
import { namesOf, none, str, type Value } from '../values';

function namesIn(value: Value | undefined): readonly (readonly [string, Value])[] {
  return value?.kind === 'dict' ? [...value.entries.values()].flatMap(({ key, value: item }) => (key.kind === 'str' ? [[key.value, item] as const] : [])) : [];
}

export function execute(interpreter: Interpreter, frame: Frame, args: readonly (Value | undefined)[], at: Location): Value {
  const [source, globals, locals = globals] = args;
  if (source?.kind !== 'str') return unknown('`exec` of text that is not known', at);
  const { body } = parseWritten(source.value);
  if (locals?.kind !== 'dict') {
    interpreter.runBlock({ ...frame, scope: undefined }, body);
    return none;
  }
  const before = new Map([...namesIn(globals), ...namesIn(locals)]);
  const names = namesOf(before);
  interpreter.runBlock(innerFrame(frame, names, { kind: 'function', outer: undefined, scope: undefined }), body);
  for (const [name, value] of names) if (before.get(name) !== value) interpreter.heap.setEntry(locals, str(name), value);
  return none;
}
