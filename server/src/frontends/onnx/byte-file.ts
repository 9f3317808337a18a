/** Walks protobuf messages of a file through a small moving window: what a visitor does not look at is never read. */
import { Reader, util } from 'protobufjs/minimal';
import type { Budget } from '../../base/budget';
import type { ByteSource } from '../../base/byte-source';
import type { ByteRange } from './model';

/** The file is not what it should be: caught by `readModel`, and by the frontend for what is only read when an operator asks for it. */
export class MalformedFile extends Error {}

/** protobuf's wire types; 3 and 4 were groups and never occur in ONNX. Source: protobuf.dev/programming-guides/encoding. */
export const wire = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/** One field of a message. `value` is where its content lies: of a byte field without tag and length. */
export interface Field {
  readonly number: number;
  readonly wire: number;
  readonly value: ByteRange;
}

/** After a jump little is read, while fields follow each other ever more: a walk past many weights stays cheap. */
const smallWindowBytes = 4096;
const largeWindowBytes = 65_536;
/** A tag and a varint take at most this. */
const scalarBytes = 20;
/** Longer names, documents and lists are nothing that an analysis needs. */
const maxFieldBytes = 16_777_216;
/** Subgraphs, functions and types inside each other. */
const maxDepth = 100;

/** In the words of protobufjs. */
const damage = /^(?:index out of range|invalid varint|invalid wire type)/;

interface Begun {
  readonly parts: unknown;
  /** Where its first field begins that is not among the parts. */
  at: number;
}

export class ByteFile {
  private reader = Reader.create(new Uint8Array(0));
  private base = 0;
  private windowBytes = smallWindowBytes;
  private depth = 0;
  /** Of the field that was begun last: where a file turned out to be damaged. */
  lastOffset = 0;

  /** Of messages that were begun when bytes were missing. */
  private readonly begun = new Map<number, Begun>();

  /** `budget`: of the run that reads now; reading may take several. */
  constructor(private readonly source: ByteSource, public budget: Budget) {}

  get sizeBytes(): number {
    return this.source.sizeBytes;
  }

  /**
   * As `eachField`, for a message of many fields: where bytes are not there yet, the next attempt goes on from that field with the parts that were made.
   * A visit must add what it reads to the parts all at once.
   */
  resume<Parts>(range: ByteRange, make: () => Parts, visit: (parts: Parts, field: Field) => void): Parts {
    const begun = this.begun.get(range.offset) ?? { parts: make(), at: range.offset };
    this.begun.set(range.offset, begun);
    const parts = begun.parts as Parts;
    const { depth } = this;
    try {
      this.eachField({ offset: begun.at, length: range.offset + range.length - begun.at }, field => {
        visit(parts, field);
        begun.at = field.value.offset + field.value.length;
      });
    } finally {
      this.depth = depth;
    }
    this.begun.delete(range.offset);
    return parts;
  }

  /** Calls `visit` for each field of the message at `range`, in order. */
  eachField(range: ByteRange, visit: (field: Field) => void): void {
    const end = range.offset + range.length;
    if (++this.depth > maxDepth) throw new MalformedFile(`messages are nested more than ${maxDepth} deep at byte ${range.offset}`);
    this.budget.allocate(wordsPerMessage);
    let at = range.offset;
    while (at < end) {
      this.budget.allocate(wordsPerField);
      this.budget.step();
      this.lastOffset = at;
      const start = at;
      const field = this.guarded(() => this.fieldAt(start, end));
      visit(field);
      at = field.value.offset + field.value.length;
    }
    this.depth--;
  }

  /** The value of a varint field, as a signed 64-bit number (exact up to 2^53). */
  int(field: Field): number {
    this.expect(field, wire.varint);
    return this.guarded(() => readInt(this.at(field.value.offset, 10)));
  }

  float(field: Field): number {
    this.expect(field, wire.fixed32);
    return this.guarded(() => this.at(field.value.offset, 4).float());
  }

  /** A field that holds numbers of one kind, packed or one at a time, appended to `into`. */
  numbers(field: Field, kind: 'varint' | 'float', into: number[]): void {
    if (field.wire !== wire.bytes) {
      into.push(kind === 'varint' ? this.int(field) : this.float(field));
      return;
    }
    this.list(field.value, kind === 'varint' ? readInt : reader => reader.float(), into);
  }

  /** Numbers that follow each other without tags. */
  varints(range: ByteRange, into: number[]): void {
    this.list(range, readInt, into);
  }

  text(field: Field): string {
    this.expect(field, wire.bytes);
    return this.textAt(field.value);
  }

  textAt(range: ByteRange): string {
    this.budget.allocate(range.length / bytesPerWord);
    const { buffer, start } = this.content(range);
    return this.guarded(() => util.utf8.read(buffer, start, start + range.length));
  }

