/** What Caffe's layers check before they run (their CHECKs), by layer type. Source: github.com/BVLC/caffe, src/caffe/layers/*.cpp. */
import type { Span } from '../../base/span';
import { product, type Sizes } from '../../tensor/shape';
import type { LayerCall } from './layer';
import type { Parameters } from './parameters';

/** What a demand asks a layer: all parameter messages by name, as plain fields. */
interface Asked {
  readonly p: Parameters<string>;
  readonly inputs: readonly (Sizes | undefined)[];
}

interface Demand {
  /** Fields that are at fault, the first that is written; none: the bottoms. */
  readonly fields?: readonly string[];
  /** Undefined: it is met, or nobody can tell. */
  readonly broken: (asked: Asked) => string | undefined;
}

const known = (...sizes: readonly number[]): boolean => sizes.every(size => Number.isFinite(size));

/** `kernel_size` once or once for each axis, and not together with `kernel_h` and `kernel_w`. */
function perAxis(name: string, sides: readonly string[]): Demand {
  return {
    fields: [name],
    broken: ({ p, inputs: [input] }) => {
      const count = p.ints(name, -Infinity).length;
      const rank = input ? input.length - 2 : NaN;
      if (count > 0 && sides.some(side => p.has(side))) return `either \`${name}\` or \`${sides.join('` and `')}\` should be specified, not both`;
      return count > 1 && known(rank) && count !== rank ? `\`${name}\` must be specified once, or once per spatial dimension (\`${name}\` specified ${count} times; ${rank} spatial dims)` : undefined;
    },
  };
}

const windows: readonly Demand[] = [
  perAxis('kernel_size', ['kernel_h', 'kernel_w']), perAxis('stride', ['stride_h', 'stride_w']), perAxis('pad', ['pad_h', 'pad_w']), perAxis('dilation', []),
];

/** Windows that begin in the padding would see nothing of the map. */
const padBelowKernel: Demand = {
  fields: ['pad', 'pad_h', 'pad_w'],
  broken: ({ p }) => {
    if (p.flag('global_pooling', false)) return undefined;
    const side = (of: string): readonly [number, number] => [p.int(`pad_${of}`, p.int('pad', 0)), p.int(`kernel_${of}`, p.int('kernel_size', NaN, 1), 1)];
    return [side('h'), side('w')].some(([pad, kernel]) => known(pad, kernel) && pad >= kernel) ? 'the padding must be smaller than the kernel' : undefined;
  },
};

const axisOf = (axis: number, rank: number): number => (axis < 0 ? axis + rank : axis);

/** The second bottom, or as many axes as are asked for, lie on the first one's axes from `axis` on. */
const alongAxes: Demand = {
  fields: ['axis', 'num_axes'],
  broken: ({ p, inputs: [input, operand] }) => {
    if (!input) return undefined;
    const axis = axisOf(p.axis('axis', 1), input.length);
    if (!operand) {
      const count = p.axis('num_axes', 1);
      return count >= 0 && axis + count > input.length ? `its ${count} axes from axis ${axis} on extend past the bottom's ${input.length}` : undefined;
    }
    if (axis + operand.length > input.length) return `the second bottom's shape extends past the first one's when applied starting with axis ${axis}`;
    const clash = operand.findIndex((size, i) => known(size, input[axis + i] ?? NaN) && size !== input[axis + i]);
    return clash < 0 ? undefined : `dimension mismatch between axis ${axis + clash} of the first bottom (${input[axis + clash]}) and axis ${clash} of the second (${operand[clash]})`;
  },
};

const coefficients: Demand = {
  fields: ['coeff'],
  broken: ({ p, inputs }) => {
    const count = p.numbers('coeff').length;
    if (count === 0) return undefined;
    if (p.choice('operation', ['PROD', 'SUM', 'MAX'], 'SUM') === 'PROD') return 'Eltwise takes coefficients for sums only';
    return count === inputs.length ? undefined : `Eltwise takes one coefficient per bottom (${count} for ${inputs.length})`;
  },
};

