/** What the project's files of settings say of how a class is made: under its name, or under the names of its arguments. */
import type { Location } from '../../../base/span';
import { keyText, member, type DataMap, type DataNode } from '../library-modules/data/data-node';
import { readToml } from '../library-modules/data/toml-text';
import { readYaml } from '../library-modules/data/yaml-text';
import { placeIn, type ProjectFile } from './project-file';

export interface SettingsFile extends ProjectFile {
  readonly document: DataNode;
}

/** Arguments as a file states them. */
export interface StatedArguments {
  readonly entries: ReadonlyMap<string, DataNode>;
  readonly file: SettingsFile;
  readonly at: Location;
  /** `model.yaml:3`. */
  readonly source: string;
}

/** Names under which settings say which class is meant, and where its arguments stand beside that. */
const kindNames = ['_target_', 'class_path', 'target', 'type', 'name', 'class', 'class_name', '_name_', 'model', 'model_name', 'model_type', 'arch', 'architecture'];
const argumentNames = ['init_args', 'params', 'args', 'kwargs', 'model_args', 'model_kwargs', 'model_params', 'arguments'];

/** Read when they are asked for, and once. */
export class SettingsFiles {
  private readonly read = new Map<string, SettingsFile | undefined>();

  constructor(private readonly files: readonly ProjectFile[]) {}

  /** Those whose text has all of the words. */
  * having(words: readonly string[]): Generator<SettingsFile> {
    for (const file of this.files) {
      if (!words.every(word => file.text.includes(word))) continue;
      if (!this.read.has(file.uri)) this.read.set(file.uri, readSettings(file));
      const settings = this.read.get(file.uri);
      if (settings) yield settings;
    }
  }
}

function readSettings(file: ProjectFile): SettingsFile | undefined {
  if (file.uri.endsWith('.toml')) {
    const toml = readToml(file.text);
    return 'refusal' in toml ? undefined : { ...file, document: toml.document };
  }
  const yaml = readYaml(file.text, { looseFloats: true });
  const document = 'refusal' in yaml ? undefined : yaml.documents[0];
  return document && { ...file, document };
}

/** All maps of a file, the outer ones first. */
function* mapsIn(node: DataNode, seen = new Set<DataNode>()): Generator<DataMap> {
  if (node.kind === 'scalar' || seen.has(node)) return;
  seen.add(node);
  if (node.kind === 'map') yield node;
  for (const inner of node.kind === 'map' ? node.entries.map(([, value]) => value) : node.items) yield* mapsIn(inner, seen);
}

/** Where settings name the class: hydra's `_target_`, Lightning's `class_path`, the `type` or `name` of a registry. */
export function* statedUnderName(files: SettingsFiles, name: string): Generator<StatedArguments> {
  for (const file of files.having([name])) {
    for (const map of mapsIn(file.document)) {
      const kind = kindNames.find(each => {
        const said = member(map, each);
        const text = said && keyText(said);
        return text === name || (text?.endsWith(`.${name}`) ?? false) || (text?.endsWith(`:${name}`) ?? false);
      });
      if (kind === undefined) continue;
      const inner = argumentNames.map(each => member(map, each)).find(each => each?.kind === 'map');
      const held = inner?.kind === 'map' ? inner : map;
      yield statedBy(file, map, new Map([...entriesOf(held)].filter(([key]) => held !== map || (key !== kind && !key.startsWith('_') && !argumentNames.includes(key)))));
    }
  }
}

/** The map that has a value for every argument that is demanded, and most of the others. */
export function statedUnderArguments(files: SettingsFiles, demanded: readonly string[], all: readonly string[]): StatedArguments | undefined {
  let best: { readonly found: StatedArguments; readonly met: number } | undefined;
  if (demanded.length === 0) return undefined;
  for (const file of files.having(demanded)) {
    for (const map of mapsIn(file.document)) {
      const entries = entriesOf(map);
      if (!demanded.every(name => entries.has(name))) continue;
      const met = all.filter(name => entries.has(name)).length;
      if (met >= 2 && met > (best?.met ?? 0)) best = { found: statedBy(file, map, entries), met };
    }
  }
  return best?.found;
}

export function entriesOf(map: DataMap): ReadonlyMap<string, DataNode> {
  return new Map(map.entries.flatMap(([key, value]) => {
    const name = keyText(key);
    return name === undefined ? [] : [[name, value] as const];
  }));
}

function statedBy(file: SettingsFile, map: DataMap, entries: ReadonlyMap<string, DataNode>): StatedArguments {
  return { entries, file, ...placeIn(file, map.offset) };
}

/** `${model.dim}` names another place of the same file; undefined where that is not there, or more than that. */
export function resolved(node: DataNode, root: DataNode, depth = 0): DataNode | undefined {
  const text = keyText(node);
  if (text === undefined || !text.includes('${')) return node;
  const path = /^\$\{([\w.]+)\}$/.exec(text)?.[1];
  if (path === undefined || path.startsWith('.') || depth > 8) return undefined;
  let found: DataNode | undefined = root;
  for (const part of path.split('.')) found = found?.kind === 'map' ? member(found, part) : undefined;
  return found && resolved(found, root, depth + 1);
}
