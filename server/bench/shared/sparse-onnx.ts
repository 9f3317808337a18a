/** Writes ONNX models whose weights have their whole size in the file, but take no space on the disk: they are holes. */
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { onnx } from 'onnx-proto';
import { Writer } from 'protobufjs/minimal';
import { messageOf, type ModelInput } from '../../test/harness/onnx';

/** Float tensors by name. */
export type Weights = Readonly<Record<string, readonly number[]>>;

/** Field numbers of onnx.proto: the graph in a model, an initializer in a graph, the values in a tensor. */
const fields = { graph: 7, initializer: 5, rawData: 9 } as const;
const float = 1;
const floatBytes = 4;

/** Answers the size of the file. */
export function writeSparseOnnx(path: string, input: ModelInput, weights: Weights): number {
  const { graph, ...model } = messageOf(input);
  const beginning = onnx.GraphProto.encode(onnx.GraphProto.fromObject(graph ?? {})).finish();
  const tensors = Object.entries(weights).map(([name, dims]) => tensorOf(name, dims));
  const graphBytes = tensors.reduce((sum, { head, valueBytes }) => sum + head.length + valueBytes, beginning.length);
  const file = openSync(path, 'w');
  try {
    let at = 0;
    const write = (bytes: Uint8Array): void => { at += writeSync(file, bytes, 0, bytes.length, at); };
    write(onnx.ModelProto.encode(onnx.ModelProto.fromObject(model)).finish());
    write(announced(fields.graph, graphBytes));
    write(beginning);
    for (const { head, valueBytes } of tensors) {
      write(head);
      at += valueBytes;
    }
    ftruncateSync(file, at);
    return at;
  } finally {
    closeSync(file);
  }
}

/** Everything of an initializer up to its values. */
function tensorOf(name: string, dims: readonly number[]): { readonly head: Uint8Array; readonly valueBytes: number } {
  const valueBytes = dims.reduce((product, size) => product * size, floatBytes);
  const tensor = onnx.TensorProto.encode(onnx.TensorProto.fromObject({ name, dims, dataType: float })).finish();
  const values = announced(fields.rawData, valueBytes);
  return { head: Buffer.concat([announced(fields.initializer, tensor.length + values.length + valueBytes), tensor, values]), valueBytes };
}

/** Tag and length of a field whose content follows. */
function announced(field: number, bytes: number): Uint8Array {
  return Writer.create().uint32(field << 3 | 2).uint64(bytes).finish();
}
