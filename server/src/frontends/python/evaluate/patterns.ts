/** `match` statements. */
import { isUnknown } from '../../../base/unknown';
import type { Frame } from '../environment';
import type { Completion, Interpreter } from '../interpreter';
import { equalValues } from '../objects/operators';
import type * as ast from '../syntax/ast';
import { dict, dictGet, list, type Value } from '../values';
import { findAttribute } from './attributes';
import { isInstance } from './classes';
import { locationOf } from './location';
import { writeName } from './names';

export function runMatch(interpreter: Interpreter, frame: Frame, statement: ast.Match): Completion {
  const subject = interpreter.evaluate(frame, statement.subject);
  const at = locationOf(frame, statement.subject.span);
  if (isUnknown(subject)) {
    interpreter.gap(subject.reason, at);
    return undefined;
  }
  for (const { pattern, guard, body } of statement.cases) {
    if (!matches(interpreter, frame, pattern, subject, statement)) continue;
    if (guard && interpreter.truth(interpreter.evaluate(frame, guard), at) !== true) continue;
    return interpreter.runBlock(frame, body);
  }
  return undefined;
}

function matches(interpreter: Interpreter, frame: Frame, pattern: ast.Pattern, value: Value, node: ast.Match): boolean {
  const at = locationOf(frame, node.subject.span);
  switch (pattern.kind) {
    case 'ValuePattern': return equalValues(interpreter.evaluate(frame, pattern.value), value, interpreter, at) === true;
    case 'CapturePattern':
      if (pattern.name !== undefined) writeName(interpreter, frame, pattern.name, value);
      return true;
    case 'StarPattern': return true;
    case 'AsPattern': {
      if (!matches(interpreter, frame, pattern.pattern, value, node)) return false;
      writeName(interpreter, frame, pattern.name, value);
      return true;
    }
    case 'OrPattern': return pattern.alternatives.some(alternative => matches(interpreter, frame, alternative, value, node));
    case 'SequencePattern': return (value.kind === 'list' || value.kind === 'tuple') && matchesSequence(interpreter, frame, pattern.elements, value.items, node);
    case 'MappingPattern': {
      if (value.kind !== 'dict') return false;
      const rest = dict([...value.entries.values()].map(entry => [entry.key, entry.value] as const));
      for (const { key, value: inner } of pattern.entries) {
        const hashed = interpreter.evaluate(frame, key);
        const item = dictGet(value, hashed);
        if (item === undefined || !matches(interpreter, frame, inner, item, node)) return false;
        for (const [name, entry] of [...rest.entries]) if (entry.value === item) interpreter.heap.deleteHashed(rest, name);
      }
      if (pattern.rest !== undefined) writeName(interpreter, frame, pattern.rest, rest);
      return true;
    }
    case 'ClassPattern': {
      const cls = interpreter.evaluate(frame, pattern.type);
      if (cls.kind !== 'class' || isInstance(interpreter, value, cls, at) !== true) return false;
      const names = findAttribute(interpreter, cls, '__match_args__', at);
      const order = names?.kind === 'tuple' ? names.items.map(item => (item.kind === 'str' ? item.value : '')) : [];
      const fields = [...pattern.positional.map((inner, i) => ({ name: order[i] ?? '', value: inner })), ...pattern.keyword];
      return fields.every(field => {
        const item = field.name === '' ? value : findAttribute(interpreter, value, field.name, at);
        return item !== undefined && matches(interpreter, frame, field.value, item, node);
      });
    }
  }
}

function matchesSequence(interpreter: Interpreter, frame: Frame, patterns: readonly ast.Pattern[], items: readonly Value[], node: ast.Match): boolean {
  const star = patterns.findIndex(pattern => pattern.kind === 'StarPattern');
  if (star < 0) return patterns.length === items.length && patterns.every((pattern, i) => matchesAt(interpreter, frame, pattern, items[i], node));
  const after = patterns.length - star - 1;
  if (items.length < star + after) return false;
  const starred = patterns[star];
  if (starred?.kind === 'StarPattern' && starred.name !== undefined) writeName(interpreter, frame, starred.name, list(items.slice(star, items.length - after)));
  return patterns.slice(0, star).every((pattern, i) => matchesAt(interpreter, frame, pattern, items[i], node))
    && patterns.slice(star + 1).every((pattern, i) => matchesAt(interpreter, frame, pattern, items[items.length - after + i], node));
}

function matchesAt(interpreter: Interpreter, frame: Frame, pattern: ast.Pattern, item: Value | undefined, node: ast.Match): boolean {
  return item !== undefined && matches(interpreter, frame, pattern, item, node);
}
