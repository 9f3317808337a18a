/** A model in ONNX's own textual syntax, and where in it each node, attribute and graph stands. Grammar: onnx/onnx, docs/Syntax.md. */
import { compact, counted } from '../../base/format';
import type { Span } from '../../base/span';
import type { AttributeProto, FunctionProto, GraphProto, ModelProto, NodeProto, SparseTensorProto, TensorProto, ValueInfoProto } from './model';
import {
  elementCount, floatText, isIdentifier, nameText, quoted, tensorType, typeText, visible, writeExternal, writeInteger, writeListed, writeString, writeTensorValues,
  type ReadValues, type Shortening,
} from './text-values';
import { TextWriter } from './text-writer';

/** Where a node stands. */
export interface NodeText {
  /** From its label to its last sign. */
  readonly statement: Span;
  /** The operator's name, without its domain. */
  readonly operator: Span;
  /** `name = value`, by name. */
  readonly attributes: ReadonlyMap<string, Span>;
}

export interface ModelText {
  readonly text: string;
  /** The names of the model's graph, its subgraphs and functions. */
  readonly graphs: ReadonlyMap<GraphProto | FunctionProto, Span>;
  /** A node that is missing here was left out, to keep the text at a size that editors can show. */
  readonly nodes: ReadonlyMap<NodeProto, NodeText>;
}

export interface TextOptions extends Partial<Shortening> {
  /** Absent: every constant is left out. */
  readonly values?: ReadValues;
  /** A longer text ends with the number of nodes that are missing. */
  readonly maxCharacters?: number;
}

const shortening: Shortening = { characters: 200, listed: 64, elements: 16, fractions: 4 };
/** VS Code colours texts up to 20 MB, and tells extensions of texts up to 50 MB. */
const maxCharacters = 18_000_000;
/** Inputs and outputs that fit are written in one line. */
const lineLength = 110;
const noAttributes: ReadonlyMap<string, Span> = new Map();

export function textOf(model: ModelProto, options: TextOptions = {}): ModelText {
  return new Printer(options).model(model);
}

class Printer {
  private readonly writer = new TextWriter();
  private readonly graphs = new Map<GraphProto | FunctionProto, Span>();
  private readonly nodes = new Map<NodeProto, NodeText>();
  private readonly shortening: Shortening;
  private readonly values: ReadValues;
  private readonly maxCharacters: number;

  constructor(options: TextOptions) {
    this.shortening = { ...shortening, ...options };
    this.values = options.values ?? (() => undefined);
    this.maxCharacters = options.maxCharacters ?? maxCharacters;
  }

  model(model: ModelProto): ModelText {
    this.header([
      () => { this.writer.put(`ir_version: ${model.irVersion}`); },
      () => { this.opsets(model.opsets); },
      ...(model.producerName === '' ? [] : [() => { this.text('producer_name', model.producerName); }]),
      ...(model.producerVersion === '' ? [] : [() => { this.text('producer_version', model.producerVersion); }]),
      ...(model.domain === '' ? [] : [() => { this.text('domain', model.domain); }]),
      ...(model.modelVersion === 0 ? [] : [() => { this.writer.put(`model_version: ${model.modelVersion}`); }]),
      ...(model.metadata.size === 0 ? [] : [() => { this.metadata(model.metadata); }]),
    ]);
    this.graph(model.graph);
    this.writer.endLine();
    for (const definition of model.functions.values()) this.function(definition);
    return { text: this.writer.text, graphs: this.graphs, nodes: this.nodes };
  }

  private header(entries: readonly (() => void)[]): void {
    this.writer.line('<');
    this.writer.lines(entries, write => { write(); });
    this.writer.line('>');
  }

  private text(key: string, value: string): void {
    this.writer.put(`${key}: `);
    writeString(this.writer, value, key, this.shortening);
  }

  private opsets(opsets: ReadonlyMap<string, number>): void {
    this.writer.list('opset_import: [', [...opsets], ']', ([domain, version]) => { this.writer.put(`${quoted(domain)} : ${version}`); });
  }

  private metadata(metadata: ReadonlyMap<string, string>): void {
    this.writer.put('metadata_props: [');
    this.writer.endLine();
    this.writer.lines([...metadata], ([key, value]) => { this.text(quoted(key), value); });
    this.writer.beginLine();
    this.writer.put(']');
  }

