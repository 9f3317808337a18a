/** The way to the client. What the engine gives as ready JSON goes out as it is, in pieces, so that a report of a hundred megabytes stops nobody from being heard. */
import {
  AbstractMessageWriter, createConnection, Message, ProposedFeatures,
  type Connection, type DataCallback, type MessageReader, type MessageWriter,
} from 'vscode-languageserver/node';
import { fromJson, toJson, type Json } from '../../../shared/src/json';
import { standardOutput } from '../host/standard-output';
import { createGate, type Refusal } from './gate';
import { Reader } from './reader';

/** How the client reaches the server; without one of these, over the standard streams. */
const otherTransports = /^--(node-ipc|pipe|socket)/;

export interface Channel {
  readonly connection: Connection;
  /** As a result, or as a parameter of a notification. */
  ready(json: Json): unknown;
  /** From now on the client may leave without a word. */
  shutDown(): void;
}

export function openChannel(args: readonly string[]): Channel {
  // Those transports take whole messages as objects.
  if (args.some(argument => otherTransports.test(argument))) return { connection: createConnection(ProposedFeatures.all), ready: fromJson, shutDown: () => undefined };
  let isShutDown = false;
  const writer = new PieceWriter(standardOutput());
  const refuse = (id: string | number | null, refusal: Refusal): void => { void writer.write({ jsonrpc: '2.0', id, error: refusal } as Message); };
  const gate = createGate();
  const reader = new Reader(process.stdin, refusal => { refuse(null, refusal); });
  const connection = createConnection(ProposedFeatures.all, guarded(reader, message => {
    const refusal = gate.refusal(message);
    if (refusal && Message.isRequest(message)) refuse(message.id, refusal);
    return refusal === undefined;
  }), writer);
  // The client is gone.
  for (const event of ['end', 'close']) process.stdin.on(event, () => { process.exit(isShutDown ? 0 : 1); });
  return { connection, ready: json => json, shutDown: () => { isShutDown = true; } };
}

/** Lets through what passes. */
function guarded(reader: Reader, passes: (message: Message) => boolean): MessageReader {
  const { listen } = reader;
  return Object.assign(reader, { listen: (callback: DataCallback) => listen.call(reader, message => { if (passes(message)) callback(message); }) });
}

/** No piece keeps the thread for long. */
const pieceBytes = 256 * 1024;

class PieceWriter extends AbstractMessageWriter implements MessageWriter {
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly output: NodeJS.WritableStream) {
    super();
    output.on('error', (error: Error) => { this.fireError(error); });
    output.on('close', () => { this.fireClose(); });
  }

  /** One message after the other. */
  write(message: Message): Promise<void> {
    return this.last = this.last.then(() => this.send(message)).catch((error: unknown) => { this.fireError(error, message); });
  }

  end(): void {
    this.output.end();
  }

  private async send(message: Message): Promise<void> {
    const parts = partsOf(message);
    const length = parts.reduce((sum, part) => sum + part.byteLength, 0);
    await this.put(Buffer.from(`Content-Length: ${length}\r\n\r\n`, 'ascii'));
    for (const part of parts) {
      for (let at = 0; at < part.byteLength; at += pieceBytes) await this.put(part.subarray(at, at + pieceBytes));
    }
  }

  private put(bytes: Uint8Array): Promise<void> {
    return new Promise((done, failed) => { this.output.write(bytes, error => { if (error) failed(error); else done(); }); });
  }
}

/** Ready JSON stands in a message as its result, or as one of its parameters. */
export function partsOf(message: Message): readonly Uint8Array[] {
  if (Message.isResponse(message) && isJson(message.result)) {
    const { result, ...rest } = message;
    return [...around(toJson(rest), 'result', result), close];
  }
  const { params } = message as Message & { readonly params?: unknown };
  if (typeof params === 'object' && params !== null && !Array.isArray(params)) {
    const found = Object.entries(params).find((entry): entry is [string, Json] => isJson(entry[1]));
    if (found) {
      const [name, json] = found;
      const { [name]: _ready, ...others } = params as Readonly<Record<string, unknown>>;
      const { params: _params, ...rest } = message as Message & { readonly params: unknown };
      return [...around(toJson(rest), 'params'), ...around(toJson(others), name, json), close, close];
    }
  }
  return [toJson(message)];
}

const close = toJson({}).subarray(1);

/** An object without its closing brace, and the beginning of one more member. */
function around(object: Json, name: string, value?: Json): readonly Uint8Array[] {
  const isEmpty = object.byteLength === 2;
  const member = Buffer.from(`${isEmpty ? '' : ','}${JSON.stringify(name)}:`);
  return [object.subarray(0, -1), member, ...(value ? [value] : [])];
}

function isJson(value: unknown): value is Json {
  return value instanceof Uint8Array;
}
