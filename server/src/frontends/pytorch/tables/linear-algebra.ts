/** Matrix products, einsum, decompositions and Fourier transforms. */
import { bilinear, cross, outer } from '../../../ops/bilinear';
import { einsum } from '../../../ops/einsum';
import { complexView, fourier, inverseSpectrogram, spectrogram, type FourierAttrs } from '../../../ops/fourier';
import { linearAlgebra, type LinearAlgebraFunction } from '../../../ops/linear-algebra';
import { matmul, type MatmulAttrs } from '../../../ops/matmul';
import { transpose } from '../../../ops/permute';
import { pairwiseDistances, similarity } from '../../../ops/similarity';
import { isUnknown } from '../../../base/unknown';
import { isFloating } from '../../../tensor/dtype';
import { boolOf, given, intOf, intsOf, itemsOf, numberOf, stringOf } from '../../python/convert';
import { none, tuple, type Value } from '../../python/values';
import { both, torchFn, type TorchRow } from '../rows';
import { reshape } from '../../../ops/reshape';
import { axesOf, rankOf, run, runAll, shapeOfTensor, spread, type TensorCall } from '../../python/tensors/call';
import { runElementwise } from '../../python/tensors/elementwise';

function product(call: TensorCall, attrs: MatmulAttrs, a: Value, b: Value, addend?: Value): Value {
  return run(call, matmul, attrs, addend ? [a, b, addend] : [a, b], { inPlace: false });
}

/** Of more factors the best order takes longer to find than anybody writes products for. */
const mostInOrder = 64;

/** Factors from left to right. */
function chain(call: TensorCall, factors: readonly Value[]): Value {
  const [first, ...rest] = factors;
  return first ? rest.reduce((a, b) => product(call, {}, a, b), first) : call.interpreter.raise('RuntimeError', 'a product of no matrices', call.args.at);
}

/** Factors in the order in which their product takes the fewest multiplications; a vector at either end is a row or a column. */
function cheapest(call: TensorCall, factors: readonly Value[]): Value {
  const sizes = factors.map(factor => shapeOfTensor(factor)?.map(dim => (isUnknown(dim) ? NaN : dim)) ?? []);
  const last = factors.length - 1;
  const rows = (i: number): number => (sizes[i]?.length === 1 && i === 0 ? 1 : (sizes[i]?.[0] ?? NaN));
  const columns = (i: number): number => (sizes[i]?.length === 1 && i > 0 ? 1 : (sizes[i]?.at(-1) ?? NaN));
  if (factors.length < 3 || factors.length > mostInOrder || factors.some((_, i) => Number.isNaN(rows(i) * columns(i)))) return chain(call, factors);
  const best = factors.map((_, i) => [[i, { cost: 0, split: i }]]).map(each => new Map(each as [number, { cost: number; split: number }][]));
  const costOf = (from: number, to: number): number => best[from]?.get(to)?.cost ?? Infinity;
  for (let length = 1; length <= last; length++) {
    for (let from = 0; from + length <= last; from++) {
      const to = from + length;
      for (let split = from; split < to; split++) {
        const cost = costOf(from, split) + costOf(split + 1, to) + rows(from) * columns(split) * columns(to);
        if (cost < costOf(from, to)) best[from]?.set(to, { cost, split });
      }
    }
  }
  const made = (from: number, to: number): Value => {
    const split = best[from]?.get(to)?.split ?? from;
    return from === to ? (factors[from] ?? none) : product(call, {}, made(from, split), made(split + 1, to));
  };
  return made(0, last);
}

/** `addmm(input, a, b)` and its kin; in place the result replaces `input`. */
function withAddend(call: TensorCall, attrs: MatmulAttrs, input: Value, a: Value, b: Value): Value {
  const made = product(call, attrs, a, b, input);
  if (!call.inPlace || input.kind !== 'tensor' || made.kind !== 'tensor') return made;
  call.interpreter.heap.write(input, 'tensor', made.tensor);
  call.interpreter.heap.write(input, 'held', undefined);
  return input;
}

