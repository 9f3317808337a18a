/** Follows a model node by node: names get values, operators go to the builder, constants are worked out on the way. */
import { contentOf as heldBy } from '../../graph/held-content';
import type { Problem } from '../../base/problem';
import type { Location, Span } from '../../base/span';
import { dataDependent, isUnknown, notModelled, unknown, type Unknown } from '../../base/unknown';
import type { DeclaredSizes, Demand, GraphBuilder } from '../../graph/builder';
import type { GraphTensor, Node, Weight } from '../../graph/graph';
import type { Content } from '../../ops/define';
import { declaredOutputs } from '../../ops/declared';
import type { DType } from '../../tensor/dtype';
import { elementCount, type Sizes } from '../../tensor/shape';
import type { ByteFile } from './byte-file';
import { use, Call, type Answer, type Application, type Operators, type Surroundings } from './call';
import { foldable, keepsSources, sourcesOf } from './constants';
import { dtypeOr } from './data-types';
import { contradictionsOf, type Contradiction, type Demands } from './demands';
import { declaredSizes, typeDType } from './inputs';
import { functionKey, type AttributeProto, type GraphProto, type ModelProto, type NodeProto, type TensorProto, type TypeProto, type ValueInfoProto } from './model';
import { sourceModule } from './module-path';
import { ordered } from './order';
import { contentOf } from './payload';
import { Scope } from './scope';
import { TensorValue, type Value } from './values';

/** Where nodes and their attributes stand in the text form; a binary file has no text. */
export interface Places {
  /** The name of the model's graph. */
  readonly graph: Span;
  node(node: NodeProto): Span;
  /** By attribute of the node. */
  attributes(node: NodeProto): Readonly<Record<string, Span>>;
}

export interface FollowContext {
  readonly uri: string;
  readonly model: ModelProto;
  readonly file: ByteFile;
  readonly builder: GraphBuilder;
  readonly symbols: ReadonlyMap<string, number>;
  /** The inputs are as the file declares them: what it declares of its outputs holds, even against an operator's rule. */
  readonly asDeclared: boolean;
  /** Without inputs there are only constants, and every operator gets a row. */
  readonly hasInputs: boolean;
  readonly places: Places;
  /** Operators by domain. */
  readonly operators: ReadonlyMap<string, Operators>;
  /** What they demand of attributes and weights. */
  readonly demands: ReadonlyMap<string, Readonly<Record<string, Demands>>>;
}

/** An operator and its row take about as long, and far more memory, than this many steps. */
const stepsPerOperator = 150;
/** Functions and subgraphs inside each other. */
const maxDepth = 64;

/** Operator attributes under the names that ONNX gives them. */
const attributeNames: Readonly<Record<string, string>> = {
  group: 'groups', kernel_shape: 'kernel', strides: 'stride', dilations: 'dilation', pads: 'padding', auto_pad: 'padding', output_padding: 'outputPadding',
  perm: 'axes', keepdims: 'keepDims', hidden_size: 'hiddenSize', split: 'sizes', shape: 'sizes', num_heads: 'heads',
};

interface Manner {
  /** The row applies more than this. */
  readonly isPart?: boolean;
  /** What the node contradicts. */
  readonly wrong?: readonly Contradiction[];
}

interface Frame {
  readonly scope: Scope;
  readonly declared: ReadonlyMap<string, TypeProto | undefined>;
  /** Names whose declaration holds against an operator's rule: the model's outputs. */
  readonly binding: ReadonlySet<string>;
  readonly opsets: ReadonlyMap<string, number>;
  /** Put before the paths of rows. */
  readonly prefix: string;
  /** In a function's body: the attributes of the call. */
  readonly attributes: ReadonlyMap<string, AttributeProto> | undefined;
}

export class Follower {
  readonly problems: Problem[] = [];
  bufferElements = 0;
  /** Modules of the original source, with their classes where the exporter tells them. */
  readonly modules = new Map<string, string>();
  private readonly statistics = new Set<number>();
  private nextWeight = 1;
  private depth = 0;

  constructor(private readonly context: FollowContext) {}

  /** Follows the main graph with these inputs and returns its outputs; pauses after each of its nodes. */
  *run(inputs: ReadonlyMap<string, Value>): Generator<undefined, readonly (Value | undefined)[]> {
    const { model: { graph, opsets }, asDeclared } = this.context;
    const binding = new Set(asDeclared ? graph.outputs.map(output => output.name) : []);
    const frame = this.enter(graph, { scope: new Scope(), opsets, prefix: '', attributes: undefined, binding }, inputs);
    for (const node of this.inOrder(graph.nodes, frame)) {
      this.node(node, frame);
      yield undefined;
    }
    return graph.outputs.map(output => frame.scope.get(output.name));
  }

