/** `match` statements. Of a subject that is not known each case that may fit runs beside those behind it. */
import { isUnknown, type Unknown } from '../../../base/unknown';
import type { Frame } from '../environment';
import type { Completion, Interpreter } from '../interpreter';
import { equalValues } from '../objects/operators';
import type * as ast from '../syntax/ast';
import { dict, dictGet, keysInDoubt, list, type Value } from '../values';
import { findAttribute } from './attributes';
import { isInstance } from './classes';
import { fork, forkWaiting } from './fork';
import { locationOf } from './location';
import { writeName } from './names';
import { blockHoldsYield } from './yields';

type Truth = boolean | Unknown;

/** Where a match stands, and what it binds: only a pattern that fits as a whole does. */
interface Matching {
  readonly interpreter: Interpreter;
  readonly frame: Frame;
  readonly statement: ast.Match;
  readonly bound: [name: string, value: Value][];
}

export function runMatch(interpreter: Interpreter, frame: Frame, statement: ast.Match): Completion {
  return runCases(interpreter, frame, statement, interpreter.evaluate(frame, statement.subject), 0);
}

function runCases(interpreter: Interpreter, frame: Frame, statement: ast.Match, subject: Value, from: number): Completion {
  const at = locationOf(frame, statement.subject.span);
  for (let index = from; index < statement.cases.length; index++) {
    const each = statement.cases[index] as ast.MatchCase;
    const matching: Matching = { interpreter, frame, statement, bound: [] };
    const fits = matches(matching, each.pattern, subject);
    if (fits === false) continue;
    const chosen = (): Completion => {
      for (const [name, value] of matching.bound) writeName(interpreter, frame, name, value);
      const test = each.guard ? interpreter.truth(interpreter.evaluate(frame, each.guard), at) : true;
      return either(test, each);
    };
    const others = (): Completion => runCases(interpreter, frame, statement, subject, index + 1);
    const either = (test: Truth, { body }: ast.MatchCase): Completion => {
      if (test === false) return others();
      return test === true ? interpreter.runBlock(frame, body) : beside(test, () => interpreter.runBlock(frame, body));
    };
    const beside = (test: Unknown, run: () => Completion): Completion => {
      const waits = frame.isGenerator && statement.cases.slice(index).some(({ body }) => blockHoldsYield(body));
      return (waits ? forkWaiting : fork)(interpreter, frame, test, at, [run, others]);
    };
    return isUnknown(fits) ? beside(fits, chosen) : chosen();
  }
  return undefined;
}

/** All of them; the first that does not fit decides, also against one that is not known. */
function every<Item>(items: readonly Item[], test: (item: Item, index: number) => Truth): Truth {
  let open: Unknown | undefined;
  for (const [index, item] of items.entries()) {
    const result = test(item, index);
    if (result === false) return false;
    if (isUnknown(result)) open ??= result;
  }
  return open ?? true;
}

