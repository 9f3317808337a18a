/** `torch.nn.functional`: the layers as functions, their weights as arguments. */
import { isUnknown } from '../../../base/unknown';
import { activation, type ActivationFunction } from '../../../ops/activation';
import { adaptivePool, type AdaptivePoolAttrs } from '../../../ops/adaptive-pool';
import { attention } from '../../../ops/attention';
import { batchNorm } from '../../../ops/batch-norm';
import { conv, type ConvAttrs } from '../../../ops/conv';
import { convTranspose } from '../../../ops/conv-transpose';
import { dropout } from '../../../ops/dropout';
import { embedding, embeddingBag } from '../../../ops/embedding';
import { gatedLinearUnit } from '../../../ops/gated';
import { groupNorm } from '../../../ops/group-norm';
import { instanceNorm } from '../../../ops/instance-norm';
import { affineGrid, gridSample, interpolate } from '../../../ops/interpolate';
import { layerNorm } from '../../../ops/layer-norm';
import { linear } from '../../../ops/linear';
import { localResponseNorm } from '../../../ops/local-response-norm';
import { loss } from '../../../ops/loss';
import { matmul } from '../../../ops/matmul';
import { maxUnpool } from '../../../ops/max-unpool';
import { multiHeadAttention } from '../../../ops/multi-head-attention';
import { normalize } from '../../../ops/normalize';
import { oneHot } from '../../../ops/one-hot';
import { pad, type PadAttrs } from '../../../ops/pad';
import { pool } from '../../../ops/pool';
import { rmsNorm } from '../../../ops/rms-norm';
import { softmax, type SoftmaxAttrs } from '../../../ops/softmax';
import { fold, unfold } from '../../../ops/unfold';
import { boolOf, given, intOf, intsOf, itemsOf, numberOf, perAxis, stringOf } from '../../python/convert';
import { none, tuple, type Value } from '../../python/values';
import { dtypeOf } from '../dtypes';
import { softmaxAxis } from '../layers/activation';
import { bothSides, paddingOf } from '../layers/arguments';
import { losses, reductionOf } from '../layers/loss';
import { normalizedShape } from '../layers/norm';
import { adaptiveAttrs, averagePoolAttrs, lpPoolAttrs, maxPoolAttrs, unpoolAttrs } from '../layers/pool';
import { interpolateAttrs, padAttrs, unfoldAttrs } from '../layers/shape';
import { both, torchFn, type TorchRow } from '../rows';
import { rankOf, run, runAll, runTuple, shapeOfTensor, type TensorCall } from '../../python/tensors/call';

const F = 'torch.nn.functional';

function sizesOf(value: Value): readonly number[] | undefined {
  return shapeOfTensor(value)?.map(dim => (isUnknown(dim) ? NaN : dim));
}

function channelsOf(...values: readonly Value[]): number {
  const [first] = values.flatMap(value => sizesOf(value)?.slice(0, 1) ?? []);
  return first ?? NaN;
}

interface ConvParameters { readonly input: Value; readonly weight: Value; readonly bias: Value; readonly stride: Value; readonly padding: Value; readonly dilation: Value; readonly groups: Value }

function convFromWeight(rank: number, p: ConvParameters): ConvAttrs {
  const groups = intOf(p.groups);
  const [outChannels = NaN, perGroup = NaN, ...kernel] = sizesOf(p.weight) ?? [];
  return {
    inChannels: perGroup * groups, outChannels, groups, bias: given(p.bias) !== undefined, layout: 'channels-first',
    kernel: kernel.length === rank ? kernel : new Array<number>(rank).fill(NaN), stride: perAxis(p.stride, rank), dilation: perAxis(p.dilation, rank), padding: paddingOf(p.padding, rank),
  };
}

function convRow(rank: 1 | 2 | 3): TorchRow {
  return torchFn(`${F}.conv${rank}d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1)`, (p, call) =>
    run(call, conv, convFromWeight(rank, p), [p.input], { weights: [p.weight, p.bias], aliases: { weight: 'inChannels' } }), { names: [`torch.conv${rank}d`] });
}

function convTransposeRow(rank: 1 | 2 | 3): TorchRow {
  return torchFn(`${F}.conv_transpose${rank}d(input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1)`, (p, call) => {
    const attrs = convFromWeight(rank, p);
    const [inChannels = NaN, perGroup = NaN] = sizesOf(p.weight) ?? [];
    return run(
      call,
      convTranspose,
      { ...attrs, inChannels, outChannels: perGroup * attrs.groups, padding: bothSides(perAxis(p.padding, rank)), outputPadding: perAxis(p.output_padding, rank) },
      [p.input],
      { weights: [p.weight, p.bias] },
    );
  }, { names: [`torch.conv_transpose${rank}d`] });
}