  /** A weight that the file declares and does not hold. */
  weight({ name, shape, dtype }: { readonly name: string; readonly shape: Sizes; readonly dtype: DType }): TensorValue {
    return this.source(shape, dtype, name, undefined);
  }

  private graph(graph: GraphProto, around: Omit<Frame, 'declared'>, inputs: ReadonlyMap<string, Value | undefined>): readonly (Value | undefined)[] {
    const frame = this.enter(graph, around, inputs);
    this.nodes(graph.nodes, frame);
    return graph.outputs.map(output => frame.scope.get(output.name));
  }

  private enter(graph: GraphProto, around: Omit<Frame, 'declared'>, inputs: ReadonlyMap<string, Value | undefined>): Frame {
    const scope = new Scope(around.scope);
    for (const tensor of graph.initializers) scope.set(tensor.name, this.stored(tensor, tensor.name));
    for (const sparse of graph.sparseInitializers) scope.set(sparse.name, this.stored({ ...sparse.values, dims: sparse.dims, payload: undefined }, sparse.name));
    for (const [name, value] of inputs) scope.set(name, value);
    return { ...around, scope, declared: typesOf([...graph.valueInfo, ...graph.outputs]) };
  }

  private inOrder(nodes: readonly NodeProto[], frame: Frame): readonly NodeProto[] {
    const { nodes: inOrder, cyclic } = ordered(nodes);
    if (cyclic) this.gap(cyclic, frame, `\`${pathOf(cyclic)}\` waits for its own result: the nodes form a circle`);
    return inOrder;
  }

  private nodes(nodes: readonly NodeProto[], frame: Frame): void {
    const inOrder = this.inOrder(nodes, frame);
    if (++this.depth > maxDepth) {
      this.depth--;
      const first = nodes[0];
      if (first) this.gap(first, frame, `graphs are nested more than ${maxDepth} deep`);
      return;
    }
    for (const node of inOrder) this.node(node, frame);
    this.depth--;
  }

  private node(node: NodeProto, frame: Frame): void {
    const inputs = node.inputs.map(name => (name === '' ? undefined : frame.scope.get(name)));
    const lost = node.inputs.find((name, i) => name !== '' && inputs[i] === undefined && !frame.scope.has(name));
    if (lost !== undefined) this.gap(node, frame, `\`${pathOf(node)}\` reads \`${lost}\`, which nothing in the file gives`);
    const definition = this.context.model.functions.get(functionKey(node.domain, node.opType, node.overload));
    const outputs = definition ? this.call(node, definition, inputs, frame) : this.operator(node, inputs, frame);
    node.outputs.forEach((name, i) => { if (name !== '') frame.scope.set(name, outputs[i]); });
  }

  /** A function of the model: its body is followed in place of the node. */
  private call(
    node: NodeProto,
    definition: {
      readonly nodes: readonly NodeProto[];
      readonly inputs: readonly string[];
      readonly outputs: readonly string[];
      readonly opsets: ReadonlyMap<string, number>;
      readonly defaults: ReadonlyMap<string, AttributeProto>;
      readonly valueInfo: readonly ValueInfoProto[];
    },
    inputs: readonly (Value | undefined)[], frame: Frame,
  ): readonly (Value | undefined)[] {
    const scope = new Scope();
    definition.inputs.forEach((name, i) => { scope.set(name, inputs[i]); });
    const attributes = new Map([...definition.defaults, ...this.resolved(node, frame)]);
    this.nodes(definition.nodes, { scope, declared: typesOf(definition.valueInfo), opsets: definition.opsets, prefix: `${frame.prefix}${pathOf(node)}/`, attributes, binding: new Set() });
    return definition.outputs.map(name => scope.get(name));
  }

  /** Attributes with references to the call's own attributes followed; one that the call leaves out is absent. */
  private resolved(node: NodeProto, frame: Frame): ReadonlyMap<string, AttributeProto> {
    if (!frame.attributes || ![...node.attributes.values()].some(attribute => attribute.reference !== '')) return node.attributes;
    const result = new Map<string, AttributeProto>();
    for (const [name, attribute] of node.attributes) {
      const value = attribute.reference === '' ? attribute : frame.attributes.get(attribute.reference);
      if (value) result.set(name, value);
    }
    return result;
  }

