/** A class as another file of the project makes it: inside a model of that file, with the arguments and the inputs it has there. */
import { BudgetExhausted } from '../../base/budget';
import type { Location } from '../../base/span';
import { isUnknown, unknown } from '../../base/unknown';
import type { Built } from '../../graph/graph';
import type { LowerRequest } from '../frontend';
import type { Interpreter } from '../python/interpreter';
import type { BuildAttempt } from '../python/models/candidate';
import { mainModule } from '../python/models/main-module';
import { placeIn, fileName, type ProjectFile } from '../python/models/project-file';
import { PythonError, UnknownIteration } from '../python/objects/python-error';
import { parseImported } from '../python/syntax/cache';
import type * as ast from '../python/syntax/ast';
import { type CallArguments, type ClassValue, type FunctionValue, type ModuleValue, type Value } from '../python/values';
import { bestRun, type Run } from './forward-search';
import { namedModules } from './module-walk';
import { firstModuleIn } from './module-in';
import { runState, tensorsOf, type ModuleInstance } from './state';

const most = { files: 3, definitions: 2, characters: 120_000, attempts: 3, calls: 400 };
/** Loading one file of the project, and making its model. */
const stepsPerOuter = 1_500_000;

type Definition = ast.ClassDefinition | ast.FunctionDefinition;

/** Ways to make what a definition of another file gives. */
export type WaysToMake = (module: ModuleValue, definition: Definition, callee: ClassValue | FunctionValue, file: ProjectFile) => Iterable<BuildAttempt>;

export function* asPartElsewhere(interpreter: Interpreter, python: readonly ProjectFile[], cls: ClassValue, home: string, request: LowerRequest, ways: WaysToMake): Generator<BuildAttempt> {
  const builds = new RegExp(`\\b${cls.name}\\(`);
  const imports = new RegExp(`^[ \\t]*(?:from|import)\\b[^\\n]*\\b(?:${cls.name}|${stemOf(home)})\\b|^from\\b[^\\n]*\\([^)]*\\b${cls.name}\\b|^from\\b[^\\n]*\\bimport \\*`, 'm');
  const users = python.filter(({ uri, text }) => uri !== home && text.length <= most.characters && builds.test(text) && imports.test(text) && !/(^|\/)(test_\w+|\w+_test|conftest)\.py$/.test(uri));
  for (const file of users.slice(0, most.files)) {
    const inside = parseImported(file.text).body.filter((statement): statement is Definition =>
      (statement.kind === 'ClassDefinition' || statement.kind === 'FunctionDefinition') && builds.test(file.text.slice(statement.span.start, statement.span.end)) && !/^(test|main$)/.test(statement.name));
    for (const definition of inside.slice(0, most.definitions)) yield attemptOf(interpreter, file, definition, cls, home, request, ways);
  }
}

function stemOf(uri: string): string {
  return uri.slice(uri.lastIndexOf('/') + 1).replace(/\.\w+$/, '').replace(/\W/g, '\\$&');
}

interface Found {
  readonly part: ModuleInstance;
  readonly call: CallArguments | undefined;
  readonly outer: Built | undefined;
}

function attemptOf(
  interpreter: Interpreter, file: ProjectFile, definition: Definition, cls: ClassValue, home: string, request: LowerRequest, ways: WaysToMake,
): BuildAttempt {
  let found: Found | undefined;
  const isOne = (module: ModuleInstance): boolean => module.cls.name === cls.name && (module.cls === cls || module.cls.at?.uri === home);
  return {
    isOfProject: true,
    build: () => {
      found = search(interpreter, file, definition, isOne, request, ways);
      return found?.part ?? unknown(`${definition.name} in ${fileName(file.uri)} makes no ${cls.name}`);
    },
    call: () => found?.call && { args: found.call, why: `as ${definition.name} in ${fileName(file.uri)} calls it`, isAssumed: true },
    built: () => {
      const declared = found?.part.native.declared;
      const at = declared?.uri === file.uri ? declared : undefined;
      const source = at ? placeIn(file, at.span.start).source : fileName(file.uri);
      const written = at && file.text.slice(at.span.start, at.span.end).replace(/\s+/g, ' ').replace(/\( /g, '(').replace(/,? \)/g, ')');
      const assumed = found?.outer?.assumed ?? [];
      const expression = written?.startsWith(`${cls.name}(`) ? written : `${cls.name}(…)`;
      const why = `as part of ${definition.name} in ${source}`;
      return { expression, origin: assumed.length > 0 ? 'assumed' : 'project', why: assumed.length > 0 ? `${why}; nobody states ${assumed.map(({ name }) => name).slice(0, 4).join(', ')}: customary values` : why, assumed, ...(at ? { at } : {}) };
    },
  };
}

