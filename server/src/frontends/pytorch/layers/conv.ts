/** Convolutions, transposed ones, and their lazy variants. */
import { conv, type ConvAttrs } from '../../../ops/conv';
import { convTranspose, type ConvTransposeAttrs } from '../../../ops/conv-transpose';
import type { Interpreter } from '../../python/interpreter';
import type { LibraryEntry } from '../../python/library';
import { int, none, type CallArguments, type Value } from '../../python/values';
import { applyOperator, layer } from '../layer';
import { registered } from '../module';
import { isModule, type LayerCall, type WeightSizes } from '../state';
import { cls, rawMethod } from '../../python/objects/native-class';
import { boolOf, bothSides, given, intOf, no, paddingOf, perAxis, stringOf, tupleOf, yes } from './arguments';
import { channelAxis, lazyOptions, lazySize } from './lazy';

interface ConvParameters {
  readonly in_channels: Value; readonly out_channels: Value; readonly kernel_size: Value; readonly stride: Value;
  readonly padding: Value; readonly dilation: Value; readonly groups: Value; readonly bias: Value; readonly padding_mode: Value;
}

function convAttrs(rank: number, p: ConvParameters): ConvAttrs {
  return {
    inChannels: intOf(p.in_channels), outChannels: intOf(p.out_channels), groups: intOf(p.groups), bias: boolOf(p.bias, true), layout: 'channels-first',
    kernel: perAxis(p.kernel_size, rank), stride: perAxis(p.stride, rank), dilation: perAxis(p.dilation, rank), padding: paddingOf(p.padding, rank),
  };
}

function convAttributes(rank: number, p: ConvParameters): Record<string, Value> {
  return {
    in_channels: p.in_channels, out_channels: p.out_channels, kernel_size: tupleOf(p.kernel_size, rank), stride: tupleOf(p.stride, rank),
    padding: stringOf(p.padding) === undefined ? tupleOf(p.padding, rank) : p.padding, dilation: tupleOf(p.dilation, rank),
    groups: p.groups, padding_mode: p.padding_mode, transposed: no, output_padding: tupleOf(int(0), rank),
  };
}

function checkConv(p: ConvParameters & Readonly<Record<string, Value>>, interpreter: Interpreter, args: CallArguments): void {
  const groups = intOf(p.groups);
  for (const name of ['in_channels', 'out_channels'] as const) {
    const channels = intOf(p[name]);
    if (channels % groups > 0) interpreter.raise('ValueError', `${name} must be divisible by groups: ${name}=${channels}, groups=${groups}`, args.at);
  }
}

/** Someone may have put in other weights: their sizes decide. */
function fromConvWeights(attrs: ConvAttrs, sizes: WeightSizes): ConvAttrs {
  const weight = sizes('weight');
  const bias = sizes('bias') !== undefined;
  if (weight?.length !== attrs.kernel.length + 2) return { ...attrs, bias };
  const [outChannels = NaN, perGroup = NaN, ...kernel] = weight;
  return { ...attrs, bias, outChannels, inChannels: perGroup * attrs.groups, kernel };
}

const transposedCall: LayerCall<ConvTransposeAttrs> = ({ self, attrs, apply }, args) => {
  const [input, positionalSize] = args.positional;
  const outputSize = given(positionalSize ?? args.keywords.find(([name]) => name === 'output_size')?.[1]);
  const first = input ?? args.keywords.find(([name]) => name === 'input')?.[1];
  if (!first) return self;
  if (!outputSize) return apply([first]);
  const rank = attrs.kernel.length;
  const sizes = perAxis(outputSize, rank);
  return apply([first], { attrs: { ...attrs, outputSize: sizes.slice(-rank) } });
};

interface TransposedParameters extends ConvParameters { readonly output_padding: Value }

function transposedAttrs(rank: number, p: TransposedParameters): ConvTransposeAttrs {
  return { ...convAttrs(rank, p), padding: bothSides(perAxis(p.padding, rank)), outputPadding: perAxis(p.output_padding, rank) };
}

const aliases = { kernel_size: 'kernel' };

/** What `forward` hands its work to: the layer itself with its own weights, the function with others. */
function convForward(self: Value, { positional: [input = none, weight = none, bias = none], at }: CallArguments, interpreter: Interpreter): Value {
  if (!isModule(self) || !self.native.layer) return none;
  const own = (name: string): Value => registered(self, name) ?? none;
  if (weight === own('weight') && bias === own('bias')) return applyOperator(interpreter, self, self.native.layer, { positional: [input], keywords: [], at });
  const { definition } = self.native.layer;
  const window = ['stride', 'padding', 'dilation', 'groups'].map(name => interpreter.attribute(self, name, at));
  return interpreter.callWith(interpreter.libraryValue(`torch.nn.functional.${definition.name.slice('torch.nn.'.length).toLowerCase()}`), [input, weight, bias, ...window], at);
}

