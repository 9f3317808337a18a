/** Models as other files of the project build and call them: in the code of a README or of the docs, in scripts and tests. Those lines are run, and what they make is taken. */
import { BudgetExhausted } from '../../base/budget';
import type { Location } from '../../base/span';
import { unknown } from '../../base/unknown';
import { isNotebook } from '../python/notebook/read';
import { birth } from '../python/heap/cells';
import { firstUnknownIn } from '../python/convert';
import { moduleFrame } from '../python/environment';
import { parseCached } from '../python/syntax/cache';
import { runStatement } from '../python/evaluate/statements';
import type { Interpreter } from '../python/interpreter';
import type { BuildAttempt } from '../python/models/candidate';
import { attempt } from '../python/models/main-guard';
import type { Project } from '../python/models/project';
import { fileName, placeIn, type ProjectFile } from '../python/models/project-file';
import type { ProjectValues } from '../python/models/project-values';
import { UnknownIteration } from '../python/objects/python-error';
import type * as ast from '../python/syntax/ast';
import { namesOf, str, type CallArguments, type ClassValue, type ModuleValue, type Value } from '../python/values';
import { namedModules } from './module-walk';
import { isModule, isTelling, runState, type ModuleInstance } from './state';

/** A program that is run for what it makes may cost no more. */
const stepsPerScript = 1_000_000;
const most = { blocks: 3, scripts: 2, characters: 40_000 };

interface Script {
  readonly uri: string;
  /** As long as the file, so that places in it are places in the file. */
  readonly program: string;
}

export interface ShownAttempt extends BuildAttempt {
  /** To be asked when it was built: of the arguments that it was given, some of which nobody knows, those that are known. */
  readonly madeWith: () => ((parameters: readonly ast.Parameter[]) => ProjectValues) | undefined;
}

export function* shownElsewhere(interpreter: Interpreter, { prose, python }: Project, uri: string, cls: ClassValue): Generator<ShownAttempt> {
  const builds = (text: string): boolean => new RegExp(`\\b(?:${[cls.name, ...aliasesIn(text, cls.name)].join('|')})\\(`).test(text);
  const blocks = prose.filter(file => builds(file.text)).flatMap(file => blocksOf(file).filter(({ program }) => builds(program)));
  for (const script of blocks.slice(0, most.blocks)) yield attemptOf(interpreter, script, cls, uri);
  const imports = new RegExp(`^[ \\t]*(?:from|import)\\b.*\\b(?:${cls.name}|${stemOf(uri)})\\b`, 'm');
  const scripts = python.filter(({ text }) => text.length <= most.characters && builds(text) && (imports.test(text) || new RegExp(`^from\\b[^\\n]*\\([^)]*\\b${cls.name}\\b`, 'm').test(text)));
  for (const { uri: file, text } of scripts.slice(0, most.scripts)) yield attemptOf(interpreter, { uri: file, program: text }, cls, uri);
}

/** `from nets import VisionTransformer as ViT`. */
function aliasesIn(text: string, name: string): readonly string[] {
  return [...text.matchAll(new RegExp(`^[ \\t]*(?:from\\b[^\\n]*import\\b[^\\n]*|[^\\n=]*)\\b${name}[ \\t]+as[ \\t]+(\\w+)`, 'gm'))].map(match => match[1] ?? name);
}

function stemOf(uri: string): string {
  return uri.slice(uri.lastIndexOf('/') + 1).replace(/\.\w+$/, '').replace(/\W/g, '\\$&');
}

/** Code between fences, everything else blanked out. */
function blocksOf({ uri, text }: ProjectFile): readonly Script[] {
  const blank = (part: string): string => part.replace(/[^\n]/g, ' ');
  return [...text.matchAll(/^```([\w+-]*)[^\n]*\n([^]*?)^```[ \t]*$/gm)].filter(match => /^(|python|py|python3|pycon)$/.test(match[1] ?? '')).map(match => {
    const start = match.index + match[0].indexOf('\n') + 1;
    return { uri, program: blank(text.slice(0, start)) + (match[2] ?? '').replace(/^(?:>>> ?|\.\.\. ?)/gm, '') };
  });
}