/** The first of the ways that makes one; what it is called with shows when the whole is run. */
function search(interpreter: Interpreter, file: ProjectFile, definition: Definition, isOne: (module: ModuleInstance) => boolean, request: LowerRequest, ways: WaysToMake): Found | undefined {
  const at: Location = { uri: file.uri, span: definition.nameSpan };
  const module = within(interpreter, () => loaded(interpreter, file, request, at));
  const callee = module?.attributes.get(definition.name);
  if (!module || (callee?.kind !== 'class' && callee?.kind !== 'function')) return undefined;
  let tries = 0;
  for (const way of ways(module, definition, callee, file)) {
    if (++tries > most.attempts) return undefined;
    const whole = within(interpreter, () => firstModuleIn(way.build()));
    const part = whole && namedModules(whole).map(([, inner]) => inner).find(isOne);
    if (!whole || !part) continue;
    return { part, call: callIn(interpreter, whole, part, { name: definition.name, at, way }, request), outer: way.built() };
  }
  return undefined;
}

function loaded(interpreter: Interpreter, file: ProjectFile, request: LowerRequest, at: Location): ModuleValue | undefined {
  const { name } = mainModule({ ...request, uri: file.uri, text: file.text });
  const known = interpreter.modules.tryImport(name, at);
  if (known?.kind === 'module' && known.uri === file.uri) return known;
  return interpreter.heap.forRun(() => {
    const module = interpreter.modules.fromFile(name, file.uri);
    interpreter.modules.execute(module, at);
    return module;
  });
}

interface Whole {
  readonly name: string;
  readonly at: Location;
  readonly way: BuildAttempt;
}

/** What the part is given in the run of the whole that shows most. */
function callIn(interpreter: Interpreter, whole: ModuleInstance, part: ModuleInstance, { name, at, way }: Whole, request: LowerRequest): CallArguments | undefined {
  const state = runState(interpreter);
  const met: CallArguments[] = [];
  const before = state.watch;
  state.watch = (module, args) => {
    if (module === part && met.length < most.calls) met.push({ ...args, node: undefined, positional: args.positional.filter(value => value !== module) });
  };
  try {
    const run = within(interpreter, (): Run => {
      interpreter.callMethod(whole, request.mode === 'train' ? 'train' : 'eval', [], at);
      return bestRun(interpreter, whole, { name, at, declaredInputs: undefined, build: () => whole, ...(way.call ? { callAfter: way.call } : {}) }, { ...request, inputs: [] });
    });
    return run && met.find(args => isOf(run, args));
  } finally {
    state.watch = before;
  }
}

/** Whether a call belongs to this run, and tells everything. */
function isOf(run: Run, { positional, keywords }: CallArguments): boolean {
  const given: readonly Value[] = [...positional, ...keywords.map(([, value]) => value)];
  const tensors = tensorsOf(given);
  return tensors.length > 0 && !given.some(isUnknown) && tensors.every(tensor => run.tensors.get(tensor.id) === tensor && !isUnknown(tensor.shape) && !tensor.shape.some(isUnknown));
}

function within<Result>(interpreter: Interpreter, run: () => Result): Result | undefined {
  try {
    return interpreter.budget.section(stepsPerOuter, run);
  } catch (error) {
    if (!(error instanceof PythonError || error instanceof UnknownIteration || (error instanceof BudgetExhausted && !error.endsAll))) throw error;
    interpreter.budget.resetDepth();
    return undefined;
  }
}