  private function(definition: FunctionProto): void {
    this.writer.endLine();
    this.header([
      () => { this.text('domain', definition.domain); },
      ...(definition.overload === '' ? [] : [() => { this.text('overload', definition.overload); }]),
      () => { this.opsets(definition.opsets); },
    ]);
    this.graphs.set(definition, this.writer.put(nameText(definition.name)));
    const defaults = [...definition.defaults.values()];
    if (definition.attributes.length + defaults.length > 0) {
      this.writer.list(' <', [...definition.attributes, ...defaults], '>', item => {
        if (typeof item === 'string') this.writer.put(nameText(item));
        else this.attribute(item);
      });
    }
    const name = (value: string): void => { this.writer.put(nameText(value)); };
    this.writer.list(' (', definition.inputs, ')', name);
    this.writer.list(' => (', definition.outputs, ')', name);
    this.writer.put(' ');
    if (definition.valueInfo.length > 0) this.section([], [], definition.valueInfo);
    this.body(definition.nodes);
    this.writer.endLine();
  }

  /** Ends behind the closing brace. */
  private graph(graph: GraphProto): void {
    this.graphs.set(graph, this.writer.put(nameText(graph.name)));
    this.parameters(' (', graph.inputs);
    this.parameters(' => (', graph.outputs);
    this.writer.put(' ');
    if (graph.initializers.length + graph.valueInfo.length + graph.sparseInitializers.length > 0) this.section(graph.initializers, graph.sparseInitializers, graph.valueInfo);
    this.body(graph.nodes);
  }

  private parameters(open: string, infos: readonly ValueInfoProto[]): void {
    const texts = infos.map(valueText);
    if (texts.reduce((sum, text) => sum + text.length + 2, open.length) <= lineLength) {
      this.writer.put(`${open}${texts.join(', ')})`);
      return;
    }
    this.writer.put(open);
    this.writer.endLine();
    this.writer.lines(texts, text => { this.writer.put(text); });
    this.writer.beginLine();
    this.writer.put(')');
  }

  /** Initializers and the shapes that the file declares. */
  private section(initializers: readonly TensorProto[], sparse: readonly SparseTensorProto[], infos: readonly ValueInfoProto[]): void {
    const { writer } = this;
    writer.put('<');
    writer.endLine();
    writer.nested(() => {
      if (initializers.length > 0) writer.line(`# ${counted(initializers.length, 'initializer')}, ${compact(initializers.reduce((sum, each) => sum + elementCount(each.dims), 0))} values`);
      // The syntax has no words for them.
      for (const each of sparse) {
        writer.line(`# sparse initializer ${tensorType({ ...each.values, dims: each.dims })} ${visible(each.name)}, ${counted(elementCount(each.values.dims), 'value')} not zero`);
      }
    });
    const count = initializers.length + infos.length;
    const item = (index: number, write: () => void): void => {
      writer.beginLine();
      write();
      if (index < count - 1) writer.put(',');
      writer.endLine();
    };
    writer.nested(() => {
      initializers.forEach((tensor, index) => { item(index, () => { this.initializer(tensor); }); });
      if (infos.length > 0) writer.line(`# ${counted(infos.length, 'declared shape')}`);
      infos.forEach((info, index) => { item(initializers.length + index, () => { writer.put(valueText(info)); }); });
    });
    writer.line('>');
    writer.beginLine();
  }

  private initializer(tensor: TensorProto): void {
    this.writer.put(`${tensorType(tensor)} ${nameText(tensor.name)} = `);
    if (tensor.external) writeExternal(this.writer, tensor);
    else writeTensorValues(this.writer, tensor, '', this.values, this.shortening);
  }

  private body(nodes: readonly NodeProto[]): void {
    const { writer } = this;
    writer.put('{');
    writer.endLine();
    writer.nested(() => {
      for (const [index, node] of nodes.entries()) {
        if (writer.offset > this.maxCharacters) {
          writer.line(`# ${counted(nodes.length - index, 'more node')} not shown: the text would be too long for an editor`);
          break;
        }
        writer.beginLine();
        this.node(node);
        writer.endLine();
      }
    });
    writer.beginLine();
    writer.put('}');
  }

  private node(node: NodeProto): void {
    const { writer } = this;
    const start = writer.offset;
    if (node.name !== '') writer.put(`[${nameText(node.name)}] `);
    writer.list('', node.outputs, ' = ', name => { writer.put(nameText(name)); });
    writer.put(domainText(node.domain));
    const operator = writer.put(nameText(node.opType));
    if (node.overload !== '') writer.put(`:${nameText(node.overload)}`);
    const attributes = [...node.attributes.values()].filter(attribute => this.isWritable(attribute));
    const spans = attributes.length === 0 ? noAttributes : new Map<string, Span>();
    const write = (attribute: AttributeProto): void => {
      const from = writer.offset;
      this.attribute(attribute);
      (spans as Map<string, Span>).set(attribute.name, { start: from, end: writer.offset });
    };
    const inputs = (): void => { writer.list(' (', node.inputs, ')', name => { writer.put(nameText(name)); }); };
    if (attributes.some(attribute => attribute.graphs.length > 0)) {
      inputs();
      writer.put(' <');
      writer.endLine();
      writer.lines(attributes, write);
      writer.beginLine();
      writer.put('>');
    } else {
      if (attributes.length > 0) writer.list(' <', attributes, '>', write);
      inputs();
    }
    this.nodes.set(node, { statement: { start, end: writer.offset }, operator, attributes: spans });
  }

