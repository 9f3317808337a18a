/** Messages out of the standard input. Whatever the bytes are: what is no message is passed over and said, and the next message is found. */
import { AbstractMessageReader, type DataCallback, type Disposable, type Message, type MessageReader } from 'vscode-languageserver/node';

export interface Complaint {
  /** Of JSON-RPC. */
  readonly code: number;
  readonly message: string;
}

const parseError = -32_700;
const invalidRequest = -32_600;

/** No document that is analysed comes near it. */
const mostBodyBytes = 512 * 1024 * 1024;
/** Without an end after so many bytes it is no header. */
const mostHeaderBytes = 8192;
const headerEnd = Buffer.from('\r\n\r\n');
const lengthField = 'content-length:';

export class Reader extends AbstractMessageReader implements MessageReader {
  private readonly chunks: Buffer[] = [];
  private bytes = 0;
  /** Of the message that is coming in. */
  private wanted: number | undefined;

  constructor(private readonly input: NodeJS.ReadableStream, private readonly complain: (complaint: Complaint) => void) {
    super();
  }

  listen(callback: DataCallback): Disposable {
    const onData = (chunk: Buffer): void => {
      this.chunks.push(chunk);
      this.bytes += chunk.length;
      // A long body is put together once, when it is whole.
      if (this.wanted !== undefined && this.bytes < this.wanted) return;
      let rest = this.chunks.length === 1 ? chunk : Buffer.concat(this.chunks, this.bytes);
      for (let next = this.next(rest, callback); next !== undefined; next = this.next(rest, callback)) rest = next;
      this.chunks.splice(0, this.chunks.length, ...(rest.length > 0 ? [rest] : []));
      this.bytes = rest.length;
    };
    this.input.on('data', onData);
    this.input.on('error', (error: Error) => { this.fireError(error); });
    this.input.on('close', () => { this.fireClose(); });
    return { dispose: () => { this.input.off('data', onData); } };
  }

  /** What follows the first header or body; undefined: there is no whole one yet. */
  private next(bytes: Buffer, callback: DataCallback): Buffer | undefined {
    if (this.wanted === undefined) return this.header(bytes);
    if (bytes.length < this.wanted) return undefined;
    const body = bytes.subarray(0, this.wanted);
    this.wanted = undefined;
    this.body(body, callback);
    return bytes.subarray(body.length);
  }

  private header(bytes: Buffer): Buffer | undefined {
    const end = bytes.indexOf(headerEnd);
    if (end < 0) {
      // What may be the beginning of a header is kept.
      if (bytes.length <= mostHeaderBytes) return undefined;
      this.complain({ code: parseError, message: 'a header has no end' });
      return bytes.subarray(bytes.length - lengthField.length);
    }
    // What a body left over stands before the header that follows it.
    const fields = bytes.toString('latin1', 0, end);
    const field = fields.slice(Math.max(0, fields.toLowerCase().lastIndexOf(lengthField)));
    const length = Number(/^Content-Length:[ \t]*(\d{1,15})[ \t]*(?:\r\n|$)/i.exec(field)?.[1] ?? Infinity);
    if (length > mostBodyBytes) this.complain({ code: parseError, message: 'a header says no length, or one that no message has' });
    else this.wanted = length;
    return bytes.subarray(end + headerEnd.length);
  }

  private body(body: Buffer, callback: DataCallback): void {
    let message: unknown;
    try {
      message = JSON.parse(body.toString('utf8'));
    } catch {
      this.complain({ code: parseError, message: 'a message is not JSON' });
      return;
    }
    if (isMessage(message)) callback(message);
    else this.complain({ code: invalidRequest, message: 'what was sent is no message of JSON-RPC' });
  }
}

function isMessage(value: unknown): value is Message {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { id, method, params } = value as Readonly<Record<string, unknown>>;
  if (id !== undefined && id !== null && typeof id !== 'string' && typeof id !== 'number') return false;
  if (params !== undefined && params !== null && typeof params !== 'object') return false;
  return method === undefined ? id !== undefined && ('result' in value || 'error' in value) : typeof method === 'string';
}
