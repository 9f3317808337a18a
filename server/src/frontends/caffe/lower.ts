/** One network, in one phase and one dialect of sizes, lowered to a graph: layers run in the order of the file, as in Caffe. */
import type { Budget } from '../../base/budget';
import { exactCount } from '../../base/format';
import type { Problem } from '../../base/problem';
import type { Location, Span } from '../../base/span';
import { dataDependent, isUnknown, unknown, type Unknown } from '../../base/unknown';
import { GraphBuilder } from '../../graph/builder';
import type { Graph, GraphInput, GraphTensor, InputOrigin, Remark } from '../../graph/graph';
import type { AnyOp } from '../../ops/define';
import { identity } from '../../ops/identity';
import { input as inputOp } from '../../ops/input';
import { constant } from '../../ops/create';
import { sizesOf, type Sizes } from '../../tensor/shape';
import type { InputRequest } from '../frontend';
import { blocksOf } from './blocks';
import { refusalsOf } from './demands';
import { Blobs, isInPlace, type Blob } from './blobs';
import { remarksOnBlobs, remarkOnBatch } from './checks';
import { unknownLayerFields } from './fields';
import type { LayerApplication, LayerCall, LayerRow, ShapeDialect, Unfollowed } from './layer';
import { dataLayers, unknownData, type DataBlob, type DataDefaults } from './layers/data';
import { knownTypes, rowOf } from './layers';
import { onMissingBlob, onSharedBlob, onUnknownType, Remarks } from './remarks';
import { maxLayers, messageNamed, type InputText, type LayerText, type Named, type NetworkText } from './network';
import { Parameters } from './parameters';
import { takesPart, type State } from './phase';
import type { FieldOf, MessageName } from './schema';
import { Weights } from './weights';

export interface LowerOptions {
  readonly uri: string;
  readonly name: string;
  readonly at: Location;
  readonly dialect: ShapeDialect;
  readonly state: State;
  readonly inputs: readonly InputRequest[];
  readonly defaults: DataDefaults;
  readonly budget: Budget;
}

/** An operator that nothing is known of: whatever it makes is unknown. */
const unmodelled: AnyOp = { kind: 'unmodelled', role: 'statistics', summary: '', source: '', formula: '', shape: () => [], macs: () => NaN, examples: [] };

/** A layer and its row take about as long as this many steps. */
const stepsPerLayer = 200;

export function lowerNetwork(network: NetworkText, options: LowerOptions): Graph {
  return new Lowering(network, options).run();
}

class Lowering {
  private readonly builder = new GraphBuilder();
  private readonly blobs = new Blobs();
  private readonly weights = new Weights();
  private readonly remarks = new Remarks();
  private readonly makers: ReadonlyMap<string, LayerText>;
  private readonly inputs: GraphInput[] = [];
  private readonly layerNames: ReadonlySet<string>;
  private readonly layers: readonly LayerText[];
  private bufferElements = 0;
  private requested = 0;

  constructor(private readonly network: NetworkText, private readonly options: LowerOptions) {
    this.builder.recording = true;
    this.layers = network.layers.filter(layer => takesPart(layer, options.state));
    this.makers = makersIn(network.layers);
    this.layerNames = new Set(this.layers.map(layer => layer.name?.text ?? ''));
  }

  run(): Graph {
    const { options } = this;
    for (const each of this.network.inputs) this.networkInput(each);
    for (const layer of this.layers) {
      options.budget.spend(stepsPerLayer);
      this.layer(layer);
    }
    const { excess } = this.network;
    const tooMany: Problem[] = excess === undefined ? [] : [{ code: 'budget', message: `the file has more than ${exactCount(maxLayers)} layers: the rest is not counted`, at: this.location(excess) }];
    for (const remark of remarksOnBlobs(this.blobs, this.layers, options)) this.remarks.add(remark);
    const { builder } = this;
    return {
      name: options.name, framework: 'caffe', at: options.at, inputs: this.inputs,
      outputs: this.blobs.last().filter(blob => blob.readers.length === 0).map(blob => blob.tensor.id),
      nodes: builder.nodes, tensors: builder.tensors, weights: this.weights.all, bufferElements: this.bufferElements,
      modules: new Map(), mismatches: builder.mismatches, gaps: builder.gaps, problems: [...this.remarks.refusals(), ...tooMany], remarks: this.remarks.all,
      blocks: blocksOf(builder.nodes), mode: options.state.phase === 'TRAIN' ? 'train' : 'eval',
    };
  }

