/** Says a shape error in the words in which Keras raises it, and what would mend it where that can be worked out. */
import { isUnknown } from '../../base/unknown';
import type { Complaint, Said } from '../../graph/builder';
import type { GraphTensor, Mend } from '../../graph/graph';
import { batchNorm } from '../../ops/batch-norm';
import { concat } from '../../ops/concat';
import { conv } from '../../ops/conv';
import { convTranspose } from '../../ops/conv-transpose';
import { attrsIf, type Report } from '../../ops/define';
import { elementwise } from '../../ops/elementwise';
import { groupNorm } from '../../ops/group-norm';
import { instanceNorm } from '../../ops/instance-norm';
import { pool } from '../../ops/pool';
import { reshape } from '../../ops/reshape';
import { separableConv } from '../../ops/separable-conv';
import { product, sizesOf, type Sizes } from '../../tensor/shape';
import { demandedRank } from './input-spec';
import { nameOf, type KerasInstance } from './state';

/** What a layer says of itself is as good as its name: no other need stand before it. */
export function inKerasWords(self: KerasInstance, complaint: Complaint): Said | undefined {
  const { attr, inputs } = complaint;
  const reshaped = attr === 'sizes' ? attrsIf(complaint, reshape) : undefined;
  if (reshaped) return reshapeWords(self, complaint, reshaped.sizes);
  const joined = inputs.length > 1 ? attrsIf(complaint, concat) : undefined;
  if (joined) return { message: `inputs must have matching shapes except for the concatenation axis ${joined.axis}; received ${shapesText(inputs)}` };
  if (attr === '' && attrsIf(complaint, elementwise)) return { message: `inputs have incompatible shapes ${shapesText(inputs)}` };
  if (attr === 'kernel') return kernelWords(self, complaint);
  if (attr === 'groups') return groupsWords(self, complaint);
  return inputWords(self, complaint);
}

/** `Input 0 of layer "conv2d" is incompatible with the layer: …` */
function inputWords(self: KerasInstance, complaint: Complaint): Said | undefined {
  const { attr, message, expected, inputs: [input] } = complaint;
  const start = `Input 0 of layer "${nameOf(self)}" is incompatible with the layer: `;
  if (attr === demandedRank) return { message: `${start}${message}. Full shape received: ${shapeTuple(input)}`, namesLayer: true };
  if (expected === undefined || !['inChannels', 'inFeatures', 'inputSize', 'channels'].includes(attr)) return undefined;
  return { message: `${start}expected axis ${channelAxis(complaint)} of input shape to have value ${expected}, but received input with shape ${shapeTuple(input)}`, namesLayer: true };
}

/** As the layer's own layout or axis has it; the last one otherwise. */
function channelAxis(complaint: Complaint): number {
  const laidOut = attrsIf(complaint, conv) ?? attrsIf(complaint, convTranspose) ?? attrsIf(complaint, separableConv) ?? attrsIf(complaint, groupNorm) ?? attrsIf(complaint, instanceNorm);
  if (laidOut) return laidOut.layout === 'channels-first' ? 1 : -1;
  return attrsIf(complaint, batchNorm)?.axis ?? -1;
}

function kernelWords(self: KerasInstance, complaint: Complaint): Said | undefined {
  const { inputs: [input] } = complaint;
  const [convolution, pooling] = [attrsIf(complaint, conv), attrsIf(complaint, pool)];
  const window = convolution ?? pooling ?? attrsIf(complaint, separableConv);
  if (!window) return undefined;
  const message = `computed output size would be negative: ${pooling ? 'pool' : 'kernel'} ${tupleText(window.kernel)} on input shape ${shapeTuple(input)} with padding="valid"`;
  // The operator itself says what would come out.
  const padded = (sizes: Sizes): readonly Sizes[] => (convolution ? conv.shape({
    ...convolution, padding: 'same',
  }, [sizes], silent) : pooling ? pool.shape({ ...pooling, padding: 'same' }, [sizes], silent) : []);
  const fix = window.padding === 'valid' ? samePadding(self, padded, input) : undefined;
  return { message, ...(fix ? { fix } : {}) };
}

const silent: Report = { expect: () => undefined, fail: () => undefined };

