/** Models that a file keeps in variables without calling them: `model = nn.Sequential(…)`. */
import type { Span } from '../../base/span';
import { assignedNames } from '../python/models/assigned-names';
import type { ModelCandidate } from '../python/models/candidate';
import type { Interpreter } from '../python/interpreter';
import type * as ast from '../python/syntax/ast';
import type { ModuleValue } from '../python/values';
import { hasWeights, namedModules } from './module-walk';
import { isModule, type ModuleInstance } from './state';

export interface Shown {
  /** Definitions of the file that stand for what they make. */
  readonly definitions: readonly (ast.FunctionDefinition | ast.ClassDefinition)[];
  /** Models that calls in the file tell. */
  readonly models: readonly ModuleInstance[];
  /** Names of classes that are parts of models looked at so far. */
  readonly parts: ReadonlySet<string>;
}

/** Module-level names that hold a model nothing else in the file stands for, shown where they are assigned; a model under several names once. */
export function* variableModels(interpreter: Interpreter, module: ModuleValue, syntax: ast.Module, shown: Shown): Generator<ModelCandidate> {
  const held = new Map<ModuleInstance, { readonly name: string; readonly span: Span }>();
  for (const [name, span] of assignedNames(syntax.body)) {
    const value = module.attributes.get(name);
    if (isModule(value) && !held.has(value) && isWhole(interpreter, value) && !isShown(value, module, shown)) held.set(value, { name, span });
  }
  const inner = innerModules([...shown.models, ...held.keys()]);
  for (const [model, { name, span }] of held) {
    if (!inner.has(model)) yield { name, at: { uri: module.uri ?? '', span }, declaredInputs: undefined, build: () => model };
  }
}

/** A single layer, a loss or a list of modules is no model; what runs, holds weights and consists of something is. */
export function isWhole(interpreter: Interpreter, model: ModuleInstance): boolean {
  const base = interpreter.lookupClass(interpreter.libraryClass('torch.nn.Module'), 'forward');
  return model.native.layer === undefined && interpreter.lookupClass(model.cls, 'forward') !== base && hasWeights(model);
}

function isShown(model: ModuleInstance, module: ModuleValue, { definitions, models, parts }: Shown): boolean {
  const { declared } = model.native;
  const own = model.cls.definition !== undefined && module.attributes.get(model.cls.name) === model.cls;
  return models.includes(model) || (own && parts.has(model.cls.name)) || definitions.some(definition => definition === model.cls.definition
    || (definition.kind === 'FunctionDefinition' && declared.uri === module.uri && declared.span.start >= definition.span.start && declared.span.end <= definition.span.end));
}

/** What is inside one of the models, the models themselves left out. */
function innerModules(models: readonly ModuleInstance[]): ReadonlySet<ModuleInstance> {
  return new Set(models.flatMap(model => namedModules(model).map(([, module]) => module).filter(module => module !== model)));
}
