/** Classes and builders that demand arguments nobody states: they are made with what is customary, and say so. */
import { lineColumnAt, lineIndexOf } from '../../base/line-index';
import type { Location } from '../../base/span';
import { isUnknown } from '../../base/unknown';
import type { LowerRequest } from '../frontend';
import { isNotebook } from '../python/notebook/read';
import { isPlaceholder } from '../python/models/argument-texts';
import { assumedFor } from '../python/models/assumed-for';
import { AssumedValues, profiles, type AssumedFor } from '../python/models/assumed-values';
import type { Looked } from '../python/models/dialect';
import type { ProjectValues } from '../python/models/project-values';
import { mayBuild, mayBuildWithArguments } from '../python/models/builders';
import { statedUnderArguments, statedUnderName } from '../python/models/settings-files';
import { valuesIn } from '../python/models/settings-values';
import type { BuildAttempt, ModelCandidate } from '../python/models/candidate';
import type { Interpreter } from '../python/interpreter';
import type * as ast from '../python/syntax/ast';
import type { ClassValue, FunctionValue, ModuleValue, Value } from '../python/values';
import { asPartElsewhere } from './as-part';
import { isPlain, knownOf, shownElsewhere } from './shown-elsewhere';
import { demandsOf, isModelClass } from './model-classes';
import type { ModuleInstance } from './state';

/** Classes tried in one file, those that nothing else of it uses before the others. */
const most = { whole: 16, parts: 8, idle: 6 };

export interface AssumedModels extends Looked {
  readonly definitions: readonly (ast.ClassDefinition | ast.FunctionDefinition)[];
}

/** Lazily, since what one of them consists of is no further model. */
export function* assumedModels(
  interpreter: Interpreter, module: ModuleValue, syntax: ast.Module, request: LowerRequest, { definitions, parts: shown, wholes }: AssumedModels,
): Generator<ModelCandidate> {
  const classes = definitions.filter((definition): definition is ast.ClassDefinition => definition.kind === 'ClassDefinition');
  const used = usedNames(syntax, request.text, 'ClassDefinition');
  const called = usedNames(syntax, request.text, 'FunctionDefinition');
  const from = fromFile(interpreter, module, request);
  const [whole, parts] = [classes.filter(({ name }) => !used.has(name)), classes.filter(({ name }) => used.has(name))];
  for (const [list, limit, isPart] of [[whole, most.whole, false], [parts, most.parts, true]] as const) {
    let tried = 0;
    // The class written last is most often the one that uses the others.
    for (const definition of isPart ? list : [...list].reverse()) {
      const cls = module.attributes.get(definition.name);
      if (cls?.kind !== 'class' || shown.has(definition.name) || wholes.has(definition.name) || !isModelClass(interpreter, cls)) continue;
      if (++tried > limit) break;
      yield candidateOf(from, definition, cls, isPart || partName.test(definition.name));
    }
    if (!isPart) yield* assumedBuilders(from, definitions, new Set([...used, ...called]));
  }
}

/** Of a file that has nothing else: what computes without weights and products (a table of positions, a pooling) still takes time and memory. Losses do not count. */
export function* idleModels(interpreter: Interpreter, module: ModuleValue, syntax: ast.Module, request: LowerRequest): Generator<ModelCandidate> {
  const from = fromFile(interpreter, module, request);
  let tried = 0;
  for (const definition of syntax.body) {
    const cls = definition.kind === 'ClassDefinition' ? module.attributes.get(definition.name) : undefined;
    if (definition.kind !== 'ClassDefinition' || cls?.kind !== 'class' || cls.definition !== definition) continue;
    if (/loss|criterion|metric|error/i.test(cls.name) || !isModelClass(interpreter, cls)) continue;
    if (++tried > most.idle) return;
    const at: Location = { uri: module.uri ?? '', span: definition.nameSpan };
    const built = { expression: `${definition.name}()`, origin: 'signature' as const, why: 'from its signature', assumed: [] };
    // Kept for nobody: what another edit makes of the file may leave it unshown.
    const { definition: _, ...candidate } = candidateOf(from, definition, cls, true);
    yield demandsOf(interpreter, cls) ? { ...candidate, isIdle: true } : { ...candidate, isIdle: true, attempts: [{ build: () => interpreter.callWith(cls, [], at), built: () => built }] };
  }
}

/** As what it is shown: a method in place of its forward pass. */
export function asMethod(interpreter: Interpreter, module: ModuleValue, request: LowerRequest, definition: ast.ClassDefinition, cls: ClassValue, method: ast.FunctionDefinition): ModelCandidate {
  const { definition: _, ...candidate } = candidateOf(fromFile(interpreter, module, request), definition, cls, false);
  const at: Location = { uri: module.uri ?? '', span: method.nameSpan };
  const named = { ...candidate, name: `${definition.name}.${method.name}`, at };
  if (demandsOf(interpreter, cls)) return named;
  const built = { expression: `${definition.name}()`, origin: 'signature' as const, why: 'from its signature', assumed: [] };
  return { ...named, attempts: [{ build: () => interpreter.callWith(cls, [], at), built: () => built }] };
}