  /** A message inside this one. */
  message(field: Field): ByteRange {
    this.expect(field, wire.bytes);
    return field.value;
  }

  /** A copy of some bytes. */
  bytes(range: ByteRange): Uint8Array {
    const { buffer, start } = this.content(range);
    return buffer.slice(start, start + range.length);
  }

  private list(range: ByteRange, read: (reader: Reader) => number, into: number[]): void {
    const { buffer, start } = this.content(range);
    const reader = Reader.create(buffer);
    reader.pos = start;
    const end = start + range.length;
    this.lastOffset = range.offset;
    this.guarded(() => {
      while (reader.pos < end) {
        this.budget.allocate(1);
        this.budget.step();
        into.push(read(reader));
      }
    });
    if (reader.pos !== end) throw new MalformedFile(`the field at byte ${range.offset} is damaged or cut short`);
  }

  /** What protobufjs throws, of numbers that do not end and of ends that come too soon, is the file's fault. */
  private guarded<Value>(read: () => Value): Value {
    try {
      return read();
    } catch (error) {
      if (error instanceof Error && damage.test(error.message)) throw new MalformedFile(`the field at byte ${this.lastOffset} is damaged or cut short`);
      throw error;
    }
  }

  private expect(field: Field, type: number): void {
    if (field.wire !== type) throw new MalformedFile(`field ${field.number} at byte ${field.value.offset} has wire type ${field.wire} in place of ${type}`);
  }

  private fieldAt(at: number, end: number): Field {
    const reader = this.at(at, scalarBytes);
    const tag = reader.uint32();
    const [number, type] = [tag >>> 3, tag & 7];
    if (number === 0) throw new MalformedFile(`no field can begin at byte ${at}`);
    let length: number;
    let offset: number;
    switch (type) {
      case wire.bytes:
        length = reader.buf[reader.pos] ?? 128;
        if (length < 128) reader.pos++;
        else length = toNumber(reader.uint64());
        offset = this.base + reader.pos;
        break;
      case wire.varint:
        offset = this.base + reader.pos;
        reader.skip();
        length = this.base + reader.pos - offset;
        break;
      case wire.fixed64: case wire.fixed32:
        offset = this.base + reader.pos;
        length = type === wire.fixed64 ? 8 : 4;
        break;
      default: throw new MalformedFile(`field ${number} at byte ${at} has wire type ${type}, which ONNX does not use`);
    }
    if (!(length >= 0 && offset + length <= end)) {
      throw new MalformedFile(`field ${number} at byte ${at} claims ${length} bytes where ${Math.max(0, end - offset)} are left: the file is damaged or cut short`);
    }
    return { number, wire: type, value: { offset, length } };
  }

  /** The window's reader, moved to `offset`, with `length` bytes behind it unless the file ends before. */
  private at(offset: number, length: number): Reader {
    const start = offset - this.base;
    const { reader } = this;
    if (start >= 0 && start + length <= reader.len) {
      reader.pos = start;
      return reader;
    }
    const follows = start >= 0 && start <= reader.len;
    const windowBytes = follows ? Math.min(this.windowBytes * 2, largeWindowBytes) : smallWindowBytes;
    this.load(offset, Math.max(length, windowBytes));
    this.windowBytes = windowBytes;
    return this.reader;
  }

  private content(range: ByteRange): { readonly buffer: Uint8Array; readonly start: number } {
    if (range.length > maxFieldBytes) throw new MalformedFile(`a field at byte ${range.offset} is ${range.length} bytes long; no more than ${maxFieldBytes} are read`);
    if (range.length > 0) this.at(range.offset, range.length);
    const start = range.length > 0 ? this.reader.pos : 0;
    if (start + range.length > this.reader.len) throw new MalformedFile(`the file ends before byte ${range.offset + range.length}`);
    return { buffer: this.reader.buf, start };
  }

  private load(offset: number, length: number): void {
    const bytes = offset < this.source.sizeBytes ? this.source.read(offset, Math.min(length, this.source.sizeBytes - offset)) : undefined;
    if (!bytes || bytes.length === 0) throw new MalformedFile(`the file ends before byte ${offset + 1}`);
    this.reader = Reader.create(bytes);
    this.base = offset;
  }
}

/** What is kept of a message, and of each of its fields. */
const wordsPerMessage = 48;
const wordsPerField = 6;
const bytesPerWord = 8;

/** protobufjs gives a `Long` where that package is installed, and a number elsewhere. */
function toNumber(value: unknown): number {
  return typeof value === 'number' ? value : (value as { toNumber(): number }).toNumber();
}

/** Nearly all numbers of a model are small: they need no 64-bit value on the way. */
function readInt(reader: Reader): number {
  const byte = reader.buf[reader.pos] ?? 128;
  if (byte >= 128) return toNumber(reader.int64());
  reader.pos++;
  return byte;
}
