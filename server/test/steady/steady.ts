/**
 * `npm run steady [-- SET[/PARTS]...]`: models of public packages, each analysed five times and more in one workspace, after edits and their undo and
 * in another order, must give one and the same report. `wild-2026/3` takes every third. Sets whose sources do not lie on this machine are left out.
 */
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { resultOf } from '../../src/cli/batch';
import { openWorkspace } from '../../src/cli/session';
import { firstDifference, visit } from './visits';

interface Source { readonly kind: string; readonly name: string; readonly path: string; readonly root?: string; readonly alsoOnPath?: readonly Folder[] }
interface Folder { readonly kind: string; readonly name: string; readonly sub?: string }
interface Case { readonly id: string; readonly source: Source; readonly model: string; readonly setup?: string; readonly inputs?: unknown; readonly convention?: string }

const truth = join(process.env['JOULELINT_ROOT'] ?? process.cwd(), '..', 'shared', 'truth');
const corpora = process.env['JOULELINT_CORPORA'] ?? join(homedir(), '.cache', 'joulelint-corpora');

const rootOf = (source: Source): string => (source.kind === 'shared' ? join(truth, '..', source.root ?? '') : join(corpora, source.kind, source.name));
const folderOf = ({ kind, name, sub }: Folder): string => join(corpora, kind, name, sub ?? '');
const fileOf = ({ source }: Case): string => join(rootOf(source), source.path);

/** Cases whose sources are here. */
function casesOf(set: string): readonly Case[] {
  const [name = '', parts = '1'] = set.split('/');
  const file = join(truth, `${name}.jsonl`);
  if (!existsSync(file)) return [];
  const all = readFileSync(file, 'utf8').split('\n').filter(line => line !== '').map(line => JSON.parse(line) as Case);
  return all.filter((each, i) => i % Number(parts) === 0 && each.source.path.endsWith('.py') && existsSync(fileOf(each)) && (each.source.alsoOnPath ?? []).every(folder => existsSync(folderOf(folder))));
}

function jobOf(each: Case): string {
  const { id, source, model, setup, inputs, convention = 'graph' } = each;
  return JSON.stringify({ id, file: fileOf(each), model, setup, inputs, convention, layers: true, pythonPath: [rootOf(source), ...(source.alsoOnPath ?? []).map(folderOf)] });
}

async function run(sets: readonly string[]): Promise<number> {
  const cases = sets.flatMap(casesOf);
  if (cases.length === 0) {
    console.log(`steady: no sources of ${sets.join(', ')} on this machine: skipped`);
    return 0;
  }
  const workspace = await openWorkspace();
  let version = 0;
  let failed = 0;
  const reports = new Map<Case, string>();
  const reportOf = async (each: Case, text: string): Promise<string> => {
    workspace.setDocument(pathToFileURL(fileOf(each)).href, text, version++);
    const result = await resultOf(jobOf(each), workspace);
    // How far a package is read in which an error was met depends on what was read before it: of a model without figures only that is compared.
    return JSON.stringify(result.status === 'failed' ? result.status : { ...result, ms: 0 });
  };
  const tell = (each: Case, complaints: readonly string[]): void => {
    if (complaints.length === 0) return;
    failed++;
    console.log(`${each.id}\n  ${complaints.join('\n  ')}`);
  };
  for (const each of cases) {
    const text = readFileSync(fileOf(each), 'utf8');
    tell(each, await visit(text, async edited => {
      const report = await reportOf(each, edited);
      if (edited === text) reports.set(each, report);
      return report;
    }));
  }
  for (const each of [...cases].reverse()) {
    const before = reports.get(each) ?? '';
    const after = await reportOf(each, readFileSync(fileOf(each), 'utf8'));
    if (after !== before) tell(each, [`in another order: ${firstDifference(before, after)}`]);
  }
  console.log(`steady: ${cases.length} models, ${failed} that did not look the same each time`);
  return failed;
}

const sets = process.argv.slice(2);
void run(sets.length > 0 ? sets : ['torchvision', 'wild-2026/3']).then(failed => { process.exitCode = failed > 0 ? 1 : 0; });
