/** einops: patterns taken apart into reshapes, permutations, expansions and reductions. */
import { isUnknown } from '../../../base/unknown';
import type { Site } from '../../../graph/graph';
import { concat, stack } from '../../../ops/concat';
import type { Attrs, OpDefinition } from '../../../ops/define';
import { einsum } from '../../../ops/einsum';
import { elementwise } from '../../../ops/elementwise';
import { expand } from '../../../ops/expand';
import { permute } from '../../../ops/permute';
import { reduce, type ReduceFunction } from '../../../ops/reduce';
import { reshape } from '../../../ops/reshape';
import { split } from '../../../ops/split';
import { product, sizesOf, type Sizes } from '../../../tensor/shape';
import { intOf, intsOf, itemsOf, stringOf } from '../../python/convert';
import type { Interpreter } from '../../python/interpreter';
import { entry, type LibraryEntry, type LibraryTables } from '../../python/library';
import { collect, m } from '../../python/objects/native';
import { dictOfNames, int, list, none, tuple, type CallArguments, type Value } from '../../python/values';
import { applyAll, applyOp } from '../../python/tensors/apply';
import { defaultDType, sizeValue } from '../dtypes';
import { allocateModule, initialiseModule, register } from '../module';
import { cls, makeClass, rawMethod } from '../../python/objects/native-class';
import { torchFn } from '../rows';
import { isModule, newParameter } from '../state';
import { isComplaint, readPattern, readSide, solve, type Complaint, type Solution, type Transformation } from './einops-pattern';
import { shapeOfTensor, type TensorCall } from '../../python/tensors/call';

/** One call of an einops function or layer. */
interface Context {
  readonly interpreter: Interpreter;
  readonly args: CallArguments;
  readonly type: string;
  readonly parameters: readonly Value[];
  readonly site?: Site;
}

function contextOf({ interpreter, args, type, bound }: TensorCall): Context {
  return { interpreter, args, type, parameters: [...bound.values()] };
}

function step<A extends Attrs>(context: Context, op: OpDefinition<A>, attrs: NoInfer<A>, inputs: readonly Value[]): Value {
  const { interpreter, args, type, parameters, site } = context;
  return applyOp(interpreter, args, { op, attrs, inputs, type, parameters, ...(site ? { site } : {}) });
}

/** A malformed pattern is an error of the program; a tensor that does not fit is a mismatch like that of a layer. */
function refuse(context: Context, complaint: Complaint): Value {
  const { interpreter, args, type, site } = context;
  if (!complaint.isShape) return interpreter.raise('RuntimeError', `${type}: ${complaint.message}`, args.at);
  const { builder } = interpreter;
  builder.mismatches.push({
    node: builder.nodes.length, attr: 'pattern', message: complaint.message, expected: complaint.expected, actual: complaint.actual,
    site: site ?? { declared: args.at, argument: {} },
  });
  return { kind: 'unknown', reason: 'a shape error before this', at: args.at };
}

/** Lengths of named axes, NaN where not known. */
function lengthsOf(value: Value): ReadonlyMap<string, number> {
  const lengths = new Map<string, number>();
  if (value.kind === 'dict') for (const { key, value: length } of value.entries.values()) lengths.set(stringOf(key) ?? '', intOf(length));
  return lengths;
}

/** A list of tensors counts as one tensor with a new first axis. */
function stacked(context: Context, tensor: Value): Value {
  if (tensor.kind !== 'list' && tensor.kind !== 'tuple') return tensor;
  return step(context, stack, { axis: 0 }, tensor.items);
}

const sameOrder = (a: readonly unknown[], b: readonly unknown[]): boolean => a.length === b.length && a.every((item, i) => item === b[i]);

function reshaped(context: Context, value: Value, sizes: Sizes): Value {
  const shape = shapeOfTensor(value);
  return shape && sameOrder(shape, sizes) ? value : step(context, reshape, { sizes }, [value]);
}

function permuted(context: Context, value: Value, axes: Sizes): Value {
  return axes.every((axis, i) => axis === i) ? value : step(context, permute, { axes }, [value]);
}

const reductions: Readonly<Record<string, ReduceFunction>> = { min: 'min', max: 'max', sum: 'sum', mean: 'mean', prod: 'product', any: 'any', all: 'all' };

