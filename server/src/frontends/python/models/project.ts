/** Files of the project around the analysed one, found through the sources: few, near, and only such as may tell how its models are built. */
import { SourceMissing } from '../../../base/source-set';
import type { Interpreter } from '../interpreter';
import { programOf } from '../notebook/program';
import { isNotebook, readNotebook } from '../notebook/read';
import type { ProjectFile } from './project-file';

export interface Project {
  readonly python: readonly ProjectFile[];
  readonly prose: readonly ProjectFile[];
  /** Settings in YAML, TOML and JSON. */
  readonly settings: readonly ProjectFile[];
}

const marks: ReadonlySet<string> = new Set(['pyproject.toml', 'setup.py', 'setup.cfg', '.git/', 'requirements.txt', 'README.md', 'environment.yml']);
const skipped = /^(\.|_|node_modules|venv|env|build|dist|site-packages|data|datasets|checkpoints|logs|outputs?|results|wandb|runs|assets|images|figures|third_party)/i;
const most = { levels: 4, folders: 40, python: 120, prose: 12, notebooks: 4, settings: 60, depth: 3, characters: 200_000, charactersOfSettings: 40_000, charactersOfNotebooks: 1_000_000 };
/** Settings of tools, not of models. */
const ofTools = /^(\.|package(-lock)?\.json|tsconfig|docker-compose|mkdocs|pyproject\.toml|poetry|environment\.ya?ml|conda|setup|codecov|vercel|renovate|manifest\.json|tokenizer|vocab|pixi|uv\.)/i;
/** Scripts that make models, before all others. */
const likely = /^(train|main|run|test|demo|example|inference|infer|predict|eval|hubconf|sample|finetune|app|benchmark)/i;

const folderOf = (uri: string): string => uri.slice(0, uri.lastIndexOf('/') + 1);

/** Everything is asked for before what is still to come ends the run. */
export function projectAround(interpreter: Interpreter, uri: string): Project {
  const listed = filesBelow(interpreter, rootAbove(interpreter, uri)).filter(file => file !== uri);
  const python = listed.filter(file => file.endsWith('.py')).sort((a, b) => rank(a) - rank(b)).slice(0, most.python);
  const notebooks = listed.filter(isNotebook).slice(0, most.notebooks);
  const prose = listed.filter(file => /\.(md|rst)$/i.test(file)).slice(0, most.prose);
  const settings = listed.filter(file => /\.(ya?ml|toml|json)$/i.test(file) && !ofTools.test(file.slice(file.lastIndexOf('/') + 1))).slice(0, most.settings);
  const missing: SourceMissing[] = [];
  const read = (file: string): readonly ProjectFile[] => {
    try {
      const text = interpreter.modules.files.text(file);
      if (text !== undefined && isNotebook(file)) return text.length > most.charactersOfNotebooks ? [] : programIn(file, text);
      return text === undefined || text.length > most.characters ? [] : [{ uri: file, text }];
    } catch (error) {
      if (!(error instanceof SourceMissing)) throw error;
      missing.push(error);
      return [];
    }
  };
  const [programs, texts, data] = [[...python, ...notebooks].flatMap(read), prose.flatMap(read), settings.flatMap(read)];
  if (missing[0]) throw missing[0];
  return { python: programs, prose: texts, settings: data.filter(({ text }) => text.length <= most.charactersOfSettings) };
}

/** The Python cells of a notebook, as one program. */
function programIn(uri: string, text: string): readonly ProjectFile[] {
  const reading = readNotebook(uri, text);
  return 'mistake' in reading ? [] : [{ uri, text: programOf(reading.cells).text }];
}

function rank(uri: string): number {
  return likely.test(uri.slice(uri.lastIndexOf('/') + 1)) ? 0 : 1;
}

/** The nearest folder that looks like the root of a project, else the highest that may be read. */
function rootAbove(interpreter: Interpreter, uri: string): string {
  const { files } = interpreter.modules;
  let folder = folderOf(uri);
  for (let level = 0; level < most.levels; level++) {
    if (files.folder(folder)?.some(name => marks.has(name))) return folder;
    const above = folderOf(folder.slice(0, -1));
    if (above.length < 'file:///x/'.length || files.isOutside(above) || files.folder(above) === undefined) return folder;
    folder = above;
  }
  return folder;
}

/** Breadth first, so that what lies near the root is found within the bounds. */
function filesBelow(interpreter: Interpreter, root: string): readonly string[] {
  const found: string[] = [];
  let level = [root];
  let folders = 0;
  for (let depth = 0; depth <= most.depth && level.length > 0; depth++) {
    const next: string[] = [];
    for (const folder of level) {
      if (++folders > most.folders) return found;
      for (const name of interpreter.modules.files.folder(folder) ?? []) {
        if (skipped.test(name)) continue;
        if (name.endsWith('/')) next.push(folder + name);
        else found.push(folder + name);
      }
    }
    level = next;
  }
  return found;
}
