/** Says a shape error in the words in which Keras raises it, and what would mend it where that can be worked out. */
import { isUnknown } from '../../base/unknown';
import type { Complaint, Said } from '../../graph/builder';
import type { GraphTensor, Mend } from '../../graph/graph';
import { conv } from '../../ops/conv';
import type { Attrs } from '../../ops/define';
import { pool } from '../../ops/pool';
import { product, sizesOf, type Sizes } from '../../tensor/shape';
import { nameOf, type KerasInstance } from './state';

/** What a layer says of itself is as good as its name: no other need stand before it. */
export function inKerasWords(self: KerasInstance, complaint: Complaint): Said | undefined {
  const { op, attr } = complaint;
  if (op.kind === 'reshape' && attr === 'sizes') return reshapeWords(self, complaint);
  if (op.kind === 'concat' && complaint.inputs.length > 1) return { message: `inputs must have matching shapes except for the concatenation axis ${Number(complaint.attrs['axis'])}; received ${shapesText(complaint.inputs)}` };
  if (op.kind === 'elementwise' && attr === '') return { message: `inputs have incompatible shapes ${shapesText(complaint.inputs)}` };
  if (attr === 'kernel') return kernelWords(self, complaint);
  if (attr === 'groups') return groupsWords(self, complaint);
  return inputWords(self, complaint);
}

/** `Input 0 of layer "conv2d" is incompatible with the layer: …` */
function inputWords(self: KerasInstance, { attr, message, attrs, expected, inputs: [input] }: Complaint): Said | undefined {
  const start = `Input 0 of layer "${nameOf(self)}" is incompatible with the layer: `;
  if (message.includes('ndim=')) return { message: `${start}${message}. Full shape received: ${shapeTuple(input)}`, namesLayer: true };
  if (expected === undefined || !['inChannels', 'inFeatures', 'inputSize', 'channels'].includes(attr)) return undefined;
  const axis = attrs['layout'] === 'channels-first' ? 1 : typeof attrs['axis'] === 'number' ? attrs['axis'] : -1;
  return { message: `${start}expected axis ${axis} of input shape to have value ${expected}, but received input with shape ${shapeTuple(input)}`, namesLayer: true };
}

function kernelWords(self: KerasInstance, { op, attrs, inputs: [input] }: Complaint): Said {
  const message = `computed output size would be negative: ${op.kind === 'pool' ? 'pool' : 'kernel'} ${tupleText(sizesIn(attrs['kernel']))} on input shape ${shapeTuple(input)} with padding="valid"`;
  const fix = attrs['padding'] === 'valid' ? samePadding(self, op.kind, attrs, input) : undefined;
  return { message, ...(fix ? { fix } : {}) };
}

function samePadding(self: KerasInstance, kind: string, attrs: Attrs, input: GraphTensor | undefined): Mend | undefined {
  const { native: { node, spans, declared } } = self;
  const op = kind === 'conv' ? conv : kind === 'pool' ? pool : undefined;
  const last = node?.args[node.args.length - 1];
  if (!op || !spans['kernel'] || !last || !input || isUnknown(input.shape)) return undefined;
  // The operator itself says what would come out.
  const [output] = op.shape({ ...attrs, padding: 'same' } as never, [sizesOf(input.shape)], { expect: () => undefined, fail: () => undefined });
  if (!output || output.some(Number.isNaN)) return undefined;
  const written = spans['padding'];
  const span = written ?? { start: last.span.end, end: last.span.end };
  return {
    title: `Set padding="same": the output becomes ${tupleText(output, input.openBatch)}`,
    edits: [{ at: { uri: declared.uri, span }, newText: `${written ? '' : ', '}${keywordBefore(self, written, 'padding', true)}"same"` }],
  };
}

/** Whichever of the two does not divide is named, the filters first, as Keras looks at them. */
function groupsWords(self: KerasInstance, { attrs }: Complaint): Said {
  const [groups, filters, channels] = [Number(attrs['groups']), Number(attrs['outChannels']), Number(attrs['inChannels'])];
  const [what, count] = filters % groups === 0 ? ['input channels', channels] as const : ['filters', filters] as const;
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

function reshapeWords(self: KerasInstance, { attrs, inputs: [input] }: Complaint): Said | undefined {
  if (!input || isUnknown(input.shape)) return undefined;
  const [have, target] = [sizesOf(input.shape).slice(1), sizesIn(attrs['sizes']).slice(1)];
  const count = product(have);
  const message = `the total size of the tensor must be unchanged: input shape ${tupleText(have)} has ${count} elements, target_shape ${tupleText(target)} ${target.includes(-1) ? 'does not divide them' : `has ${product(target)}`}`;
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

function sizesIn(value: Attrs[string]): Sizes {
  return Array.isArray(value) ? value.filter((size): size is number => typeof size === 'number') : [];
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