function reducedOver(context: Context, value: Value, axes: Sizes, reduction: Value): Value {
  if (axes.length === 0) return value;
  const kind = reductions[stringOf(reduction) ?? ''];
  if (kind) return step(context, reduce, { function: kind, axes, keepDims: false }, [value]);
  const { interpreter, args } = context;
  if (stringOf(reduction) !== undefined) return interpreter.raise('RuntimeError', `${context.type}: '${stringOf(reduction) ?? ''}' is no reduction`, args.at);
  return interpreter.callWith(reduction, [value, tuple(axes.map(int))], args.at);
}

/** `reduce(x, pattern, 'repeat')`: the other two transformations are reductions of these names. */
function transformationOf(transformation: Transformation, reduction: Value): Transformation {
  const name = transformation === 'reduce' ? stringOf(reduction) : undefined;
  return name === 'repeat' || name === 'rearrange' ? name : transformation;
}

/** The three transformations are one: take apart, reduce, reorder, expand, join. */
function transform(context: Context, input: Value, text: Value, transformation: Transformation, lengths: ReadonlyMap<string, number>, reduction: Value = none): Value {
  const { interpreter, args } = context;
  const pattern = stringOf(text);
  if (pattern === undefined) return interpreter.gap(isUnknown(text) ? text.reason : 'the pattern is not known', args.at);
  const value = stacked(context, input);
  if (value.kind !== 'tensor') return isUnknown(value) ? interpreter.gap(value.reason, args.at) : interpreter.raise('TypeError', `${context.type}: a tensor was expected`, args.at);
  const shape = shapeOfTensor(value);
  if (!shape) return interpreter.gap('the rank of a tensor is not known', args.at);
  const read = readPattern(pattern, transformationOf(transformation, reduction));
  if (isComplaint(read)) return refuse(context, read);
  const solution = solve(read, sizesOf(shape), lengths);
  if (isComplaint(solution)) {
    refuse(context, solution);
    // What follows still learns the rank.
    const hidden = read.right.some(group => !group.bracketed && group.names[0] === '...') ? Math.max(0, shape.length - read.left.length) : 0;
    return step(context, reshape, { sizes: new Array<number>(read.right.length + hidden).fill(NaN) }, [value]);
  }
  return follow(context, value, solution, reduction);
}

function follow(context: Context, input: Value, { from, to, sizes }: Solution, reduction: Value): Value {
  const size = (name: string): number => sizes.get(name) ?? NaN;
  const before = from.flat();
  const after = to.flat();
  const kept = before.filter(name => after.includes(name));
  const gone = before.flatMap((name, axis) => (after.includes(name) ? [] : [axis]));
  const old = after.filter(name => kept.includes(name));
  // Axes that stay in their order need not be taken apart before they are joined.
  const apart = gone.length === 0 && sameOrder(old, kept) ? input : reshaped(context, input, before.map(size));
  const reduced = reducedOver(context, apart, gone, reduction);
  const ordered = permuted(context, reduced, old.map(name => kept.indexOf(name)));
  const widened = old.length === after.length ? ordered : step(context, expand, { sizes: after.map(size) }, [reshaped(context, ordered, after.map(name => (kept.includes(name) ? size(name) : 1)))]);
  return reshaped(context, widened, to.map(group => product(group.map(size))));
}

/** Named axes as the single letters of an equation. */
function equationOf(pattern: string, operands: number): string | Complaint {
  const letters = new Map<string, string>();
  const letter = (name: string): string => {
    if (name === '...') return name;
    const known = letters.get(name) ?? String.fromCharCode((letters.size < 26 ? 97 : 65 - 26) + letters.size);
    letters.set(name, known);
    return known;
  };
  const sides = pattern.split('->');
  if (sides.length !== 2) return { message: `'${pattern}' has no single '->'`, isShape: false };
  const terms = (sides[0] ?? '').split(',');
  if (terms.length !== operands) return { message: `'${pattern}' names ${terms.length} tensors, received ${operands}`, isShape: false };
  const written: string[] = [];
  for (const term of [...terms, sides[1] ?? '']) {
    // Unlike elsewhere an axis may occur twice in one tensor: its diagonal.
    const names = term.trim() === '' ? [] : term.trim().split(/\s+/);
    const bad = names.find(name => !/^([A-Za-z]\w*|\.\.\.)$/.test(name));
    if (bad !== undefined) return { message: `'${bad}' is no name of an axis`, isShape: false };
    written.push(names.map(letter).join(''));
  }
  return `${written.slice(0, -1).join(',')}->${written[written.length - 1] ?? ''}`;
}

