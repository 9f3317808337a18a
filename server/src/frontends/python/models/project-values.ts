/** Values for arguments that the project itself has: defaults of its command lines, its files of settings, and settings that its programs define. */
import { BudgetExhausted } from '../../../base/budget';
import type { Location } from '../../../base/span';
import { fromPlain } from '../convert';
import type { Interpreter } from '../interpreter';
import { PythonError, UnknownIteration } from '../objects/python-error';
import type { ModuleValue } from '../values';
import { argumentDefaults } from './argument-defaults';
import type { Project } from './project';
import { placeIn, type ProjectFile } from './project-file';
import type { SettingsFiles } from './settings-files';
import { countMet, isTree, pathsRead, treeOfData, treeOfValue, treesIn, type SettingsTree, type ToldValues } from './settings-values';

export type ProjectValues = ToldValues;

const stepsPerModule = 300_000;
const most = { modules: 4, characters: 30_000 };
const ofSettings = /(config|cfg|conf|settings|param|option|default|args|const)\w*\.py$/i;

/** Of all that could be meant what has most of the names that the text reads; a handful at least, and most of its own names may be about other things. */
export function projectValues(interpreter: Interpreter, project: Project, files: SettingsFiles, text: string, settings: string): ProjectValues | undefined {
  const paths = pathsRead(text, settings);
  if (paths.length === 0) return undefined;
  // Of two that answer as much of this file, the one that answers more of the project.
  const others = pathsRead(project.python.map(file => file.text).join('\n'), settings);
  let best: { readonly found: ProjectValues; readonly met: number; readonly metElsewhere: number } | undefined;
  const offer = (tree: SettingsTree, found: () => ProjectValues): void => {
    const met = countMet(tree, paths);
    if (met === 0 || met < (best?.met ?? 0)) return;
    const metElsewhere = countMet(tree, others);
    if (met > (best?.met ?? 0) || metElsewhere > (best?.metElsewhere ?? 0)) best = { found: { ...found(), values: tree }, met, metElsewhere };
  };
  for (const file of project.python) {
    if (!file.text.includes('.add_argument(')) continue;
    const defaults = argumentDefaults(file.text);
    const first = Math.min(...[...defaults.values()].map(({ offset }) => offset));
    offer(new Map([...defaults].map(([name, { value }]) => [name, fromPlain(value)] as const)), () => told(file, first, 'with the defaults of'));
  }
  for (const file of files.having([paths[0]?.at(-1) ?? ''])) {
    const tree = treeOfData(file.document, file, interpreter, { uri: file.uri, span: { start: 0, end: 0 } });
    for (const inner of tree ? treesIn(tree) : []) offer(inner, () => told(file, inner === tree ? 0 : placeOf(file, inner), 'with the settings of'));
  }
  for (const file of project.python.filter(({ uri, text: program }) => ofSettings.test(uri) && program.length <= most.characters).slice(0, most.modules)) {
    for (const tree of treesOf(interpreter, file)) offer(tree, () => told(file, 0, 'with the settings of'));
  }
  return best && best.met >= Math.min(2, paths.length) ? best.found : undefined;
}

function told(file: ProjectFile, offset: number, phrase: string): ProjectValues {
  const { at, source } = placeIn(file, offset);
  return { values: new Map(), at, source, phrase: `${phrase} ${source}` };
}

/** Where the first of its names stands. */
function placeOf({ text }: ProjectFile, tree: SettingsTree): number {
  const [name = ''] = tree.keys();
  return Math.max(0, text.search(new RegExp(`\\b${name.replace(/\W/g, '\\$&')}\\b["']?\\s*[:=]`)));
}

/** What a module of settings defines, its builders of settings included. */
function treesOf(interpreter: Interpreter, { uri }: ProjectFile): readonly SettingsTree[] {
  const at: Location = { uri, span: { start: 0, end: 0 } };
  // What is made here outlives the attempt that asked first.
  return within(interpreter, () => interpreter.heap.forRun(() => {
    const module: ModuleValue = interpreter.modules.fromFile(`settings of ${uri}`, uri);
    interpreter.modules.execute(module, at);
    const trees: SettingsTree[] = [];
    for (const [name, value] of module.attributes) {
      if (name.startsWith('__')) continue;
      const isBuilder = value.kind === 'function' && value.module === module && /(config|cfg|settings|params|defaults|args)/i.test(name) && value.definition.parameters.every(parameter => parameter.default !== undefined);
      const tree = treeOfValue(isBuilder ? within(interpreter, () => interpreter.callWith(value, [], at)) ?? value : value);
      if (tree && [...tree.values()].some(inner => isTree(inner) || inner.kind !== 'unknown')) trees.push(...treesIn(tree));
    }
    return trees;
  })) ?? [];
}

function within<Result>(interpreter: Interpreter, run: () => Result): Result | undefined {
  try {
    return interpreter.budget.section(stepsPerModule, run);
  } catch (error) {
    if (!(error instanceof PythonError || error instanceof UnknownIteration || (error instanceof BudgetExhausted && !error.endsAll))) throw error;
    interpreter.budget.resetDepth();
    return undefined;
  }
}
