/** Padding, cropping, resampling and merging. */
import { concat } from '../../../ops/concat';
import { elementwise } from '../../../ops/elementwise';
import type { ElementwiseFunction } from '../../../ops/elementwise-functions';
import { interpolate } from '../../../ops/interpolate';
import { pad, type PadAttrs } from '../../../ops/pad';
import { index, type IndexAttrs, type IndexItem } from '../../../ops/index';
import { einsum } from '../../../ops/einsum';
import { unsqueeze } from '../../../ops/squeeze';
import type { Layout } from '../../../tensor/layout';
import { intOf, intsOf, stringOf } from '../../python/convert';
import type { LibraryEntry } from '../../python/library';
import type { Interpreter } from '../../python/interpreter';
import type { CallArguments, Value } from '../../python/values';
import { layer, type LayerCall } from '../layer';
import { bothSides, sizesPerAxis } from './arguments';

/** Spatial axes of a batched map. */
function spatialAxes(rank: number, layout: Layout): number[] {
  return Array.from({ length: rank }, (_, i) => i + (layout === 'channels-first' ? 2 : 1));
}

function padding(rank: number, value: Value, layout: Layout): PadAttrs {
  return { axes: spatialAxes(rank, layout), ...bothSides(value, rank), mode: 'constant' };
}

function cropping(rank: number, value: Value, layout: Layout, size: readonly number[]): readonly IndexItem[] {
  const { before, after } = bothSides(value, rank);
  const axes = spatialAxes(rank, layout);
  return size.map((extent, axis): IndexItem => {
    const place = axes.indexOf(axis);
    return place < 0 ? { start: null, stop: null, step: null } : { start: before[place] ?? 0, stop: extent - (after[place] ?? 0), step: null };
  });
}

/** What is cropped has something left on each axis. */
function cropped(rank: number): LayerCall<'keras.layers.Cropping2D(cropping=((0, 0), (0, 0)), data_format=None, **kwargs)', IndexAttrs> {
  return ({ p, inputs, incoming: { first, layout }, apply }, { at }, interpreter) => {
    const { before, after } = bothSides(p.cropping, rank);
    spatialAxes(rank, layout).forEach((axis, place) => {
      const [size, taken] = [first[axis] ?? NaN, (before[place] ?? 0) + (after[place] ?? 0)];
      if (taken >= size) interpreter.raise('ValueError', `\`cropping\` takes ${taken} of axis ${axis}, which has ${size}: nothing is left`, at);
    });
    return apply(inputs);
  };
}

/** Layers that merge take a list, of one input at least. */
function demandSeveral(interpreter: Interpreter, { positional: [first], at }: CallArguments): void {
  if (first?.kind === 'tensor') interpreter.raise('ValueError', 'A merge layer should be called on a list of inputs, not on a tensor', at);
}

const functions: Readonly<Record<string, ElementwiseFunction>> = { Add: 'sum', Subtract: 'subtract', Multiply: 'product', Average: 'average', Maximum: 'maximum', Minimum: 'minimum' };

/** Merges several maps. */
function merging(name: string, kind: ElementwiseFunction): LibraryEntry {
  const text = `keras.layers.${name}(**kwargs)`;
  return layer(elementwise, text as 'keras.layers.Add(**kwargs)', () => ({ function: kind }), {
    joins: true,
    call: ({ inputs, incoming, apply, applyOther }, args, interpreter) => {
      demandSeveral(interpreter, args);
      if (name === 'Subtract' && inputs.length !== 2) interpreter.raise('ValueError', `A \`Subtract\` layer should be called on exactly 2 inputs, not on ${inputs.length}`, args.at);
      // A map of fewer axes gets further ones after the batch. Source: `Merge._compute_elemwise_op_output_shape` of Keras.
      const rank = Math.max(...incoming.all.map(sizes => sizes.length));
      const widened = inputs.map((input, i) => {
        const missing = rank - (incoming.all[i]?.length ?? rank);
        return missing > 0 ? applyOther(unsqueeze, { axes: Array.from({ length: missing }, (_, axis) => axis + 1) }, [input]) : input;
      });
      return apply(widened);
    },
  });
}