function einsumOf(context: Context, values: readonly Value[]): Value {
  const { interpreter, args } = context;
  const pattern = stringOf(values[values.length - 1]);
  const tensors = values.slice(0, -1);
  if (pattern === undefined) return interpreter.gap('the pattern of `einops.einsum` is not known', args.at);
  const equation = equationOf(pattern, tensors.length);
  return typeof equation === 'string' ? step(context, einsum, { equation }, tensors) : refuse(context, equation);
}

interface PackPattern { readonly before: number; readonly after: number }

/** `i j * k`: how many axes stand before and after those that are packed. */
function packPattern(context: Context, text: Value): PackPattern {
  const names = (stringOf(text) ?? '').trim().split(/\s+/);
  const at = names.indexOf('*');
  if (at < 0 || names.lastIndexOf('*') !== at) context.interpreter.raise('RuntimeError', `${context.type}: '${stringOf(text) ?? ''}' has no single '*'`, context.args.at);
  return { before: at, after: names.length - at - 1 };
}

function packed(context: Context, tensors: Value, text: Value): Value {
  const { interpreter, args } = context;
  const items = collect(tensors, interpreter, args.at);
  if (isUnknown(items)) return interpreter.gap(items.reason, args.at);
  if (stringOf(text) === undefined) return interpreter.gap('the pattern of `einops.pack` is not known', args.at);
  const { before, after } = packPattern(context, text);
  const shapes: Value[] = [];
  const parts: Value[] = [];
  for (const item of items) {
    const shape = shapeOfTensor(item);
    if (!shape) return interpreter.gap(isUnknown(item) ? item.reason : 'the rank of a tensor is not known', args.at);
    if (shape.length < before + after) {
      return refuse(context, { message: `expected at least ${before + after} dimensions, received ${shape.length}`, isShape: true, expected: before + after, actual: shape.length });
    }
    const middle = shape.slice(before, shape.length - after);
    shapes.push(sizeValue(interpreter, middle));
    const sizes = sizesOf(shape);
    parts.push(reshaped(context, item, [...sizes.slice(0, before), product(sizesOf(middle)), ...sizes.slice(shape.length - after)]));
  }
  return tuple([step(context, concat, { axis: before }, parts), list(shapes)]);
}

function unpacked(context: Context, tensor: Value, shapes: Value, text: Value): Value {
  const { interpreter, args, type, parameters } = context;
  const items = collect(shapes, interpreter, args.at);
  const shape = shapeOfTensor(tensor);
  if (isUnknown(items)) return interpreter.gap(items.reason, args.at);
  if (!shape || stringOf(text) === undefined) return interpreter.gap(isUnknown(tensor) ? tensor.reason : 'what `einops.unpack` is given is not known', args.at);
  const { before, after } = packPattern(context, text);
  const expected = before + 1 + after;
  if (shape.length !== expected) return refuse(context, { message: `expected ${expected} dimensions, received ${shape.length}`, isShape: true, expected, actual: shape.length });
  const middles = items.map(item => intsOf(item) ?? [NaN]);
  const total = sizesOf(shape)[before] ?? NaN;
  const fixed = middles.map(sizes => (sizes.includes(-1) ? 0 : product(sizes)));
  const rest = total - fixed.reduce((a, b) => a + b, 0);
  const lengths = middles.map((sizes, i) => (sizes.includes(-1) ? rest : (fixed[i] ?? NaN)));
  const pieces = applyAll(interpreter, args, { op: split, attrs: { axis: before, by: 'sizes', sizes: lengths }, inputs: [tensor], type, parameters });
  if (isUnknown(pieces)) return pieces;
  const around = sizesOf(shape);
  return list(pieces.map((piece, i) => reshaped(context, piece, [...around.slice(0, before), ...(middles[i] ?? []), ...around.slice(before + 1)])));
}

function parsedShape(context: Context, tensor: Value, text: Value): Value {
  const { interpreter, args } = context;
  const shape = shapeOfTensor(tensor);
  const pattern = stringOf(text);
  if (!shape || pattern === undefined) return isUnknown(tensor) ? tensor : { kind: 'unknown', reason: 'the rank of a tensor is not known', at: args.at };
  const names = pattern.trim().split(/\s+/);
  if (names.length !== shape.length && !names.includes('...')) {
    return interpreter.raise('RuntimeError', `${context.type}: '${pattern}' names ${names.length} axes of a tensor with ${shape.length}`, args.at);
  }
  const dots = names.indexOf('...');
  const sizes = sizeValue(interpreter, shape).items;
  return dictOfNames(names.flatMap((name, i) => {
    const axis = dots >= 0 && i > dots ? shape.length - names.length + i : i;
    return name === '_' || name === '...' || name === '1' ? [] : [[name, sizes[axis] ?? none] as const];
  }));
}

