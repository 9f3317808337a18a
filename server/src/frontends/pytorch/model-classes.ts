/** Which classes may be models: those with a forward pass of their own that are no variants of a single layer. */
import { isSubclass } from '../python/objects/python-error';
import type { Interpreter } from '../python/interpreter';
import type { ClassValue, FunctionValue } from '../python/values';
import type * as ast from '../python/syntax/ast';
import { needsOnlySelf } from '../python/models/definitions';

/** Classes of the framework that a model may derive from. */
const containers = /\.(Module|Sequential|ModuleList|ModuleDict|Transformer\w*|LightningModule)$/;

/** Without a forward of its own it is a base class, unless it fills a container that has one; derived from a layer, a loss or a container it is a variant of that. */
export function isModelClass(interpreter: Interpreter, cls: ClassValue): boolean {
  if (!isSubclass(cls, interpreter.libraryClass('torch.nn.Module'))) return false;
  const fillsItself = isSubclass(cls, interpreter.libraryClass('torch.nn.Sequential')) && interpreter.lookupClass(cls, '__init__')?.kind === 'function';
  if (!hasForward(interpreter, cls) && !fillsItself) return false;
  return isOwnKind(cls);
}

/** One of the program's own that does something. */
export function hasForward(interpreter: Interpreter, cls: ClassValue): boolean {
  const forward = interpreter.lookupClass(cls, 'forward');
  if (forward?.kind !== 'function') return false;
  const { body } = forward.definition;
  return !(Array.isArray(body) && body.at(-1)?.kind === 'Raise' && body.every(isEmpty));
}

function isEmpty({ kind }: ast.Statement, index: number, body: readonly ast.Statement[]): boolean {
  return kind === 'Pass' || (kind === 'ExpressionStatement' && index === 0) || (kind === 'Raise' && index === body.length - 1);
}

/** No variant of a layer, a loss or a container. */
export function isOwnKind(cls: ClassValue): boolean {
  return cls.mro.every(base => !base.isNative || base.qualifiedName === 'builtins.object' || !/\bnn\b/.test(base.qualifiedName) || containers.test(base.qualifiedName));
}

/** The constructor whose arguments have to be given; undefined when it needs none. One that hands everything on is asked what its base demands. */
export function demandsOf(interpreter: Interpreter, cls: ClassValue): FunctionValue | undefined {
  for (const [index, base] of cls.mro.entries()) {
    const init = base.attributes.get('__init__');
    if (init?.kind !== 'function') {
      if (init !== undefined) return undefined;
      continue;
    }
    if (!needsOnlySelf(init)) return init;
    const handsOn = init.definition.parameters.some(({ form }) => form === '*') && init.definition.parameters.some(({ form }) => form === '**');
    if (!handsOn || index === cls.mro.length - 1) return undefined;
  }
  return undefined;
}

/** Whether it can be made with nothing, as far as its signature tells. */
export function buildsWithoutArguments(interpreter: Interpreter, cls: ClassValue): boolean {
  return interpreter.lookupClass(cls, '__init__') !== undefined && demandsOf(interpreter, cls) === undefined;
}

/** That nothing has to be given does not mean that nothing is meant to be: `def __init__(self, *dims)`. */
export function takesAnything(interpreter: Interpreter, cls: ClassValue): boolean {
  const init = interpreter.lookupClass(cls, '__init__');
  return init?.kind === 'function' && init.definition.parameters.some(({ form, name }) => form === '*' && name !== '');
}
