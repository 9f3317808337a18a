/** A binary file as ranges. Where its host answers later, whole pages are fetched and kept for as long as the analysis takes, so that a second run finds what the first one lacked. */
import { ofThisRealm, type ByteSource } from '../base/byte-source';
import { isToCome, type Awaitable, type Host } from '../base/host';
import { SourceMissing } from '../base/source-set';

const pageBytes = 16_384;

export class BytePages implements ByteSource {
  /** Null: it could not be read. */
  private readonly pages = new Map<number, Uint8Array | null>();
  private readonly awaited = new Map<number, Promise<void>>();
  /** Once the host has let a promise stand for its answer, pages are asked for. */
  private answersLater = false;

  constructor(private readonly host: Host, private readonly uri: string, readonly sizeBytes: number) {}

  /** Of every page that was asked for and is not there. */
  get pending(): readonly Promise<void>[] {
    return [...this.awaited.values()];
  }

  read(offset: number, length: number): Uint8Array | undefined {
    const end = Math.min(offset + length, this.sizeBytes);
    if (end <= offset) return new Uint8Array(0);
    if (!this.answersLater) {
      const answer = this.asked(offset, end - offset);
      if (!isToCome(answer)) return answer && ofThisRealm(answer);
      this.answersLater = true;
      // These bytes are asked for once more, as part of their pages.
      Promise.resolve(answer).catch(() => undefined);
    }
    const first = Math.floor(offset / pageBytes);
    const last = Math.floor((end - 1) / pageBytes);
    for (let page = first; page <= last; page++) {
      if (this.pages.has(page)) continue;
      this.fetch(page, last);
      throw new SourceMissing(this.uri);
    }
    return this.joined(first, last).subarray(offset - first * pageBytes, end - first * pageBytes);
  }

  /** In one piece from the first to the last page that is neither there nor on its way. */
  private fetch(first: number, last: number): void {
    let start = first;
    while (start <= last && this.awaited.has(start)) start++;
    let end = last;
    while (end > start && (this.awaited.has(end) || this.pages.has(end))) end--;
    if (start > last) return;
    const offset = start * pageBytes;
    const awaited = Promise.resolve(this.asked(offset, Math.min((end + 1) * pageBytes, this.sizeBytes) - offset)).catch(() => undefined).then(bytes => {
      for (let page = start; page <= end; page++) {
        this.awaited.delete(page);
        if (!this.pages.has(page)) this.pages.set(page, bytes ? ofThisRealm(bytes).subarray((page - start) * pageBytes, (page - start + 1) * pageBytes) : null);
      }
    });
    for (let page = start; page <= end; page++) this.awaited.set(page, awaited);
  }

  private asked(offset: number, length: number): Awaitable<Uint8Array | undefined> {
    try {
      return this.host.readBytes(this.uri, offset, length);
    } catch {
      return undefined;
    }
  }

  /** Up to the first page that could not be read. */
  private joined(first: number, last: number): Uint8Array {
    const single = this.pages.get(first);
    if (first === last) return single ?? new Uint8Array(0);
    const whole = new Uint8Array((last - first + 1) * pageBytes);
    let length = 0;
    for (let page = first; page <= last; page++) {
      const bytes = this.pages.get(page);
      if (!bytes) break;
      whole.set(bytes, length);
      length += bytes.length;
    }
    return whole.subarray(0, length);
  }
}