  // ——— inputs ———

  private networkInput({ name, dims, isCut }: InputText): void {
    const at = dims[0]?.span ?? name.span;
    const sizes = dims.map(({ value }) => (Number.isSafeInteger(value) && value > 0 ? value : NaN));
    if (isCut) this.remark('parameter', `\`${name.text}\` needs four sizes, and there are ${dims.length}`, at, name.text);
    else if (sizes.some(Number.isNaN)) this.remark('parameter', `the sizes of \`${name.text}\` must be whole numbers of at least 1`, at, name.text);
    const blob: DataBlob = isCut ? { sizes: [NaN, NaN, NaN, NaN], origin: 'declared', why: 'stated in the file, but not whole' }
      : sizes.length > 0 ? { sizes, origin: 'declared', why: 'stated in the file' }
      : { sizes: [this.options.defaults.batch, ...this.options.defaults.shape], origin: 'setting', why: 'the file does not say the size of this input: the setting does' };
    const [tensor] = this.applyInput([{ name, blob }], 'Input', name.text, { declared: this.location(name.span), argument: {} });
    if (tensor) this.blobs.set({ name: name.text, tensor, at: this.location(name.span), maker: undefined, makerPath: name.text, isFree: false, inPlace: false });
    this.batch(sizes, at, name.text);
  }

  private applyInput(
    tops: readonly { readonly name: Named; readonly blob: DataBlob }[], type: string, path: string,
    site: { declared: Location; applied?: Location; argument: Readonly<Record<string, Span>> },
  ): readonly GraphTensor[] {
    const reason = unknown('the size of the input is not known', site.declared);
    const shapes = tops.map(({ name, blob }) => this.asked(name.text) ?? { ...blob, sizes: blob.sizes });
    const sources = shapes.map(({ sizes }) => this.builder.source(sizes.map(size => (Number.isFinite(size) ? size : reason)), 'float32', 'activation'));
    const { outputs } = this.builder.apply({ op: inputOp, type, path, attrs: {}, inputs: sources, site });
    outputs.forEach((tensor, i) => {
      const { origin, why } = shapes[i] ?? { origin: 'declared' as InputOrigin, why: '' };
      this.inputs.push({ name: tops[i]?.name.text ?? path, tensor: tensor.id, origin, why });
    });
    return outputs;
  }

  /** What the user asks for goes before what the file says: by name, or in order. */
  private asked(name: string): DataBlob | undefined {
    const { inputs } = this.options;
    const found = inputs.find(input => input.name === name) ?? inputs.filter(input => input.name === undefined)[this.requested];
    if (found?.name === undefined) this.requested++;
    return found?.shape && { sizes: found.shape, origin: 'declared', why: 'asked for' };
  }

  // ——— layers ———

  private layer(layer: LayerText): void {
    const path = layer.name?.text ?? layer.tops[0]?.text ?? '';
    const row = rowOf(layer.type);
    for (const remark of unknownLayerFields(layer, row?.message, path, span => this.location(span))) this.remarks.add(remark);
    if (layer.type === 'Parameter') this.parameterLayer(layer, path);
    // What reads nothing brings data in, unless its type says otherwise.
    else if (layer.bottoms.length === 0 && row === undefined) this.dataLayer(layer, path);
    else {
      const bottoms = this.bottomsOf(layer, path, row);
      if (row === undefined) this.unknownLayer(layer, path, bottoms);
      else this.knownLayer(layer, path, row, bottoms);
    }
  }

