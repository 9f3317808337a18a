/** Frames of running functions. */
import type { Location } from '../../base/span';
import { birth, type Born } from './heap/cells';
import type * as ast from './syntax/ast';
import type { ClassValue, FunctionValue, ModuleValue, Names, Value } from './values';

/** A call as it stands in the source. */
export interface Calling {
  readonly at: Location;
  readonly node: ast.Call | undefined;
}

export interface Frame extends Born {
  readonly kind: 'module' | 'function' | 'class' | 'comprehension';
  readonly names: Names;
  /** Of a generator's own body: its statements may wait. */
  readonly isGenerator: boolean;
  readonly module: ModuleValue;
  /** The frame of the enclosing function or comprehension (class frames are skipped by nested functions, as in Python). */
  readonly outer: Frame | undefined;
  readonly scope: ast.ScopeNames | undefined;
  readonly function: FunctionValue | undefined;
  /** The class whose method runs here, and its first argument: what `super()` needs. */
  readonly owner: ClassValue | undefined;
  readonly self: Value | undefined;
  /** Values returned under a condition that is not known; joined with the function's last one. */
  readonly maybeReturned: readonly Value[] | undefined;
  /** The call that runs it; absent outside of functions. */
  readonly call?: Calling;
  /** The exception an `except` block handles, for a bare `raise`. */
  readonly handling: Value | undefined;
}

/** A frame within another, with names of its own. */
export function innerFrame(outer: Frame, names: Names, more: Partial<Frame>): Frame {
  return { ...outer, names, isGenerator: false, born: birth(), ...more };
}

/** In which the statements of a module run. */
export function moduleFrame(module: ModuleValue): Frame {
  return {
    kind: 'module', names: module.attributes, module, outer: undefined, scope: undefined, function: undefined,
    owner: undefined, self: undefined, maybeReturned: undefined, handling: undefined, born: module.born, isGenerator: false,
  };
}
