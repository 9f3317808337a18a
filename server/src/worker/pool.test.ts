import { strict as assert } from 'node:assert';
import { fromJson, toJson } from '../../../shared/src/json';
import type { Engine, EngineListener, EngineRequest, Unit } from '../engine/engine';
import { createPool, type Member } from './pool';

/** A worker that does nothing unless it is told to. */
interface Fake {
  readonly listener: EngineListener;
  readonly heard: string[];
  readonly asked: { readonly request: EngineRequest; readonly answer: (result: unknown) => void }[];
  die(reason: string): void;
  isEnded: boolean;
}

function unit(name: string, revision: number, text = name): Unit {
  return { uri: `file:///${name}`, isNotebook: false, revision, documents: [{ uri: `file:///${name}`, version: revision, text }] };
}

const turn = (): Promise<void> => new Promise(done => { setTimeout(done, 0); });
const until = async (isSo: () => boolean): Promise<void> => { while (!isSo()) await new Promise(done => { setTimeout(done, 1); }); };
const hover = (name: string): EngineRequest => ({ method: 'hover', parameters: { textDocument: { uri: `file:///${name}` } }, unit: `file:///${name}` });

function pool(most = 2, starts = true) {
  const fakes: Fake[] = [];
  const told: string[] = [];
  const published: string[] = [];
  const open = (listener: EngineListener): Member => {
    let die: (reason: string) => void = () => undefined;
    const ended = new Promise<string>(done => { die = done; });
    const fake: Fake = { listener, heard: [], asked: [], die, isEnded: false };
    fakes.push(fake);
    const hear = (word: string) => (value: { readonly uri: string } | string): void => { fake.heard.push(`${word} ${(typeof value === 'string' ? value : value.uri).replace('file:///', '')}`); };
    const engine: Engine = {
      start: () => new Promise(done => { if (starts) done({ tool: { name: '', version: '' }, capabilities: {}, requests: [{ method: 'hover', nothing: null }, { method: 'lens', nothing: [] }] }); }),
      setSettings: () => undefined, filesChanged: () => undefined, showFiles: uris => { fake.heard.push(`show ${uris.join(' ')}`); },
      setUnit: hear('set'), knowUnit: hear('know'), closeUnit: hear('close'),
      stateInputs: (uri, shape) => { fake.heard.push(`inputs ${shape}`); return Promise.resolve(null); },
      request: request => new Promise(answer => { fake.asked.push({ request, answer: result => { answer(toJson(result)); } }); }),
      stop: () => Promise.resolve(),
    };
    return { engine, ended, end: () => { fake.isEnded = true; die('is ended'); return Promise.resolve(); } };
  };
  const engine = createPool({
    open, most, patienceMilliseconds: 2,
    listener: {
      published: (of, { uri, diagnostics }) => { published.push(`${of} ${uri} ${(fromJson(diagnostics) as { readonly message: string }[]).map(each => each.message).join()}`); },
      analyzed: () => undefined, stale: () => undefined, working: () => undefined, said: (_to, message) => { told.push(message); },
    },
  });
  return { engine, fakes, told, published };
}