const mostStated = 3;

const partName = /(block|layer|module|attention|attn|bottleneck|unit|cell|residual|conv|head|stem|stage|mlp|feed_?forward|ffn|embed\w*|norm|gate|pool\w*|upsample|downsample)\d*$/i;

function* assumedBuilders(from: From, definitions: AssumedModels['definitions'], used: ReadonlySet<string>): Generator<ModelCandidate> {
  for (const definition of definitions) {
    if (definition.kind !== 'FunctionDefinition' || used.has(definition.name) || !mayBuildWithArguments(definition)) continue;
    const value = from.module.attributes.get(definition.name);
    if (value?.kind === 'function' && value.definition === definition && namesModel(from, definition)) yield candidateOf(from, definition, value, false);
  }
}

/** It mentions a class of models that the file knows: a function that computes something does not. */
function namesModel({ interpreter, module, text, partClass }: From, definition: ast.FunctionDefinition): boolean {
  const names = text.slice(definition.span.start, definition.span.end).match(/[^\W\d]\w*/g) ?? [];
  return names.some(name => {
    const value = module.attributes.get(name);
    return value?.kind === 'class' && value !== partClass && isModelClass(interpreter, value);
  });
}

type Definition = ast.ClassDefinition | ast.FunctionDefinition;
type Callee = ClassValue | FunctionValue;

/** For a class that needs no arguments as far as its signature tells, and yet cannot be made without: `def __init__(self, depths=None)`. */
export function retries(interpreter: Interpreter, module: ModuleValue, request: LowerRequest, definition: Definition, cls: ClassValue): readonly BuildAttempt[] {
  const init = interpreter.lookupClass(cls, '__init__');
  if (init?.kind !== 'function' || !init.definition.parameters.some(parameter => isPlaceholder(parameter.default))) return [];
  return attemptsFor(fromFile(interpreter, module, request), definition, cls, init, { isPart: false, withAbsent: true });
}

/** `Net(X.shape[1], 64)` where nobody knows the data: what is known stays. */
export function completions(interpreter: Interpreter, module: ModuleValue, request: LowerRequest, root: ModuleInstance): readonly BuildAttempt[] {
  const { cls, native: { madeWith, declared } } = root;
  const given = madeWith && [...madeWith.positional, ...madeWith.keywords.map(([, value]) => value)];
  if (!given || given.every(isPlain) || !given.every(value => isPlain(value) || isUnknown(value)) || cls.definition?.kind !== 'ClassDefinition' || declared.uri !== request.uri) return [];
  const demands = demandsOf(interpreter, cls);
  if (!demands) return [];
  // A notebook's lines are those of its cells.
  const source = isNotebook(request.uri) ? 'this notebook' : `line ${lineColumnAt(lineIndexOf(request.text), declared.span.start).line + 1}`;
  const values = knownOf(madeWith, demands.definition.parameters.slice(1));
  const stated = (): ProjectValues => ({ values, source, phrase: `as built in ${source}`, at: declared });
  return attemptsFor(fromFile(interpreter, module, request), cls.definition, cls, demands, { isPart: false, withAbsent: false, stated }).slice(0, 2);
}

/** What takes any arguments need not mean to get none. */
export function madeOfNothing(candidate: ModelCandidate): ModelCandidate {
  const built = { expression: `${candidate.name}()`, origin: 'assumed' as const, why: 'made without arguments', assumed: [] };
  return { ...candidate, demands: `${candidate.name}(…)`, attempts: [{ build: candidate.build, built: () => built }] };
}

/** `level`: how many other files lead here. */
function fromFile(interpreter: Interpreter, module: ModuleValue, request: LowerRequest, level = 0): From {
  return { ...assumedFor(interpreter, module, request, interpreter.libraryClass('torch.nn.Module')), request, level };
}

interface From extends AssumedFor {
  readonly request: LowerRequest;
  readonly level: number;
}

/** A block is part of an encoder, which is part of a network, which a file of settings tells. */
const deepestLevel = 2;

interface How {
  /** What the project states; the rest is customary. */
  readonly stated?: () => ProjectValues;
  readonly isPart: boolean;
  readonly withAbsent: boolean;
}

function attemptsFor(from: From, definition: Definition, callee: Callee, demands: FunctionValue | undefined, how: How): readonly BuildAttempt[] {
  const at: Location = { uri: from.module.uri ?? '', span: definition.nameSpan };
  return profiles.map((profile): BuildAttempt => {
    let values = new AssumedValues(from, profile, how.isPart, how.withAbsent, how.stated);
    return {
      build: (): Value => {
        values = new AssumedValues(from, profile, how.isPart, how.withAbsent, how.stated);
        return values.call(callee, demands, at, callee.kind === 'class');
      },
      built: () => values.builtAs(definition.name),
      ...(how.stated ? { isOfProject: true } : {}),
    };
  });
}