/** Letters of the sublist form: `einsum(a, [0, 1], b, [1, 2], [0, 2])`. */
function sublists(operands: readonly Value[]): { readonly equation: string; readonly tensors: readonly Value[] } | undefined {
  const letters = (value: Value | undefined): string | undefined => intsOf(value)?.map(i => String.fromCharCode(97 + i)).join('');
  const tensors: Value[] = [];
  const inputs: string[] = [];
  let i = 0;
  for (; i + 1 < operands.length; i += 2) {
    const tensor = operands[i];
    const text = letters(operands[i + 1]);
    if (tensor?.kind !== 'tensor' || text === undefined) return undefined;
    tensors.push(tensor);
    inputs.push(text);
  }
  const output = i < operands.length ? letters(operands[i]) : undefined;
  return { equation: output === undefined ? inputs.join(',') : `${inputs.join(',')}->${output}`, tensors };
}

export function einsumOf(call: TensorCall, equation: Value, operands: Value): Value {
  const text = stringOf(equation);
  if (text !== undefined) return run(call, einsum, { equation: text.replace(/\s+/g, '') }, spread(operands));
  if (isUnknown(equation)) return call.interpreter.gap(equation.reason, call.args.at);
  const made = sublists([equation, ...(itemsOf(operands) ?? [])]);
  return made ? run(call, einsum, { equation: made.equation }, made.tensors) : call.interpreter.gap('the equation of an einsum is not known', call.args.at);
}

/** `tensordot` as a permutation to matrices and one product. */
function tensordot(call: TensorCall, a: Value, b: Value, dims: Value): Value {
  const [rankA, rankB] = [rankOf(a), rankOf(b)];
  const pairs = itemsOf(dims);
  const count = intOf(dims);
  const axesA = pairs ? (axesOf(pairs[0]) ?? []) : Array.from({ length: count || 0 }, (_, i) => rankA - count + i);
  const axesB = pairs ? (axesOf(pairs[1]) ?? []) : Array.from({ length: count || 0 }, (_, i) => i);
  if (Number.isNaN(rankA + rankB)) return call.interpreter.gap('the rank of a factor is not known', call.args.at);
  const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const left = [...letters.slice(0, rankA)];
  const right = [...letters.slice(rankA, rankA + rankB)];
  axesA.forEach((axis, i) => {
    const partner = axesB[i] ?? 0;
    right[partner < 0 ? partner + rankB : partner] = left[axis < 0 ? axis + rankA : axis] ?? 'a';
  });
  const shared = new Set(right.filter(letter => left.includes(letter)));
  const output = [...left, ...right].filter(letter => !shared.has(letter));
  return run(call, einsum, { equation: `${left.join('')},${right.join('')}->${output.join('')}`, asMatrices: true }, [a, b]);
}

function singularValues(call: TensorCall, matrix: Value, full: boolean): readonly Value[] {
  const outputs = runAll(call, linearAlgebra, { function: 'singular-value-decomposition', ...(full ? { full } : {}) }, [matrix]);
  return isUnknown(outputs) ? [outputs, outputs, outputs] : outputs;
}

/** Of a real matrix they are complex all the same. */
const complexResults: ReadonlySet<string> = new Set(['torch.linalg.eig(A)', 'torch.linalg.eigvals(A)']);

function linearAlgebraRow(text: string, kind: LinearAlgebraFunction, isMethod: boolean): TorchRow {
  const rule = (p: { readonly A: Value }, call: TensorCall): Value => {
    const outputs = runAll(call, linearAlgebra, { function: kind }, [p.A], complexResults.has(text) ? { dtypes: ['complex64', 'complex64'] } : {});
    return isUnknown(outputs) ? outputs : outputs.length === 1 && outputs[0] ? outputs[0] : tuple(outputs);
  };
  return isMethod ? both(text as 'torch.inverse(A)', rule, { inPlace: false }) : torchFn(text as 'torch.linalg.inv(A)', rule);
}

function solve(call: TensorCall, a: Value, b: Value): Value {
  return run(call, linearAlgebra, { function: 'solve' }, [a, b]);
}

