/** `list[int]`, `Optional[Net]`: a subscripted type, kept as an object that calls and subclasses as its origin. */
import { isUnknown } from '../../../base/unknown';
import { none, str, tuple, type ClassValue, type InstanceValue, type Value } from '../values';
import { registerClass, registered } from './class-of';
import { instanceOf, nativeClass, raw } from './native';
import { objectClass } from './object';
import { reprOf } from './text';

const originOf = (self: Value): Value => (self.kind === 'instance' && self.attributes.get('__origin__')) || none;

export const aliasClass: ClassValue = registerClass('GenericAlias', nativeClass('types.GenericAlias', [objectClass], [
  ['__call__', raw('GenericAlias.__call__', (args, interpreter) => interpreter.call(originOf(args.positional[0] ?? none), { ...args, positional: args.positional.slice(1) }), true)],
  ['__getitem__', raw('GenericAlias.__getitem__', ({ positional: [self = none, key = none] }) => aliasOf(originOf(self), key), true)],
  ['__mro_entries__', raw('GenericAlias.__mro_entries__', ({ positional: [self = none] }) => tuple([originOf(self)]), true)],
  ['__or__', raw('GenericAlias.__or__', ({ positional: [a = none, b = none] }) => unionOf([a, b]), true)],
  ['__ror__', raw('GenericAlias.__ror__', ({ positional: [a = none, b = none] }) => unionOf([b, a]), true)],
  ['__getattr__', raw('GenericAlias.__getattr__', ({ positional: [self = none, name = none], at }, interpreter) => {
    const origin = originOf(self);
    return name.kind === 'str' && !name.value.startsWith('__') && origin.kind === 'class'
      ? (interpreter.findAttribute(origin, name.value, at) ?? { kind: 'notimplemented' })
      : { kind: 'notimplemented' };
  }, true)],
  ['__repr__', raw('GenericAlias.__repr__', ({ positional: [self = none], at }, interpreter) => {
    const origin = originOf(self);
    const args = self.kind === 'instance' ? self.attributes.get('__args__') : undefined;
    const texts = (args?.kind === 'tuple' ? args.items : []).map(item => (item.kind === 'class' ? item.name : item.kind === 'ellipsis' ? '...' : reprOf(item, interpreter, at)));
    return texts.find(isUnknown) ?? str(`${origin.kind === 'class' ? origin.name : 'Any'}[${texts.join(', ')}]`);
  }, true)],
]));

/** `int | None`: its parts, and itself as its origin. */
export const unionClass: ClassValue = registerClass('UnionType', nativeClass('types.UnionType', [objectClass], [
  ['__or__', raw('UnionType.__or__', ({ positional: [a = none, b = none] }) => unionOf([a, b]), true)],
  ['__ror__', raw('UnionType.__ror__', ({ positional: [a = none, b = none] }) => unionOf([b, a]), true)],
  ['__repr__', raw('UnionType.__repr__', ({ positional: [self = none], at }, interpreter) => {
    const texts = partsOf(self).map(part => (part.kind === 'class' ? (part.name === 'NoneType' ? 'None' : part.name) : reprOf(part, interpreter, at)));
    return texts.find(isUnknown) ?? str(texts.join(' | '));
  }, true)],
]));

/** The types that a union is of; of any other type itself. */
export function partsOf(type: Value): readonly Value[] {
  const parts = type.kind === 'instance' ? type.attributes.get('__union__') : undefined;
  return parts?.kind === 'tuple' ? parts.items : [type.kind === 'none' ? registered('NoneType') : type];
}

/** The union of types that `|` makes. */
export function unionOf(options: readonly Value[]): Value {
  const parts = [...new Set(options.flatMap(partsOf))];
  const [first] = parts;
  return parts.length === 1 && first ? first : instanceOf(unionClass, [['__origin__', unionClass], ['__args__', tuple(parts)], ['__union__', tuple(parts)]]);
}

export function aliasOf(origin: Value, key: Value, name?: string, more: readonly (readonly [string, Value])[] = []): InstanceValue {
  return instanceOf(aliasClass, [['__origin__', origin], ['__args__', key.kind === 'tuple' ? key : tuple([key])], ...(name ? [['_name', str(name)] as const] : []), ...more]);
}
