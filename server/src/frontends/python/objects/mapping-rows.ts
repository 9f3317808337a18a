/** What `Mapping` and `MutableMapping` give a class that defines item access and iteration. */
import type { Location } from '../../../base/span';
import { isUnknown } from '../../../base/unknown';
import { className, PythonError } from './python-error';
import type { Interpreter } from '../interpreter';
import { bool, dict, none, notImplemented, tuple, type Value } from '../values';
import { m, raw, withItems } from './native';

/** `self[key]`; undefined when that raises a KeyError. */
function item(self: Value, key: Value, interpreter: Interpreter, at: Location): Value | undefined {
  try {
    return interpreter.callMethod(self, '__getitem__', [key], at);
  } catch (error) {
    if (error instanceof PythonError && className(error) === 'KeyError') return undefined;
    throw error;
  }
}

/** The mapping as a dict, in its own order. */
function asDict(self: Value, interpreter: Interpreter, at: Location): Value {
  return withItems(self, interpreter, at, keys => dict(keys.map(key => [key, interpreter.callMethod(self, '__getitem__', [key], at)] as const)));
}

const view = (name: string) => m(`Mapping.${name}(self)` as 'Mapping.view(self)', (p, interpreter, { at }) => {
  const held = asDict(p.self, interpreter, at);
  return isUnknown(held) ? held : interpreter.callMethod(held, name, [], at);
});

export const mappingRows: readonly (readonly [string, Value])[] = [
  m('Mapping.get(self, key, default=None)', (p, interpreter, { at }) => item(p.self, p.key, interpreter, at) ?? p.default),
  m('Mapping.__contains__(self, key)', (p, interpreter, { at }) => bool(item(p.self, p.key, interpreter, at) !== undefined)),
  view('keys'), view('items'), view('values'),
  m('Mapping.__eq__(self, other)', (p, interpreter, { at }) => {
    const other = p.other.kind === 'dict' ? p.other : p.other.kind === 'instance' && interpreter.lookupClass(p.other.cls, '__getitem__') ? asDict(p.other, interpreter, at) : undefined;
    return other ? interpreter.callWith(interpreter.libraryValue('operator.eq'), [asDict(p.self, interpreter, at), other], at) : notImplemented;
  }),
];

export const mutableMappingRows: readonly (readonly [string, Value])[] = [
  ['pop', raw('MutableMapping.pop', ({ positional: [self = none, key = none, fallback], at }, interpreter) => {
    const found = item(self, key, interpreter, at);
    if (!found) return fallback ?? interpreter.callMethod(self, '__getitem__', [key], at);
    interpreter.callMethod(self, '__delitem__', [key], at);
    return found;
  }, true)],
  m('MutableMapping.popitem(self)', (p, interpreter, { at }) => withItems(p.self, interpreter, at, ([key]) => {
    if (!key) return interpreter.raise('KeyError', '', at);
    const found = interpreter.callMethod(p.self, '__getitem__', [key], at);
    interpreter.callMethod(p.self, '__delitem__', [key], at);
    return tuple([key, found]);
  })),
  m('MutableMapping.clear(self)', (p, interpreter, { at }) => withItems(p.self, interpreter, at, keys => {
    for (const key of keys) interpreter.callMethod(p.self, '__delitem__', [key], at);
    return none;
  })),
  m('MutableMapping.setdefault(self, key, default=None)', (p, interpreter, { at }) => {
    const found = item(p.self, p.key, interpreter, at);
    if (!found) interpreter.callMethod(p.self, '__setitem__', [p.key, p.default], at);
    return found ?? p.default;
  }),
  ['update', raw('MutableMapping.update', ({ positional: [self = none, ...others], keywords, at }, interpreter) => {
    const given = interpreter.call(interpreter.libraryValue('builtins.dict'), { positional: others, keywords, at });
    if (given.kind === 'dict') for (const { key, value } of given.entries.values()) interpreter.callMethod(self, '__setitem__', [key, value], at);
    return isUnknown(given) ? given : none;
  }, true)],
];