function transform(name: string, kind: FourierAttrs['function'], form: 'one' | 'two' | 'many'): TorchRow {
  const text = form === 'one'
    ? `torch.fft.${name}(input, n=None, dim=-1, norm=None, *, out=None)`
    : `torch.fft.${name}(input, s=None, dim=${form === 'two' ? '(-2, -1)' : 'None'}, norm=None, *, out=None)`;
  return torchFn(text as 'torch.fft.fft(input, n=None, dim=-1, norm=None, *, out=None)', (p, call) => {
    const size = given(form === 'one' ? p.n : call.bound.get('s'));
    return run(call, fourier, { function: kind, axes: axesOf(p.dim), sizes: size ? (intsOf(size) ?? [intOf(size)]) : null }, [p.input]);
  });
}

/** `torch.kron` through an outer product: only its shape is of interest. */
function kron(call: TensorCall, a: Value, b: Value): Value {
  const [left, right] = [shapeOfTensor(a), shapeOfTensor(b)];
  if (!left || !right) return call.interpreter.gap('the shape of a factor is not known', call.args.at);
  const size = (dim: (typeof left)[number] | undefined): number => (dim === undefined ? 1 : isUnknown(dim) ? NaN : dim);
  const rank = Math.max(left.length, right.length);
  const sizes = Array.from({ length: rank }, (_, i) => size(left[left.length - rank + i]) * size(right[right.length - rank + i]));
  const flat = (value: Value): Value => run(call, reshape, { sizes: [-1] }, [value]);
  return run(call, reshape, { sizes }, [run(call, outer, {}, [flat(a), flat(b)])]);
}

/** Rows in groups times a matrix for each; in which of them a row is depends on data, and changes no size. Where the groups are along the inner axis, their number is that of the results. */
function groupedProduct(call: TensorCall, a: Value, b: Value, groups: Value): Value {
  const ranks = [a, b].map(value => shapeOfTensor(value)?.length);
  if (groups.kind === 'none') return product(call, { rank: 3 }, a, b);
  if (ranks[0] === 2 && ranks[1] === 3) return product(call, { grouped: true }, a, b);
  return call.interpreter.gap('this form of `grouped_mm` is not modelled', call.args.at);
}