/** `Rearrange(pattern, **lengths)` and its kin: modules that keep their arguments. */
function patternLayer(name: string, transformation: Transformation): LibraryEntry {
  const withReduction = transformation === 'reduce';
  return cls(name, {
    bases: ['torch.nn.Module'], allocate: allocateModule,
    attributes: [
      rawMethod('__init__', (self, { positional, keywords, at }, interpreter) => {
        const module = initialiseModule(self, interpreter, at);
        const given = new Map(keywords);
        const [pattern = given.get('pattern') ?? none, reduction = given.get('reduction') ?? none] = positional;
        const lengths = keywords.filter(([key]) => key !== 'pattern' && !(withReduction && key === 'reduction'));
        interpreter.heap.set(module.attributes, 'pattern', pattern);
        if (withReduction) interpreter.heap.set(module.attributes, 'reduction', reduction);
        interpreter.heap.set(module.attributes, 'axes_lengths', dictOfNames(lengths));
        const read = readPattern(stringOf(pattern) ?? '', transformationOf(transformation, reduction));
        if (stringOf(pattern) !== undefined && isComplaint(read)) interpreter.raise('RuntimeError', `${name}: ${read.message}`, at);
        return none;
      }),
      m('PatternLayer.forward(self, input)', ({ self, input }, interpreter, args) => {
        if (!isModule(self)) return input;
        const lengths = self.attributes.get('axes_lengths') ?? none;
        const site: Site = { declared: self.native.declared, applied: args.at, argument: {} };
        const context: Context = { interpreter, args, type: name, site, parameters: lengths.kind === 'dict' ? [...lengths.entries.values()].map(({ value }) => value) : [] };
        return transform(context, input, self.attributes.get('pattern') ?? none, transformation, lengthsOf(lengths), self.attributes.get('reduction'));
      }),
    ],
  });
}

interface MixPlan {
  readonly before: string | undefined;
  readonly equation: string;
  readonly after: string | undefined;
  readonly weight: Sizes;
  readonly bias: Sizes | undefined;
}

/** `EinMix('b t c -> b t d', weight_shape='c d', bias_shape='d', c=…, d=…)`: what it registers and what it does. */
function mixPlan(pattern: string, weightShape: string, biasShape: string | undefined, lengths: ReadonlyMap<string, number>): MixPlan | Complaint {
  const [leftText = '', rightText = ''] = pattern.split('->');
  const left = readSide(leftText);
  const right = readSide(rightText);
  const weight = readSide(weightShape);
  if (isComplaint(left)) return left;
  if (isComplaint(right)) return right;
  if (isComplaint(weight)) return weight;
  const flat = (groups: typeof left): string => groups.flatMap(group => group.names).join(' ');
  const sizeOf = (name: string): number => lengths.get(name) ?? NaN;
  const unsized = weight.flatMap(group => group.names).find(name => !lengths.has(name));
  if (unsized !== undefined) return { message: `the length of weight axis '${unsized}' is not given`, isShape: false };
  const equation = equationOf(`${flat(left)},${flat(weight)}->${flat(right)}`, 2);
  if (typeof equation !== 'string') return equation;
  const biasNames = biasShape?.trim().split(/\s+/);
  const rightNames = flat(right).split(' ');
  return {
    before: left.some(group => group.bracketed) ? `${leftText}->${flat(left)}` : undefined, equation,
    after: right.some(group => group.bracketed) ? `${flat(right)}->${rightText}` : undefined,
    weight: weight.map(group => product(group.names.map(sizeOf))),
    bias: biasNames && rightNames.map(name => (biasNames.includes(name) ? sizeOf(name) : 1)),
  };
}