  /** Sparse tensors have no notation; they are told of at the end of the line. */
  private isWritable({ name, type, sparseTensors, reference }: AttributeProto): boolean {
    if (reference !== '' || (type !== 'sparse-tensor' && type !== 'sparse-tensors' && type !== 'undefined')) return true;
    this.writer.remark(`${visible(name)}: ${type === 'undefined' ? 'an attribute without a value' : `sparse tensor ${sparseTensors.map(each => tensorType({
      ...each.values, dims: each.dims,
    })).join(', ')}`}`);
    return false;
  }

  private attribute(attribute: AttributeProto): void {
    const { writer } = this;
    const { name, type, reference } = attribute;
    // Where no value tells it, the type must be said.
    const isTyped = reference !== '' || type === 'type' || type === 'types' || isEmptyList(attribute);
    writer.put(`${nameText(name)}${isTyped ? `: ${typeWords[type]}` : ''} = `);
    if (reference !== '') writer.put(`@${nameText(reference)}`);
    else this.attributeValue(attribute);
  }

  private attributeValue(attribute: AttributeProto): void {
    const { writer } = this;
    const { name } = attribute;
    switch (attribute.type) {
      case 'float': writer.put(floatText(attribute.float)); break;
      case 'int': writeInteger(writer, attribute.int); break;
      case 'string': writeString(writer, attribute.string, name, this.shortening); break;
      case 'floats': this.listed(attribute.floats, name, value => { writer.put(floatText(value)); }); break;
      case 'ints': this.listed(attribute.ints, name, value => { writeInteger(writer, value); }); break;
      case 'strings': this.listed(attribute.strings, name, value => { writeString(writer, value, name, this.shortening); }); break;
      case 'tensor': for (const tensor of attribute.tensors.slice(0, 1)) this.constant(tensor, name); break;
      case 'tensors': this.listed(attribute.tensors, name, tensor => { this.constant(tensor, name); }); break;
      case 'graph': for (const graph of attribute.graphs.slice(0, 1)) this.graph(graph); break;
      case 'graphs': writer.list('[', attribute.graphs, ']', graph => { this.graph(graph); }); break;
      case 'type': writer.put(attribute.types.slice(0, 1).map(typeText).join('')); break;
      case 'types': writer.list('[', attribute.types, ']', each => { writer.put(typeText(each)); }); break;
      case 'sparse-tensor': case 'sparse-tensors': case 'undefined': break;
    }
  }

  private listed<Item>(items: readonly Item[], name: string, write: (item: Item) => void): void {
    writeListed(this.writer, items, visible(name), this.shortening, write);
  }

  /** A constant's own name comes only where it is one word. */
  private constant(tensor: TensorProto, name: string): void {
    this.writer.put(`${tensorType(tensor)} ${isIdentifier(tensor.name) ? `${nameText(tensor.name)} ` : ''}`);
    writeTensorValues(this.writer, tensor, visible(name), this.values, this.shortening);
  }
}

/** Words of the syntax for the types of attributes. */
const typeWords: Readonly<Record<AttributeProto['type'], string>> = {
  'undefined': 'undefined', 'float': 'float', 'int': 'int', 'string': 'string', 'tensor': 'tensor', 'graph': 'graph', 'floats': 'floats', 'ints': 'ints', 'strings': 'strings',
  'tensors': 'tensors', 'graphs': 'graphs', 'sparse-tensor': 'sparse_tensor', 'sparse-tensors': 'sparse_tensors', 'type': 'type_proto', 'types': 'type_protos',
};

function isEmptyList({ type, floats, ints, strings, tensors, graphs }: AttributeProto): boolean {
  const lists: Partial<Record<AttributeProto['type'], readonly unknown[]>> = { floats, ints, strings, tensors, graphs };
  return lists[type]?.length === 0;
}

function valueText({ name, type }: ValueInfoProto): string {
  return type === undefined ? nameText(name) : `${typeText(type)} ${nameText(name)}`;
}

function domainText(domain: string): string {
  if (domain === '') return '';
  return `${domain.split('.').every(isIdentifier) ? domain : quoted(domain)}.`;
}