function attemptOf(interpreter: Interpreter, script: Script, cls: ClassValue, uri: string): ShownAttempt {
  let found: Shown | undefined;
  const place = (): { readonly at: Location | undefined; readonly source: string } => {
    const declared = found?.model.native.declared;
    // A notebook's lines are those of its cells.
    const at = declared?.uri === script.uri && !isNotebook(script.uri) ? declared : undefined;
    return { at, source: at ? placeIn({ uri: script.uri, text: script.program }, at.span.start).source : fileName(script.uri) };
  };
  return {
    isOfProject: true,
    madeWith: () => {
      const args = found?.model.native.madeWith;
      const given = args && [...args.positional, ...args.keywords.map(([, value]) => value)];
      if (!given || given.every(isPlain) || !given.every(value => isPlain(value) || firstUnknownIn([value]) !== undefined)) return undefined;
      const { at, source } = place();
      return parameters => ({ values: knownOf(args, parameters), source, phrase: `as built in ${source}`, at: at ?? { uri: script.uri, span: { start: 0, end: 0 } } });
    },
    build: () => {
      found = run(interpreter, script, cls, uri);
      return found?.model ?? unknown(`${fileName(script.uri)} builds no ${cls.name}`);
    },
    call: () => found?.call && { args: found.call, why: `the call in ${fileName(script.uri)}` },
    built: () => {
      const { at, source } = place();
      const written = at && script.program.slice(at.span.start, at.span.end).replace(/\s+/g, ' ').replace(/\( /g, '(').replace(/,? \)/g, ')');
      return { expression: written?.startsWith(`${cls.name}(`) ? written : `${cls.name}(…)`, origin: 'project', why: `as built in ${source}`, assumed: [], ...(at ? { at } : {}) };
    },
  };
}

/** What stands by itself: objects that a program made are gone with it. */
export function isPlain(value: Value): boolean {
  return value.kind === 'tuple' ? value.items.every(isPlain) : value.kind === 'int' || value.kind === 'float' || value.kind === 'bool' || value.kind === 'str' || value.kind === 'none';
}

export function knownOf({ positional, keywords }: CallArguments, parameters: readonly ast.Parameter[]): ReadonlyMap<string, Value> {
  const byPlace = positional.map((value, i) => [parameters[i]?.name ?? '', value] as const);
  return new Map([...byPlace, ...keywords].filter(([, value]) => isPlain(value)));
}

interface Shown {
  readonly model: ModuleInstance;
  readonly call: CallArguments | undefined;
}

/**
 * The model as it is when it is first called: what a training makes of it is another. Only where it is gone when the program is left there
 * (it was made under a condition that nobody knows) the program runs to its end.
 */
function run(interpreter: Interpreter, script: Script, cls: ClassValue, home: string): Shown | undefined {
  const state = runState(interpreter);
  const isOne = (value: Value): value is ModuleInstance => isModule(value) && value.cls.name === cls.name && (value.cls === cls || value.cls.at?.uri === home);
  let met: Shown | undefined;
  let names = 0;
  state.look = call => {
    if (!isOne(call.module)) return undefined;
    met = { model: call.module, call: isTelling(call) ? call.args : undefined };
    names = [...namedModules(call.module)].length;
    throw new BudgetExhausted('steps', 'the model was met');
  };
  const atEnd = runThrough(interpreter, script, isOne);
  state.look = undefined;
  if (met && [...namedModules(met.model)].length === names) return met;
  return met ? runThrough(interpreter, script, isOne) : atEnd;
}

/** One statement's error does not end the others. */
function runThrough(interpreter: Interpreter, { uri, program }: Script, isOne: (value: Value) => value is ModuleInstance): Shown | undefined {
  const state = runState(interpreter);
  const script: ModuleValue = { kind: 'module', name: '__main__', uri, attributes: namesOf([['__name__', str('__main__')]]), isPackage: false, loading: false, born: birth() };
  interpreter.heap.write(state, 'rootCalls', []);
  try {
    interpreter.budget.section(stepsPerScript, () => {
      for (const statement of parseCached(program).body) step(interpreter, () => runStatement(interpreter, moduleFrame(script), statement));
    });
  } catch (error) {
    if (!(error instanceof BudgetExhausted) || error.limit === 'cancelled' || error.limit === 'time') throw error;
    interpreter.budget.resetDepth();
  }
  const calls = state.rootCalls.filter(({ module }) => isOne(module));
  const call = calls.find(isTelling) ?? calls[0];
  const model = call?.module ?? [...script.attributes.values()].find(isOne);
  return model && isOne(model) ? { model, call: call && isTelling(call) ? call.args : undefined } : undefined;
}

function step(interpreter: Interpreter, statement: () => unknown): void {
  try {
    attempt(interpreter, statement);
  } catch (error) {
    if (!(error instanceof UnknownIteration)) throw error;
  }
}
