/** Calling a module: hooks, `forward`, and the path under which operators are recorded meanwhile. */
import type { Interpreter } from '../python/interpreter';
import { dictOfNames, tuple, type CallArguments, type InstanceValue, type Value } from '../python/values';
import { pathOf } from './module-walk';
import { isModule, addRootCall, runState, type Hook } from './state';

export function callModule(interpreter: Interpreter, self: InstanceValue, args: CallArguments): Value {
  if (!isModule(self) || !self.native.initialised) {
    return interpreter.raise('AttributeError', `'${self.cls.name}' object has no attribute '_forward_hooks': \`super().__init__()\` was not called`, args.at);
  }
  const state = runState(interpreter);
  if (state.callDepth === 0 && !interpreter.builder.recording) addRootCall(interpreter, { module: self, args: { ...args, positional: args.positional.filter(value => value !== self) } });
  if (state.callDepth === 0 && !interpreter.builder.recording) interpreter.loops.noticeModel();
  state.callDepth++;
  const previous = interpreter.currentPath;
  interpreter.currentPath = pathOf(interpreter, self) ?? previous;
  try {
    const { preHooks, hooks } = self.native;
    let passed = args;
    for (const hook of preHooks) passed = runPreHook(interpreter, hook, self, passed);
    let result = interpreter.call(interpreter.attribute(self, 'forward', args.at), passed);
    for (const hook of hooks) {
      const replaced = interpreter.callWith(
        hook.callee,
        hook.withKeywords ? [self, tuple(passed.positional), dictOfNames(passed.keywords), result] : [self, tuple(passed.positional), result],
        args.at,
      );
      if (replaced.kind !== 'none' && replaced.kind !== 'unknown') result = replaced;
    }
    return result;
  } finally {
    interpreter.currentPath = previous;
    state.callDepth--;
  }
}

function runPreHook(interpreter: Interpreter, hook: Hook, self: InstanceValue, args: CallArguments): CallArguments {
  const inputs = tuple(args.positional);
  const replaced = interpreter.callWith(hook.callee, hook.withKeywords ? [self, inputs, dictOfNames(args.keywords)] : [self, inputs], args.at);
  if (replaced.kind === 'none' || replaced.kind === 'unknown') return args;
  if (!hook.withKeywords) return { ...args, node: undefined, positional: replaced.kind === 'tuple' ? replaced.items : [replaced] };
  const [positional, keywords] = replaced.kind === 'tuple' ? replaced.items : [];
  if (positional?.kind !== 'tuple' || keywords?.kind !== 'dict') {
    return interpreter.raise('RuntimeError', 'forward pre-hook must return None or a tuple of (new_args, new_kwargs), but got something else', args.at);
  }
  return { ...args, node: undefined, positional: positional.items, keywords: [...keywords.entries.values()].flatMap(({ key, value }) => (key.kind === 'str' ? [[key.value, value] as const] : [])) };
}
