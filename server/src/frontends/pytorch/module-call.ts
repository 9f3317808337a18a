/** Calling a module: hooks, `forward`, and the path under which operators are recorded meanwhile. */
import type { ModuleCall } from '../../graph/graph';
import { tensorsGiven } from '../python/models/tensors-given';
import type { Interpreter } from '../python/interpreter';
import { dictOfNames, tuple, type CallArguments, type InstanceValue, type Value } from '../python/values';
import { pathOf } from './module-walk';
import { isModule, addRootCall, runState, type Hook, type ModuleInstance } from './state';

export function callModule(interpreter: Interpreter, self: InstanceValue, args: CallArguments): Value {
  if (!isModule(self) || !self.native.initialised) {
    return interpreter.raise('AttributeError', `'${self.cls.name}' object has no attribute '_forward_hooks': \`super().__init__()\` was not called`, args.at);
  }
  const state = runState(interpreter);
  if (state.callDepth === 0 && !interpreter.builder.recording) addRootCall(interpreter, { module: self, args: { ...args, positional: args.positional.filter(value => value !== self) } });
  if (state.callDepth === 0 && !interpreter.builder.recording) interpreter.loops.noticeModel();
  state.watch?.(self, args);
  state.callDepth++;
  const { builder } = interpreter;
  const previous = interpreter.currentPath;
  const parent = builder.within;
  interpreter.currentPath = pathOf(interpreter, self) ?? previous;
  const call = builder.recording && state.callDepth > 1 && runsOthers(self) ? openCall(interpreter, self, args) : undefined;
  if (call) builder.within = call;
  try {
    const { preHooks, hooks } = self.native;
    let passed = args;
    for (const hook of [...state.preHooks, ...preHooks]) passed = runPreHook(interpreter, hook, self, passed);
    let result = interpreter.call(interpreter.attribute(self, 'forward', args.at), passed);
    for (const hook of [...state.hooks, ...hooks]) {
      const replaced = interpreter.callWith(
        hook.callee,
        hook.withKeywords ? [self, tuple(passed.positional), dictOfNames(passed.keywords), result] : [self, tuple(passed.positional), result],
        args.at,
      );
      if (replaced.kind !== 'none' && replaced.kind !== 'unknown') result = replaced;
    }
    if (call) call.outputs = tensorsGiven(result);
    return result;
  } finally {
    builder.within = parent;
    interpreter.currentPath = previous;
    state.callDepth--;
  }
}

/** A layer of the tables is a row by itself. */
function runsOthers({ native: { layer } }: ModuleInstance): boolean {
  return layer === undefined || layer.definition.hasChildren;
}

function openCall({ builder, currentPath }: Interpreter, { cls, native: { declared } }: ModuleInstance, { at, positional }: CallArguments): ModuleCall {
  return {
    type: cls.name, ...(cls.at ? { defined: cls.at } : {}), path: currentPath, site: { declared, applied: at, argument: {} }, parent: builder.within,
    inputs: tensorsGiven(tuple(positional)), outputs: [],
  };
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