/** Level i has 2^i × 2^i places; where the map has fewer, the padding grows beyond the window. */
const pyramid: Demand = {
  fields: ['pyramid_height'],
  broken: ({ p, inputs: [input] }) => {
    const levels = p.int('pyramid_height', 0);
    for (const size of input?.slice(2) ?? []) {
      for (let level = 0; level < Math.min(levels, deepestPyramid) && known(size); level++) {
        const places = 2 ** level;
        const kernel = Math.ceil(size / places);
        const pad = Math.floor((kernel * places - size + 1) / 2);
        if (pad >= kernel) return `a pyramid of ${levels} levels asks for ${places}×${places} places, more than a map of ${input?.slice(2).join('×')} has`;
      }
    }
    return levels > deepestPyramid ? `a pyramid of ${levels} levels has more places than any map` : undefined;
  },
};
const deepestPyramid = 20;

const oddSize: Demand = { fields: ['local_size'], broken: ({ p }) => (p.int('local_size', 5, 1) % 2 === 0 ? 'LRN only supports odd values of `local_size`' : undefined) };

const sameFirst: Demand = {
  broken: ({ inputs: [data, label] }) => (data && label && known(data[0] ?? NaN, label[0] ?? NaN) && data[0] !== label[0]
    ? `the data and the label should have the same first dimension (${data[0]} and ${label[0]})` : undefined),
};

/** One label for each prediction: the classes lie along `axis`. */
const labelPerPrediction: Demand = {
  broken: ({ p, inputs: [data, label] }) => {
    if (!data || !label || !known(...data, ...label)) return undefined;
    const axis = axisOf(p.axis('axis', 1), data.length);
    const wanted = product(data.filter((_, i) => i !== axis));
    return product(label) === wanted ? undefined : `the number of labels must match the number of predictions (${product(label)} and ${wanted})`;
  },
};

function sameCount(from: number): Demand {
  return {
    broken: ({ inputs: [data, target] }) => (data && target && known(...data, ...target) && product(data.slice(from)) !== product(target.slice(from))
      ? `the inputs must have the same dimension (${product(data.slice(from))} and ${product(target.slice(from))})` : undefined),
  };
}

const topClasses: Demand = {
  fields: ['top_k'],
  broken: ({ p, inputs: [data, label] }) => {
    const classes = data && label && known(...data, ...label) ? Math.floor(product(data) / product(label)) : NaN;
    return known(classes) && p.int('top_k', 1, 1) > classes ? `\`top_k\` must be less than or equal to the number of classes, ${classes}` : undefined;
  },
};

const demands: Readonly<Record<string, readonly Demand[]>> = {
  Convolution: windows, Deconvolution: windows, Im2col: windows.slice(0, 4), Pooling: [...windows.slice(0, 3), padBelowKernel],
  ConvolutionDepthwise: windows, DepthwiseConvolution: windows, Scale: [alongAxes], Bias: [alongAxes], Eltwise: [coefficients], SPP: [pyramid], LRN: [oddSize],
  SoftmaxWithLoss: [sameFirst, labelPerPrediction], EuclideanLoss: [sameFirst, sameCount(1)], SigmoidCrossEntropyLoss: [sameFirst, sameCount(0)], HingeLoss: [sameFirst],
  InfogainLoss: [sameFirst], MultinomialLogisticLoss: [sameFirst], ContrastiveLoss: [sameFirst, sameCount(1)], Accuracy: [labelPerPrediction, topClasses],
};

/** Tells what Caffe would refuse, with the field at fault where there is one. */
export function* refusalsOf(type: string, p: Parameters<string>, inputs: LayerCall['inputs']): Generator<{ readonly message: string; readonly span: Span | undefined }> {
  for (const { fields = [], broken } of Object.hasOwn(demands, type) ? (demands[type] ?? []) : []) {
    const message = broken({ p, inputs });
    if (message !== undefined) yield { message, span: p.span(...fields) };
  }
}