  private operator(node: NodeProto, inputs: readonly (Value | undefined)[], frame: Frame): readonly (Value | undefined)[] {
    const { operators } = this.context;
    const row = operators.get(node.domain)?.[node.opType];
    if (!row) {
      const known = operators.has(node.domain);
      const name = node.domain === '' ? node.opType : `${node.domain}.${node.opType}`;
      const because = this.gap(node, frame, notModelled(name, this.at(node), known ? '' : `: the operators of the domain \`${node.domain}\` are not known`));
      return this.declared(node, frame, because, inputs);
    }
    const attributes = this.resolved(node, frame);
    // A file without a version is as old as the format. Source: onnx.ai/onnx/repo-docs/IR.html (operator sets).
    const version = frame.opsets.get(node.domain) ?? 1;
    const callWith = (known: ReadonlyMap<string, AttributeProto>): Call => new Call(node, version, inputs, known, this.surroundings(node, frame));
    const stated = callWith(attributes);
    const wrong = contradictionsOf(stated, this.context.demands.get(node.domain)?.[node.opType] ?? {});
    // No row sees an attribute that makes no sense.
    const answer: Answer = row(wrong.length === 0 ? stated : callWith(new Map([...attributes].filter(([name]) => !wrong.some(({ attribute }) => attribute === name)))));
    const isApplied = !isUnknown(answer) && !('values' in answer);
    if (!isApplied && wrong.length > 0) return this.declared(node, frame, this.refused(node, wrong), inputs);
    if (isUnknown(answer)) return this.declared(node, frame, answer, inputs);
    if ('values' in answer) return answer.values;
    const made = this.apply(node, frame, answer, { wrong });
    return isUnknown(made) ? this.declared(node, frame, made, inputs) : made;
  }

  /** An error of a node that nothing is applied for. */
  private refused(node: NodeProto, wrong: readonly Contradiction[]): Unknown {
    for (const { attribute, message } of wrong) this.context.builder.refuse({ declared: this.at(node), argument: this.spans(node) }, attributeNames[attribute] ?? attribute, message);
    return unknown('a shape error before this', this.at(node));
  }

  private surroundings(node: NodeProto, frame: Frame): Surroundings {
    return {
      at: this.at(node),
      constant: (sizes, dtype, content) => this.constant(sizes, dtype, content),
      stored: (tensor, name) => this.stored(tensor, name),
      filled: (sizes, dtype, content, name) => this.source(sizes, dtype, name, content),
      open: (sizes, dtype, because) => this.tensor(this.context.builder.source(sizes.map(size => (Number.isNaN(size) ? because : size)), dtype, 'constant')),
      seen: (value, sizes) => new TensorValue(this.context.builder.source(sizes, value.tensor.dtype, value.tensor.origin), () => value.content, value.sources),
      apply: application => {
        const made = this.apply(node, frame, application, { isPart: true });
        return isUnknown(made) ? made : made.flatMap(value => (value ? [value] : []));
      },
      follow: (graph, values, suffix) => {
        const given = new Map(graph.inputs.map((input, i) => [input.name, values[i]] as const));
        const prefix = `${frame.prefix}${pathOf(node)}/${suffix}`;
        return this.graph(graph, { scope: frame.scope, opsets: frame.opsets, prefix, attributes: frame.attributes, binding: new Set() }, given);
      },
      either: (one, other) => this.either(node, frame, one, other),
      merged: (one, other, because) => this.merged(one, other, because),
      made: (sizes, like, because, content) => new TensorValue(
        this.context.builder.source(sizes.map(size => (Number.isNaN(size) ? because : size)), like.tensor.dtype, content ? 'constant' : like.tensor.origin), content),
      gap: message => this.gap(node, frame, message),
    };
  }

  /** The cheaper of two ways is counted; where both are free of cost nothing is lost. */
  private either(node: NodeProto, frame: Frame, one: () => readonly (Value | undefined)[], other: () => readonly (Value | undefined)[]): readonly (Value | undefined)[] {
    const { builder } = this.context;
    const mark = builder.mark();
    const [first, second] = [one, other].map(run => {
      const values = run();
      const [gaps, mismatches] = [builder.gaps.slice(mark.gaps), builder.mismatches.slice(mark.mismatches)];
      return { values, gaps, mismatches, nodes: builder.rollback(mark) };
    });
    if (!first || !second) return [];
    const [left, right] = [costOf(first.nodes), costOf(second.nodes)];
    // A way with an error in it is not the one that runs, if the other has none.
    const cheaper = (left <= right || second.mismatches.length > 0) && (first.mismatches.length === 0 || second.mismatches.length > 0) ? first : second;
    for (const node of cheaper.nodes) builder.nodes.push(node);
    for (const gap of cheaper.gaps) builder.gaps.push(gap);
    for (const mismatch of cheaper.mismatches) builder.mismatches.push(mismatch);
    const reason = `which branch of \`${pathOf(node)}\` runs depends on data`;
    const because = left === 0 && right === 0 ? dataDependent(reason, this.at(node)) : this.gap(node, frame, `${reason}: the cheaper one is counted`);
    return first.values.map((value, i) => {
      const alternative = second.values[i];
      return value instanceof TensorValue && alternative instanceof TensorValue ? this.merged(value, alternative, because) : value;
    });
  }

