/** Reductions, positions of extremes, losses, determinants. */
import { isUnknown } from '../../../base/unknown';
import { identity } from '../../../ops/identity';
import { linearAlgebra } from '../../../ops/linear-algebra';
import { loss } from '../../../ops/loss';
import { reduce, type ReduceFunction } from '../../../ops/reduce';
import { use, type Answer, type Call, type Operator, type Operators } from '../call';

/** The axes became an input in version 13 (sums) and 18 (the others). Without axes all are reduced, or none where the node says so. */
function reduced(kind: ReduceFunction, opaque = false): Operator {
  return call => {
    const axes = call.numbers('axes', 1);
    const keepDims = call.flag('keepdims', true);
    if (isUnknown(axes)) {
      // As many axes of size 1 as before, wherever they are.
      const rank = call.rank(0);
      return rank === undefined || !keepDims ? axes : use({ op: reduce, attrs: { function: kind, axes: [NaN], keepDims }, inputs: [call.inputs[0]], because: axes, dtypes: [call.dtype(0)] });
    }
    const none = axes === undefined || axes.length === 0;
    if (none && call.flag('noop_with_empty_axes')) return use({ op: identity, attrs: {}, inputs: [call.inputs[0]] });
    return use({ op: reduce, attrs: { function: kind, axes: none ? null : axes, keepDims }, inputs: [call.inputs[0]], dtypes: [call.dtype(0)], ...(opaque ? { opaque } : {}) });
  };
}

function position(kind: 'argmax' | 'argmin'): Operator {
  return call => use({
    op: reduce, attrs: { function: kind, axes: [call.int('axis', 0)], keepDims: call.flag('keepdims', true) }, inputs: [call.inputs[0]], dtypes: ['int64'],
    ...(call.flag('select_last_index') ? { opaque: true } : {}),
  });
}

type Reduction = 'none' | 'mean' | 'sum';

/** The classes are the second axis; the second output keeps the log-probabilities. */
function classLoss(call: Call): Answer {
  const reduction = call.text('reduction', 'mean') as Reduction;
  const scores = call.sizes(0);
  const others = [undefined, call.wants(1) && scores ? call.around.constant(scores, call.dtype(0)) : undefined];
  return use({ op: loss, attrs: { function: call.node.opType, reduction, dropAxis: 'classes' }, inputs: [call.inputs[0], call.inputs[1]], dtypes: [call.dtype(0)], outputs: [0], others });
}

export const reduceOperators: Operators = {
  ReduceSum: reduced('sum'), ReduceMean: reduced('mean'), ReduceMax: reduced('max'), ReduceMin: reduced('min'), ReduceProd: reduced('product'),
  ReduceL1: reduced('absolute-sum'), ReduceL2: reduced('norm'), ReduceLogSum: reduced('sum', true), ReduceLogSumExp: reduced('log-sum-exp'), ReduceSumSquare: reduced('sum-of-squares'),
  ArgMax: position('argmax'), ArgMin: position('argmin'),
  NegativeLogLikelihoodLoss: classLoss, SoftmaxCrossEntropyLoss: classLoss,
  Det: call => use({ op: linearAlgebra, attrs: { function: 'determinant' }, inputs: [call.inputs[0]] }),
};
