/** Models that only running a part of the file makes: functions that run with their defaults, objects that keep a model (`self.model = …`). */
import { BudgetExhausted } from '../../base/budget';
import { needsOnlySelf } from '../python/models/definitions';
import type { ModelCandidate } from '../python/models/candidate';
import { attempt } from '../python/models/main-guard';
import type { Interpreter } from '../python/interpreter';
import { UnknownIteration } from '../python/objects/python-error';
import type * as ast from '../python/syntax/ast';
import { none, type ClassValue, type ModuleValue, type Value } from '../python/values';
import { isModule, runState, type RootCall } from './state';
import { isWhole } from './variables';

/** All functions of a file together, and one object. */
const stepsForRuns = 800_000;
const mostFunctions = 6;

const entryPoints = /^_?(main|run|train|fit|demo|example|eval|evaluate|validate|benchmark|profile|bench|sanity|check|smoke|quick|inference|infer|predict|sample|generate)/i;

/**
 * A file that calls no model at its top level may do so in a function that nothing has to be given. It is run for what it calls, which is looked at as it comes;
 * what it changes besides is taken back.
 */
export function entryPointCalls(interpreter: Interpreter, module: ModuleValue, syntax: ast.Module): readonly RootCall[] {
  const functions = syntax.body.filter((statement): statement is ast.FunctionDefinition => statement.kind === 'FunctionDefinition' && entryPoints.test(statement.name) && runsAlone(statement));
  if (functions.length === 0) return [];
  const state = runState(interpreter);
  const run = (): readonly RootCall[] => {
    bounded(interpreter, () => {
      for (const { name, nameSpan } of functions.slice(0, mostFunctions)) {
        const value = module.attributes.get(name);
        if (value?.kind === 'function') attempt(interpreter, () => interpreter.callWith(value, [], { uri: module.uri ?? '', span: nameSpan }));
      }
    });
    return state.rootCalls;
  };
  const { result } = interpreter.problemsIn(() => interpreter.departures.apart(() => interpreter.heap.trial(run)));
  return result.filter(({ made }) => made?.graph !== undefined || state.look === undefined);
}

function runsAlone({ parameters, isGenerator, isAsync, decorators }: ast.FunctionDefinition): boolean {
  return !isGenerator && !isAsync && decorators.length === 0 && parameters.every(({ default: fallback, form }) => fallback !== undefined || form === '*' || form === '**');
}

/** Classes that are no models themselves and can be made of nothing; `looked`: what is shown already. */
export function* keepers(interpreter: Interpreter, module: ModuleValue, syntax: ast.Module, text: string, looked: ReadonlySet<string>): Generator<ModelCandidate> {
  for (const definition of syntax.body) {
    if (definition.kind !== 'ClassDefinition') continue;
    const cls = module.attributes.get(definition.name);
    if (cls?.kind !== 'class' || cls.mro.some(base => /\bnn\b/.test(base.qualifiedName)) || !isMadeOfNothing(interpreter, cls)) continue;
    const body = text.slice(definition.span.start, definition.span.end);
    for (const [, name = ''] of new Map([...body.matchAll(/\bself\.(\w+)\s*=\s*\w[\w.]*\(/g)].map(match => [match[1] ?? '', match[1] ?? ''] as const))) {
      yield {
        name: `${definition.name}.${name}`, at: { uri: module.uri ?? '', span: definition.nameSpan }, declaredInputs: undefined, optional: true,
        build: () => kept(interpreter, cls, name, definition, module, looked),
      };
    }
  }
}

function isMadeOfNothing(interpreter: Interpreter, cls: ClassValue): boolean {
  const init = interpreter.lookupClass(cls, '__init__');
  return init?.kind === 'function' && needsOnlySelf(init);
}

function kept(interpreter: Interpreter, cls: ClassValue, name: string, { nameSpan }: ast.ClassDefinition, module: ModuleValue, looked: ReadonlySet<string>): Value {
  const made = bounded(interpreter, () => interpreter.callWith(cls, [], { uri: module.uri ?? '', span: nameSpan }));
  const value = made?.kind === 'instance' ? made.attributes.get(name) : undefined;
  return isModule(value) && isWhole(interpreter, value) && !(value.cls.definition && looked.has(value.cls.name)) ? value : none;
}

function bounded<Result>(interpreter: Interpreter, run: () => Result): Result | undefined {
  try {
    return interpreter.budget.section(stepsForRuns, run);
  } catch (error) {
    if (!(error instanceof UnknownIteration || (error instanceof BudgetExhausted && !error.endsAll))) throw error;
    interpreter.budget.resetDepth();
    return undefined;
  }
}
