/** Graphs, nodes and attributes; a graph inside an attribute is read like any other. */
import type { ByteFile } from './byte-file';
import { readEntry, readType, readValueInfo } from './fields';
import {
  standardDomain, type AttributeProto, type AttributeType, type ByteRange, type GraphProto, type NodeProto, type SparseTensorProto, type TensorProto,
  type TypeProto, type ValueInfoProto,
} from './model';
import { readSparseTensor, readTensor } from './read-tensor';

/** `GraphProto` node 1, name 2, initializer 5, input 11, output 12, value_info 13, sparse_initializer 15, metadata_props 16. */
export function readGraph(file: ByteFile, range: ByteRange): GraphProto {
  return file.resume(range, noGraph, (graph, field) => {
    switch (field.number) {
      case 1: graph.nodes.push(readNode(file, file.message(field))); break;
      case 2: graph.name = file.text(field); break;
      case 5: graph.initializers.push(readTensor(file, file.message(field))); break;
      case 11: graph.inputs.push(readValueInfo(file, file.message(field))); break;
      case 12: graph.outputs.push(readValueInfo(file, file.message(field))); break;
      case 13: graph.valueInfo.push(readValueInfo(file, file.message(field))); break;
      case 15: graph.sparseInitializers.push(readSparseTensor(file, file.message(field))); break;
      case 16: readEntry(file, file.message(field), graph.metadata); break;
      default: break;
    }
  });
}

const noGraph = () => ({
  name: '', nodes: [] as NodeProto[], initializers: [] as TensorProto[], sparseInitializers: [] as SparseTensorProto[],
  inputs: [] as ValueInfoProto[], outputs: [] as ValueInfoProto[], valueInfo: [] as ValueInfoProto[], metadata: new Map<string, string>(),
});

const none: ReadonlyMap<string, string> = new Map();

/** `NodeProto` input 1, output 2, name 3, op_type 4, attribute 5, doc_string 6, domain 7, overload 8, metadata_props 9. */
export function readNode(file: ByteFile, range: ByteRange): NodeProto {
  let [name, opType, domain, overload] = ['', '', '', ''];
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes = new Map<string, AttributeProto>();
  let metadata: Map<string, string> | undefined;
  let docString: ByteRange | undefined;
  file.eachField(range, field => {
    switch (field.number) {
      case 1: inputs.push(file.text(field)); break;
      case 2: outputs.push(file.text(field)); break;
      case 3: name = file.text(field); break;
      case 4: opType = file.text(field); break;
      case 5: {
        const attribute = readAttribute(file, file.message(field));
        attributes.set(attribute.name, attribute);
        break;
      }
      case 6: docString = file.message(field); break;
      case 7: domain = standardDomain(file.text(field)); break;
      case 8: overload = file.text(field); break;
      case 9: readEntry(file, file.message(field), metadata ??= new Map()); break;
      default: break;
    }
  });
  return { name, opType, domain, overload, inputs, outputs, attributes, metadata: metadata ?? none, docString, range };
}

/** `AttributeProto.AttributeType` by number. */
const attributeTypes: Readonly<Record<number, AttributeType>> = {
  1: 'float', 2: 'int', 3: 'string', 4: 'tensor', 5: 'graph', 6: 'floats', 7: 'ints', 8: 'strings', 9: 'tensors', 10: 'graphs',
  11: 'sparse-tensor', 12: 'sparse-tensors', 13: 'type', 14: 'types',
};

/** The type that a field tells where the message does not (before IR version 2 it was optional). */
const typeOfField: Readonly<Record<number, AttributeType>> = {
  2: 'float', 3: 'int', 4: 'string', 5: 'tensor', 6: 'graph', 7: 'floats', 8: 'ints', 9: 'strings', 10: 'tensors', 11: 'graphs',
  14: 'type', 15: 'types', 22: 'sparse-tensor', 23: 'sparse-tensors',
};

/** `AttributeProto`: field numbers as in `typeOfField`, and name 1, type 20, ref_attr_name 21. */
export function readAttribute(file: ByteFile, range: ByteRange): AttributeProto {
  let [name, string, reference] = ['', '', ''];
  let [float, int] = [0, 0];
  let type: AttributeType | undefined;
  let told: AttributeType | undefined;
  const [floats, ints]: [number[], number[]] = [[], []];
  const strings: string[] = [];
  const tensors: TensorProto[] = [];
  const graphs: GraphProto[] = [];
  const sparseTensors: SparseTensorProto[] = [];
  const types: TypeProto[] = [];
  file.eachField(range, field => {
    told ??= typeOfField[field.number];
    switch (field.number) {
      case 1: name = file.text(field); break;
      case 2: float = file.float(field); break;
      case 3: int = file.int(field); break;
      case 4: string = file.text(field); break;
      case 5: case 10: tensors.push(readTensor(file, file.message(field))); break;
      case 6: case 11: graphs.push(readGraph(file, file.message(field))); break;
      case 7: file.numbers(field, 'float', floats); break;
      case 8: file.numbers(field, 'varint', ints); break;
      case 9: strings.push(file.text(field)); break;
      case 14: case 15: {
        const read = readType(file, file.message(field));
        if (read) types.push(read);
        break;
      }
      case 20: type = attributeTypes[file.int(field)]; break;
      case 21: reference = file.text(field); break;
      case 22: case 23: sparseTensors.push(readSparseTensor(file, file.message(field))); break;
      default: break;
    }
  });
  return { name, type: type ?? told ?? 'undefined', float, int, string, floats, ints, strings, tensors, graphs, sparseTensors, types, reference };
}
