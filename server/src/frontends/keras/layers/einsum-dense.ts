/** `EinsumDense`: the kernel and bias that follow from an equation, an input and a partial output shape. Source: https://keras.io/api/layers/core_layers/einsum_dense/ */
import type { WeightSpec } from '../../../ops/define';
import type { Sizes } from '../../../tensor/shape';
import { intOf, intsOf, stringOf } from '../../python/convert';
import type { Value } from '../../python/values';

interface EinsumParameters { readonly equation: Value; readonly output_shape: Value; readonly bias_axes: Value }

export function einsumDense(p: EinsumParameters, input: Sizes): { readonly equation: string; readonly weights: readonly WeightSpec[] } {
  const equation = (stringOf(p.equation) ?? '').replace(/\s/g, '');
  const [left = '', output = ''] = equation.split('->');
  const [inputTerm = '', kernelTerm = ''] = left.split(',');
  const extents = new Map<string, number>();
  label(extents, inputTerm, input);
  const wanted = intsOf(p.output_shape) ?? [intOf(p.output_shape)];
  // The asked shape lacks the batch; an axis that the input has already names is taken from there.
  const letters = [...output.replace('...', '')];
  const elidedLeft = output.startsWith('...');
  const asked = elidedLeft ? wanted.slice(Math.max(0, wanted.length - letters.length)) : [NaN, ...wanted];
  letters.forEach((letter, i) => {
    const size = asked[i + asked.length - Math.max(asked.length, letters.length)] ?? asked[i] ?? NaN;
    if (!extents.has(letter)) extents.set(letter, size);
  });
  const sizes = (term: string): Sizes => [...term].map(letter => extents.get(letter) ?? NaN);
  const kernel: WeightSpec = { name: 'kernel', sizes: sizes(kernelTerm) };
  const axes = stringOf(p.bias_axes);
  if (axes === undefined || axes === '') return { equation, weights: [kernel] };
  const first = Math.min(...[...axes].map(letter => letters.indexOf(letter)).filter(index => index >= 0));
  const bias = letters.slice(first).map(letter => (axes.includes(letter) ? (extents.get(letter) ?? NaN) : 1));
  return { equation, weights: [kernel, { name: 'bias', sizes: bias }] };
}

/** What Keras refuses of the equation and the shapes; undefined: nothing. */
export function einsumRefusal(p: EinsumParameters, input: Sizes): string | undefined {
  const equation = (stringOf(p.equation) ?? '').replace(/\s/g, '');
  const [left = '', output = ''] = equation.split('->');
  const [inputTerm = ''] = left.split(',');
  const unnamed = [...(stringOf(p.bias_axes) ?? '')].find(axis => !output.includes(axis));
  if (unnamed !== undefined) return `Bias dimension '${unnamed}' was requested, but is not part of the output spec '${output}'`;
  if (equation.includes('...') || input.length !== inputTerm.length) return undefined;
  const wanted = intsOf(p.output_shape) ?? [intOf(p.output_shape)];
  if (wanted.length < output.length - 1) return `\`output_shape\` has ${wanted.length} sizes, the output '${output}' has ${output.length - 1} axes behind the batch`;
  const other = [...output].findIndex((axis, place) => {
    const [given = NaN, asked = NaN] = [input[inputTerm.indexOf(axis)], wanted[place - 1]];
    return place > 0 && inputTerm.includes(axis) && Number.isFinite(given) && Number.isFinite(asked) && given !== asked;
  });
  return other < 0 ? undefined : `Input shape and output shape do not match at shared dimension '${output[other] ?? ''}'. Input shape is ${input[inputTerm.indexOf(output[other] ?? '')] ?? ''}, and output shape is ${wanted[other - 1] ?? ''}`;
}

function label(extents: Map<string, number>, term: string, input: Sizes): void {
  const [before = '', after] = term.split('...');
  [...before].forEach((letter, i) => extents.set(letter, input[i] ?? NaN));
  const trailing = [...(after ?? '')];
  trailing.forEach((letter, i) => extents.set(letter, input[input.length - trailing.length + i] ?? NaN));
}
