/** Evaluating expressions: one case per kind; anything undecidable becomes an Unknown with its reason. */
import { isUnknown, unknown, type Unknown } from '../../../base/unknown';
import type { Frame } from '../environment';
import type { Interpreter } from '../interpreter';
import { namespaceDict } from '../objects/namespace';
import { formatValue, reprOf, strOf } from '../objects/operators';
import type * as ast from '../syntax/ast';
import { bool, dict, ellipsis, float, int, list, none, set, str, tuple, type CallArguments, type Value } from '../values';
import { assign } from './assign';
import { getAttribute } from './attributes';
import { comprehension } from './comprehensions';
import { UnknownIteration } from '../objects/python-error';
import { execute } from './exec';
import { forkValue, maybe } from './fork';
import { makeFunction } from './functions';
import { locationOf } from './location';
import { findName } from './names';
import { binary, compare, subscript, unary } from './operations';
import { superOf } from './super';

export function evaluate(interpreter: Interpreter, frame: Frame, node: ast.Expression): Value {
  switch (node.kind) {
    case 'Name': return findName(interpreter, frame, node.id) ?? interpreter.raise('NameError', `name '${node.id}' is not defined`, locationOf(frame, node.span));
    case 'Attribute': return getAttribute(interpreter, evaluate(interpreter, frame, node.object), node.name, { uri: frame.module.uri ?? '', span: node.span });
    case 'Call': return evaluateCall(interpreter, frame, node);
    case 'Number': return node.isFloat ? float(node.value) : int(node.value);
    case 'String': return node.isBytes ? { kind: 'bytes', value: node.value } : str(node.value);
    case 'Constant': return node.value === null ? none : node.value === '...' ? ellipsis : bool(node.value);
    case 'Binary': return binary(interpreter, node.operator, evaluate(interpreter, frame, node.left), evaluate(interpreter, frame, node.right), locationOf(frame, node.span));
    case 'Unary': return unary(interpreter, node.operator, evaluate(interpreter, frame, node.operand), locationOf(frame, node.span));
    case 'Compare': return compareChain(interpreter, frame, node);
    case 'Boolean': return booleanChain(interpreter, frame, node);
    case 'Conditional': return conditional(interpreter, frame, node);
    case 'Subscript': return subscript(interpreter, evaluate(interpreter, frame, node.object), evaluate(interpreter, frame, node.index), locationOf(frame, node.span));
    case 'Slice': return { kind: 'slice', lower: optional(interpreter, frame, node.lower), upper: optional(interpreter, frame, node.upper), step: optional(interpreter, frame, node.step) };
    case 'Tuple': return withElements(interpreter, frame, node.elements, tuple);
    case 'List': return withElements(interpreter, frame, node.elements, list);
    case 'Set': return withElements(interpreter, frame, node.elements, set);
    case 'Dict': return dictDisplay(interpreter, frame, node);
    case 'Comprehension': return comprehension(interpreter, frame, node);
    case 'FormattedString': return formattedString(interpreter, frame, node);
    case 'Lambda': return makeFunction(interpreter, frame, node, '<lambda>');
    case 'Walrus': {
      const value = evaluate(interpreter, frame, node.value);
      let target = frame;
      while (target.kind === 'comprehension' && target.outer) target = target.outer;
      assign(interpreter, target, node.target, value);
      return value;
    }
    case 'Starred': return evaluate(interpreter, frame, node.value);
    case 'Await': return evaluate(interpreter, frame, node.value);
    // Where it can wait it is worked out before: see `waiting.ts`.
    case 'Yield': return none;
    case 'Evaluated': return node.value as Value;
    case 'Missing': return unknown('this expression is not complete', locationOf(frame, node.span));
  }
}

function optional(interpreter: Interpreter, frame: Frame, node: ast.Expression | undefined): Value {
  return node ? evaluate(interpreter, frame, node) : none;
}

