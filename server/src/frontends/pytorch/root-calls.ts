/** Calls of tools that are given a model and its inputs: they tell what to analyse, as a call of the model itself would. */
import type { DType } from '../../tensor/dtype';
import type { Shape } from '../../tensor/shape';
import { itemsOf } from '../python/convert';
import type { Interpreter } from '../python/interpreter';
import type { CallArguments, Value } from '../python/values';
import { dtypeOf, shapeOf } from './dtypes';
import { addRootCall, isModule, runState } from './state';
import { newTensor } from '../python/tensor-value';

/** Remembers that the model is meant to be called like this; inside another model's forward pass it says nothing. */
export function noteRootCall(interpreter: Interpreter, model: Value, positional: readonly Value[], keywords: CallArguments['keywords'], args: CallArguments): void {
  const state = runState(interpreter);
  if (!isModule(model) || state.callDepth > 0 || interpreter.builder.recording || positional.length + keywords.length === 0) return;
  addRootCall(interpreter, { module: model, args: { positional, keywords, at: args.at } });
}

/** `x`, `(x, y)` or `[x, y]`; a dict at the end of a tuple holds keyword arguments. */
export function noteRootInputs(interpreter: Interpreter, model: Value, inputs: Value, args: CallArguments): void {
  if (inputs.kind === 'none' || inputs.kind === 'unknown') return;
  if (inputs.kind === 'dict') {
    noteRootCall(interpreter, model, [], keywordsOf(inputs), args);
    return;
  }
  const items = inputs.kind === 'tuple' || inputs.kind === 'list' ? inputs.items : [inputs];
  const last = items[items.length - 1];
  if (last?.kind === 'dict' && items.length > 1) noteRootCall(interpreter, model, items.slice(0, -1), keywordsOf(last), args);
  else noteRootCall(interpreter, model, items, [], args);
}

function keywordsOf(value: Value & { kind: 'dict' }): CallArguments['keywords'] {
  return [...value.entries.values()].flatMap(({ key, value: item }) => (key.kind === 'str' ? [[key.value, item] as const] : []));
}

/** One shape, or a list of them; undefined when it is neither. */
export function shapesOf(value: Value): readonly Shape[] | undefined {
  const items = itemsOf(value);
  if (!items || items.length === 0) return undefined;
  if (items.every(item => item.kind === 'int' || item.kind === 'float' || item.kind === 'unknown')) return [shapeOf(items)];
  const shapes = items.flatMap(item => shapesOf(item) ?? []);
  return shapes.length === items.length ? shapes : undefined;
}

/** Inputs of the stated shapes; `batch` is put before each. */
export function noteRootShapes(interpreter: Interpreter, model: Value, sizes: Value, args: CallArguments, options: { readonly batch?: number; readonly dtypes?: Value } = {}): void {
  const shapes = shapesOf(sizes);
  if (!shapes) return;
  const types = options.dtypes ? itemsOf(options.dtypes) : undefined;
  const typeAt = (index: number): DType => dtypeOf(types?.[index] ?? types?.[0]) ?? 'float32';
  const tensors = shapes.map((shape, i) => newTensor(interpreter, options.batch === undefined ? shape : [options.batch, ...shape], typeAt(i)));
  noteRootCall(interpreter, model, tensors, [], args);
}
