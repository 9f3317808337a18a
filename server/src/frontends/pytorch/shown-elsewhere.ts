/** Models as other files of the project build and call them: in the code of a README or of the docs, in scripts and tests. Those lines are run, and what they make is taken. */
import { BudgetExhausted } from '../../base/budget';
import { lineColumnAt, lineIndexOf } from '../../base/line-index';
import { unknown } from '../../base/unknown';
import { birth } from '../python/heap/cells';
import { moduleFrame } from '../python/environment';
import { statementsOf } from '../python/evaluate/modules';
import { runStatement } from '../python/evaluate/statements';
import type { Interpreter } from '../python/interpreter';
import type { BuildAttempt } from '../python/models/candidate';
import { attempt } from '../python/models/main-guard';
import type { Project, ProjectFile } from '../python/models/project';
import { UnknownIteration } from '../python/objects/python-error';
import { namesOf, str, type CallArguments, type ClassValue, type ModuleValue, type Value } from '../python/values';
import { isModule, isTelling, runState, type ModuleInstance } from './state';

/** A program that is run for what it makes may cost no more. */
const stepsPerScript = 1_000_000;
const most = { blocks: 3, scripts: 2, characters: 40_000 };

interface Script {
  readonly uri: string;
  /** As long as the file, so that places in it are places in the file. */
  readonly program: string;
}

export function* shownElsewhere(interpreter: Interpreter, { prose, python }: Project, uri: string, cls: ClassValue): Generator<BuildAttempt> {
  const builds = new RegExp(`\\b${cls.name}\\(`);
  const blocks = prose.filter(file => builds.test(file.text)).flatMap(file => blocksOf(file).filter(({ program }) => builds.test(program)));
  for (const script of blocks.slice(0, most.blocks)) yield attemptOf(interpreter, script, cls, uri);
  const imports = new RegExp(`^[ \\t]*(?:from|import)\\b.*\\b(?:${cls.name}|${stemOf(uri)})\\b`, 'm');
  const scripts = python.filter(({ text }) => text.length <= most.characters && builds.test(text) && (imports.test(text) || new RegExp(`^from\\b[^\\n]*\\([^)]*\\b${cls.name}\\b`, 'm').test(text)));
  for (const { uri: file, text } of scripts.slice(0, most.scripts)) yield attemptOf(interpreter, { uri: file, program: text }, cls, uri);
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

function attemptOf(interpreter: Interpreter, script: Script, cls: ClassValue, uri: string): BuildAttempt {
  let found: { readonly model: ModuleInstance; readonly call: CallArguments | undefined } | undefined;
  return {
    build: () => {
      found = run(interpreter, script, cls, uri);
      return found?.model ?? unknown(`${nameOf(script.uri)} builds no ${cls.name}`);
    },
    call: () => found?.call && { args: found.call, why: `the call in ${nameOf(script.uri)}` },
    built: () => {
      const declared = found?.model.native.declared;
      const at = declared?.uri === script.uri ? declared : undefined;
      const line = at ? `:${String(lineColumnAt(lineIndexOf(script.program), at.span.start).line + 1)}` : '';
      const written = at && script.program.slice(at.span.start, at.span.end).replace(/\s+/g, ' ').replace(/\( /g, '(').replace(/,? \)/g, ')');
      return { expression: written?.startsWith(`${cls.name}(`) ? written : `${cls.name}(…)`, origin: 'project', why: `as built in ${nameOf(script.uri)}${line}`, assumed: [], ...(at ? { at } : {}) };
    },
  };
}

function nameOf(uri: string): string {
  return decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
}

/** One statement's error does not end the others. */
function run(interpreter: Interpreter, { uri, program }: Script, cls: ClassValue, home: string): { readonly model: ModuleInstance; readonly call: CallArguments | undefined } | undefined {
  const state = runState(interpreter);
  const script: ModuleValue = { kind: 'module', name: '__main__', uri, attributes: namesOf([['__name__', str('__main__')]]), isPackage: false, loading: false, born: birth() };
  interpreter.heap.write(state, 'rootCalls', []);
  try {
    interpreter.budget.section(stepsPerScript, () => {
      for (const statement of statementsOf(program)) step(interpreter, () => runStatement(interpreter, moduleFrame(script), statement));
    });
  } catch (error) {
    if (!(error instanceof BudgetExhausted) || error.limit === 'cancelled' || error.limit === 'time') throw error;
    interpreter.budget.resetDepth();
  }
  const isOne = (value: Value): value is ModuleInstance => isModule(value) && value.cls.name === cls.name && (value.cls === cls || value.cls.at?.uri === home);
  const calls = state.rootCalls.filter(({ module }) => isOne(module));
  const call = calls.find(isTelling) ?? calls[0];
  const model = call?.module ?? [...script.attributes.values()].find(isOne);
  return model && { model, call: call && isTelling(call) ? call.args : undefined };
}

function step(interpreter: Interpreter, statement: () => unknown): void {
  try {
    attempt(interpreter, statement);
  } catch (error) {
    if (!(error instanceof UnknownIteration)) throw error;
  }
}
