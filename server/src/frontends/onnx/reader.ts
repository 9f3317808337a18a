/** Reads an ONNX file into a model without its weights: the walk passes over every payload. Whatever the bytes are, there is one clear answer. */
import type { Budget } from '../../base/budget';
import type { ByteSource } from '../../base/byte-source';
import type { Problem } from '../../base/problem';
import { ByteFile, MalformedFile } from './byte-file';
import { readEntry, readOpset, readValueInfo } from './fields';
import { functionKey, standardDomain, type AttributeProto, type ByteRange, type FunctionProto, type GraphProto, type ModelProto, type NodeProto, type ValueInfoProto } from './model';
import { readAttribute, readGraph, readNode } from './read-graph';

export type ReadModel =
  | { readonly model: ModelProto; readonly file: ByteFile }
  | { readonly problem: Problem };

/** With the `file` of an attempt that lacked bytes, reading goes on from where it was. */
export function readModel(source: ByteSource, budget: Budget, file = new ByteFile(source, budget)): ReadModel {
  const failed = (message: string): ReadModel => ({ problem: { code: 'file-broken', message } });
  const other = otherFormat(source);
  if (other !== undefined) return failed(other);
  try {
    const model = readModelProto(file, { offset: 0, length: source.sizeBytes });
    return model ? { model, file } : failed('the file has no graph: it is not an ONNX model, or it is cut short');
  } catch (error) {
    if (error instanceof MalformedFile) return failed(`not a readable ONNX file: ${error.message}`);
    throw error;
  }
}

/** Files that people do find under the name `.onnx`, by how they begin. */
function otherFormat(source: ByteSource): string | undefined {
  if (source.sizeBytes === 0) return 'the file is empty';
  const begin = source.read(0, Math.min(64, source.sizeBytes));
  if (!begin) return 'the file cannot be read';
  const text = String.fromCharCode(...begin);
  if (text.startsWith('version https://git-lfs')) return 'the file is a Git LFS pointer, not the model itself: fetch it with `git lfs pull`';
  if (text.startsWith('PK\u0003\u0004')) return 'the file is a ZIP archive, not an ONNX model: unpack it first';
  if (text.startsWith('\u001f\u008b')) return 'the file is compressed with gzip: unpack it first';
  if (text.slice(4, 8) === 'ORTM') return 'the file is in the ORT format of ONNX Runtime, not ONNX: open the .onnx file it was made from';
  if (/^\s*(<!doctype|<html|<\?xml)/i.test(text)) return 'the file is a web page, not an ONNX model: the download went wrong';
  // A model begins with the tag of a number or of a name that is no text character.
  if (!/[^\t\n\r -~]/.test(text)) return 'the file is text, not a model in ONNX\'s binary form';
  return undefined;
}

/** `ModelProto` ir_version 1, producer_name 2, producer_version 3, domain 4, model_version 5, graph 7, opset_import 8, metadata_props 14, functions 25. */
function readModelProto(file: ByteFile, range: ByteRange): ModelProto | undefined {
  const { graph, ...rest } = file.resume(range, noModel, (model, field) => {
    switch (field.number) {
      case 1: model.irVersion = file.int(field); break;
      case 2: model.producerName = file.text(field); break;
      case 3: model.producerVersion = file.text(field); break;
      case 4: model.domain = file.text(field); break;
      case 5: model.modelVersion = file.int(field); break;
      case 7: model.graph = readGraph(file, file.message(field)); break;
      case 8: readOpset(file, file.message(field), model.opsets); break;
      case 14: readEntry(file, file.message(field), model.metadata); break;
      case 25: {
        const definition = readFunction(file, file.message(field));
        model.functions.set(functionKey(definition.domain, definition.name, definition.overload), definition);
        break;
      }
      default: break;
    }
  });
  return graph && { ...rest, graph };
}

const noModel = () => ({
  irVersion: 0, producerName: '', producerVersion: '', domain: '', modelVersion: 0, graph: undefined as GraphProto | undefined,
  opsets: new Map<string, number>(), functions: new Map<string, FunctionProto>(), metadata: new Map<string, string>(),
});

/** `FunctionProto` name 1, input 4, output 5, attribute 6, node 7, opset_import 9, domain 10, attribute_proto 11, value_info 12, overload 13, metadata_props 14. */
function readFunction(file: ByteFile, range: ByteRange): FunctionProto {
  let [name, domain, overload] = ['', '', ''];
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes: string[] = [];
  const defaults = new Map<string, AttributeProto>();
  const nodes: NodeProto[] = [];
  const opsets = new Map<string, number>();
  const valueInfo: ValueInfoProto[] = [];
  const metadata = new Map<string, string>();
  file.eachField(range, field => {
    switch (field.number) {
      case 1: name = file.text(field); break;
      case 4: inputs.push(file.text(field)); break;
      case 5: outputs.push(file.text(field)); break;
      case 6: attributes.push(file.text(field)); break;
      case 7: nodes.push(readNode(file, file.message(field))); break;
      case 9: readOpset(file, file.message(field), opsets); break;
      case 10: domain = standardDomain(file.text(field)); break;
      case 11: {
        const attribute = readAttribute(file, file.message(field));
        defaults.set(attribute.name, attribute);
        break;
      }
      case 12: valueInfo.push(readValueInfo(file, file.message(field))); break;
      case 13: overload = file.text(field); break;
      case 14: readEntry(file, file.message(field), metadata); break;
      default: break;
    }
  });
  return { name, domain, overload, inputs, outputs, attributes, defaults, nodes, opsets, valueInfo, metadata };
}
