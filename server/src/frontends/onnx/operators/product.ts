/** Matrix products: Gemm, MatMul, their integer and quantised forms, Einsum. */
import { unknown, type Unknown } from '../../../base/unknown';
import { einsum } from '../../../ops/einsum';
import { linear } from '../../../ops/linear';
import { matmul } from '../../../ops/matmul';
import type { DType } from '../../../tensor/dtype';
import { use, type Answer, type Application, type Call, type Operators } from '../call';
import type { TensorValue, Value } from '../values';
import { quantisedType } from './convolution';

/** A tensor of the file, or made from such tensors alone; undefined for what depends on an input. */
export function storedOnly(value: TensorValue | undefined): TensorValue | undefined {
  return value?.isStatic ? value : undefined;
}

/** A product with a stored matrix is a fully connected layer. */
export function product(call: Call, a: number, b: number, options: { readonly bias?: number; readonly transposeB?: boolean; readonly dtypes?: readonly DType[] } = {}): Application | Unknown {
  const [left, right] = [call.tensor(a), call.tensor(b)];
  const { bias, transposeB = false } = options;
  const dtypes = options.dtypes ?? [call.dtype(a)];
  const sizes = right?.sizes;
  if (right?.isStatic && sizes?.length === 2 && left && !left.isStatic) {
    const [inFeatures = NaN, outFeatures = NaN] = transposeB ? [...sizes].reverse() : sizes;
    return use({
      op: linear, attrs: { inFeatures, outFeatures, bias: bias !== undefined && call.given(bias) },
      inputs: [left], weights: [right, bias === undefined ? undefined : call.inputs[bias]], dtypes,
    });
  }
  const addend = bias === undefined ? undefined : call.inputs[bias];
  return use({ op: matmul, attrs: transposeB ? { transposeB } : {}, inputs: [left, right, addend], weights: storedAmong(call, [a, b, ...(bias === undefined ? [] : [bias])]), dtypes });
}

export function storedAmong(call: Call, places: readonly number[]): readonly (Value | undefined)[] {
  return places.map(place => storedOnly(call.tensor(place)));
}

/** Y = α·A'·B' + β·C. Source: onnx.ai/onnx/operators/onnx__Gemm.html. */
export function gemm(call: Call): Answer {
  const [transposeA, transposeB] = [call.flag('transA'), call.flag('transB')];
  const [a, b] = [call.tensor(0), call.tensor(1)];
  const sizes = b?.sizes;
  if (b?.isStatic && sizes?.length === 2 && a && !a.isStatic && !transposeA) {
    const [inFeatures = NaN, outFeatures = NaN] = transposeB ? [...sizes].reverse() : sizes;
    // Exporters of the first versions left the flattening to the operator.
    const flattens = (a.sizes?.length ?? 2) > 2;
    return use({ op: linear, attrs: { inFeatures, outFeatures, bias: call.given(2), ...(flattens ? { flattenFrom: 1 } : {}) }, inputs: [a], weights: [b, call.inputs[2]] });
  }
  return use({ op: matmul, attrs: { transposeA, transposeB, rank: 2 }, inputs: [a, b, call.inputs[2]], weights: storedAmong(call, [0, 1, 2]), dtypes: [call.dtype(0)] });
}

function einsumOf(call: Call): Answer {
  const equation = call.text('equation', '');
  if (equation === '') return unknown('`Einsum` states no equation', call.around.at);
  return use({ op: einsum, attrs: { equation }, inputs: call.inputs, weights: storedAmong(call, call.inputs.map((_, i) => i)), dtypes: [call.dtype(0)] });
}

export const productOperators: Operators = {
  Gemm: gemm,
  MatMul: call => product(call, 0, 1),
  MatMulInteger: call => product(call, 0, 1, { dtypes: ['int32'] }),
  QLinearMatMul: call => product(call, 0, 3, { dtypes: [quantisedType(call, 7)] }),
  Einsum: einsumOf,
};