  private dataLayer(layer: LayerText, path: string): void {
    if (layer.tops.length === 0) {
      this.remark('parameter', layer.type === '' ? 'this layer has no type' : `\`${path}\` neither reads nor makes a blob`, layer.typeSpan, path);
      return;
    }
    const known = dataLayers.get(layer.type);
    if (known === undefined && layer.type !== 'Python') this.remarks.add(onUnknownType(layer, path, this.location(layer.typeSpan), knownTypes()));
    const blobs = (known ?? unknownData)(this.call(layer, path, []), this.options.defaults);
    const tops = layer.tops.map((name, i) => ({ name, blob: blobs[i] ?? { sizes: [NaN], origin: 'setting' as const, why: '' } }));
    const tensors = this.applyInput(tops, layer.type, path, this.site(layer, {}));
    layer.tops.forEach((top, i) => {
      const tensor = tensors[i];
      if (tensor) this.top(layer, path, top, tensor, i > 0, false);
    });
    const image = blobs[0];
    if (image && image.origin !== 'setting') this.batch(image.sizes, this.batchPlace(layer), path);
  }

  private parameterLayer(layer: LayerText, path: string): void {
    const p = this.parameters(layer, path, 'parameter_param');
    const [shape] = p.blocks('shape');
    const sizes = shape ? p.dims(shape, 1) : [NaN];
    const weights = this.weights.of(layer, path, [{ name: 'weight', sizes }], unknown('the layer states no sizes', this.location(layer.span)));
    const { outputs } = this.builder.apply({ op: constant, type: layer.type, path, attrs: { sizes, values: [], dtype: 'float32' }, inputs: [], weights, site: this.site(layer, {}) });
    const [top] = layer.tops;
    if (top && outputs[0]) this.top(layer, path, top, outputs[0], false, false);
  }

  private unknownLayer(layer: LayerText, path: string, bottoms: readonly GraphTensor[]): void {
    this.remarks.add(onUnknownType(layer, path, this.location(layer.typeSpan), knownTypes()));
    const what = layer.type === ''
      ? 'the layer has no type'
      : layer.type === 'Python' ? `what the Python layer \`${path}\` makes is known to its code only` : `the layer type \`${layer.type}\` is not modelled`;
    this.unfollowed(layer, path, bottoms, { unfollowed: what });
  }

  private unfollowed(layer: LayerText, path: string, bottoms: readonly GraphTensor[], { unfollowed, dependsOnData }: Unfollowed): void {
    const at = this.location(layer.typeSpan);
    const reason = dependsOnData ? dataDependent(unfollowed, at) : unknown(unfollowed, at);
    this.builder.gaps.push({ message: unfollowed, at, path });
    const { outputs } = this.builder.apply({
      op: unmodelled, type: layer.type, path, attrs: {}, inputs: bottoms, unknownOutputs: reason, dtypes: layer.tops.map(() => 'float32'),
      site: this.site(layer, {}),
    });
    this.topsOf(layer, path, outputs, undefined);
  }

  private knownLayer(layer: LayerText, path: string, row: LayerRow, bottoms: readonly GraphTensor[]): void {
    const [least, most] = row.bottoms;
    if (bottoms.length < least || bottoms.length > most) {
      const wanted = most === least ? String(least) : most === Infinity ? `at least ${least}` : `${least} to ${most}`;
      // A label may be left out of a file for inference.
      const tooFew = bottoms.length < Math.min(least, row.labelsFrom);
      const message = `${layer.type} takes ${wanted} ${wanted.endsWith(' 1') ? 'bottom' : 'bottoms'}, not ${bottoms.length}`;
      if (tooFew || bottoms.length > most) this.remark('parameter', message, layer.typeSpan, path);
      if (tooFew) {
        this.unfollowed(layer, path, bottoms, { unfollowed: message });
        return;
      }
    }
    const call = this.call(layer, path, bottoms);
    const refusals = [...refusalsOf(row.type, this.allParameters(layer, path, row.message), call.inputs)];
    for (const { message, span } of refusals) this.builder.refuse(this.site(layer, span ? { demand: span } : {}), span ? 'demand' : '', message);
    const applied = row.apply(call);
    if ('unfollowed' in applied) {
      this.unfollowed(layer, path, bottoms, applied);
      return;
    }
    const reason = this.firstReason(layer, path);
    const weights = this.weights.of(layer, path, applied.weights ?? (applied.op.weights?.(applied.attrs) as LayerApplication['weights']) ?? [], firstUnknownIn(bottoms) ?? reason);
    this.bufferElements += Number.isFinite(applied.bufferElements) ? (applied.bufferElements ?? 0) : 0;
    const runs = applied.each && bottoms.length > 1 ? bottoms.map(bottom => [bottom]) : [(applied.reads ?? bottoms.map((_, i) => i)).flatMap(i => bottoms[i] ?? [])];
    const inPlace = isInPlace(layer, 0) && this.mayWorkInPlace(layer, path);
    const outputs = runs.flatMap(inputs => this.builder.apply({
      op: applied.op, type: layer.type, path, attrs: applied.attrs, inputs, weights, inPlace,
      ...(refusals.length > 0 ? { demand: () => false } : {}),
      site: this.site(layer, placesOf(row, this.parameters(layer, path, row.message))),
      unknownAttribute: reason, ...(applied.copies ? { copies: true } : {}),
    }).outputs);
    this.topsOf(layer, path, outputs, row);
  }

