/** Binding a value to a target: names, attributes, subscripts, and unpacking with a star. */
import type { Location } from '../../../base/span';
import { isUnknown, unknown } from '../../../base/unknown';
import type { Frame } from '../environment';
import type { Interpreter } from '../interpreter';
import { deleteSequenceIndex, setSequenceIndex } from '../objects/operators';
import type * as ast from '../syntax/ast';
import { list, none, type Value } from '../values';
import { deleteAttribute, lookupClass, setAttribute } from './attributes';
import { UnknownIteration } from '../objects/python-error';
import { locationOf } from './location';
import { deleteName, writeName } from './names';
import { toEither } from './one-of';

export function assign(interpreter: Interpreter, frame: Frame, target: ast.Expression, value: Value): void {
  switch (target.kind) {
    case 'Name': writeName(interpreter, frame, target.id, value); return;
    case 'Attribute': setAttribute(interpreter, interpreter.evaluate(frame, target.object), target.name, value, locationOf(frame, target.span)); return;
    case 'Subscript': setItem(interpreter, interpreter.evaluate(frame, target.object), interpreter.evaluate(frame, target.index), value, locationOf(frame, target.span)); return;
    case 'Tuple': case 'List': unpack(interpreter, frame, target.elements, value, target); return;
    case 'Starred': assign(interpreter, frame, target.value, value); return;
    default: return;
  }
}

function setItem(interpreter: Interpreter, object: Value, key: Value, value: Value, at: Location): void {
  switch (object.kind) {
    case 'unknown': toEither(interpreter, object, at, candidate => { setItem(interpreter, candidate, key, value, at); return none; }); return;
    case 'tensor': interpreter.tensors.setIndex(object, key, value, interpreter, at); return;
    case 'instance': {
      const method = lookupClass(object.cls, '__setitem__');
      if (method) interpreter.callWith(method, [object, key, value], at);
      else if (object.payload) setSequenceIndex(object.payload, key, value, interpreter, at);
      else if (!object.cls.mro.some(ancestor => ancestor.unknownBase)) interpreter.raise('TypeError', `'${object.cls.name}' object does not support item assignment`, at);
      return;
    }
    default: setSequenceIndex(object, key, value, interpreter, at);
  }
}

function unpack(interpreter: Interpreter, frame: Frame, targets: readonly ast.Expression[], value: Value, node: ast.Expression): void {
  const at = locationOf(frame, node.span);
  if (isUnknown(value)) {
    for (const target of targets) assign(interpreter, frame, target, target.kind === 'Starred' ? unknown(value.reason, value.at) : value);
    return;
  }
  let items: Value[];
  try {
    items = [];
    for (const item of interpreter.iterate(value, at)) {
      items.push(item);
      if (items.length > 100_000) break;
    }
  } catch (error) {
    if (!(error instanceof UnknownIteration)) throw error;
    const parts = value.kind === 'tensor' ? interpreter.tensors.partsOf?.(value, targets.length, interpreter, at) : undefined;
    targets.forEach((target, i) => { assign(interpreter, frame, target, parts?.[i] ?? error.unknown); });
    return;
  }
  const star = targets.findIndex(target => target.kind === 'Starred');
  const enough = star < 0 ? items.length === targets.length : items.length >= targets.length - 1;
  if (!enough) {
    const expected = star < 0 ? targets.length : `at least ${targets.length - 1}`;
    interpreter.raise('ValueError', items.length > targets.length ? `too many values to unpack (expected ${expected})` : `not enough values to unpack (expected ${expected}, got ${items.length})`, at);
  }
  const after = star < 0 ? 0 : targets.length - star - 1;
  targets.forEach((target, i) => {
    if (star < 0 || i < star) assign(interpreter, frame, target, items[i] as Value);
    else if (i === star) assign(interpreter, frame, target, list(items.slice(star, items.length - after)));
    else assign(interpreter, frame, target, items[items.length - targets.length + i] as Value);
  });
}

export function deleteTarget(interpreter: Interpreter, frame: Frame, target: ast.Expression): void {
  const at = locationOf(frame, target.span);
  switch (target.kind) {
    case 'Name': deleteName(interpreter, frame, target.id); return;
    case 'Attribute': deleteAttribute(interpreter, interpreter.evaluate(frame, target.object), target.name, at); return;
    case 'Subscript': deleteItem(interpreter, interpreter.evaluate(frame, target.object), interpreter.evaluate(frame, target.index), at); return;
    case 'Tuple': case 'List': for (const element of target.elements) deleteTarget(interpreter, frame, element); return;
    default: return;
  }
}

function deleteItem(interpreter: Interpreter, object: Value, key: Value, at: Location): void {
  if (isUnknown(object)) {
    toEither(interpreter, object, at, candidate => { deleteItem(interpreter, candidate, key, at); return none; });
    return;
  }
  const method = object.kind === 'instance' ? lookupClass(object.cls, '__delitem__') : undefined;
  if (method) interpreter.callWith(method, [object, key], at);
  else deleteSequenceIndex(object.kind === 'instance' && object.payload ? object.payload : object, key, interpreter, at);
}
