/** Lazy layers learn a size from their first input and are the ordinary layer from then on. */
import { isUnknown, unknown } from '../../../base/unknown';
import type { Shape } from '../../../tensor/shape';
import { int, type Value } from '../../python/values';
import type { LayerCall } from '../state';

/** Which axis of the input tells the size, by its shape. */
type AxisOf = (shape: Shape) => number;

export const lazySize: Value = unknown('a lazy layer learns its size on its first call');

export function lazyCall(ordinary: string, axisOf: AxisOf): LayerCall {
  return ({ self, parameters }, args, interpreter) => {
    const input = args.positional[0] ?? args.keywords[0]?.[1];
    if (input?.kind !== 'tensor' || isUnknown(input.tensor.shape)) return interpreter.gap('the input of a lazy layer is not known', args.at);
    const size = input.tensor.shape[axisOf(input.tensor.shape)] ?? 0;
    const training = self.attributes.get('training');
    interpreter.heap.write(self, 'cls', interpreter.libraryClass(ordinary));
    interpreter.call(interpreter.attribute(self, '__init__', args.at), { positional: [isUnknown(size) ? size : int(size)], keywords: Object.entries(parameters), at: self.native.declared });
    if (training) interpreter.heap.set(self.attributes, 'training', training);
    return interpreter.call(interpreter.attribute(self, 'forward', args.at), args);
  };
}

/** The channels of an input with or without a batch axis. */
export const channelAxis = (spatialRank: number): AxisOf => shape => (shape.length === spatialRank + 2 ? 1 : 0);

export const lazyOptions = (ordinary: string, axisOf: AxisOf, optional: readonly string[] = [
  'weight', 'bias',
]): { base: string; call: LayerCall; weights: () => readonly []; buffers: () => readonly []; optional: readonly string[] } =>
  ({ base: ordinary, call: lazyCall(ordinary, axisOf), weights: () => [], buffers: () => [], optional });
