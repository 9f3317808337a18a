/** What the rules add to an analysis, in processor time: with all of them against none, turn about, and rule by rule. Files given, else the samples. */
import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defaultSettings, type Settings } from '../../shared/src/settings';
import type { Workspace } from '../src/analysis/workspace';
import { openFiles, preparePython } from '../src/cli/session';
import type { Rule } from '../src/rules/define';
import { allRules } from '../src/rules/registry.generated';
import { targetOf } from '../src/rules/target';
import { machineLine } from './shared/yardstick';

const rounds = 15;
const samples = 'test-fixtures/samples';
const silent: Settings['rules'] = Object.fromEntries(allRules.map(({ id }) => [id, { level: 'off' as const, options: {} }]));

async function milliseconds(run: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;
}

function defaultsOf({ options }: Rule): Parameters<Rule['check']>[0]['options'] {
  return Object.fromEntries(Object.entries(options).map(([name, option]) => [name, option.default]));
}

/** Each in a workspace that knows nothing yet. */
function analysisOf(uri: string, rules: Settings['rules'], workspace: Workspace = openFiles()): ReturnType<Workspace['analyze']> {
  return workspace.analyze({ uri, settings: { ...defaultSettings, rules, analysisTimeMilliseconds: Infinity } });
}

async function measure(file: string): Promise<void> {
  const uri = pathToFileURL(resolve(file)).href;
  const shares: number[] = [];
  const whole: number[] = [];
  const byRule = new Map<string, number[]>();
  await analysisOf(uri, {});
  for (let round = 0; round < rounds; round++) {
    const without = await milliseconds(() => analysisOf(uri, silent));
    const all = await milliseconds(() => analysisOf(uri, {}));
    shares.push(all / without - 1);
    whole.push(without);
    const { models } = await analysisOf(uri, silent);
    for (const rule of allRules) {
      const spent = performance.now();
      for (const { graph, metrics } of models) {
        const device = targetOf(metrics, { device: defaultSettings.device });
        if (rule.frameworks.includes(graph.framework)) rule.check({ graph, metrics, ...(device ? { device } : {}), options: defaultsOf(rule) });
      }
      byRule.set(rule.id, [...(byRule.get(rule.id) ?? []), (performance.now() - spent) / without]);
    }
  }
  const costly = [...byRule].map(([id, parts]) => ({ id, part: median(parts) })).sort((a, b) => b.part - a.part).slice(0, 8);
  const percent = (part: number): string => `${(100 * part).toFixed(1)} %`;
  console.log(`${file}: all rules ${percent(median(shares))} of an analysis without any (${median(whole).toFixed(0)} ms); first asked: ${costly.map(({ id, part }) => `${id} ${percent(part)}`).join(', ')}`);
}

async function main(paths: readonly string[]): Promise<void> {
  console.log(machineLine());
  await preparePython();
  const files = (paths.length > 0 ? paths : [samples]).flatMap(path => (statSync(path).isDirectory() ? readdirSync(path).filter(name => name.endsWith('.py')).map(name => join(path, name)) : [path]));
  for (const file of files) await measure(file);
}

void main(process.argv.slice(2));
