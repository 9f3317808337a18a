/** Masks of sequences: made by `Embedding(mask_zero=True)`, `Masking` and `compute_mask`, handed on by the layers in between. */
import { isUnknown } from '../../base/unknown';
import type { Interpreter } from '../python/interpreter';
import { newTensor } from '../python/tensor-value';
import { boolOf } from '../python/convert';
import { none, type CallArguments, type TensorValue, type Value } from '../python/values';
import { runState, type KerasInstance } from './state';
import { tensorsIn, tensorsInCall } from './structures';

export function maskOf(interpreter: Interpreter, value: Value | undefined): TensorValue | undefined {
  const [tensor] = value ? tensorsIn(value) : [];
  return tensor && runState(interpreter).masks.get(tensor);
}

/** A copy stands for the same data. */
export function copyMask(interpreter: Interpreter, from: TensorValue, to: TensorValue): void {
  const { masks } = runState(interpreter);
  const mask = masks.get(from);
  if (mask) interpreter.heap.set(masks, to, mask);
}

/** Gives what a layer returned its mask. */
export function passMask(interpreter: Interpreter, self: KerasInstance, args: CallArguments, result: Value): void {
  const [output] = tensorsIn(result);
  if (!output || runState(interpreter).masks.has(output)) return;
  const mask = maskAfter(interpreter, self, args, output);
  if (mask) interpreter.heap.set(runState(interpreter).masks, output, mask);
}

function maskAfter(interpreter: Interpreter, self: KerasInstance, args: CallArguments, output: TensorValue): TensorValue | undefined {
  const compute = interpreter.lookupClass(self.cls, 'compute_mask');
  const [input] = tensorsInCall(args);
  const known = input && maskOf(interpreter, input);
  if (compute?.kind === 'function') {
    const { recording } = interpreter.builder;
    interpreter.builder.recording = false;
    try {
      const made = interpreter.callMethod(self, 'compute_mask', [args.positional[0] ?? none, known ?? none], args.at);
      return made.kind === 'tensor' ? made : undefined;
    } finally {
      interpreter.builder.recording = recording;
    }
  }
  const type = self.native.definition?.name;
  if ((type === 'keras.layers.Embedding' && boolOf(self.native.parameters.get('mask_zero'))) || type === 'keras.layers.Masking') {
    const shape = input?.tensor.shape;
    if (shape && !isUnknown(shape)) return newTensor(interpreter, type.endsWith('Masking') ? shape.slice(0, -1) : shape, 'bool');
  }
  return known && fits(known, output) ? known : undefined;
}

/** It goes on while batch and steps stay what they are. */
function fits(mask: TensorValue, output: TensorValue): boolean {
  const [from, to] = [mask.tensor.shape, output.tensor.shape];
  return !isUnknown(from) && !isUnknown(to) && to.length > from.length && from.every((dim, axis) => dim === to[axis]);
}