function maxPoolRow(rank: 1 | 2 | 3): TorchRow[] {
  return [
    torchFn(`${F}.max_pool${rank}d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False)`, (p, call) =>
      outputsOf(runAll(call, pool, maxPoolAttrs(rank, p), [p.input])), { names: [`torch.max_pool${rank}d`] }),
    torchFn(`${F}.max_pool${rank}d_with_indices(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=True)`, (p, call) =>
      runTuple(call, pool, { ...maxPoolAttrs(rank, p), returnIndices: true }, [p.input])),
    torchFn(`${F}.max_unpool${rank}d(input, indices, kernel_size, stride=None, padding=0, output_size=None)`, (p, call) => {
      const size = given(p.output_size);
      return run(call, maxUnpool, { ...unpoolAttrs(rank, p), ...(size ? { outputSize: perAxis(size, rank).slice(-rank) } : {}) }, [p.input, p.indices]);
    }),
    torchFn(`${F}.adaptive_max_pool${rank}d(input, output_size, return_indices=False)`, (p, call) =>
      outputsOf(runAll(call, adaptivePool, adaptive(rank, 'max', p.output_size, p.return_indices), [p.input]))),
    torchFn(`${F}.adaptive_max_pool${rank}d_with_indices(input, output_size, return_indices=True)`, (p, call) =>
      runTuple(call, adaptivePool, { ...adaptive(rank, 'max', p.output_size), returnIndices: true }, [p.input])),
    torchFn(`${F}.adaptive_avg_pool${rank}d(input, output_size)`, (p, call) =>
      run(call, adaptivePool, adaptive(rank, 'average', p.output_size), [p.input]), { names: [`torch.adaptive_avg_pool${rank}d`] }),
    torchFn(`${F}.avg_pool${rank}d(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None)`, (p, call) =>
      run(call, pool, averagePoolAttrs(rank, p), [p.input]), { names: [`torch.avg_pool${rank}d`, `torch._C._nn.avg_pool${rank}d`] }),
    torchFn(`${F}.lp_pool${rank}d(input, norm_type, kernel_size, stride=None, ceil_mode=False)`, (p, call) => run(call, pool, lpPoolAttrs(rank, p), [p.input])),
  ];
}

function adaptive(rank: number, kind: AdaptivePoolAttrs['function'], size: Value, indices?: Value): AdaptivePoolAttrs {
  return adaptiveAttrs(rank, kind, size, indices);
}

function outputsOf(outputs: ReturnType<typeof runAll>): Value {
  if (isUnknown(outputs)) return outputs;
  return outputs.length === 1 ? (outputs[0] ?? none) : tuple(outputs);
}

/** An activation with its parameters left aside and `inplace=`. */
function activationFn(name: string, kind: ActivationFunction, parameters = '', names: readonly string[] = []): TorchRow[] {
  const text = `${F}.${name}(input${parameters}, inplace=False)`;
  const rule = (p: { readonly input: Value; readonly inplace: Value }, call: TensorCall): Value =>
    run(call, activation, { function: kind }, [p.input], { inPlace: boolOf(p.inplace) || call.type.endsWith('_') });
  return [torchFn(text as `${typeof F}.relu(input, inplace=False)`, rule, { names: [`${F}.${name}_`, ...names] })];
}

function plainActivation(name: string, kind: ActivationFunction, parameters = '', options: { readonly method?: boolean } = {}): TorchRow[] {
  const rule = (p: { readonly input: Value }, call: TensorCall): Value => run(call, activation, { function: kind }, [p.input]);
  const row = torchFn(`${F}.${name}(input${parameters})` as `${typeof F}.gelu(input)`, rule);
  return options.method ? [row, both(`torch.${name}(input${parameters})` as 'torch.f(input)', rule)] : [row];
}

function softmaxOver(call: TensorCall, kind: SoftmaxAttrs['function'], input: Value, dim: Value, dtype?: Value): Value {
  const type = dtypeOf(dtype);
  return run(call, softmax, { function: kind, axis: softmaxAxis(dim, rankOf(input)) }, [input], { inPlace: false, aliases: { dim: 'axis' }, ...(type ? { dtypes: [type] } : {}) });
}