function evaluateCall(interpreter: Interpreter, frame: Frame, node: ast.Call): Value {
  const at = { uri: frame.module.uri ?? '', span: node.span };
  if (node.callee.kind === 'Name') {
    const special = frameFunction(interpreter, frame, node, node.callee.id);
    if (special) return special;
  }
  const callee = evaluate(interpreter, frame, node.callee);
  let args: EvaluatedArguments;
  try {
    args = evaluateArguments(interpreter, frame, node.args);
  } catch (error) {
    if (error instanceof UnknownIteration) return interpreter.gap(error.unknown.reason, at);
    throw error;
  }
  return interpreter.call(callee, { positional: args.positional, keywords: args.keywords, at, node });
}

/** The few built-ins that read the caller's frame. */
function frameFunction(interpreter: Interpreter, frame: Frame, node: ast.Call, name: string): Value | undefined {
  if (name === 'super' && !frame.names.has('super')) return superOf(interpreter, frame, node);
  if (name === 'globals' && node.args.length === 0) return namespaceDict(frame.module.attributes);
  if (name === 'locals' && node.args.length === 0) return namespaceDict(frame.names);
  if ((name === 'vars' || name === 'dir') && node.args.length === 0) return namespaceDict(frame.names);
  if (name === 'eval' && node.args.length > 0) return interpreter.modules.evaluateText(frame, evaluateArguments(interpreter, frame, node.args).positional[0], locationOf(frame, node.span));
  if (name === 'exec' && node.args.length > 0 && !frame.names.has('exec')) {
    return execute(interpreter, frame, evaluateArguments(interpreter, frame, node.args).positional, locationOf(frame, node.span));
  }
  return undefined;
}

export interface EvaluatedArguments {
  readonly positional: Value[];
  readonly keywords: [string, Value][];
}

export function evaluateArguments(interpreter: Interpreter, frame: Frame, args: readonly ast.Argument[]): EvaluatedArguments {
  const positional: Value[] = [];
  const keywords: [string, Value][] = [];
  for (const argument of args) {
    const value = evaluate(interpreter, frame, argument.value);
    if (argument.keyword !== undefined) keywords.push([argument.keyword, value]);
    else if (argument.star === '') positional.push(value);
    else if (argument.star === '*') {
      for (const item of interpreter.iterate(value, locationOf(frame, argument.span))) {
        interpreter.budget.allocate(1);
        positional.push(item);
      }
    } else spreadKeywords(interpreter, value, keywords, locationOf(frame, argument.span));
  }
  return { positional, keywords };
}

const wordsPerKeyword = 6;

function spreadKeywords(interpreter: Interpreter, value: Value, keywords: [string, Value][], at: CallArguments['at']): void {
  if (isUnknown(value)) throw new UnknownIteration(value);
  const mapping = value.kind === 'instance' && value.payload ? value.payload : value;
  if (mapping.kind === 'dict') {
    interpreter.budget.allocate(mapping.entries.size * wordsPerKeyword);
    for (const { key, value: item } of mapping.entries.values()) if (key.kind === 'str') keywords.push([key.value, item]);
    return;
  }
  for (const key of interpreter.iterate(interpreter.callMethod(value, 'keys', [], at), at)) {
    if (key.kind === 'str') keywords.push([key.value, subscript(interpreter, value, key, at)]);
  }
}

function withElements(interpreter: Interpreter, frame: Frame, elements: readonly ast.Expression[], make: (items: Value[]) => Value): Value {
  const items: Value[] = [];
  for (const element of elements) {
    if (element.kind !== 'Starred') {
      items.push(evaluate(interpreter, frame, element));
      continue;
    }
    try {
      for (const item of interpreter.iterate(evaluate(interpreter, frame, element.value), locationOf(frame, element.span))) items.push(item);
    } catch (error) {
      if (error instanceof UnknownIteration) return error.unknown;
      throw error;
    }
  }
  interpreter.budget.allocate(items.length);
  return make(items);
}