const overridable = { method: '_conv_forward', given: ['weight', 'bias'] };
const shared = { aliases, optional: ['bias'], check: checkConv, fromWeights: fromConvWeights, overridable, methods: [rawMethod('_conv_forward', convForward)] };
const ofTransposed = {
  aliases, optional: ['bias'], check: checkConv, call: transposedCall,
  fromWeights: (attrs: ConvTransposeAttrs, sizes: WeightSizes): ConvTransposeAttrs => {
    const weight = sizes('weight');
    const bias = sizes('bias') !== undefined;
    if (weight?.length !== attrs.kernel.length + 2) return { ...attrs, bias };
    const [inChannels = NaN, perGroup = NaN, ...kernel] = weight;
    return { ...attrs, bias, inChannels, outChannels: perGroup * attrs.groups, kernel };
  },
};

const base = 'torch.nn.modules.conv._ConvNd';
const transposedBase = 'torch.nn.modules.conv._ConvTransposeNd';

export const convLayers: readonly LibraryEntry[] = [
  cls(base, { bases: ['torch.nn.Module'] }),
  cls(transposedBase, { bases: [base] }),
  layer(
    conv,
    'torch.nn.Conv1d(in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode="zeros", device=None, dtype=None)',
    p => convAttrs(1, p),
    { ...shared, base, attributes: p => convAttributes(1, p) },
  ),
  layer(
    conv,
    'torch.nn.Conv2d(in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode="zeros", device=None, dtype=None)',
    p => convAttrs(2, p),
    { ...shared, base, attributes: p => convAttributes(2, p) },
  ),
  layer(
    conv,
    'torch.nn.Conv3d(in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode="zeros", device=None, dtype=None)',
    p => convAttrs(3, p),
    { ...shared, base, attributes: p => convAttributes(3, p) },
  ),
  layer(
    convTranspose,
    'torch.nn.ConvTranspose1d(in_channels, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1, padding_mode="zeros", device=None, dtype=None)',
    p => transposedAttrs(1, p),
    { ...ofTransposed, base: transposedBase, attributes: p => ({ ...convAttributes(1, p), transposed: yes, output_padding: tupleOf(p.output_padding, 1) }) },
  ),
  layer(
    convTranspose,
    'torch.nn.ConvTranspose2d(in_channels, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1, padding_mode="zeros", device=None, dtype=None)',
    p => transposedAttrs(2, p),
    { ...ofTransposed, base: transposedBase, attributes: p => ({ ...convAttributes(2, p), transposed: yes, output_padding: tupleOf(p.output_padding, 2) }) },
  ),
  layer(
    convTranspose,
    'torch.nn.ConvTranspose3d(in_channels, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1, padding_mode="zeros", device=None, dtype=None)',
    p => transposedAttrs(3, p),
    { ...ofTransposed, base: transposedBase, attributes: p => ({ ...convAttributes(3, p), transposed: yes, output_padding: tupleOf(p.output_padding, 3) }) },
  ),
  layer(
    conv,
    'torch.nn.LazyConv1d(out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode="zeros", device=None, dtype=None)',
    p => convAttrs(1, { ...p, in_channels: lazySize }),
    lazyOptions('torch.nn.Conv1d', channelAxis(1)),
  ),
  layer(
    conv,
    'torch.nn.LazyConv2d(out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode="zeros", device=None, dtype=None)',
    p => convAttrs(2, { ...p, in_channels: lazySize }),
    lazyOptions('torch.nn.Conv2d', channelAxis(2)),
  ),
  layer(
    conv,
    'torch.nn.LazyConv3d(out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode="zeros", device=None, dtype=None)',
    p => convAttrs(3, { ...p, in_channels: lazySize }),
    lazyOptions('torch.nn.Conv3d', channelAxis(3)),
  ),
  layer(
    convTranspose,
    'torch.nn.LazyConvTranspose1d(out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1, padding_mode="zeros", device=None, dtype=None)',
    p => transposedAttrs(1, { ...p, in_channels: lazySize }),
    lazyOptions('torch.nn.ConvTranspose1d', channelAxis(1)),
  ),
  layer(
    convTranspose,
    'torch.nn.LazyConvTranspose2d(out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1, padding_mode="zeros", device=None, dtype=None)',
    p => transposedAttrs(2, { ...p, in_channels: lazySize }),
    lazyOptions('torch.nn.ConvTranspose2d', channelAxis(2)),
  ),
  layer(
    convTranspose,
    'torch.nn.LazyConvTranspose3d(out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1, padding_mode="zeros", device=None, dtype=None)',
    p => transposedAttrs(3, { ...p, in_channels: lazySize }),
    lazyOptions('torch.nn.ConvTranspose3d', channelAxis(3)),
  ),
];