function softmaxRow(name: string, kind: SoftmaxAttrs['function']): TorchRow[] {
  return [
    torchFn(
      `${F}.${name}(input, dim=None, _stacklevel=3, dtype=None)` as `${typeof F}.softmax(input, dim=None, _stacklevel=3, dtype=None)`,
      ({ input, dim, dtype }, call) => softmaxOver(call, kind, input, dim, dtype),
    ),
    both(
      `torch.${name}(input, dim=None, dtype=None)` as 'torch.softmax(input, dim=None, dtype=None)',
      ({ input, dim, dtype }, call) => softmaxOver(call, kind, input, dim, dtype),
      { inPlace: false, names: [`torch.special.${name}`] },
    ),
  ];
}

function dropoutRow(name: string, unit: 'element' | 'channel', training: 'True' | 'False' = 'True'): TorchRow {
  return torchFn(`${F}.${name}(input, p=0.5, training=${training}, inplace=False)` as
    `${typeof F}.dropout(input, p=0.5, training=True, inplace=False)`, ({ input, p, training: isTraining, inplace }, call) => {
    const attrs = { rate: numberOf(p), unit, training: boolOf(isTraining, call.interpreter.mode === 'train') };
    return run(call, dropout, attrs, [input], { inPlace: boolOf(inplace), aliases: { p: 'rate' } });
  });
}

interface NormParameters { readonly input: Value; readonly running_mean: Value; readonly running_var: Value; readonly weight: Value; readonly bias: Value }

function statistics(p: NormParameters): 'buffers' | 'none' {
  return given(p.running_mean) ? 'buffers' : 'none';
}

const reduced = 'size_average=None, reduce=None, reduction="mean"';

/** Of losses whose further arguments are held against what PyTorch demands. */
const lossParameters: Readonly<Record<string, string>> = {
  smooth_l1_loss: `input, target, ${reduced}, beta=1.0`, huber_loss: 'input, target, reduction="mean", delta=1.0, weight=None',
  hinge_embedding_loss: `input, target, margin=1.0, ${reduced}`, multi_margin_loss: `input, target, p=1, margin=1.0, weight=None, ${reduced}`,
  cosine_embedding_loss: `input1, input2, target, margin=0.0, ${reduced}`, margin_ranking_loss: `input1, input2, target, margin=0.0, ${reduced}`,
  triplet_margin_loss: `anchor, positive, negative, margin=1.0, p=2.0, eps=1e-6, swap=False, ${reduced}`,
  gaussian_nll_loss: 'input, target, var, full=False, eps=1e-6, reduction="mean"',
  ctc_loss: 'log_probs, targets, input_lengths, target_lengths, blank=0, reduction="mean", zero_infinity=False',
};

function lossRows(): TorchRow[] {
  return losses.map(([, name, , inputs, dropAxis]) => {
    const names = lossParameters[name] ?? `${['input', 'target', 'other', 'lengths'].slice(0, inputs).join(', ')}, *args, reduction="mean", **kwargs`;
    return torchFn(`${F}.${name}(${names})` as `${typeof F}.mse_loss(input, target, *args, reduction="mean", **kwargs)`, (p, call) =>
      run(call, loss, { function: name, reduction: reductionOf(p.reduction), dropAxis: dropAxis ?? null }, [...call.bound.entries()].flatMap(([key, value]) =>
        (key !== 'args' && key !== 'kwargs' && value.kind === 'tensor' ? [value] : [])).slice(0, inputs)));
  });
}

const mhaSignature =
  `${F}.multi_head_attention_forward(query, key, value, embed_dim_to_check, num_heads, in_proj_weight, in_proj_bias, bias_k, bias_v, add_zero_attn, dropout_p, out_proj_weight, out_proj_bias, training=True, key_padding_mask=None, need_weights=True, attn_mask=None, use_separate_proj_weight=False, q_proj_weight=None, k_proj_weight=None, v_proj_weight=None, static_k=None, static_v=None, average_attn_weights=True, is_causal=False)` as const;