export const shapeLayers: readonly LibraryEntry[] = [
  layer(pad, 'keras.layers.ZeroPadding1D(padding=1, data_format=None, **kwargs)', (p, { layout }) => padding(1, p.padding, layout)),
  layer(pad, 'keras.layers.ZeroPadding2D(padding=(1, 1), data_format=None, **kwargs)', (p, { layout }) => padding(2, p.padding, layout)),
  layer(pad, 'keras.layers.ZeroPadding3D(padding=((1, 1), (1, 1), (1, 1)), data_format=None, **kwargs)', (p, { layout }) => padding(3, p.padding, layout)),
  layer(index, 'keras.layers.Cropping1D(cropping=(1, 1), data_format=None, **kwargs)',
    (p, { layout, first }) => ({ items: cropping(1, p.cropping, layout, first) }), { call: cropped(1) }),
  layer(index, 'keras.layers.Cropping2D(cropping=((0, 0), (0, 0)), data_format=None, **kwargs)',
    (p, { layout, first }) => ({ items: cropping(2, p.cropping, layout, first) }), { call: cropped(2) }),
  layer(index, 'keras.layers.Cropping3D(cropping=((1, 1), (1, 1), (1, 1)), data_format=None, **kwargs)',
    (p, { layout, first }) => ({ items: cropping(3, p.cropping, layout, first) }), { call: cropped(3) }),
  layer(interpolate, 'keras.layers.UpSampling1D(size=2, **kwargs)', p => ({ size: null, factor: [intOf(p.size)], mode: 'nearest', layout: 'channels-last' as const }), { aliases: { size: 'factor' } }),
  layer(
    interpolate,
    'keras.layers.UpSampling2D(size=(2, 2), data_format=None, interpolation="nearest", **kwargs)',
    (p, { layout }) => ({ size: null, factor: sizesPerAxis(p.size, 2), mode: stringOf(p.interpolation) ?? 'nearest', layout }),
    { aliases: { size: 'factor' } },
  ),
  layer(
    interpolate,
    'keras.layers.UpSampling3D(size=(2, 2, 2), data_format=None, **kwargs)',
    (p, { layout }) => ({ size: null, factor: sizesPerAxis(p.size, 3), mode: 'nearest', layout }),
    { aliases: { size: 'factor' } },
  ),
  ...Object.entries(functions).map(([name, kind]) => merging(name, kind)),
  layer(concat, 'keras.layers.Concatenate(axis=-1, **kwargs)', p => ({ axis: intOf(p.axis) }), {
    call: ({ inputs, apply }, args, interpreter) => {
      demandSeveral(interpreter, args);
      return apply(inputs);
    },
  }),
  layer(einsum, 'keras.layers.Dot(axes, normalize=False, **kwargs)', (p, { all }) => ({ equation: dotEquation(p.axes, all.map(sizes => sizes.length)), asMatrices: true }), {
    joins: true,
    call: ({ attrs, inputs, apply, applyOther }, args, interpreter) => {
      demandSeveral(interpreter, args);
      if (attrs.equation === '') return interpreter.gap('`Dot` over these axes is not modelled', args.at);
      const product = apply(inputs);
      // Two vectors give one number per example, which stays an axis.
      return attrs.equation.endsWith('->a') ? applyOther(unsqueeze, { axes: [-1] }, [product]) : product;
    },
  }),
];

/** The axis `a` of the first input against the axis `b` of the second; the batch is common. Empty when the axes are not known. */
function dotEquation(axesValue: Value, ranks: readonly number[]): string {
  const axes = intsOf(axesValue) ?? [intOf(axesValue), intOf(axesValue)];
  const [first = 0, second = 0] = ranks;
  const [a = NaN, b = NaN] = ranks.map((rank, i) => { const axis = axes[i] ?? NaN; return axis < 0 ? axis + rank : axis; });
  if (!(a > 0 && b > 0 && a < first && b < second)) return '';
  const letters = 'abcdefghijklm';
  const left = [...letters.slice(0, first)];
  const right = ['a', ...letters.slice(first, first + second - 1)];
  right[b] = left[a] ?? '';
  const output = [...left.filter((_, axis) => axis !== a), ...right.filter((_, axis) => axis !== b && axis !== 0)];
  return `${left.join('')},${right.join('')}->${output.join('')}`;
}
