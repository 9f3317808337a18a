/**
 * Several workers as one engine. Each unit has a worker to itself as long as that keeps up, because a worker knows from before what an edit leaves standing;
 * a unit that waits behind a slow one moves to a worker that is free. A worker that dies is replaced, and what it was working on is left alone until it changes.
 */
import { toJson, type Json } from '../../../shared/src/json';
import { onnxDocumentOf, onnxFileOf } from '../../../shared/src/protocol';
import type { Engine, EngineDescription, EngineListener, EngineOptions, EngineRequest, Unit } from '../engine/engine';

/** One worker. */
export interface Member {
  readonly engine: Engine;
  /** Why it ended, in words that follow the name of what it was working on. */
  readonly ended: Promise<string>;
  end(): Promise<void>;
}

export interface PoolOptions {
  open(listener: EngineListener): Member;
  readonly most: number;
  readonly listener: EngineListener;
  /** A unit waits so long behind another one before it moves. */
  readonly patienceMilliseconds?: number;
}

interface Seat {
  readonly member: Member;
  /** The key of the unit that it is working on. */
  working: string | undefined;
  isLeaving: boolean;
}

interface Asked {
  readonly request: EngineRequest;
  readonly done: (result: Json) => void;
  /** Of the worker that was asked last: only its answer counts. */
  cancel: AbortController;
}

interface Entry {
  readonly key: string;
  /** What the editor shows of it. */
  unit: Unit | undefined;
  seat: Seat;
  readonly asked: Set<Asked>;
  /** The newest revision that is analysed. */
  analyzed: number;
  waitsSince: number | undefined;
  inputs: string | undefined;
  /** Why it is left alone. */
  fault: string | undefined;
}

const usualPatienceMilliseconds = 100;
/** What is asked of the product, not of a unit, waits for none either. */
const ofNoUnit = '';
const nothingFound = toJson([]);
/** Deaths in a row that no unit can be blamed for. */
const mostDeaths = 3;

