/** Copies of what constructors made, as far as PyTorch's own state goes: the registers of a module, the arguments of a layer. */
import type { Replicas } from '../python/tensor-protocol';
import { Cells } from '../python/heap/cells';
import { layAlike } from '../python/tensors/layout';
import type { CallArguments, DictValue, NativeState, Value } from '../python/values';
import { layerState, moduleState, runState, type LayerState, type ModuleState } from './state';

type Copy = (value: Value) => Value;

function moduleCopy(state: ModuleState, copy: Copy): ModuleState | undefined {
  // What a hook holds may be anything.
  if (state.hooks.length > 0 || state.preHooks.length > 0) return undefined;
  const { initialised, nonPersistent, preHooks, hooks, declared, from, node, madeWith, layer } = state;
  return moduleState({
    initialised, nonPersistent, preHooks, hooks, declared, from, node, madeWith: madeWith && argumentsCopy(madeWith, copy), layer: layer && layerCopy(layer, copy),
    modules: copy(state.modules) as DictValue, parameters: copy(state.parameters) as DictValue, buffers: copy(state.buffers) as DictValue,
  });
}

function argumentsCopy({ positional, keywords, at, node, implicit }: CallArguments, copy: Copy): CallArguments {
  return { positional: positional.map(copy), keywords: keywords.length === 0 ? keywords : keywords.map(([name, value]) => [name, copy(value)] as const), at, node, implicit };
}

function layerCopy(layer: LayerState, copy: Copy): LayerState {
  const parameters = new Cells<string, Value>();
  layer.parameters.forEach((value, name) => { parameters.set(name, copy(value)); });
  const { definition, attrs, shapes, misfit, deleted, weightNames, spans } = layer;
  return layerState({ definition, parameters, attrs, shapes, misfit, deleted, weightNames, spans });
}

export const replicas: Replicas = {
  copyState: (state: NativeState, copy: Copy) => (state.tag === 'module' ? moduleCopy(state as ModuleState, copy) : undefined),
  lieAlike: layAlike,
  weightsNumbered: interpreter => runState(interpreter).weights.next,
  numberWeights(interpreter, count) {
    const { weights } = runState(interpreter);
    interpreter.heap.write(weights, 'next', weights.next + count);
  },
};