describe('pool of workers', () => {
  it('starts one worker, and leaves all units with it while it keeps up', async () => {
    const { engine, fakes } = pool();
    await engine.start({ folders: [], showsRules: false, settings: undefined });
    for (const name of ['a', 'b']) {
      engine.setUnit(unit(name, 1));
      fakes[0]?.listener.working(`file:///${name}`);
      fakes[0]?.listener.working(undefined);
      fakes[0]?.listener.analyzed(`file:///${name}`, 1);
    }
    await turn();
    assert.equal(fakes.length, 1);
    await engine.stop();
  });

  it('moves what waits behind another unit, with its requests, and hears nothing more of it from where it was', async () => {
    const { engine, fakes, published } = pool();
    await engine.start({ folders: [], showsRules: false, settings: undefined });
    engine.setUnit(unit('slow', 1));
    fakes[0]?.listener.working('file:///slow');
    engine.setUnit(unit('quick', 2));
    const answer = engine.request(hover('quick'));
    await until(() => fakes.length === 2 && fakes[1]?.asked.length === 1);
    assert.deepEqual(fakes[1]?.heard.filter(each => !each.startsWith('show')), ['know slow', 'know quick', 'set quick']);
    assert.equal(fakes[0]?.heard.filter(each => !each.startsWith('show')).at(-1), 'know quick');
    fakes[0]?.asked[0]?.answer('stale');
    fakes[0]?.listener.published('file:///quick', { uri: 'file:///quick', diagnostics: toJson([]) });
    fakes[1]?.asked[0]?.answer('right');
    assert.equal(fromJson(await answer), 'right');
    assert.deepEqual(published, []);
    // An edit goes to where the unit is now; the other worker knows it as a text.
    engine.setUnit(unit('quick', 3));
    assert.equal(fakes[1]?.heard.at(-1), 'set quick');
    assert.equal(fakes[0]?.heard.at(-1), 'know quick');
    // With nothing left to do, the second worker goes.
    engine.closeUnit('file:///quick');
    assert.deepEqual(fakes.map(each => each.isEnded), [false, true]);
    await engine.stop();
  });

  it('what waits for itself stays where it is', async () => {
    const { engine, fakes } = pool();
    await engine.start({ folders: [], showsRules: false, settings: undefined });
    engine.setUnit(unit('slow', 1));
    fakes[0]?.listener.working('file:///slow');
    void engine.request(hover('slow'));
    for (let round = 0; round < 10; round++) await new Promise(done => { setTimeout(done, 1); });
    assert.equal(fakes.length, 1);
    await engine.stop();
  });

  it('blames what a worker died of, and gives the others and their questions to a new one', async () => {
    const { engine, fakes, told, published } = pool(1);
    await engine.start({ folders: [], showsRules: false, settings: undefined });
    engine.setUnit(unit('bad', 1));
    engine.setUnit(unit('good', 2));
    await engine.stateInputs('file:///good', '1,3');
    fakes[0]?.listener.working('file:///bad');
    const [bad, good] = [engine.request({ ...hover('bad'), method: 'lens' }), engine.request(hover('good'))];
    fakes[0]?.die('needs more than 1 MB of memory');
    assert.deepEqual(fromJson(await bad), []);
    const message = 'the analysis of bad needs more than 1 MB of memory; it is not tried again until the file changes';
    assert.deepEqual(told, [message]);
    assert.deepEqual(published, [`file:///bad file:///bad ${message}`]);
    assert.deepEqual(fakes[1]?.heard.filter(each => !each.startsWith('show')), ['know bad', 'know good', 'inputs 1,3', 'set good']);
    fakes[1]?.asked[0]?.answer('here');
    assert.equal(fromJson(await good), 'here');
    // The same text again changes nothing; another one is tried.
    engine.setUnit(unit('bad', 3, 'bad'));
    assert.equal(fakes[1]?.heard.at(-1), 'show ');
    assert.equal(published.length, 2);
    engine.setUnit(unit('bad', 4, 'better'));
    assert.equal(fakes[1]?.heard.at(-1), 'set bad');
    await engine.stop();
  });

  it('does not put the question again of which a worker may have died, and gives up after some deaths without a culprit', async () => {
    const { engine, fakes, told } = pool(1);
    await engine.start({ folders: [], showsRules: false, settings: undefined });
    engine.setUnit(unit('a', 1));
    const answer = engine.request(hover('a'));
    fakes[0]?.die('ends its thread with code 1');
    assert.equal(fromJson(await answer), null);
    assert.equal(fakes[1]?.asked.length, 0);
    for (const index of [1, 2, 3]) {
      fakes[index]?.die('ends its thread with code 1');
      await turn();
    }
    assert.equal(fakes.length, 4);
    assert.deepEqual(told, ['the worker that analyses ends its thread with code 1; nothing is analysed until the server is restarted']);
    assert.equal(fromJson(await engine.request(hover('a'))), null);
    await engine.stop();
  });

  it('does not start without a worker', async () => {
    const { engine, fakes } = pool(1, false);
    const started = engine.start({ folders: [], showsRules: false, settings: undefined });
    fakes[0]?.die('ends its thread with code 1');
    await assert.rejects(started, /^Error: the worker ends its thread with code 1$/);
    assert.equal(fakes.length, 1);
    await engine.stop();
  });

  it('a question that is no longer wanted is answered with nothing', async () => {
    const { engine, fakes } = pool(1);
    await engine.start({ folders: [], showsRules: false, settings: undefined });
    engine.setUnit(unit('a', 1));
    const cancel = new AbortController();
    const answer = engine.request({ ...hover('a'), signal: cancel.signal });
    cancel.abort();
    assert.equal(fromJson(await answer), null);
    assert.equal(fakes[0]?.asked[0]?.request.signal?.aborted, true);
    await engine.stop();
  });
});