export const functionalRows: readonly TorchRow[] = [
  convRow(1), convRow(2), convRow(3), convTransposeRow(1), convTransposeRow(2), convTransposeRow(3),
  torchFn(`${F}.linear(input, weight, bias=None)`, ({ input, weight, bias }, call) => {
    const sizes = sizesOf(weight);
    if (sizes?.length === 1) return run(call, matmul, {}, [input, weight]);
    return run(
      call,
      linear,
      { inFeatures: sizes?.[1] ?? NaN, outFeatures: sizes?.[0] ?? NaN, bias: given(bias) !== undefined },
      [input],
      { weights: [weight, bias], aliases: { weight: 'inFeatures' } },
    );
  }, { names: ['torch._C._nn.linear'] }),
  torchFn(`${F}.batch_norm(input, running_mean, running_var, weight=None, bias=None, training=False, momentum=0.1, eps=1e-5)`, (p, call) => {
    const fromInput = sizesOf(p.input)?.[1];
    const channels = channelsOf(p.weight, p.running_mean, p.bias);
    return run(
      call,
      batchNorm,
      { channels: Number.isNaN(channels) ? (fromInput ?? NaN) : channels, scale: given(p.weight) !== undefined, shift: given(p.bias) !== undefined, statistics: statistics(p) },
      [p.input],
      { weights: [p.weight, p.bias] },
    );
  }),
  torchFn('torch.batch_norm(input, weight, bias, running_mean, running_var, training, momentum, eps, cudnn_enabled)', (p, call) =>
    run(
      call,
      batchNorm,
      { channels: sizesOf(p.input)?.[1] ?? NaN, scale: given(p.weight) !== undefined, shift: given(p.bias) !== undefined, statistics: statistics(p) },
      [p.input],
      { weights: [p.weight, p.bias] },
    )),
  torchFn(`${F}.instance_norm(input, running_mean=None, running_var=None, weight=None, bias=None, use_input_stats=True, momentum=0.1, eps=1e-5)`, (p, call) => {
    const sizes = sizesOf(p.input);
    return run(
      call,
      instanceNorm,
      {
        channels: sizes?.[1] ?? NaN, spatialRank: (sizes?.length ?? NaN) - 2, scale: given(p.weight) !== undefined, shift: given(p.bias) !== undefined,
        statistics: statistics(p), layout: 'channels-first',
      },
      [p.input],
      { weights: [p.weight, p.bias] },
    );
  }),
  torchFn(
    `${F}.layer_norm(input, normalized_shape, weight=None, bias=None, eps=1e-5)`,
    (p, call) => run(
      call,
      layerNorm,
      { normalizedShape: normalizedShape(p.normalized_shape), scale: given(p.weight) !== undefined, shift: given(p.bias) !== undefined },
      [p.input],
      { weights: [p.weight, p.bias] },
    ),
    { names: ['torch.layer_norm'] },
  ),
  torchFn(`${F}.rms_norm(input, normalized_shape, weight=None, eps=None)`, (p, call) =>
    run(call, rmsNorm, { normalizedShape: normalizedShape(p.normalized_shape), scale: given(p.weight) !== undefined }, [p.input], { weights: [p.weight] }), { names: ['torch.rms_norm'] }),
  torchFn(
    `${F}.group_norm(input, num_groups, weight=None, bias=None, eps=1e-5)`,
    (p, call) => run(
      call,
      groupNorm,
      { groups: intOf(p.num_groups), channels: sizesOf(p.input)?.[1] ?? NaN, scale: given(p.weight) !== undefined, shift: given(p.bias) !== undefined, layout: 'channels-first' },
      [p.input],
      { weights: [p.weight, p.bias], aliases: { num_groups: 'groups' } },
    ),
    { names: ['torch.group_norm'] },
  ),
  torchFn(`${F}.local_response_norm(input, size, alpha=1e-4, beta=0.75, k=1.0)`, (p, call) => run(call, localResponseNorm, { size: intOf(p.size), layout: 'channels-first' }, [p.input])),
  torchFn(`${F}.normalize(input, p=2.0, dim=1, eps=1e-12, out=None)`, ({ input, p, dim }, call) => run(call, normalize, { axes: intsOf(dim) ?? [intOf(dim)], order: numberOf(p) }, [input])),
  torchFn(`${F}.embedding(input, weight, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False)`, ({ input, weight }, call) => {
    const [entries = NaN, width = NaN] = sizesOf(weight) ?? [];
    return run(call, embedding, { entries, width }, [input], { weights: [weight], ...(weight.kind === 'tensor' ? { dtypes: [weight.tensor.dtype] } : {}) });
  }),
  torchFn('torch.embedding(weight, input, padding_idx=-1, scale_grad_by_freq=False, sparse=False)', ({ input, weight }, call) => {
    const [entries = NaN, width = NaN] = sizesOf(weight) ?? [];
    return run(call, embedding, { entries, width }, [input], { weights: [weight] });
  }),
  torchFn(`${F}.embedding_bag(input, weight, offsets=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, mode="mean", sparse=False, per_sample_weights=None, include_last_offset=False, padding_idx=None)`, ({ input, weight, offsets, mode, include_last_offset }, call) => {
    const [entries = NaN, width = NaN] = sizesOf(weight) ?? [];
    const kind = stringOf(mode);
    return run(
      call,
      embeddingBag,
      { entries, width, function: kind === 'sum' || kind === 'max' ? kind : 'mean', includeLastOffset: boolOf(include_last_offset) },
      given(offsets) ? [input, offsets] : [input],
      { weights: [weight] },
    );
  }),
  torchFn(`${F}.one_hot(tensor, num_classes=-1)`, ({ tensor, num_classes }, call) => run(
    call,
    oneHot,
    { classes: intOf(num_classes) < 0 ? (tensor.kind === 'tensor' && tensor.content ? 1 + Math.max(-1, ...tensor.content) : NaN) : intOf(num_classes), axis: -1 },
    [tensor],
    { dtypes: ['int64'] },
  )),
  ...maxPoolRow(1), ...maxPoolRow(2), ...maxPoolRow(3),
  torchFn(`${F}.interpolate(input, size=None, scale_factor=None, mode="nearest", align_corners=None, recompute_scale_factor=None, antialias=False)`, (p, call) =>
    run(call, interpolate, interpolateAttrs(p, stringOf(p.mode) ?? 'nearest'), [p.input], { aliases: { scale_factor: 'factor' } }), { names: [`${F}.upsample`] }),
  torchFn(`${F}.upsample_bilinear(input, size=None, scale_factor=None)`, (p, call) => run(call, interpolate, interpolateAttrs(p, 'bilinear'), [p.input])),
  torchFn(`${F}.upsample_nearest(input, size=None, scale_factor=None)`, (p, call) => run(call, interpolate, interpolateAttrs(p, 'nearest'), [p.input])),
  torchFn(`${F}.pad(input, pad, mode="constant", value=None)`, ({ input, pad: amounts, mode }, call) => {
    const kind = stringOf(mode) ?? 'constant';
    const names: Readonly<Record<string, PadAttrs['mode']>> = { reflect: 'reflect', replicate: 'replicate', circular: 'circular' };
    if (!itemsOf(amounts)) {
      return isUnknown(amounts) ? call.interpreter.gap(amounts.reason, call.args.at) : run(call, pad, padAttrs([intOf(amounts), intOf(amounts)], names[kind] ?? 'constant'), [input]);
    }
    return run(call, pad, padAttrs(intsOf(amounts) ?? [], names[kind] ?? 'constant'), [input]);
  }, { names: ['torch._C._nn.pad', 'torch.constant_pad_nd'] }),
  torchFn(`${F}.grid_sample(input, grid, mode="bilinear", padding_mode="zeros", align_corners=None)`, ({ input, grid, mode }, call) =>
    run(call, gridSample, { mode: stringOf(mode) ?? 'bilinear' }, [input, grid])),
  torchFn(`${F}.affine_grid(theta, size, align_corners=None)`, ({ theta, size }, call) => run(call, affineGrid, { size: intsOf(size) ?? [] }, [theta])),
  torchFn(`${F}.unfold(input, kernel_size, dilation=1, padding=0, stride=1)`, (p, call) => run(call, unfold, unfoldAttrs(p), [p.input])),
  torchFn(`${F}.fold(input, output_size, kernel_size, dilation=1, padding=0, stride=1)`, (p, call) => run(call, fold, { ...unfoldAttrs(p), outputSize: perAxis(p.output_size, 2) }, [p.input])),
  torchFn(`${F}.scaled_dot_product_attention(query, key, value, attn_mask=None, dropout_p=0.0, is_causal=False, scale=None, enable_gqa=False)`, ({ query, key, value, attn_mask, is_causal, enable_gqa }, call) =>
    run(
      call,
      attention,
      { causal: boolOf(is_causal), ...(boolOf(enable_gqa) ? { groupedQueries: true } : {}) },
      given(attn_mask)?.kind === 'tensor' ? [query, key, value, attn_mask] : [query, key, value],
    ), { names: ['torch._C._nn.scaled_dot_product_attention'] }),
  torchFn(mhaSignature, (p, call) => {
    const outputs = runAll(call, multiHeadAttention, {
      embedDim: intOf(p.embed_dim_to_check), heads: intOf(p.num_heads), bias: given(p.in_proj_bias) !== undefined, keyDim: sizesOf(p.key)?.at(-1) ?? NaN, valueDim: sizesOf(p.value)?.at(-1) ?? NaN,
      biasKeyValue: given(p.bias_k) !== undefined, addZeroAttention: boolOf(p.add_zero_attn), batchFirst: false,
      needWeights: boolOf(p.need_weights, true), averageWeights: boolOf(p.average_attn_weights, true), outputDim: channelsOf(p.out_proj_weight),
    }, [p.query, p.key, p.value], { weights: [p.in_proj_weight, p.q_proj_weight, p.k_proj_weight, p.v_proj_weight, p.in_proj_bias, p.bias_k, p.bias_v, p.out_proj_weight, p.out_proj_bias] });
    return isUnknown(outputs) ? outputs : tuple([outputs[0] ?? none, outputs[1] ?? none]);
  }),
  ...activationFn('relu', 'relu'), ...activationFn('relu6', 'relu6'), ...activationFn('elu', 'elu', ', alpha=1.0'), ...activationFn('selu', 'selu'),
  ...activationFn('celu', 'celu', ', alpha=1.0', ['torch.celu']),
  ...activationFn('leaky_relu', 'leaky-relu', ', negative_slope=0.01'),
  ...activationFn('rrelu', 'rrelu', ', lower=0.125, upper=0.3333333333333333, training=False', ['torch.rrelu']),
  ...activationFn('silu', 'silu'),
  ...activationFn('mish', 'mish'),
  ...activationFn('hardswish', 'hard-swish'),
  ...activationFn('hardsigmoid', 'hard-sigmoid'),
  ...activationFn('hardtanh', 'hard-tanh', ', min_val=-1.0, max_val=1.0'),
  ...activationFn('threshold', 'threshold', ', threshold=0.0, value=0.0', ['torch.threshold']),
  ...plainActivation('gelu', 'gelu', ', approximate="none"'),
  ...plainActivation('logsigmoid', 'log-sigmoid'),
  ...plainActivation('softplus', 'softplus', ', beta=1.0, threshold=20.0'),
  ...plainActivation('softsign', 'softsign'),
  ...plainActivation('tanhshrink', 'tanh-shrink'),
  ...plainActivation('hardshrink', 'hard-shrink', ', lambd=0.5', { method: true }),
  ...plainActivation('softshrink', 'soft-shrink', ', lambd=0.5'),
  ...plainActivation('tanh', 'tanh'),
  ...plainActivation('sigmoid', 'sigmoid'),
  torchFn('torch.special.expit(input)', ({ input }, call) => run(call, activation, { function: 'sigmoid' }, [input])),
  both('torch.prelu(input, weight)', ({ input, weight }, call) =>
    run(call, activation, { function: 'prelu', slope: sizesOf(weight) ?? [NaN] }, [input], { weights: [weight], inPlace: false }), { inPlace: false, names: [`${F}.prelu`] }),
  torchFn(`${F}.glu(input, dim=-1)`, ({ input, dim }, call) => run(call, gatedLinearUnit, { axis: intOf(dim) }, [input])),
  ...softmaxRow('softmax', 'softmax'),
  ...softmaxRow('log_softmax', 'log-softmax'),
  torchFn(`${F}.softmin(input, dim=None, _stacklevel=3, dtype=None)`, ({ input, dim }, call) => softmaxOver(call, 'softmin', input, dim)),
  torchFn(`${F}.gumbel_softmax(logits, tau=1, hard=False, eps=1e-10, dim=-1)`, ({ logits, dim }, call) => softmaxOver(call, 'gumbel-softmax', logits, dim)),
  dropoutRow('dropout', 'element'), dropoutRow('dropout1d', 'channel'), dropoutRow('dropout2d', 'channel'), dropoutRow('dropout3d', 'channel'),
  dropoutRow('alpha_dropout', 'element', 'False'), dropoutRow('feature_alpha_dropout', 'channel', 'False'),
  torchFn('torch.dropout(input, p, train)', ({ input, p, train }, call) => run(call, dropout, { rate: numberOf(p), unit: 'element', training: boolOf(train) }, [input])),
  ...lossRows(),
];
