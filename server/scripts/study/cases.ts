/** Recorded models whose sources lie on this machine, and the findings of each. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defaultSettings } from '../../../shared/src/settings';
import type { ModelAnalysis } from '../../src/analysis/analysis';
import type { Workspace } from '../../src/analysis/workspace';
import type { InputRequest } from '../../src/frontends/frontend';
import type { Severity } from '../../src/rules/define';

interface Folder {
  readonly kind: string;
  readonly name: string;
  readonly sub?: string;
}

export interface Case {
  readonly id: string;
  readonly set: string;
  readonly file: string;
  readonly model: string;
  readonly setup?: string;
  readonly inputs: readonly InputRequest[];
  readonly pythonPath: readonly string[];
}

export interface Judged {
  readonly id: string;
  readonly set: string;
  readonly framework: string;
  /** Findings by rule. */
  readonly found: ReadonlyMap<string, readonly Severity[]>;
}

/** `absent`: how many have no sources here. */
export function readCases(data: string, corpora: string): { readonly cases: readonly Case[]; readonly absent: number } {
  const folder = join(data, 'truth');
  const cases: Case[] = [];
  let absent = 0;
  for (const name of readdirSync(folder).filter(each => each.endsWith('.jsonl')).sort()) {
    for (const line of readFileSync(join(folder, name), 'utf8').split('\n').filter(each => each !== '')) {
      const { id, source, model, setup, inputs } = JSON.parse(line) as {
        id: string; model: string; setup?: string; inputs: InputRequest[];
        source: Folder & { root?: string; path: string; alsoOnPath?: Folder[] };
      };
      const root = source.kind === 'shared' ? join(data, source.root ?? '') : join(corpora, source.kind, source.name);
      const also = (source.alsoOnPath ?? []).map(each => join(corpora, each.kind, each.name, each.sub ?? ''));
      const file = join(root, source.path);
      if (![file, ...also].every(path => existsSync(path))) absent++;
      else cases.push({ id, set: name.replace('.jsonl', ''), file, model, inputs, pythonPath: [root, ...also], ...(setup === undefined ? {} : { setup }) });
    }
  }
  return { cases, absent };
}

/** Undefined where the model could not be followed to its end. */
export async function judge(workspace: Workspace, { file, model, setup, inputs, pythonPath, ...named }: Case): Promise<Judged | undefined> {
  const uri = pathToFileURL(resolve(file)).href;
  const analysis = await workspace.analyze({
    uri, settings: { ...defaultSettings, pythonPath, analysisTimeMilliseconds: 60_000 }, workspaceFolder: pathToFileURL(resolve(pythonPath[0] ?? '.')).href,
    model, inputs, ...(setup === undefined ? {} : { setup }),
  });
  const [first] = analysis.models;
  return first && first.metrics.status !== 'failed' ? { ...named, framework: first.graph.framework, found: foundIn(first) } : undefined;
}

export function foundIn({ findings }: ModelAnalysis): ReadonlyMap<string, readonly Severity[]> {
  const found = new Map<string, Severity[]>();
  for (const { rule, severity } of findings) found.set(rule, [...(found.get(rule) ?? []), severity]);
  return found;
}
