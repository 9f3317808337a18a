/** Rows for what is not followed: constants, calls without effect, results and objects that only a run could tell. */
import { stringOf } from '../../python/convert';
import type { Interpreter } from '../../python/interpreter';
import { entry, type LibraryEntry } from '../../python/library';
import { cls, rawMethod } from '../../python/objects/native-class';
import { native, none, notImplemented, type CallArguments, type InstanceValue, type Value } from '../../python/values';

export const constant = (name: string, value: Value): LibraryEntry => entry(name, () => value);
export const answers = (name: string, value: Value): LibraryEntry => constant(name, native(name, () => value));
export const nothing = (name: string): LibraryEntry => answers(name, none);

function holdsActivation(value: Value): boolean {
  if (value.kind === 'tensor') return value.tensor.origin === 'activation';
  return (value.kind === 'list' || value.kind === 'tuple') && value.items.some(holdsActivation);
}

/** The result of something that only a run can tell; with feature maps among its arguments it is a gap in the forward pass. */
function unknownResult(reason: string, args: CallArguments, interpreter: Interpreter): Value {
  const takesTensor = [...args.positional, ...args.keywords.map(([, value]) => value)].some(holdsActivation);
  return takesTensor ? interpreter.gap(reason, args.at) : { kind: 'unknown', reason, at: args.at };
}

export const open = (name: string, reason = `the result of \`${name}\` is not known without running it`): LibraryEntry =>
  constant(name, native(name, (args, interpreter) => unknownResult(reason, args, interpreter)));

/** `@f`, `@f()` and `f(function)` all give the function back. */
export const decorator = (name: string): LibraryEntry => constant(name, native(name, ({ positional: [first] }) => {
  const isCallable = first?.kind === 'function' || first?.kind === 'native' || first?.kind === 'method' || first?.kind === 'class' || first?.kind === 'staticmethod' || first?.kind === 'classmethod';
  return isCallable ? first : native(name, ({ positional: [wrapped = none] }) => wrapped);
}));

/** `with f(…):` and `@f(…)` that change nothing. */
export const context = (name: string): LibraryEntry => cls(name, {
  attributes: [
    rawMethod('__init__', () => none), rawMethod('__enter__', self => self), rawMethod('__exit__', () => none),
    rawMethod('__call__', (_self, { positional: [wrapped = none] }) => wrapped),
    ...['step', 'start', 'stop', 'export_chrome_trace', 'synchronize', 'wait', 'record', 'wait_stream', 'record_event', 'add_metadata'].map(method => rawMethod(method, () => none)),
    rawMethod('__getattr__', unknownAttribute),
  ],
});

export function unknownAttribute(self: InstanceValue, { positional: [name], at }: CallArguments): Value {
  const text = stringOf(name) ?? '';
  if (text.startsWith('__')) return notImplemented;
  return { kind: 'unknown', reason: `\`${self.cls.name}.${text}\` is not known without running it`, at };
}

/** A class whose instances only keep their arguments' names; anything asked of them is unknown. */
export const vague = (name: string, ...bases: readonly string[]): LibraryEntry => cls(name, {
  ...(bases.length > 0 ? { bases } : {}),
  attributes: [rawMethod('__init__', () => none), rawMethod('__getattr__', unknownAttribute), subscripted],
});

export const subscripted: readonly [string, Value] = ['__class_getitem__', { kind: 'classmethod', callee: native('__class_getitem__', ({ positional: [owner = none] }) => owner) }];

export const doNothing = (names: readonly string[]): readonly (readonly [string, Value])[] => names.map(name => rawMethod(name, () => none));