  private merged(one: TensorValue, other: TensorValue, because: Unknown): TensorValue {
    const [left, right] = [one.sizes, other.sizes];
    if (left?.length === right?.length && left?.every((size, axis) => size === right?.[axis])) return one.isStatic ? this.unsure(one, other) : one;
    const shape = left && right && left.length === right.length ? left.map((size, axis) => (size === right[axis] ? size : because)) : because;
    return this.tensor(this.context.builder.source(shape, one.tensor.dtype, one.isStatic && other.isStatic ? 'constant' : 'activation'));
  }

  /** Constants that may be either of two. */
  private unsure(one: TensorValue, other: TensorValue): TensorValue {
    const same = one.content !== undefined && one.content.every((value, i) => value === other.content?.[i]);
    return same ? one : this.tensor(this.context.builder.source(one.tensor.shape, one.tensor.dtype, 'activation'));
  }

  /** Outputs of an operator that gives none itself: as the file declares them. */
  private declared(node: NodeProto, frame: Frame, because: Unknown, inputs: readonly (Value | undefined)[]): readonly (Value | undefined)[] {
    const wanted = node.outputs.flatMap((name, i) => (name === '' ? [] : [i]));
    const types = wanted.map(i => frame.declared.get(node.outputs[i] ?? ''));
    const dtypes = types.map(typeDType);
    const sizes = types.map(type => declaredSizes(type, this.context.symbols) ?? null);
    const flowing = inputs.filter((value): value is TensorValue => value instanceof TensorValue && !isUnknown(value.tensor.shape) && !value.isStatic);
    if (sizes.some(each => each === null) || flowing.length === 0) {
      return node.outputs.map((name): TensorValue | undefined => {
        if (name === '') return undefined;
        const type = frame.declared.get(name);
        const shape = declaredSizes(type, this.context.symbols)?.map(size => (Number.isNaN(size) ? because : size)) ?? because;
        return this.tensor(this.context.builder.source(shape, typeDType(type), 'activation'));
      });
    }
    const made = this.apply(node, frame, use({ op: declaredOutputs, attrs: { sizes: sizes.map(each => each ?? []) }, inputs: flowing, dtypes, because, outputs: wanted }));
    return isUnknown(made) ? [] : made;
  }

  /** One entry per output of the node; an operator that only computes constants gets no row. */
  private apply(node: NodeProto, frame: Frame, application: Application, { isPart = false, wrong = [] }: Manner = {}): readonly (Value | undefined)[] | Unknown {
    const { builder, file } = this.context;
    const flowing: TensorValue[] = [];
    for (const value of application.inputs) {
      if (value === undefined) continue;
      if (!(value instanceof TensorValue)) return unknown(`\`${node.opType}\` reads a list where a tensor should be`, this.at(node));
      flowing.push(value);
    }
    const weights: Weight[] = [];
    for (const value of application.weights ?? []) {
      if (!(value instanceof TensorValue)) continue;
      if (value.sources.length > 0) for (const source of value.sources) weights.push(source.weight);
      else if (!value.isStatic) flowing.push(value);
    }
    const isStatic = flowing.every(value => value.isStatic);
    const hasRow = !isStatic || !this.context.hasInputs;
    if (hasRow) this.countStatistics(application.statistics ?? []);
    file.budget.spend(stepsPerOperator);
    const names = node.outputs;
    const places = application.outputs ?? names.map((_, i) => i);
    builder.recording = hasRow;
    const applied = builder.apply({
      op: application.op, type: node.domain === '' ? node.opType : `${node.domain}.${node.opType}`, path: frame.prefix + pathOf(node), module: this.moduleOf(node), attrs: application.attrs,
      inputs: flowing.map(value => value.tensor), weights,
      ...(application.op.fold && flowing.length > 0 && isStatic && !application.opaque && foldable(application, flowing) ? { contents: flowing.map(value => value.content) } : {}),
      site: { declared: this.at(node), argument: this.spans(node) },
      unknownAttribute: application.because,
      ...(wrong.length === 0 ? {} : { demand: refusing(wrong) }),
      ...(application.dtypes ? { dtypes: application.dtypes } : {}),
      ...(isPart ? {} : { keeps: (i: number) => (names[places[i] ?? -1] ?? '') !== '' }),
      ...(isPart ? {} : { declared: places.map(place => this.declaredSizes(names[place] ?? '', frame)) }),
    });
    const sources = isStatic && keepsSources(application) ? sourcesOf(flowing, weights) : [];
    const result: (Value | undefined)[] = [...(application.others ?? [])];
    applied.outputs.forEach((output, i) => {
      const place = application.outputs ? application.outputs[i] : i;
      if (place !== undefined) result[place] = new TensorValue(output, application.contents?.[i] ?? (application.opaque ? undefined : heldBy(applied.contents[i])), sources);
    });
    return result;
  }

