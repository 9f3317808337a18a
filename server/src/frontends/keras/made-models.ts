/** Models that a file builds and does not keep: bound anew, deleted, loaded over, local to a function, held by an object. Every model ever built counts. */
import type { Span } from '../../base/span';
import type { Interpreter } from '../python/interpreter';
import { mayBuild } from '../python/models/builders';
import type { ModelCandidate } from '../python/models/candidate';
import { needsOnlySelf } from '../python/models/definitions';
import type * as ast from '../python/syntax/ast';
import { none, type ModuleValue, type Value } from '../python/values';
import { isModel, runState, type KerasInstance } from './state';
import { allLayers } from './walk';

interface Place {
  readonly name: string;
  readonly span: Span;
  /** The function of the file's top level in which it is made. */
  readonly within: ast.FunctionDefinition | undefined;
}

/** Those that are neither in `shown` nor part of another one, in the order in which they were made; of one place in the file the last. */
export function* madeModels(interpreter: Interpreter, module: ModuleValue, syntax: ast.Module, shown: readonly KerasInstance[], named: ReadonlySet<string>): Generator<ModelCandidate> {
  const taken = new Set<string>(named);
  const known = new Set(shown.map(model => model.native.declared.span.start));
  for (const model of outermost(interpreter, shown)) {
    const { declared } = model.native;
    if (declared.uri !== module.uri || known.has(declared.span.start)) continue;
    const place = placeOf(syntax, declared.span);
    // What a builder makes that can be called is shown there.
    if (!place || (place.within && mayBuild(place.within))) continue;
    known.add(declared.span.start);
    const name = freeName(place.name, taken);
    taken.add(name);
    yield { name, at: { uri: module.uri ?? '', span: place.span }, declaredInputs: undefined, build: () => model };
  }
}

/** Functions and classes that need nothing and leave a model behind, wherever they keep it. */
export function* runners(interpreter: Interpreter, module: ModuleValue, syntax: ast.Module, named: ReadonlySet<string>): Generator<ModelCandidate> {
  for (const definition of syntax.body) {
    if ((definition.kind !== 'FunctionDefinition' && definition.kind !== 'ClassDefinition') || named.has(definition.name) || /^_?test/i.test(definition.name)) continue;
    const value = module.attributes.get(definition.name);
    if (!value || !needsNothing(interpreter, definition, value)) continue;
    const at = { uri: module.uri ?? '', span: definition.nameSpan };
    yield {
      name: `${definition.name}()`, at, declaredInputs: undefined, optional: true, definition: definition.name,
      build: () => {
        const before = runState(interpreter).made.items.length;
        const made = interpreter.callWith(value, [], at);
        return isModel(made) ? made : outermost(interpreter, [], before).at(-1) ?? none;
      },
    };
  }
}

function needsNothing(interpreter: Interpreter, definition: ast.FunctionDefinition | ast.ClassDefinition, value: Value): boolean {
  if (definition.kind === 'FunctionDefinition') {
    return !definition.isGenerator && !definition.isAsync && definition.parameters.every(({ default: given, form }) => given !== undefined || form === '*' || form === '**');
  }
  if (value.kind !== 'class' || value.mro.some(({ qualifiedName }) => qualifiedName === 'keras.Layer')) return false;
  const init = interpreter.lookupClass(value, '__init__');
  return init?.kind === 'function' && needsOnlySelf(init);
}

/** Models with a graph of their own that no other one holds. */
export function outermost(interpreter: Interpreter, shown: readonly KerasInstance[], from = 0): readonly KerasInstance[] {
  const made = runState(interpreter).made.items.slice(from).filter(isModel).filter(({ native }) => native.network || native.sequence?.input);
  const held = new Set<KerasInstance>(shown);
  for (const model of [...shown, ...made]) for (const layer of allLayers(model)) if (layer !== model) held.add(layer);
  return made.filter(model => !held.has(model));
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let count = 2; ; count++) {
    const tried = count === 2 ? name : `${name} (${count - 1})`;
    if (!taken.has(tried)) return tried;
  }
}

/** The name under which the file first keeps what is made there. */
function placeOf(syntax: ast.Module, span: Span): Place | undefined {
  const within = syntax.body.find((statement): statement is ast.FunctionDefinition => statement.kind === 'FunctionDefinition' && holds(statement.span, span));
  const found = assignmentOf(syntax.body, value => holds(value.span, span), '');
  if (found) return { ...found, within };
  if (!within) return methodOf(syntax, span);
  const caller = assignmentOf(syntax.body, value => value.kind === 'Call' && value.callee.kind === 'Name' && value.callee.id === within.name, '');
  return caller ? { ...caller, within: undefined } : { name: `${within.name}()`, span: within.nameSpan, within };
}

/** What a method hands back at once. */
function methodOf(syntax: ast.Module, span: Span): Place | undefined {
  const owner = syntax.body.find((statement): statement is ast.ClassDefinition => statement.kind === 'ClassDefinition' && holds(statement.span, span));
  const method = owner?.body.find((statement): statement is ast.FunctionDefinition => statement.kind === 'FunctionDefinition' && holds(statement.span, span));
  return owner && method && { name: `${owner.name}.${method.name}()`, span: method.nameSpan, within: undefined };
}

function holds(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function assignmentOf(block: ast.Block, isIt: (value: ast.Expression) => boolean, owner: string): { readonly name: string; readonly span: Span } | undefined {
  for (const statement of block) {
    const found = inStatement(statement, isIt, owner);
    if (found) return found;
  }
  return undefined;
}

function inStatement(statement: ast.Statement, isIt: (value: ast.Expression) => boolean, owner: string): { readonly name: string; readonly span: Span } | undefined {
  const inside = (block: ast.Block, of = owner): { readonly name: string; readonly span: Span } | undefined => assignmentOf(block, isIt, of);
  switch (statement.kind) {
    case 'Assign': return isIt(statement.value) ? targetName(statement.targets[0], owner) : undefined;
    case 'AnnotatedAssign': return statement.value && isIt(statement.value) ? targetName(statement.target, owner) : undefined;
    case 'FunctionDefinition': return inside(statement.body);
    case 'ClassDefinition': return inside(statement.body, statement.name);
    case 'If': return inside(statement.then) ?? inside(statement.otherwise);
    case 'With': case 'For': case 'While': return inside(statement.body);
    case 'Try': return inside(statement.body);
    default: return undefined;
  }
}

function targetName(target: ast.Expression | undefined, owner: string): { readonly name: string; readonly span: Span } | undefined {
  if (target?.kind === 'Name') return { name: target.id, span: target.span };
  if (target?.kind === 'Attribute' && target.object.kind === 'Name') {
    return { name: `${target.object.id === 'self' && owner !== '' ? owner : target.object.id}.${target.name}`, span: target.span };
  }
  return undefined;
}