function matches(matching: Matching, pattern: ast.Pattern, value: Value): Truth {
  const { interpreter, frame, statement, bound } = matching;
  const at = locationOf(frame, statement.subject.span);
  switch (pattern.kind) {
    case 'ValuePattern': {
      const wanted = interpreter.evaluate(frame, pattern.value);
      // `None`, `True` and `False` themselves fit no equals: `case True` is not 1.
      const isItself = pattern.value.kind !== 'Attribute' && (wanted.kind === 'bool' || wanted.kind === 'none');
      return isItself && !isUnknown(value) && value.kind !== wanted.kind ? false : equalValues(wanted, value, interpreter, at);
    }
    case 'CapturePattern':
      if (pattern.name !== undefined) bound.push([pattern.name, value]);
      return true;
    case 'StarPattern': return true;
    case 'AsPattern': {
      const fits = matches(matching, pattern.pattern, value);
      if (fits !== false) bound.push([pattern.name, value]);
      return fits;
    }
    case 'OrPattern': return matchesAny(matching, pattern.alternatives, value);
    case 'SequencePattern': {
      if (isUnknown(value)) return every(pattern.elements, element => matches(matching, element, value)) === false ? false : value;
      if (value.kind !== 'list' && value.kind !== 'tuple') return false;
      return (value.kind === 'list' ? value.doubtfulLength : undefined) ?? matchesSequence(matching, pattern.elements, value.items);
    }
    case 'MappingPattern': return matchesMapping(matching, pattern, value);
    case 'ClassPattern': {
      const cls = interpreter.evaluate(frame, pattern.type);
      if (isUnknown(cls)) return cls;
      const isOne = cls.kind === 'class' && isInstance(interpreter, value, cls, at);
      if (isOne === false) return false;
      const names = findAttribute(interpreter, cls, '__match_args__', at);
      const order = names?.kind === 'tuple' ? names.items.map(item => (item.kind === 'str' ? item.value : '')) : [];
      const fields = [...pattern.positional.map((inner, i) => ({ name: order[i] ?? '', value: inner })), ...pattern.keyword];
      const fit = every(fields, field => {
        const item = field.name === '' || isUnknown(value) ? value : findAttribute(interpreter, value, field.name, at);
        return item !== undefined && matches(matching, field.value, item);
      });
      return fit === true ? isOne : fit;
    }
  }
}

/** The first that fits binds; where it is not known which does, what the names hold is not known either. */
function matchesAny(matching: Matching, alternatives: readonly ast.Pattern[], value: Value): Truth {
  const names = new Set<string>();
  let open: Unknown | undefined;
  let fits: Truth = false;
  for (const alternative of alternatives) {
    const own: Matching = { ...matching, bound: [] };
    fits = matches(own, alternative, value);
    if (fits === true && !open) matching.bound.push(...own.bound);
    if (fits !== false) for (const [name] of own.bound) names.add(name);
    if (fits === true) break;
    if (isUnknown(fits)) open ??= fits;
  }
  for (const name of open ? names : []) matching.bound.push([name, open as Unknown]);
  return fits === true ? true : open ?? false;
}

function matchesMapping(matching: Matching, pattern: Extract<ast.Pattern, { kind: 'MappingPattern' }>, value: Value): Truth {
  const { interpreter, frame, bound } = matching;
  if (isUnknown(value)) {
    for (const { value: inner } of pattern.entries) matches(matching, inner, value);
    if (pattern.rest !== undefined) bound.push([pattern.rest, value]);
    return value;
  }
  if (value.kind !== 'dict') return false;
  const rest = dict([...value.entries.values()].map(entry => [entry.key, entry.value] as const));
  const fits = every(pattern.entries, ({ key, value: inner }) => {
    const item = dictGet(value, interpreter.evaluate(frame, key));
    if (item === undefined) return keysInDoubt(value) ?? false;
    for (const [name, entry] of [...rest.entries]) if (entry.value === item) interpreter.heap.deleteHashed(rest, name);
    const fits = matches(matching, inner, item);
    return fits === true ? keysInDoubt(value) ?? true : fits;
  });
  if (pattern.rest !== undefined) bound.push([pattern.rest, rest]);
  return fits;
}

function matchesSequence(matching: Matching, patterns: readonly ast.Pattern[], items: readonly Value[]): Truth {
  const star = patterns.findIndex(pattern => pattern.kind === 'StarPattern');
  const after = star < 0 ? 0 : patterns.length - star - 1;
  if (star < 0 ? patterns.length !== items.length : items.length < star + after) return false;
  const starred = patterns[star];
  if (starred?.kind === 'StarPattern' && starred.name !== undefined) matching.bound.push([starred.name, list(items.slice(star, items.length - after))]);
  return every(patterns.filter(pattern => pattern !== starred), (pattern, index) => {
    const item = items[star >= 0 && index >= star ? items.length - after + index - star : index];
    return item !== undefined && matches(matching, pattern, item);
  });
}
