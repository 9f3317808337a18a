/** `copy`: shallow and deep. What a framework keeps in its values it copies itself. */
import type { Location } from '../../../base/span';
import { isUnknown } from '../../../base/unknown';
import type { Interpreter } from '../interpreter';
import { entry, fn, type LibraryEntry } from '../library';
import { dict, dictGet, identityOf, int, list, namesOf, none, set, tuple, type DictValue, type InstanceValue, type Value } from '../values';
import { copyDict, emptyLike } from '../objects/classes';
import { birth, Cells } from '../heap/cells';
import { raw } from '../objects/native';
import { likeTensor } from '../tensor-value';

/** `(value, memo, interpreter, at)`; kept in `frameworkState` under this name by a framework whose values have state of their own. */
export type DeepCopyNative = (value: Value, memo: DictValue, interpreter: Interpreter, at: Location) => Value | undefined;
const hook = 'deepcopy-native';

function nativeCopy(value: Value, memo: DictValue, interpreter: Interpreter, at: Location): Value | undefined {
  const copier = interpreter.frameworkState.get(hook);
  return typeof copier === 'function' ? (copier as DeepCopyNative)(value, memo, interpreter, at) : undefined;
}

function shallow(value: Value, interpreter: Interpreter, at: Location): Value {
  switch (value.kind) {
    case 'list': return list([...value.items]);
    case 'dict': return copyDict(value);
    case 'set': return value.frozen ? value : { ...value, entries: new Cells(value.entries) };
    case 'tensor': {
      const method = interpreter.findAttribute(value, 'clone', at);
      return method && !isUnknown(method) ? interpreter.callWith(method, [], at) : likeTensor(value);
    }
    case 'instance': {
      const method = interpreter.lookupClass(value.cls, '__copy__');
      if (method) return interpreter.callWith(method, [value], at);
      if (isEnumMember(value)) return value;
      const remade = remake(value, item => item, interpreter, at);
      if (remade) return remade;
      const payload = value.payload && shallow(value.payload, interpreter, at);
      return { ...value, attributes: new Cells(value.attributes), born: birth(), ...(payload ? { payload } : {}) };
    }
    default: return value;
  }
}

const isEnumMember = (value: InstanceValue): boolean => value.attributes.has('_value_') && value.attributes.has('_name_');

export function deepCopy(value: Value, memo: DictValue, interpreter: Interpreter, at: Location): Value {
  interpreter.budget.step();
  switch (value.kind) {
    case 'list': case 'dict': case 'set': case 'tuple': case 'instance': case 'tensor': case 'method': break;
    default: return value;
  }
  const key = int(identityOf(value));
  const known = dictGet(memo, key);
  if (known) return known;
  const remember = <V extends Value>(made: V): V => {
    interpreter.heap.setEntry(memo, key, made);
    return made;
  };
  const inside = (item: Value) => deepCopy(item, memo, interpreter, at);
  interpreter.budget.enter();
  try {
    switch (value.kind) {
      case 'list': {
        const made = remember(list([]));
        for (const item of value.items) interpreter.heap.push(made, inside(item));
        return made;
      }
      case 'dict': {
        const made = remember(emptyLike(value));
        for (const entry of value.entries.values()) interpreter.heap.setEntry(made, inside(entry.key), inside(entry.value));
        return made;
      }
      case 'set': return remember(set([...value.entries.values()].map(inside), value.frozen));
      case 'tuple': {
        const items = value.items.map(inside);
        return items.every((item, i) => item === value.items[i]) ? value : remember(tuple(items, value.cls));
      }
      case 'method': return remember({ ...value, self: inside(value.self) });
      case 'tensor': return remember(nativeCopy(value, memo, interpreter, at) ?? ownMethod(value, memo, interpreter, at) ?? likeTensor(value));
      default: break;
    }
    const method = interpreter.lookupClass(value.cls, '__deepcopy__');
    if (method) return remember(interpreter.callWith(method, [value, memo], at));
    if (isEnumMember(value)) return value;
    const framework = value.native ? nativeCopy(value, memo, interpreter, at) : undefined;
    if (framework) return remember(framework);
    const remade = remake(value, inside, interpreter, at);
    if (remade) return remember(remade);
    const made = remember<InstanceValue>({ ...value, attributes: namesOf(), born: birth() });
    if (value.payload) interpreter.heap.write(made, 'payload', inside(value.payload));
    for (const [name, item] of value.attributes) interpreter.heap.set(made.attributes, name, inside(item));
    return made;
  } finally {
    interpreter.budget.leave();
  }
}

const stateMethods = ['__reduce_ex__', '__reduce__', '__getstate__', '__setstate__'];

/** A copy of an object whose class says itself how it is taken apart and put together; undefined: it does not. */
function remake(value: InstanceValue, copied: (item: Value) => Value, interpreter: Interpreter, at: Location): Value | undefined {
  if (!stateMethods.some(name => interpreter.lookupClass(value.cls, name)?.kind === 'function')) return undefined;
  const parts = interpreter.callMethod(value, '__reduce_ex__', [int(4)], at);
  if (parts.kind !== 'tuple') return isUnknown(parts) ? parts : undefined;
  const [maker = none, given, state = none] = parts.items;
  const made = interpreter.callWith(maker, given?.kind === 'tuple' ? given.items.map(copied) : [], at);
  if (state.kind === 'none') return made;
  const restore = made.kind === 'instance' ? interpreter.lookupClass(made.cls, '__setstate__') : undefined;
  const copiedState = copied(state);
  if (restore) interpreter.callWith(restore, [made, copiedState], at);
  else if (copiedState.kind === 'dict' && made.kind === 'instance') {
    for (const { key, value: item } of copiedState.entries.values()) if (key.kind === 'str') interpreter.heap.set(made.attributes, key.value, item);
  }
  return made;
}

function ownMethod(value: Value, memo: DictValue, interpreter: Interpreter, at: Location): Value | undefined {
  const method = interpreter.findAttribute(value, '__deepcopy__', at);
  return method && !isUnknown(method) ? interpreter.callWith(method, [memo], at) : undefined;
}

export const copyEntries: readonly LibraryEntry[] = [
  fn('copy.copy(x)', (p, interpreter, { at }) => shallow(p.x, interpreter, at)),
  fn('copy.deepcopy(x, memo=None)', (p, interpreter, { at }) => deepCopy(p.x, p.memo.kind === 'dict' ? p.memo : dict(), interpreter, at)),
  fn('copy.replace(obj, /, **changes)', (p, interpreter, { at }) => interpreter.call(interpreter.libraryValue('dataclasses.replace'), {
    positional: [p.obj],
    keywords: p.changes.kind === 'dict' ? [...p.changes.entries.values()].map(({ key, value }) => [key.kind === 'str' ? key.value : '', value] as const) : [],
    at,
  })),
  entry('copy.Error', interpreter => interpreter.libraryValue('builtins.Exception')),
  fn('copyreg.pickle(type, function, constructor=None)', p => p.type),
  fn('copyreg._reconstructor(cls, base, state)', (p, interpreter, { at }) => interpreter.callWith(interpreter.attribute(p.cls, '__new__', at), [p.cls], at)),
  entry('copyreg.__newobj__', () => raw('copyreg.__newobj__', ({ positional: [cls = none, ...rest], at }, interpreter) =>
    interpreter.callWith(interpreter.attribute(cls, '__new__', at), [cls, ...rest], at))),
];