export function createPool({ open, most, listener, patienceMilliseconds = usualPatienceMilliseconds }: PoolOptions): Engine {
  const seats: Seat[] = [];
  const entries = new Map<string, Entry>();
  const nothings = new Map<string, unknown>();
  let options: EngineOptions = { folders: [], showsRules: false, settings: undefined };
  let files: readonly string[] = [];
  let deaths = 0;
  let isStarted = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const owned = (seat: Seat): readonly Entry[] => [...entries.values()].filter(entry => entry.seat === seat);
  const isWaiting = (entry: Entry): boolean => entry.fault === undefined && (entry.asked.size > 0 || (entry.unit !== undefined && entry.analyzed < entry.unit.revision));
  const nothing = (method: string): Json => toJson(nothings.get(method));

  /** A further worker, which has been told everything that is known. */
  const sit = (): { readonly seat: Seat; readonly started: Promise<EngineDescription> } => {
    const member = open({
      published(unit, findings) {
        const entry = entries.get(keyOf(unit));
        // A unit that has moved is taken back at the worker where it was; one that is closed has nothing more to say.
        if (entry ? entry.seat === seat && entry.fault === undefined : findings.diagnostics.byteLength <= nothingFound.byteLength) listener.published(unit, findings);
      },
      analyzed(unit, revision) {
        const entry = entries.get(keyOf(unit));
        if (entry?.seat !== seat) return;
        deaths = 0;
        entry.analyzed = revision;
        settle(entry);
        listener.analyzed(unit, revision);
      },
      stale: () => { listener.stale(); },
      said: (to, message) => { listener.said(to, message); },
      working(unit) {
        seat.working = unit === undefined ? undefined : keyOf(unit);
        listener.working(unit);
      },
    });
    const seat: Seat = { member, working: undefined, isLeaving: false };
    seats.push(seat);
    const started = member.engine.start(options);
    for (const { unit } of entries.values()) if (unit) member.engine.knowUnit(unit);
    void member.ended.then(reason => { if (isStarted && !seat.isLeaving) replace(seat, reason); });
    return { seat, started };
  };
  const firstSeat = (): Seat => seats[0] ?? sit().seat;
  const leave = (seat: Seat): void => {
    seat.isLeaving = true;
    seats.splice(seats.indexOf(seat), 1);
    void seat.member.end();
  };

  const entryOf = (key: string): Entry => {
    const known = entries.get(key);
    if (known) return known;
    const made: Entry = { key, unit: undefined, seat: firstSeat(), asked: new Set(), analyzed: 0, waitsSince: undefined, inputs: undefined, fault: undefined };
    entries.set(key, made);
    return made;
  };
  const showFiles = (): void => {
    for (const seat of seats) seat.member.engine.showFiles(files.filter(uri => entries.get(uri)?.seat === seat && entries.get(uri)?.fault === undefined));
  };

  const ask = (entry: Entry, asked: Asked): void => {
    const cancel = asked.cancel = new AbortController();
    entry.seat.member.engine.request({ ...asked.request, signal: cancel.signal }).then(
      result => { if (asked.cancel === cancel) answer(entry, asked, result); },
      (error: unknown) => {
        if (asked.cancel !== cancel) return;
        listener.said('log', `${asked.request.method} failed: ${error instanceof Error ? error.message : String(error)}`);
        answer(entry, asked, nothing(asked.request.method));
      },
    );
  };
  const answer = (entry: Entry, asked: Asked, result: Json): void => {
    if (!entry.asked.delete(asked)) return;
    settle(entry);
    if (entry.unit === undefined && entry.asked.size === 0 && entry.inputs === undefined && !files.includes(entry.key) && !isMade(entry.key)) entries.delete(entry.key);
    asked.done(result);
  };
  const settle = (entry: Entry): void => { if (!isWaiting(entry)) entry.waitsSince = undefined; };

  /** The unit is this worker's from now on. */
  const settleAt = (entry: Entry, seat: Seat): void => {
    const before = entry.seat;
    entry.seat = seat;
    if (entry.unit && before !== seat && seats.includes(before)) before.member.engine.knowUnit(entry.unit);
    if (entry.inputs !== undefined) void seat.member.engine.stateInputs(entry.key, entry.inputs);
    if (entry.unit) seat.member.engine.setUnit(entry.unit);
    for (const asked of entry.asked) {
      asked.cancel.abort();
      ask(entry, asked);
    }
  };

  const watch = (entry: Entry): void => {
    if (!isWaiting(entry)) return;
    entry.waitsSince ??= performance.now();
    timer ??= setTimeout(look, patienceMilliseconds);
  };
  const look = (): void => {
    timer = undefined;
    const now = performance.now();
    const waiting = [...entries.values()].filter(isWaiting);
    for (const entry of waiting) {
      const { working } = entry.seat;
      if (working === undefined || working === entry.key || now - (entry.waitsSince ?? now) < patienceMilliseconds) continue;
      const free = seats.find(seat => seat.working === undefined && !waiting.some(other => other.seat === seat)) ?? (seats.length < most ? sit().seat : undefined);
      if (!free) continue;
      settleAt(entry, free);
      showFiles();
    }
    if (waiting.length > 0 && most > 1) timer = setTimeout(look, patienceMilliseconds);
  };

  const replace = (dead: Seat, reason: string): void => {
    const theirs = owned(dead);
    seats.splice(seats.indexOf(dead), 1);
    const atFault = dead.working === undefined ? undefined : entries.get(dead.working);
    if (atFault) blame(atFault, reason);
    else if (++deaths > mostDeaths) {
      listener.said('user', `the worker that analyses ${reason}; nothing is analysed until the server is restarted`);
      for (const entry of theirs) for (const asked of [...entry.asked]) answer(entry, asked, nothing(asked.request.method));
      return;
    }
    const { seat, started } = sit();
    started.catch((error: unknown) => { listener.said('log', `The worker did not start: ${String(error)}`); });
    for (const entry of theirs) {
      // It may have been an answer that it died of.
      if (!atFault) for (const asked of [...entry.asked]) answer(entry, asked, nothing(asked.request.method));
      if (entry.fault === undefined) settleAt(entry, seat);
      else entry.seat = seat;
    }
    showFiles();
  };
  const blame = (entry: Entry, reason: string): void => {
    const name = decodeURIComponent(entry.key.slice(entry.key.lastIndexOf('/') + 1));
    entry.fault = `the analysis of ${name} ${reason}; it is not tried again until the file changes`;
    listener.said('user', entry.fault);
    publishFault(entry);
    for (const asked of [...entry.asked]) answer(entry, asked, nothing(asked.request.method));
  };
  const publishFault = ({ key, unit, fault }: Entry): void => {
    if (fault === undefined) return;
    const problem = { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, severity: 2 as const, source: 'joulelint', message: fault };
    for (const { uri, version } of unit?.documents.slice(0, 1) ?? []) listener.published(key, { uri, version, diagnostics: toJson([problem]) });
  };
  /** It is another now, or what it is analysed with. */
  const tryAgain = (entry: Entry): void => {
    if (entry.fault === undefined) return;
    entry.fault = undefined;
    settleAt(entry, entry.seat);
    watch(entry);
  };

  return {
    async start(given) {
      options = given;
      const { seat, started } = sit();
      const description = await Promise.race([started, seat.member.ended.then(reason => { throw new Error(`the worker ${reason}`); })]);
      isStarted = true;
      for (const { method, nothing: result } of description.requests) nothings.set(method, result);
      return description;
    },
    setSettings(settings) {
      options = { ...options, settings };
      for (const { member } of seats) member.engine.setSettings(settings);
      for (const entry of entries.values()) tryAgain(entry);
    },
    setUnit(unit) {
      const entry = entryOf(keyOf(unit.uri));
      const isSame = entry.unit !== undefined && textsOf(entry.unit) === textsOf(unit);
      entry.unit = unit;
      if (entry.fault !== undefined && isSame) {
        publishFault(entry);
        return;
      }
      entry.fault = undefined;
      for (const seat of seats) {
        if (seat === entry.seat) seat.member.engine.setUnit(unit);
        else seat.member.engine.knowUnit(unit);
      }
      watch(entry);
    },
    knowUnit(unit) { for (const { member } of seats) member.engine.knowUnit(unit); },
    closeUnit(uri) {
      const entry = entries.get(keyOf(uri));
      if (entry) {
        if (entry.fault !== undefined) for (const document of entry.unit?.documents ?? []) listener.published(uri, { uri: document.uri, diagnostics: nothingFound });
        entry.unit = undefined;
        entry.fault = undefined;
        if (entry.asked.size === 0 && !files.includes(entry.key)) entries.delete(entry.key);
      }
      for (const { member } of seats) member.engine.closeUnit(uri);
      for (const seat of seats.slice(1)) if (owned(seat).length === 0) leave(seat);
    },
    showFiles(uris) {
      files = uris;
      for (const uri of uris) entryOf(uri);
      showFiles();
    },
    async stateInputs(uri, shape) {
      const entry = entryOf(keyOf(uri));
      const refusal = await entry.seat.member.engine.stateInputs(uri, shape);
      if (refusal === null) entry.inputs = shape;
      return refusal;
    },
    filesChanged(uris) {
      for (const { member } of seats) member.engine.filesChanged(uris);
      for (const uri of uris) {
        const entry = entries.get(uri);
        if (entry) tryAgain(entry);
      }
    },
    request(request) {
      const entry = entryOf(keyOf(request.unit ?? addressIn(request.parameters) ?? ofNoUnit));
      if (entry.fault !== undefined || seats.length === 0) return Promise.resolve(nothing(request.method));
      return new Promise(done => {
        const asked: Asked = { request, done, cancel: new AbortController() };
        entry.asked.add(asked);
        request.signal?.addEventListener('abort', () => {
          asked.cancel.abort();
          answer(entry, asked, nothing(request.method));
        });
        ask(entry, asked);
        watch(entry);
      });
    },
    async stop() {
      clearTimeout(timer);
      for (const seat of [...seats]) leave(seat);
      await Promise.all([...seats].map(({ member }) => member.end()));
    },
  };
}

/** A file and the text that it is shown as are one. */
function keyOf(uri: string): string {
  return onnxFileOf(uri);
}

/** A file whose text is about to be shown will be asked for again. */
function isMade(key: string): boolean {
  return onnxDocumentOf(key) !== key;
}

function textsOf({ documents }: Unit): string {
  return JSON.stringify(documents.map(({ uri, text }) => [uri, text]));
}

/** Every request says of which document it is in one of two ways. */
function addressIn(parameters: unknown): string | undefined {
  const { textDocument, uri = textDocument?.uri } = parameters as { readonly uri?: string; readonly textDocument?: { readonly uri: string } };
  return uri;
}