function dictDisplay(interpreter: Interpreter, frame: Frame, node: ast.DictDisplay): Value {
  const result = dict();
  interpreter.budget.allocate(node.entries.length);
  for (const { key, value } of node.entries) {
    if (key) {
      const hashed = evaluate(interpreter, frame, key);
      if (isUnknown(hashed)) return hashed;
      interpreter.heap.setEntry(result, hashed, evaluate(interpreter, frame, value));
      continue;
    }
    const spread = evaluate(interpreter, frame, value);
    if (isUnknown(spread)) return spread;
    const mapping = spread.kind === 'instance' && spread.payload ? spread.payload : spread;
    if (mapping.kind === 'dict') for (const entry of mapping.entries.values()) interpreter.heap.setEntry(result, entry.key, entry.value);
    else for (const name of interpreter.iterate(interpreter.callMethod(spread, 'keys', [], locationOf(frame, node.span)), locationOf(frame, node.span))) {
      interpreter.heap.setEntry(result, name, subscript(interpreter, spread, name, locationOf(frame, node.span)));
    }
  }
  return result;
}

function compareChain(interpreter: Interpreter, frame: Frame, node: ast.Compare): Value {
  const at = locationOf(frame, node.span);
  const first = node.operands[0];
  let left = first ? evaluate(interpreter, frame, first) : none;
  let result: Value = bool(true);
  for (let i = 0; i < node.operators.length; i++) {
    const operand = node.operands[i + 1];
    const operator = node.operators[i];
    if (!operand || !operator) break;
    const right = evaluate(interpreter, frame, operand);
    result = compare(interpreter, operator, left, right, at);
    if (i < node.operators.length - 1) {
      const truth = interpreter.truth(result, at);
      if (truth !== true) return isUnknown(truth) ? truth : result;
    }
    left = right;
  }
  return result;
}

function booleanChain(interpreter: Interpreter, frame: Frame, node: ast.BooleanChain): Value {
  let firstUnknown: Unknown | undefined;
  let value: Value = none;
  const last = node.operands.length - 1;
  for (const [i, operand] of node.operands.entries()) {
    if (firstUnknown) {
      // Behind an operand that is not known this one may never be reached: an error in it proves nothing.
      const reached = maybe(interpreter, firstUnknown, () => evaluate(interpreter, frame, operand));
      if (reached === undefined) return firstUnknown;
      value = reached;
    } else {
      value = evaluate(interpreter, frame, operand);
      // The last operand is the result, whether it is true or not.
      if (i === last) return value;
    }
    const truth = interpreter.truth(value, locationOf(frame, operand.span));
    // `unknown and False` is False, `unknown or True` is True, whatever the unknown one is.
    if (isUnknown(truth)) firstUnknown ??= truth;
    else if (truth === (node.operator === 'or')) return value;
  }
  return firstUnknown ?? value;
}

function conditional(interpreter: Interpreter, frame: Frame, node: ast.Conditional): Value {
  const at = locationOf(frame, node.test.span);
  const test = interpreter.truth(evaluate(interpreter, frame, node.test), at);
  if (test === true) return evaluate(interpreter, frame, node.then);
  if (test === false) return evaluate(interpreter, frame, node.otherwise);
  return forkValue(interpreter, test, at, [() => evaluate(interpreter, frame, node.then), () => evaluate(interpreter, frame, node.otherwise)]);
}

function formattedString(interpreter: Interpreter, frame: Frame, node: ast.FormattedString): Value {
  let text = '';
  for (const part of node.parts) {
    if (typeof part === 'string') {
      text += part;
      continue;
    }
    const at = locationOf(frame, part.span);
    const value = evaluate(interpreter, frame, part.value);
    const converted = part.conversion === 'r' || (part.echo !== undefined && part.conversion === undefined && !part.format)
      ? reprOf(value, interpreter, at)
      : part.conversion === 's' ? strOf(value, interpreter, at) : value;
    const spec = part.format ? formattedString(interpreter, frame, part.format) : str('');
    if (isUnknown(spec)) return spec;
    const formatted = formatValue(typeof converted === 'string' ? str(converted) : converted, spec.kind === 'str' ? spec.value : '', interpreter, at);
    const piece = typeof formatted === 'string' ? str(formatted) : formatted;
    if (piece.kind !== 'str') return piece;
    text += (part.echo ?? '') + piece.value;
  }
  interpreter.budget.allocate(text.length >> 3);
  return str(text);
}
