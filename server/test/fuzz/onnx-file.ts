/** One ONNX file in memory in front of the real file system, and what must be said of it. */
import type { Host } from '../../src/base/host';
import type { Examination, Failure } from './examine';

export const onnxPath = 'generated.onnx';
export const onnxUri = `file:///fuzz/${onnxPath}`;

export class OnnxFile {
  content: Uint8Array = new Uint8Array(0);

  before(host: Host): Host {
    return {
      ...host,
      sizeBytes: uri => (uri === onnxUri ? this.content.length : host.sizeBytes(uri)),
      readBytes: (uri, offset, length) => (uri === onnxUri ? this.content.subarray(offset, offset + length) : host.readBytes(uri, offset, length)),
    };
  }
}

const longestMessage = 400;
/** Where in the file, or what is there instead of a model. */
const isClear = /\bbyte \d|^the file (is|has) |^evaluation stopped/;

/** Of a file without a model: one message, in one line, that says where or what. */
export function messageFailures({ models, problems }: Examination): Failure[] {
  const [message] = problems;
  if (models > 0) return [];
  if (message === undefined || problems.length > 1) return [{ what: `a file without a model has ${problems.length} messages: ${problems.join(' | ')}` }];
  return message.length > longestMessage || /[\r\n]/.test(message) || !isClear.test(message) ? [{ what: `not a clear message: ${JSON.stringify(message)}` }] : [];
}