function candidateOf(from: From, definition: Definition, callee: Callee, isPart: boolean): ModelCandidate {
  const { interpreter, module } = from;
  const at: Location = { uri: module.uri ?? '', span: definition.nameSpan };
  const demands = callee.kind === 'class' ? demandsOf(interpreter, callee) : callee;
  // What may be left out may have to be given all the same.
  const attempts = [...attemptsFor(from, definition, callee, demands, { isPart, withAbsent: false }), ...attemptsFor(from, definition, callee, demands, { isPart, withAbsent: true }).slice(0, 1)];
  return {
    name: definition.name, at, declaredInputs: undefined, optional: true, isModule: callee.kind === 'class', definition: definition.name, isPart,
    demands: signatureOf(definition.name, demands), build: () => attempts[0]?.build() ?? module,
    attempts: { [Symbol.iterator]: () => nearestFirst(from, definition, callee, demands, attempts) },
  };
}

/** As the project builds it, in its programs and settings, then with what is customary. The project is looked at when it comes to that. */
function* nearestFirst(from: From, definition: Definition, callee: Callee, demands: FunctionValue | undefined, attempts: readonly BuildAttempt[]): Generator<BuildAttempt> {
  const { interpreter, module, files, settings } = from;
  const parameters = demands?.definition.parameters.slice(callee.kind === 'class' ? 1 : 0) ?? [];
  const named = parameters.filter(({ form }) => form !== '*' && form !== '**');
  const at: Location = { uri: module.uri ?? '', span: definition.nameSpan };
  const given = (stated: () => ProjectValues): BuildAttempt[] => attemptsFor(from, definition, callee, demands, { isPart: false, withAbsent: false, stated }).slice(0, 1);
  for (const inFile of [...statedUnderName(settings(), definition.name)].slice(0, mostStated)) yield* given(() => valuesIn(interpreter, inFile, at));
  if (callee.kind === 'class') {
    for (const shown of shownElsewhere(interpreter, files(), module.uri ?? '', callee)) {
      yield shown;
      const known = shown.madeWith();
      if (known) yield* given(() => known(parameters));
    }
  }
  const byNames = statedUnderArguments(settings(), named.filter(parameter => parameter.default === undefined).map(({ name }) => name), named.map(({ name }) => name));
  if (byNames) yield* given(() => valuesIn(interpreter, byNames, at));
  if (callee.kind === 'class') yield* partsElsewhere(from, callee);
  yield* attempts;
}

/** What other files make of it, their own models made the same way. */
function partsElsewhere({ interpreter, module, files, request, level }: From, cls: ClassValue): Iterable<BuildAttempt> {
  if (level >= deepestLevel) return [];
  return asPartElsewhere(interpreter, files().python, cls, module.uri ?? '', request, (outerModule, definition, callee, file) => {
    const demands = callee.kind === 'class' ? demandsOf(interpreter, callee) : callee;
    const outer = fromFile(interpreter, outerModule, { ...request, uri: file.uri, text: file.text }, level + 1);
    const how = { isPart: false, withAbsent: false };
    if (!demands || (callee.kind === 'function' && definition.kind === 'FunctionDefinition' && mayBuild(definition))) {
      const at: Location = { uri: file.uri, span: definition.nameSpan };
      const built = { expression: `${definition.name}()`, origin: 'signature' as const, why: 'from its signature', assumed: [] };
      return [{ build: () => interpreter.callWith(callee, [], at), built: () => built }];
    }
    return nearestFirst(outer, definition, callee, demands, attemptsFor(outer, definition, callee, demands, how));
  });
}

/** `Attention(dim, heads)`. */
function signatureOf(name: string, demands: FunctionValue | undefined): string {
  const parameters = demands?.definition.parameters.slice(demands.name === '__init__' ? 1 : 0) ?? [];
  return `${name}(${parameters.filter(({ default: fallback, form }) => fallback === undefined && form !== '*' && form !== '**').map(parameter => parameter.name).join(', ')})`;
}

/** Names that the bodies of other classes, or of functions, make use of; to be a base is no use. */
function usedNames({ body }: ast.Module, text: string, by: 'ClassDefinition' | 'FunctionDefinition'): ReadonlySet<string> {
  const used = new Set<string>();
  for (const statement of body) {
    if (statement.kind !== by) continue;
    const start = statement.body[0]?.span.start ?? statement.span.start;
    for (const name of new Set(withoutProse(text.slice(start, statement.span.end)).match(/[^\W\d]\w*/g) ?? [])) if (name !== statement.name) used.add(name);
  }
  return used;
}

/** A name in a text or comment is no use of it. */
function withoutProse(source: string): string {
  return source.replace(/("""|''')[^]*?\1/g, '').replace(/#.*/g, '');
}