  /** Caffe gives the other readers a copy, and the layer then works on one of its own. */
  private mayWorkInPlace(layer: LayerText, path: string): boolean {
    const blob = this.blobs.get(layer.bottoms[0]?.text ?? '');
    const others = (blob?.readers ?? []).filter(reader => reader.path !== path);
    const top = layer.tops[0];
    if (!blob || others.length === 0 || !top) return true;
    this.remarks.add(onSharedBlob(blob.name, layer.type, path, this.location(top.span), others));
    return false;
  }

  private bottomsOf(layer: LayerText, path: string, row: LayerRow | undefined): GraphTensor[] {
    return layer.bottoms.map((bottom, i) => {
      const blob = this.blobs.get(bottom.text);
      if (blob) {
        blob.readers.push({ path, at: this.location(bottom.span) });
        return blob.tensor;
      }
      return this.missing(layer, path, bottom, i, row);
    });
  }

  private missing(layer: LayerText, path: string, bottom: Named, position: number, row: LayerRow | undefined): GraphTensor {
    const at = this.location(bottom.span);
    const isLabel = row !== undefined && position >= row.labelsFrom;
    const later = this.makers.get(bottom.text);
    const remark = onMissingBlob(bottom.text, layer, path, at, {
      isLabel, phase: this.options.state.phase, blobs: () => this.blobs.names(),
      ...(later ? { maker: { at: this.location(later.span), isAhead: later.span.start > layer.span.start, takesPart: takesPart(later, this.options.state) } } : {}),
    });
    this.remarks.add(remark);
    // A label has one value for each image, whoever would have brought it.
    const batch = this.blobs.get(layer.bottoms[0]?.text ?? '')?.tensor.shape;
    const shape = isLabel && batch !== undefined && !isUnknown(batch) ? batch.slice(0, 1) : unknown(remark.message, at);
    return this.builder.source(shape, 'float32', 'activation');
  }

  private topsOf(layer: LayerText, path: string, outputs: readonly GraphTensor[], row: LayerRow | undefined): void {
    layer.tops.forEach((top, i) => {
      const tensor = outputs[i] ?? this.builder.source(unknown(`\`${path}\` (${layer.type}) has ${outputs.length} outputs`, this.location(top.span)), 'float32', 'activation');
      if (!outputs[i] && !(row?.isResult ?? false)) {
        this.remark('parameter', `${layer.type} makes ${outputs.length === 1 ? 'one blob' : `${outputs.length} blobs`}, not ${layer.tops.length}`, top.span, path);
      }
      this.top(layer, path, top, tensor, row?.isResult ?? false, isInPlace(layer, i));
    });
  }

  private top(layer: LayerText, path: string, top: Named, tensor: GraphTensor, isFree: boolean, inPlace: boolean): void {
    const known: Blob | undefined = this.blobs.get(top.text);
    if (known && !inPlace) {
      this.remarks.add({
        code: 'repeated-blob', path, at: this.location(top.span), message: `\`${top.text}\` is made twice: Caffe refuses the file`,
        related: [{ at: known.at, message: 'it is made here, too' }],
      });
    }
    this.blobs.set({ name: top.text, tensor, at: this.location(top.span), maker: layer, makerPath: path, isFree, inPlace });
    if (this.options.dialect === 'netscope' && !inPlace && !this.layerNames.has(top.text)) this.namelessBlob(top, tensor);
  }