  private moduleOf(node: NodeProto): string | undefined {
    const found = sourceModule(node);
    if (found?.className !== undefined) this.modules.set(found.path, found.className);
    return found?.path;
  }

  private declaredSizes(name: string, frame: Frame): DeclaredSizes | undefined {
    const sizes = declaredSizes(frame.declared.get(name), this.context.symbols);
    return sizes && { sizes, binding: frame.binding.has(name) };
  }

  private countStatistics(values: readonly (Value | undefined)[]): void {
    for (const value of values) {
      if (!(value instanceof TensorValue)) continue;
      for (const { weight } of value.sources) {
        if (this.statistics.has(weight.id)) continue;
        this.statistics.add(weight.id);
        const elements = elementCount(weight.type.shape);
        if (!isUnknown(elements)) this.bufferElements += elements;
      }
    }
  }

  private constant(sizes: Sizes, dtype: DType, content?: Content): TensorValue {
    return this.tensor(this.context.builder.source(sizes, dtype, 'constant'), content);
  }

  /** A tensor of the file. Of at least one dimension, it may turn out to be a weight. */
  private stored(tensor: TensorProto, name: string): TensorValue {
    const { file } = this.context;
    return this.source(tensor.dims, dtypeOr(tensor.dataType, 'float32'), name, () => contentOf(file, tensor));
  }

  private source(sizes: Sizes, dtype: DType, name: string, content: Content | (() => Content | undefined) | undefined): TensorValue {
    const { builder } = this.context;
    const shape = sizes.map(size => (size >= 0 && Number.isSafeInteger(size) ? size : unknown(`\`${name}\` has a dimension of ${size}`)));
    if (shape.length === 0) return new TensorValue(builder.source(shape, dtype, 'constant'), content);
    const weight: Weight = { id: this.nextWeight++, name, type: { shape, dtype }, trainable: true };
    return new TensorValue(builder.source(shape, dtype, 'weight'), content, [{ weight }]);
  }

  private tensor(tensor: GraphTensor, content?: Content): TensorValue {
    return new TensorValue(tensor, content);
  }

  private gap(node: NodeProto, frame: Frame, why: string | Unknown): Unknown {
    const at = this.at(node);
    const value = typeof why === 'string' ? unknown(why, at) : why;
    const { reason, subject } = value;
    this.context.builder.gaps.push({ message: reason, at, path: frame.prefix + pathOf(node), ...(subject === undefined ? {} : { subject }) });
    return value;
  }

  private at(node: NodeProto): Location {
    return { uri: this.context.uri, span: this.context.places.node(node) };
  }

  private spans(node: NodeProto): Readonly<Record<string, Span>> {
    const spans: Record<string, Span> = {};
    for (const [name, span] of Object.entries(this.context.places.attributes(node))) spans[attributeNames[name] ?? name] = span;
    return spans;
  }
}

/** Refuses an operator for what its node contradicts. */
function refusing(wrong: readonly Contradiction[]): Demand {
  return (_inputs, report) => {
    for (const { attribute, message } of wrong) report.fail(attributeNames[attribute] ?? attribute, message);
    return false;
  };
}

/** MACs and weights of some rows; what is not known counts as much. */
function costOf(nodes: readonly Node[]): number {
  return nodes.reduce((sum, node) => sum + (isUnknown(node.macs) ? Infinity : node.macs) + node.weights.length, 0);
}

/** A node without a name goes by its first output. */
export function pathOf(node: NodeProto): string {
  return node.name !== '' ? node.name : (node.outputs.find(name => name !== '') ?? node.opType);
}

function typesOf(values: readonly ValueInfoProto[]): ReadonlyMap<string, TypeProto | undefined> {
  return new Map(values.map(value => [value.name, value.type]));
}
