/** Calling: functions, bound methods, natives, classes and callable instances. */
import { readText, work } from '../../../base/budget';
import type { Location } from '../../../base/span';
import { unknown, type Unknown } from '../../../base/unknown';
import type { Frame } from '../environment';
import { birth } from '../heap/cells';
import { joinValues } from '../join-values';
import type { Interpreter } from '../interpreter';
import { mayBe } from '../may-be';
import { none, typeName, withSelf, type CallArguments, type FunctionValue, type InstanceValue, type Names, type NativeValue, type Value } from '../values';
import { lookupClass } from './attributes';
import { bindArguments } from '../binder';
import { instantiate } from './classes';
import { onlyDocuments } from './documentation';
import { PythonError, UnknownIteration } from '../objects/python-error';
import { evaluate } from './expressions';
import { generatorOf } from './generators';
import { toEither } from './one-of';
import { runBlock } from './statements';

export function call(interpreter: Interpreter, callee: Value, args: CallArguments): Value {
  switch (callee.kind) {
    case 'function': return callFunction(interpreter, callee, args);
    case 'method':
      if (callee.callee.kind === 'native' && callee.callee.own && callee.self.kind === 'instance') return callOwn(interpreter, callee.callee, callee.self, args);
      return call(interpreter, callee.callee, withSelf(args, callee.self));
    case 'native': return callNative(interpreter, callee, args);
    case 'class': return instantiate(interpreter, callee, args);
    case 'staticmethod': case 'classmethod': return call(interpreter, callee.callee, args);
    case 'unknown': return toEither(interpreter, callee, args.at, candidate => call(interpreter, candidate, args)) ?? callUnknown(interpreter, callee, args);
    case 'instance': {
      const method = lookupClass(callee.cls, '__call__');
      if (method) return call(interpreter, method, withSelf(args, callee));
      const base = callee.cls.mro.find(ancestor => ancestor.unknownBase)?.unknownBase;
      if (base) return callUnknown(interpreter, base, args);
      break;
    }
    default: break;
  }
  return interpreter.raise('TypeError', `'${typeName(callee)}' object is not callable`, args.at);
}

function callNative(interpreter: Interpreter, callee: NativeValue, args: CallArguments): Value {
  interpreter.budget.step();
  const either = args.positional.find(isOneOfSeveral);
  if (either) {
    const given = (candidate: Value): readonly Value[] => args.positional.map(value => (value === either ? candidate : value));
    return toEither(interpreter, either, args.at, candidate => callNative(interpreter, callee, { ...args, positional: given(candidate) })) ?? either;
  }
  for (const value of args.positional) readArgument(value);
  for (const [, value] of args.keywords) readArgument(value);
  let result: Value;
  try {
    result = callee.call(args, interpreter);
  } catch (error) {
    result = unknownOf(error);
  }
  return known(interpreter, args, result);
}

/** A method of the library, called on an instance. */
export function callOwn(interpreter: Interpreter, callee: NativeValue, self: InstanceValue, { positional, keywords, at, node, implicit }: CallArguments): Value {
  const { own } = callee;
  if (!own || positional.some(isOneOfSeveral)) return callNative(interpreter, callee, { positional: [self, ...positional], keywords, at, node, implicit: (implicit ?? 0) + 1 });
  interpreter.budget.step();
  readArgument(self);
  for (const value of positional) readArgument(value);
  for (const [, value] of keywords) readArgument(value);
  const args = { positional, keywords, at, node, implicit: (implicit ?? 0) + 1 };
  let result: Value;
  try {
    result = own(self, args, interpreter);
  } catch (error) {
    result = unknownOf(error);
  }
  return known(interpreter, args, result);
}

function isOneOfSeveral(value: Value): value is Value & { readonly kind: 'unknown' } {
  return value.kind === 'unknown' && mayBe(value).length > 0;
}

function unknownOf(error: unknown): Unknown {
  if (error instanceof UnknownIteration) return error.unknown;
  throw error;
}

function known(interpreter: Interpreter, args: CallArguments, result: Value): Value {
  if (result.kind === 'unknown' && result.dataDependent) callHandedOver(interpreter, args, result);
  return result;
}

/** Whatever is done with a text reads it. */
function readArgument(value: Value): void {
  if (value.kind === 'str' || value.kind === 'bytes') readText(value.value.length);
  else if (value.kind === 'instance' && value.payload?.kind === 'str') readText(value.payload.value.length);
}

