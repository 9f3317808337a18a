/** The user's end: an engine that runs in a worker, with the same methods as one in place. */
import type { Json } from '../../../shared/src/json';
import type { Engine, EngineDescription, EngineListener } from '../engine/engine';
import type { FromWorker, Port, ToWorker } from './messages';

/** Units whose newer revisions stop an analysis at once; those of any further ones are heard between slices. */
const mostSlots = 1024;
const nowhere = -1;

export function connect(port: Port<ToWorker, FromWorker>, listener: EngineListener): Engine {
  const flags = typeof SharedArrayBuffer === 'undefined' ? undefined : new SharedArrayBuffer(mostSlots * Int32Array.BYTES_PER_ELEMENT);
  const newest = flags && new Int32Array(flags);
  const slots = new Map<string, number>();
  const free = flags ? Array.from({ length: mostSlots }, (_, slot) => slot) : [];
  const asked = new Map<number, { readonly done: (result: unknown) => void; readonly failed: (error: Error) => void }>();
  let lastId = 0;
  let started: { readonly done: (description: EngineDescription) => void; readonly failed: (error: Error) => void } | undefined;

  port.receive(message => {
    switch (message.kind) {
      case 'started': { started?.done(message.description); return; }
      case 'answer': {
        asked.get(message.id)?.done(message.result);
        asked.delete(message.id);
        return;
      }
      case 'failed': {
        const error = new Error(message.reason);
        if (message.id === undefined) started?.failed(error);
        else asked.get(message.id)?.failed(error);
        return;
      }
      case 'published': { listener.published(message.unit, message.findings); return; }
      case 'analyzed': { listener.analyzed(message.unit, message.revision); return; }
      case 'stale': { listener.stale(); return; }
      case 'said': { listener.said(message.to, message.message); return; }
      case 'working': { listener.working(message.unit); return; }
    }
  });

  const ask = (message: (id: number) => ToWorker): { readonly id: number; readonly answer: Promise<unknown> } => {
    const id = ++lastId;
    const answer = new Promise((done, failed) => { asked.set(id, { done, failed }); });
    port.post(message(id));
    return { id, answer };
  };
  /** The flag is up before the message is under way: an analysis of an older revision ends without having read it. */
  const announce = (uri: string, revision: number): number | undefined => {
    const slot = slots.get(uri) ?? free.pop();
    if (slot === undefined || !newest) return undefined;
    slots.set(uri, slot);
    Atomics.store(newest, slot, revision);
    return slot;
  };

  return {
    start(options) {
      const description = new Promise<EngineDescription>((done, failed) => { started = { done, failed }; });
      port.post({ kind: 'start', options, flags });
      return description;
    },
    setSettings: settings => { port.post({ kind: 'settings', settings }); },
    setUnit: unit => { port.post({ kind: 'unit', unit, isOwn: true, slot: announce(unit.uri, unit.revision) }); },
    knowUnit: unit => { port.post({ kind: 'unit', unit, isOwn: false, slot: announce(unit.uri, nowhere) }); },
    closeUnit(uri) {
      const slot = slots.get(uri);
      if (slot !== undefined && newest) {
        Atomics.store(newest, slot, nowhere);
        slots.delete(uri);
        free.unshift(slot);
      }
      port.post({ kind: 'close', uri });
    },
    showFiles: uris => { port.post({ kind: 'show-files', uris }); },
    async stateInputs(uri, shape) { return await ask(id => ({ kind: 'inputs', id, uri, shape })).answer as string | null; },
    filesChanged: uris => { port.post({ kind: 'files-changed', uris }); },
    async request({ method, parameters, unit, signal }) {
      const { id, answer } = ask(own => ({ kind: 'request', id: own, method, parameters, unit }));
      const cancel = (): void => { port.post({ kind: 'cancel', id }); };
      signal?.addEventListener('abort', cancel);
      try {
        return await answer as Json;
      } finally {
        signal?.removeEventListener('abort', cancel);
      }
    },
    async stop() { await ask(id => ({ kind: 'stop', id })).answer; },
  };
}