export const linearAlgebraRows: readonly TorchRow[] = [
  both('torch.matmul(input, other, *, out=None)', ({ input, other }, call) => product(call, {}, input, other), { inPlace: false, names: ['torch.linalg.matmul'] }),
  both('torch.mm(input, mat2, *, out=None)', ({ input, mat2 }, call) => product(call, { rank: 2 }, input, mat2), { inPlace: false, names: ['torch.spmm', 'torch.sparse.mm'] }),
  both('torch.bmm(input, mat2, *, out=None)', ({ input, mat2 }, call) => product(call, { rank: 3 }, input, mat2), { inPlace: false }),
  torchFn('torch.nn.functional.grouped_mm(mat_a, mat_b, *, offs=None, bias=None, out_dtype=None)', ({ mat_a, mat_b, offs, bias }, call) => {
    const made = groupedProduct(call, mat_a, mat_b, offs);
    return bias.kind === 'none' || isUnknown(made) ? made : runElementwise(call, 'add', [made, bias]);
  }, { names: ['torch._grouped_mm'] }),
  both('torch.mv(input, vec)', ({ input, vec }, call) => product(call, {}, input, vec), { inPlace: false }),
  both('torch.dot(input, tensor)', ({ input, tensor }, call) => product(call, { rank: 1 }, input, tensor), { inPlace: false, names: ['torch.vdot'], methods: ['vdot'] }),
  both('torch.addmm(input, mat1, mat2, *, beta=1, alpha=1, out=None)', ({ input, mat1, mat2 }, call) => withAddend(call, { rank: 2 }, input, mat1, mat2)),
  both('torch.addmv(input, mat, vec, *, beta=1, alpha=1, out=None)', ({ input, mat, vec }, call) => withAddend(call, {}, input, mat, vec)),
  both('torch.baddbmm(input, batch1, batch2, *, beta=1, alpha=1, out=None)', ({ input, batch1, batch2 }, call) => withAddend(call, { rank: 3 }, input, batch1, batch2)),
  both('torch.addbmm(input, batch1, batch2, *, beta=1, alpha=1, out=None)', ({ input, batch1, batch2 }, call) =>
    runElementwise(call, 'add', [input, run(call, einsum, { equation: 'bij,bjk->ik' }, [batch1, batch2])])),
  both('torch.addr(input, vec1, vec2, *, beta=1, alpha=1)', ({ input, vec1, vec2 }, call) => runElementwise(call, 'add', [input, run(call, outer, {}, [vec1, vec2])])),
  both('torch.outer(input, vec2)', ({ input, vec2 }, call) => run(call, outer, {}, [input, vec2]), { inPlace: false, names: ['torch.ger'], methods: ['ger'] }),
  both('torch.cross(input, other, dim=-1)', ({ input, other, dim }, call) =>
    run(call, cross, { axis: given(dim) ? intOf(dim) : -1 }, [input, other]), { inPlace: false, names: ['torch.linalg.cross'] }),
  both('torch.kron(input, other)', ({ input, other }, call) => kron(call, input, other), { inPlace: false }),
  torchFn('torch.chain_matmul(*matrices)', ({ matrices }, call) => chain(call, spread(matrices))),
  torchFn('torch.linalg.multi_dot(tensors)', ({ tensors }, call) => cheapest(call, itemsOf(tensors) ?? [])),
  torchFn('torch.einsum(equation, *operands)', ({ equation, operands }, call) => einsumOf(call, equation, operands), { names: ['torch.functional.einsum'] }),
  torchFn('torch.tensordot(a, b, dims=2, out=None)', ({ a, b, dims }, call) => tensordot(call, a, b, dims)),
  torchFn('torch.cdist(x1, x2, p=2.0, compute_mode=None)', ({ x1, x2, p }, call) => run(call, pairwiseDistances, { order: numberOf(p) }, [x1, x2])),
  torchFn('torch.cosine_similarity(x1, x2, dim=1, eps=1e-8)', ({ x1, x2, dim }, call) =>
    run(call, similarity, { function: 'cosine', axis: intOf(dim) }, [x1, x2]), { names: ['torch.nn.functional.cosine_similarity'] }),
  torchFn('torch.pairwise_distance(x1, x2, p=2.0, eps=1e-6, keepdim=False)', ({ x1, x2, keepdim }, call) =>
    run(call, similarity, { function: 'distance', axis: -1, keepDims: boolOf(keepdim) }, [x1, x2]), { names: ['torch.nn.functional.pairwise_distance'] }),
  torchFn('torch.bilinear(input1, input2, weight, bias=None)', ({ input1, input2, weight, bias }, call) => {
    const [outFeatures, inFeaturesA, inFeaturesB] = (shapeOfTensor(weight) ?? []).map(dim => (isUnknown(dim) ? NaN : dim));
    return run(
      call,
      bilinear,
      { inFeaturesA: inFeaturesA ?? NaN, inFeaturesB: inFeaturesB ?? NaN, outFeatures: outFeatures ?? NaN, bias: given(bias) !== undefined },
      [input1, input2],
      { weights: [weight, bias] },
    );
  }, { names: ['torch.nn.functional.bilinear'] }),
  linearAlgebraRow('torch.inverse(A, *, out=None)', 'inverse', true),
  linearAlgebraRow('torch.linalg.inv(A, *, out=None)', 'inverse', false),
  linearAlgebraRow('torch.pinverse(A, rcond=1e-15)', 'pseudo-inverse', true),
  linearAlgebraRow('torch.linalg.pinv(A, rcond=None, hermitian=False, *, atol=None, rtol=None)', 'pseudo-inverse', false),
  linearAlgebraRow('torch.cholesky(A, upper=False)', 'cholesky', true), linearAlgebraRow('torch.linalg.cholesky(A, *, upper=False)', 'cholesky', false),
  linearAlgebraRow('torch.matrix_power(A, n)', 'matrix-power', true), linearAlgebraRow('torch.linalg.matrix_power(A, n)', 'matrix-power', false),
  linearAlgebraRow('torch.matrix_exp(A)', 'matrix-exponential', true), linearAlgebraRow('torch.linalg.matrix_exp(A)', 'matrix-exponential', false),
  linearAlgebraRow('torch.det(A)', 'determinant', true), linearAlgebraRow('torch.linalg.det(A)', 'determinant', false),
  linearAlgebraRow('torch.logdet(A)', 'determinant', true), linearAlgebraRow('torch.trace(A)', 'trace', true),
  both('torch.svd(A, some=True, compute_uv=True)', ({ A, some }, call) => {
    const [u = none, values = none, v = none] = singularValues(call, A, !boolOf(some, true));
    return tuple([u, values, run(call, transpose, { axisA: -2, axisB: -1 }, [v])]);
  }, { inPlace: false }),
  torchFn('torch.linalg.svd(A, full_matrices=True, *, driver=None, out=None)', ({ A, full_matrices }, call) => tuple(singularValues(call, A, boolOf(full_matrices, true)))),
  linearAlgebraRow('torch.linalg.svdvals(A, *, driver=None, out=None)', 'singular-values', false),
  linearAlgebraRow('torch.linalg.eig(A)', 'eigen-decomposition', false),
  linearAlgebraRow('torch.linalg.eigh(A, UPLO="L")', 'eigen-decomposition', false),
  linearAlgebraRow('torch.linalg.eigvals(A)', 'eigenvalues', false),
  linearAlgebraRow('torch.linalg.eigvalsh(A, UPLO="L")', 'eigenvalues', false),
  linearAlgebraRow('torch.qr(A, some=True)', 'qr', true), linearAlgebraRow('torch.linalg.qr(A, mode="reduced")', 'qr', false),
  torchFn('torch.linalg.solve(A, B, *, left=True, out=None)', ({ A, B }, call) => solve(call, A, B)), torchFn('torch.solve(B, A)', ({ A, B }, call) => solve(call, A, B)),
  torchFn('torch.linalg.lstsq(A, B, rcond=None, *, driver=None)', ({ A, B }, call) => tuple([solve(call, A, B)])),
  torchFn('torch.linalg.solve_triangular(A, B, *, upper, left=True, unitriangular=False)', ({ A, B }, call) => solve(call, A, B)),
  transform('fft', 'complex', 'one'), transform('ifft', 'inverse', 'one'), transform('rfft', 'real', 'one'), transform('irfft', 'inverse-real', 'one'),
  transform('fft2', 'complex', 'two'), transform('ifft2', 'inverse', 'two'), transform('rfft2', 'real', 'two'), transform('irfft2', 'inverse-real', 'two'),
  transform('fftn', 'complex', 'many'), transform('ifftn', 'inverse', 'many'), transform('rfftn', 'real', 'many'), transform('irfftn', 'inverse-real', 'many'),
  ...(['fftshift', 'ifftshift'] as const).map(name => torchFn(`torch.fft.${name}(input, dim=None)`, ({ input }, call) => runElementwise(call, 'custom', [input]))),
  both('torch.stft(input, n_fft, hop_length=None, win_length=None, window=None, center=True, pad_mode="reflect", normalized=False, onesided=None, return_complex=None)', ({ input, n_fft, hop_length, center, onesided, return_complex }, call) =>
    run(
      call,
      spectrogram,
      {
        fftSize: intOf(n_fft),
        hop: given(hop_length) ? intOf(hop_length) : Math.floor(intOf(n_fft) / 4),
        centered: boolOf(center, true),
        onesided: boolOf(onesided, true),
        complex: boolOf(return_complex),
      },
      [input],
    ), { inPlace: false }),
  both('torch.istft(input, n_fft, hop_length=None, win_length=None, window=None, center=True, normalized=False, onesided=None, length=None, return_complex=False)', ({ input, n_fft, hop_length, center, onesided, length }, call) =>
    run(
      call,
      inverseSpectrogram,
      {
        fftSize: intOf(n_fft),
        hop: given(hop_length) ? intOf(hop_length) : Math.floor(intOf(n_fft) / 4),
        centered: boolOf(center, true),
        onesided: boolOf(onesided, true),
        complex: input.kind === 'tensor' && !isFloating(input.tensor.dtype),
        length: given(length) ? intOf(length) : null,
      },
      [input],
    ), { inPlace: false }),
  torchFn('torch.view_as_complex(input)', ({ input }, call) => run(call, complexView, { function: 'as-complex' }, [input])),
  torchFn('torch.view_as_real(input)', ({ input }, call) => run(call, complexView, { function: 'as-real' }, [input])),
];
