/** `npm run energy-features DATA TIMM [COUNT]`: recounts models of timm's source and holds their work against the layer table of DATA, exactly. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { defaultSettings } from '../../shared/src/settings';
import { openWorkspace } from '../src/cli/session';
import { answer } from '../src/energy/answer';
import { workloadOf } from '../src/energy/work';
import { classNames } from './energy/timm';

type Row = readonly [string, number, number, number, number, number];

/** The same models in every run: a linear congruential generator, seeded. */
function shuffled<Item>(items: readonly Item[]): readonly Item[] {
  let seed = 20_261_128;
  const next = (): number => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31);
  return items.map(item => ({ item, key: next() })).sort((a, b) => a.key - b.key).map(({ item }) => item);
}

async function main([data, source, count = '100']: readonly string[]): Promise<number> {
  if (data === undefined || source === undefined) {
    console.error('energy-features: name the folder of measured/ and the folder that holds timm/');
    return 2;
  }
  const lines = gunzipSync(readFileSync(join(data, 'measured', 'timm_layers_visible.jsonl.gz'))).toString('utf8').trim().split('\n');
  const models = shuffled(lines.map(line => JSON.parse(line) as [string, ...Row[]])).slice(0, Number(count));
  const workspace = await openWorkspace();
  const root = pathToFileURL(resolve(source)).href;
  let [equal, slowest] = [0, 0];
  for (const [id, ...rows] of models) {
    const [name = '', size = ''] = id.split('@');
    const { models: [model] } = await workspace.analyze({
      uri: `${root}/timm/__init__.py`, settings: { ...defaultSettings, convention: 'graph', pythonPath: [source], analysisTimeMilliseconds: 60_000 }, workspaceFolder: root,
      setup: 'import timm', model: `timm.create_model('${name}', pretrained=False)`, inputs: [{ shape: [1, 3, Number(size), Number(size)] }],
    });
    if (!model) {
      console.log(`${id}: not built`);
      continue;
    }
    const workload = workloadOf(model.metrics.layers, 1);
    const counted = new Map<string, number>();
    for (const { workClass, macs, inElements, outElements, weightElements } of workload.works) {
      const key = [workClass, macs, inElements, outElements, weightElements].join();
      counted.set(key, (counted.get(key) ?? 0) + 1);
    }
    const published = new Map<string, number>();
    for (const [row, ...figures] of rows) {
      const key = [classNames[row], ...figures.slice(0, 4)].join();
      published.set(key, (published.get(key) ?? 0) + (figures[4] ?? 0));
    }
    const begun = performance.now();
    answer({ device: 'rtx4090' }, workload);
    slowest = Math.max(slowest, performance.now() - begun);
    const wrong = [...new Set([...counted.keys(), ...published.keys()])].filter(key => counted.get(key) !== published.get(key));
    if (wrong.length === 0) equal++;
    else console.log(`${id}: ${wrong.slice(0, 3).map(key => `${key} ×${counted.get(key) ?? 0}, published ×${published.get(key) ?? 0}`).join('; ')}`);
  }
  console.log(`${equal} of ${models.length} models have the published work, operator for operator; the slowest estimate took ${slowest.toFixed(1)} ms`);
  return equal === models.length ? 0 : 1;
}

void main(process.argv.slice(2)).then(code => { process.exitCode = code; });