const einMix = entry('einops.layers.torch.EinMix', interpreter => makeClass(interpreter, 'einops.layers.torch.EinMix', {
  bases: ['torch.nn.Module'], allocate: allocateModule,
  attributes: [
    m('EinMix.__init__(self, pattern, weight_shape, bias_shape=None, **axes_lengths)', ({ self, pattern, weight_shape, bias_shape, axes_lengths }, running, { at }) => {
      if (self.kind !== 'instance') return none;
      const module = initialiseModule(self, running, at);
      for (const [name, value] of Object.entries({ pattern, weight_shape, bias_shape, axes_lengths })) interpreter.heap.set(module.attributes, name, value);
      const plan = mixPlan(stringOf(pattern) ?? '', stringOf(weight_shape) ?? '', stringOf(bias_shape), lengthsOf(axes_lengths));
      if (isComplaint(plan)) return running.raise('RuntimeError', `EinMix: ${plan.message}`, at);
      const reason: Value = { kind: 'unknown', reason: 'the length of an axis is not known', at };
      const parameter = (name: string, sizes: Sizes): void => {
        register(running, module.native.parameters, name, newParameter(running, sizes.map(size => (Number.isNaN(size) ? reason : size)), defaultDType(running), true, name));
      };
      parameter('weight', plan.weight);
      if (plan.bias) parameter('bias', plan.bias);
      else register(running, module.native.parameters, 'bias', none);
      return none;
    }),
    m('EinMix.forward(self, input)', ({ self, input }, running, args) => {
      if (!isModule(self)) return input;
      const read = (name: string): Value => self.attributes.get(name) ?? none;
      const lengths = lengthsOf(read('axes_lengths'));
      const plan = mixPlan(stringOf(read('pattern')) ?? '', stringOf(read('weight_shape')) ?? '', stringOf(read('bias_shape')), lengths);
      const context: Context = { interpreter: running, args, type: 'einops.layers.torch.EinMix', parameters: [], site: { declared: self.native.declared, applied: args.at, argument: {} } };
      if (isComplaint(plan)) return refuse(context, plan);
      const text = (pattern: string): Value => ({ kind: 'str', value: pattern });
      const only = (pattern: string): ReadonlyMap<string, number> => new Map([...lengths].filter(([name]) => new RegExp(`\\b${name}\\b`).test(pattern)));
      const apart = plan.before === undefined ? input : transform(context, input, text(plan.before), 'rearrange', only(plan.before));
      const mixed = step(context, einsum, { equation: plan.equation }, [apart, running.attribute(self, 'weight', args.at)]);
      const bias = running.attribute(self, 'bias', args.at);
      const shifted = bias.kind === 'tensor' ? step(context, elementwise, { function: 'add' }, [mixed, bias]) : mixed;
      return plan.after === undefined ? shifted : transform(context, shifted, text(plan.after), 'rearrange', only(plan.after));
    }),
  ],
}));

const functions = [
  torchFn('einops.rearrange(tensor, pattern, **axes_lengths)', ({ tensor, pattern, axes_lengths }, call) =>
    transform(contextOf(call), tensor, pattern, 'rearrange', lengthsOf(axes_lengths)), { names: ['einops.einops.rearrange'] }),
  torchFn('einops.repeat(tensor, pattern, **axes_lengths)', ({ tensor, pattern, axes_lengths }, call) =>
    transform(contextOf(call), tensor, pattern, 'repeat', lengthsOf(axes_lengths)), { names: ['einops.einops.repeat'] }),
  torchFn('einops.reduce(tensor, pattern, reduction, **axes_lengths)', ({ tensor, pattern, reduction, axes_lengths }, call) =>
    transform(contextOf(call), tensor, pattern, 'reduce', lengthsOf(axes_lengths), reduction), { names: ['einops.einops.reduce'] }),
  torchFn('einops.einsum(*tensors_and_pattern)', ({ tensors_and_pattern }, call) => einsumOf(contextOf(call), itemsOf(tensors_and_pattern) ?? [])),
  torchFn('einops.pack(tensors, pattern)', ({ tensors, pattern }, call) => packed(contextOf(call), tensors, pattern), { names: ['einops.packing.pack'] }),
  torchFn('einops.unpack(tensor, packed_shapes, pattern)', ({ tensor, packed_shapes, pattern }, call) =>
    unpacked(contextOf(call), tensor, packed_shapes, pattern), { names: ['einops.packing.unpack'] }),
  torchFn('einops.parse_shape(x, pattern)', ({ x, pattern }, call) => parsedShape(contextOf(call), x, pattern), { names: ['einops.einops.parse_shape'] }),
  torchFn('einops.asnumpy(tensor)', ({ tensor }) => tensor),
  torchFn('einops._torch_specific.allow_ops_in_compiled_graph()', () => none),
];

export const einopsTables: LibraryTables = {
  sources: [],
  entries: [
    ...functions.flatMap(row => row.entries),
    cls('einops.EinopsError', { bases: ['builtins.RuntimeError'] }),
    patternLayer('einops.layers.torch.Rearrange', 'rearrange'),
    patternLayer('einops.layers.torch.Reduce', 'reduce'),
    einMix,
  ],
};
