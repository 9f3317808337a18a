/** A host over another one that answers everything later, one question sooner than the other, as a network does. */
import type { Host } from '../../src/base/host';

export interface SlowHost extends Host {
  /** How often somebody asked while nothing else was on its way: what is asked together counts once. */
  readonly waits: number;
  readonly questions: readonly string[];
}

export function slowHost(host: Host): SlowHost {
  const questions: string[] = [];
  let open = 0;
  let waits = 0;
  const later = async <Value>(question: string, answer: () => Value | Promise<Value>): Promise<Value> => {
    questions.push(question);
    if (open++ === 0) waits++;
    // Every third answer overtakes the two asked before it.
    for (let turn = questions.length % 3; turn >= 0; turn--) await new Promise(resolve => { setImmediate(resolve); });
    open--;
    return answer();
  };
  return {
    get waits() { return waits; },
    questions,
    readText: uri => later(uri, () => host.readText(uri)),
    listFolder: uri => later(`${uri}/`, () => host.listFolder(uri)),
    readBytes: (uri, offset, length) => later(`${uri} ${offset}+${length}`, () => host.readBytes(uri, offset, length)),
    sizeBytes: uri => later(`${uri} size`, () => host.sizeBytes(uri)),
  };
}
