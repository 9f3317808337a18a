/** Frames as a program sees them: `inspect.currentframe()`, `frame.f_back`, `frame.f_locals`. */
import type { Frame } from '../environment';
import { birth } from '../heap/cells';
import type { Interpreter } from '../interpreter';
import { dict, dictOfNames, instance, namesOf, none, type InstanceValue, type NativeState, type Value } from '../values';
import { codeOf, moduleCode } from './code-object';
import { namespaceDict } from './namespace';
import { nativeClass, property } from './native';
import { objectClass } from './object';

interface FrameState extends NativeState {
  readonly tag: 'frame';
  /** Those around it, the outermost first, and itself; empty at the top level of a program. */
  readonly frames: readonly Frame[];
}

const framesOf = (self: Value): readonly Frame[] => (self.kind === 'instance' && self.native?.tag === 'frame' ? (self.native as FrameState).frames : []);

const read = (name: string, of: (frame: Frame) => Value, atTop: () => Value): readonly [string, Value] => property(name, self => {
  const frame = framesOf(self).at(-1);
  return frame ? of(frame) : atTop();
});

/** A method's own class is among its names, as it is in Python once it says `super()`. */
function localsOf(frame: Frame): Value {
  const own = frame.owner;
  return own ? dictOfNames([...frame.names, ['__class__', own]]) : namespaceDict(frame.names);
}

export const frameClass = nativeClass('types.FrameType', [objectClass], [
  read('f_locals', localsOf, () => dict()),
  read('f_globals', frame => namespaceDict(frame.module.attributes), () => dict()),
  read('f_code', frame => (frame.function ? codeOf(frame.function) : moduleCode), () => moduleCode),
  property('f_back', self => (framesOf(self).length > 0 ? frameValue(framesOf(self).slice(0, -1)) : none)),
]);

function frameValue(frames: readonly Frame[]): InstanceValue {
  const native: FrameState = { tag: 'frame', born: birth(), frames };
  return instance(frameClass, namesOf(), { native });
}

/** The running function's frame, or that of the function so many calls above it. */
export function currentFrame(interpreter: Interpreter, above = 0): Value {
  const { frames } = interpreter;
  interpreter.traces++;
  return frameValue(frames.slice(0, Math.max(0, frames.length - above)));
}
