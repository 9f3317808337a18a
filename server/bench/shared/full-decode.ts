/** Reads a whole ONNX file into memory and decodes every message of it, as an ordinary protobuf library does. */
import { readFileSync } from 'node:fs';
import { onnx } from 'onnx-proto';

/** Answers the number of nodes. */
export function decodeWhole(path: string): number {
  return onnx.ModelProto.decode(readFileSync(path)).graph?.node?.length ?? 0;
}
