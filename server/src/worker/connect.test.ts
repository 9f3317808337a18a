import { strict as assert } from 'node:assert';
import { fromJson, toJson } from '../../../shared/src/json';
import type { Engine, EngineListener, Unit } from '../engine/engine';
import { connect } from './connect';
import type { FromWorker, Port, ToWorker } from './messages';
import { serve, type IsSuperseded } from './serve';

/** Both ends; what is posted towards the worker waits until it is let through. */
function channel() {
  const held: ToWorker[] = [];
  let toWorker: (message: ToWorker) => void = () => undefined;
  let fromWorker: (message: FromWorker) => void = () => undefined;
  const here: Port<ToWorker, FromWorker> = { post: message => { held.push(message); }, receive: listener => { fromWorker = listener; } };
  const there: Port<FromWorker, ToWorker> = { post: message => { fromWorker(structuredClone(message)); }, receive: listener => { toWorker = listener; } };
  const deliver = async (): Promise<void> => {
    for (const message of held.splice(0)) toWorker(structuredClone(message));
    await new Promise(done => { setTimeout(done, 0); });
  };
  return { here, there, deliver };
}

const unit = (uri: string, revision: number): Unit => ({ uri, isNotebook: false, revision, documents: [{ uri, version: revision, text: '' }] });
const quiet: EngineListener = { published: () => undefined, analyzed: () => undefined, stale: () => undefined, said: () => undefined, working: () => undefined };

function joined() {
  const { here, there, deliver } = channel();
  const heard: unknown[] = [];
  let isSuperseded: IsSuperseded = () => false;
  const signals: (AbortSignal | undefined)[] = [];
  const note = (name: string) => (...values: unknown[]): void => { heard.push([name, ...values]); };
  serve(there, (listener, given) => {
    isSuperseded = given;
    const engine: Engine = {
      start: () => Promise.resolve({ tool: { name: 'engine', version: '1' }, capabilities: {}, requests: [] }),
      setSettings: note('settings'), setUnit: ({ uri, revision }) => { listener.analyzed(uri, revision); }, knowUnit: ({ uri }) => { heard.push(['know', uri]); }, closeUnit: note('close'),
      showFiles: note('show'), filesChanged: note('changed'), stateInputs: (uri, shape) => Promise.resolve(`${uri} ${shape}`),
      request: ({ method, signal }) => {
        signals.push(signal);
        return method === 'fails' ? Promise.reject(new Error('because')) : method === 'waits' ? new Promise(() => undefined) : Promise.resolve(toJson(method));
      },
      stop: () => Promise.resolve(),
    };
    return engine;
  });
  return { here, deliver, heard, signals, superseded: (uri: string, revision: number) => isSuperseded(uri, revision) };
}

describe('engine in a worker', () => {
  it('has the same methods at the other end, in the same order', async () => {
    const { here, deliver, heard } = joined();
    const engine = connect(here, { ...quiet, analyzed: (uri, revision) => { heard.push(['analyzed', uri, revision]); } });
    const started = engine.start({ folders: [], showsRules: true, settings: {} });
    engine.setSettings({ alpha: 1 });
    engine.setUnit(unit('a', 1));
    engine.knowUnit(unit('b', 2));
    engine.showFiles(['c']);
    engine.filesChanged(['d']);
    engine.closeUnit('a');
    const answers = Promise.allSettled([engine.stateInputs('e', '1,3'), engine.request({ method: 'hover', parameters: {} }), engine.request({ method: 'fails', parameters: {} }), engine.stop()]);
    await deliver();
    assert.equal((await started).tool.name, 'engine');
    assert.deepEqual(heard, [['settings', { alpha: 1 }], ['analyzed', 'a', 1], ['know', 'b'], ['show', ['c']], ['changed', ['d']], ['close', 'a']]);
    const [inputs, hover, failed, stopped] = await answers;
    assert.deepEqual([inputs, hover, stopped].map(each => (each?.status === 'fulfilled' ? each.value instanceof Uint8Array ? fromJson(each.value) : each.value : each)), ['e 1,3', 'hover', undefined]);
    assert.match(failed?.status === 'rejected' ? String(failed.reason) : '', /because/);
  });

  it('a newer revision is known before its message is read', async () => {
    const { here, deliver, superseded } = joined();
    const engine = connect(here, quiet);
    void engine.start({ folders: [], showsRules: false, settings: {} });
    engine.setUnit(unit('a', 1));
    engine.setUnit(unit('b', 2));
    await deliver();
    assert.deepEqual([superseded('a', 1), superseded('b', 2)], [false, false]);
    engine.setUnit(unit('a', 3));
    engine.closeUnit('b');
    assert.deepEqual([superseded('a', 1), superseded('b', 2)], [true, true]);
    await deliver();
    assert.equal(superseded('a', 3), false);
    engine.knowUnit(unit('a', 3));
    assert.equal(superseded('a', 3), true);
  });

  it('where no memory can be shared, and for more units than there is room for, nothing is known before', async () => {
    const { SharedArrayBuffer: shared } = globalThis;
    const { here, deliver, superseded } = joined();
    try {
      Reflect.deleteProperty(globalThis, 'SharedArrayBuffer');
      const engine = connect(here, quiet);
      void engine.start({ folders: [], showsRules: false, settings: {} });
      engine.setUnit(unit('a', 1));
      await deliver();
      engine.setUnit(unit('a', 2));
      assert.equal(superseded('a', 1), false);
    } finally {
      globalThis.SharedArrayBuffer = shared;
    }
    const many = joined();
    const engine = connect(many.here, quiet);
    void engine.start({ folders: [], showsRules: false, settings: {} });
    for (let number = 1; number <= 1100; number++) engine.setUnit(unit(String(number), number));
    await many.deliver();
    for (let number = 1; number <= 1100; number++) engine.setUnit(unit(String(number), 2000 + number));
    assert.deepEqual([many.superseded('1', 1), many.superseded('1100', 1100)], [true, false]);
  });

  it('a question that is no longer wanted is called off', async () => {
    const { here, deliver, signals } = joined();
    const engine = connect(here, quiet);
    void engine.start({ folders: [], showsRules: false, settings: {} });
    const cancel = new AbortController();
    void engine.request({ method: 'waits', parameters: {}, signal: cancel.signal });
    await deliver();
    assert.equal(signals[0]?.aborted, false);
    cancel.abort();
    await deliver();
    assert.equal(signals[0]?.aborted, true);
  });
});