/** A function of the program that was given to one of the library (`sorted(…, key=f)`, `reduce(f, …)`) runs for each of nobody knows how many items. */
function callHandedOver(interpreter: Interpreter, { positional, keywords, at }: CallArguments, condition: Unknown): void {
  for (const handed of [...positional, ...keywords.map(([, value]) => value)]) {
    if (handed.kind !== 'function') continue;
    const { parameters } = handed.definition;
    const items = parameters.filter(parameter => parameter.form === 'normal' && !parameter.default).map(() => condition);
    interpreter.onceUnknown(condition, at, () => { interpreter.callWith(handed, items, at); });
  }
}

/** Items that are looked at in one step. */
const itemsPerStep = 4;

/** An unresolved callee: a gap when a tensor goes in, otherwise only an unknown result. */
function callUnknown(interpreter: Interpreter, callee: Value & { kind: 'unknown' }, args: CallArguments): Value {
  // Keywords that a function hands on as they are, not as keywords of the call, are handed on to be changed. What else it is given an unknown function hardly ever changes.
  if (args.positional.some(value => value.kind === 'dict' && value.isKeywords)) interpreter.doubt(`${callee.reason}, and it may change the keywords that it is given`, args.at);
  const takesTensor = [...args.positional, ...args.keywords.map(([, value]) => value)].some(value => holdsTensor(value));
  return takesTensor ? (interpreter.tensors.callUnknown?.(callee, args, interpreter) ?? interpreter.gap(callee.reason, args.at)) : callee;
}

/** Looks into each container once. */
function holdsTensor(value: Value, depth = 0, seen = new Set<Value>()): boolean {
  switch (value.kind) {
    case 'tensor': return value.weight === undefined;
    case 'list': case 'tuple':
      if (depth >= 3 || seen.has(value)) return false;
      seen.add(value);
      work(value.items.length / itemsPerStep);
      return value.items.some(item => holdsTensor(item, depth + 1, seen));
    case 'dict':
      if (depth >= 3 || seen.has(value)) return false;
      seen.add(value);
      work(value.entries.size);
      return [...value.entries.values()].some(entry => holdsTensor(entry.value, depth + 1, seen));
    default: return false;
  }
}

/** Undefined: arguments that do not fit prove that the decorator made something else of the function. */
function bindGuess(interpreter: Interpreter, callee: FunctionValue, args: CallArguments): Names | undefined {
  try {
    return bindArguments({ name: callee.name, parameters: callee.definition.parameters, defaults: callee.defaults }, args, interpreter);
  } catch (error) {
    if (error instanceof PythonError) return undefined;
    throw error;
  }
}

export function callFunction(interpreter: Interpreter, callee: FunctionValue, args: CallArguments): Value {
  const { definition } = callee;
  const { participants } = interpreter;
  if (participants && callee.module.uri === participants.uri) participants.offsets.add(definition.span.start);
  interpreter.budget.step();
  const names = callee.guess ? bindGuess(interpreter, callee, args) : bindArguments({ name: callee.name, parameters: definition.parameters, defaults: callee.defaults }, args, interpreter);
  if (!names) return callUnknown(interpreter, callee.guess ?? unknown('a decorator that is not known', args.at), args);
  const first = definition.parameters[0];
  if (first && definition.kind === 'FunctionDefinition' && onlyDocuments(definition)) return names.get(first.name) ?? none;
  const frame: Frame = {
    kind: 'function', names, module: callee.module, outer: callee.closure,
    scope: definition.kind === 'FunctionDefinition' ? definition.scope : undefined,
    function: callee, owner: callee.owner, self: first && first.form !== '*' && first.form !== '**' ? names.get(first.name) : undefined,
    call: { at: args.at, node: args.node },
    maybeReturned: undefined, handling: undefined, born: birth(), isGenerator: definition.kind === 'FunctionDefinition' && definition.isGenerator,
  };
  if (frame.isGenerator && definition.kind === 'FunctionDefinition') return generatorOf(interpreter, frame, definition);
  if (interpreter.budget.isDeep) interpreter.raise('RecursionError', 'maximum recursion depth exceeded', args.at);
  interpreter.budget.enter();
  const { departures } = interpreter;
  const noted = departures.mark;
  interpreter.frames.push(frame);
  try {
    if (definition.kind === 'Lambda') return evaluate(interpreter, frame, definition.body);
    const completion = runBlock(interpreter, frame, definition.body);
    const returned = typeof completion === 'object' && completion.kind === 'return' ? completion.value : none;
    return frame.maybeReturned ? joinReturns(frame.maybeReturned, returned, args.at) : returned;
  } finally {
    departures.arrive(noted, ({ exit }) => exit !== 'raise');
    interpreter.frames.pop();
    interpreter.budget.leave();
  }
}

function joinReturns(earlier: readonly Value[], last: Value, at: Location): Value {
  const reason = unknown('the result differs between branches of a condition that is not known', at);
  return earlier.reduce((joined, value) => joinValues(joined, value, reason), last);
}