function samePadding(self: KerasInstance, padded: (sizes: Sizes) => readonly Sizes[], input: GraphTensor | undefined): Mend | undefined {
  const { native: { node, spans, declared } } = self;
  const last = node?.args[node.args.length - 1];
  if (!spans['kernel'] || !last || !input || isUnknown(input.shape)) return undefined;
  const [output] = padded(sizesOf(input.shape));
  if (!output || output.some(Number.isNaN)) return undefined;
  const written = spans['padding'];
  const span = written ?? { start: last.span.end, end: last.span.end };
  return {
    title: `Set padding="same": the output becomes ${tupleText(output, input.openBatch)}`,
    edits: [{ at: { uri: declared.uri, span }, newText: `${written ? '' : ', '}${keywordBefore(self, written, 'padding', true)}"same"` }],
  };
}

/** Whichever of the two does not divide is named, the filters first, as Keras looks at them. */
function groupsWords(self: KerasInstance, complaint: Complaint): Said | undefined {
  const attrs = attrsIf(complaint, conv) ?? attrsIf(complaint, convTranspose);
  if (!attrs) return undefined;
  const { groups, outChannels: filters, inChannels: channels } = attrs;
  const [what, count] = Number.isNaN(filters) || filters % groups === 0 ? ['input channels', channels] as const : ['filters', filters] as const;
  const message = `the number of ${what} must be evenly divisible by the number of groups; received groups=${groups}, ${what}=${count}`;
  const written = self.native.spans['groups'];
  let best = Math.floor(Math.min(groups, channels, filters));
  while (best > 1 && (channels % best !== 0 || filters % best !== 0)) best--;
  if (!written || !(best > 1)) return { message };
  return { message, fix: {
    title: `Set groups=${best}, the largest number below ${groups} that divides ${channels} input channels and ${filters} filters`,
    edits: [{ at: { uri: self.native.declared.uri, span: written }, newText: `${keywordBefore(self, written, 'groups')}${best}` }],
  } };
}

function reshapeWords(self: KerasInstance, { inputs: [input] }: Complaint, sizes: Sizes): Said | undefined {
  if (!input || isUnknown(input.shape)) return undefined;
  const [have, target] = [sizesOf(input.shape).slice(1), sizes.slice(1)];
  const count = product(have);
  const message =
    `the total size of the tensor must be unchanged: input shape ${tupleText(have)} has ${count} elements, target_shape ${tupleText(target)} ${target.includes(-1) ? 'does not divide them' : `has ${product(target)}`}`;
  const written = self.native.spans['sizes'];
  const fitting = written ? fittingTarget(target, count) : undefined;
  if (!written || !fitting) return { message };
  return { message, fix: {
    title: `Change target_shape to ${tupleText(fitting)}: ${count} elements, as in the input`,
    edits: [{ at: { uri: self.native.declared.uri, span: written }, newText: `${keywordBefore(self, written, 'target_shape')}${tupleText(fitting)}` }],
  } };
}

/** One size replaced so that the count fits: the last one if that does, else the only one that does. */
function fittingTarget(target: Sizes, count: number): Sizes | undefined {
  if (target.some(size => !(size > 0))) return undefined;
  const candidates = target.map((size, axis) => target.with(axis, count / (product(target) / size))).filter((sizes, axis) => Number.isInteger(sizes[axis]));
  const last = candidates.find(sizes => sizes.slice(0, -1).every((size, axis) => size === target[axis]));
  return last ?? (candidates.length === 1 ? candidates[0] : undefined);
}

/** `padding=` where the argument is written with its name, or has to be. */
function keywordBefore(self: KerasInstance, span: { readonly start: number } | undefined, name: string, isNew = false): string {
  const written = self.native.node?.args.find(argument => argument.span.start === span?.start);
  return written?.keyword !== undefined || (isNew && !written) ? `${name}=` : '';
}

function shapesText(inputs: readonly GraphTensor[]): string {
  return inputs.map(shapeTuple).join(' and ');
}

/** `(None, 28, 28, 1)`, as Python prints a KerasTensor's shape. */
function shapeTuple(tensor: GraphTensor | undefined): string {
  return !tensor || isUnknown(tensor.shape) ? '(?)' : tupleText(sizesOf(tensor.shape), tensor.openBatch);
}

function tupleText(sizes: Sizes, openBatch?: number): string {
  const items = sizes.map((size, axis) => (axis === 0 && size === openBatch ? 'None' : Number.isNaN(size) ? '?' : String(size)));
  return `(${items.join(', ')}${items.length === 1 ? ',' : ''})`;
}