  /** Netscope makes a node of its own for a blob that no layer is named like, and counts it once more. */
  private namelessBlob(top: Named, tensor: GraphTensor): void {
    this.builder.apply({ op: identity, type: 'Blob', path: top.text, attrs: {}, inputs: [tensor], site: { declared: this.location(top.span), argument: {} } });
  }

  // ——— small things ———

  private call(layer: LayerText, path: string, bottoms: readonly GraphTensor[]): LayerCall {
    const inputs = bottoms.map(({ shape }) => (isUnknown(shape) ? undefined : sizesOf(shape)));
    const row = rowOf(layer.type);
    return {
      p: this.parameters(layer, path, row?.message),
      parameters: name => this.parameters(layer, path, name),
      inputs,
      size: (axis, bottom = 0) => inputs[bottom]?.at(axis) ?? NaN,
      tops: layer.tops.length, dialect: this.options.dialect, phase: this.options.state.phase,
      complain: (message, span) => { this.remark('parameter', message, span ?? layer.typeSpan, path); },
    } as LayerCall;
  }

  /** The same for whoever knows the fields by their names only. */
  private allParameters(layer: LayerText, path: string, name: MessageName | undefined): Parameters<string> {
    return new Parameters<string>(name && messageNamed(layer.fields, name), name ?? '', layer.typeSpan, (text, span) => { this.remark('parameter', text, span, path); });
  }

  private parameters<Name extends MessageName>(layer: LayerText, path: string, name: Name | undefined): Parameters<FieldOf<Name>> {
    const message = name === undefined ? undefined : messageNamed(layer.fields, name);
    return new Parameters(message, name ?? '', layer.typeSpan, (text, span) => { this.remark('parameter', text, span, path); });
  }

  /** Why an attribute of the layer is unknown: what is wrong with its parameters. */
  private firstReason(layer: LayerText, path: string): Unknown {
    const remark = this.remarks.onParametersOf(path);
    return remark ? unknown(remark.message, remark.at) : unknown(`a size of \`${path}\` is not known`, this.location(layer.typeSpan));
  }

  private batch(sizes: Sizes, at: Span, path: string): void {
    const remark = remarkOnBatch(sizes, this.location(at), path);
    if (remark) this.remarks.add(remark);
  }

  private batchPlace(layer: LayerText): Span {
    for (const name of ['input_param', 'data_param', 'image_data_param', 'memory_data_param', 'window_data_param', 'hdf5_data_param', 'dummy_data_param']) {
      const fields = messageNamed(layer.fields, name)?.fields ?? [];
      const shape = messageNamed(fields, 'shape')?.fields ?? [];
      const value = [...fields.filter(field => field.name === 'batch_size' || field.name === 'num'), ...shape.filter(field => field.name === 'dim')][0]?.value;
      if (value) return value.span;
    }
    return layer.typeSpan;
  }

  private site(layer: LayerText, argument: Readonly<Record<string, Span>>): { declared: Location; applied?: Location; argument: Readonly<Record<string, Span>> } {
    const top = layer.tops[0];
    return { declared: this.location(layer.span), ...(top ? { applied: this.location(top.span) } : {}), argument: { groups: layer.typeSpan, ...argument } };
  }

  private remark(code: Remark['code'], message: string, at: Span, path: string): void {
    this.remarks.add({ code, message, at: this.location(at), path });
  }

  private location(span: Span): Location {
    return { uri: this.options.uri, span };
  }
}

function placesOf(row: LayerRow, p: Parameters<FieldOf<MessageName>>): Record<string, Span> {
  const spans: Record<string, Span> = {};
  for (const [attr, names] of Object.entries(row.places)) {
    const span = p.span(...(names as readonly FieldOf<MessageName>[]));
    if (span) spans[attr] = span;
  }
  return spans;
}

/** The first layer of the file that makes each blob, whatever the phase. */
function makersIn(layers: readonly LayerText[]): ReadonlyMap<string, LayerText> {
  const makers = new Map<string, LayerText>();
  for (const layer of layers) for (const top of layer.tops) if (!makers.has(top.text)) makers.set(top.text, layer);
  return makers;
}

function firstUnknownIn(tensors: readonly GraphTensor[]): Unknown | undefined {
  for (const { shape } of tensors) {
    const found = isUnknown(shape) ? shape : shape.find(isUnknown);
    if (found) return found;
  }
  return undefined;
}
