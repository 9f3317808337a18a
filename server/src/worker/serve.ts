/** The worker's end: an engine that is spoken to in messages. */
import type { Engine, EngineListener } from '../engine/engine';
import type { FromWorker, Port, ToWorker } from './messages';

/** Whether a newer revision of the unit has been announced. */
export type IsSuperseded = (unit: string, revision: number) => boolean;

export function serve(port: Port<FromWorker, ToWorker>, open: (listener: EngineListener, isSuperseded: IsSuperseded) => Engine): void {
  let flags: Int32Array | undefined;
  const slots = new Map<string, number>();
  const running = new Map<number, AbortController>();
  /** Whatever comes before the engine has started waits for it. */
  let started: Promise<void> = Promise.resolve();

  const isSuperseded: IsSuperseded = (unit, revision) => {
    const slot = slots.get(unit);
    return flags !== undefined && slot !== undefined && Atomics.load(flags, slot) !== revision;
  };
  const engine = open({
    published: (unit, findings) => { port.post({ kind: 'published', unit, findings }, findings.diagnostics.buffer instanceof ArrayBuffer ? [findings.diagnostics.buffer] : []); },
    analyzed: (unit, revision) => { port.post({ kind: 'analyzed', unit, revision }); },
    stale: () => { port.post({ kind: 'stale' }); },
    said: (to, message) => { port.post({ kind: 'said', to, message }); },
    working: unit => { port.post({ kind: 'working', unit }); },
  }, isSuperseded);

  const answer = (id: number, result: Promise<unknown>): void => {
    result.then(
      value => { port.post({ kind: 'answer', id, result: value }, value instanceof Uint8Array && value.buffer instanceof ArrayBuffer ? [value.buffer] : []); },
      (error: unknown) => { port.post({ kind: 'failed', id, reason: reasonOf(error) }); },
    ).finally(() => { running.delete(id); });
  };
  const hear = (message: ToWorker): void => {
    switch (message.kind) {
      case 'start': {
        flags = message.flags && new Int32Array(message.flags);
        started = engine.start(message.options).then(
          description => { port.post({ kind: 'started', description }); },
          (error: unknown) => { port.post({ kind: 'failed', id: undefined, reason: reasonOf(error) }); },
        );
        return;
      }
      case 'settings': { engine.setSettings(message.settings); return; }
      case 'unit': {
        if (message.slot === undefined) slots.delete(message.unit.uri);
        else slots.set(message.unit.uri, message.slot);
        if (message.isOwn) engine.setUnit(message.unit);
        else engine.knowUnit(message.unit);
        return;
      }
      case 'close': {
        slots.delete(message.uri);
        engine.closeUnit(message.uri);
        return;
      }
      case 'show-files': { engine.showFiles(message.uris); return; }
      case 'files-changed': { engine.filesChanged(message.uris); return; }
      case 'inputs': { answer(message.id, engine.stateInputs(message.uri, message.shape)); return; }
      case 'request': {
        const { id, method, parameters, unit } = message;
        const controller = new AbortController();
        running.set(id, controller);
        answer(id, engine.request({ method, parameters, signal: controller.signal, ...(unit === undefined ? {} : { unit }) }));
        return;
      }
      case 'cancel': { running.get(message.id)?.abort(); return; }
      case 'stop': { answer(message.id, engine.stop()); return; }
    }
  };
  port.receive(message => { void started.then(() => { hear(message); }); });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.stack ?? error.message : String(error);
}
