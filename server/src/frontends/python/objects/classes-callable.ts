/** `property`, `staticmethod`, `classmethod`, and the classes of functions, `None` and `...`. */
import { bool, none, type CallArguments, type ClassValue, type Value } from '../values';
import { registerClass } from './class-of';
import { instanceOf, nativeClass, raw } from './native';
import { objectClass } from './object';

const keyword = (args: CallArguments, name: string): Value | undefined => args.keywords.find(([key]) => key === name)?.[1];

export const propertyClass = registerClass('property', nativeClass('builtins.property', [objectClass], [
  ['__get__', raw('property.__get__', ({ positional: [self = none, instance = none], at }, interpreter) =>
    (self.kind === 'instance' && self.payload?.kind === 'property' && self.payload.get ? interpreter.callWith(self.payload.get, [instance], at) : self), true)],
], {
  allocate: (cls, args) => {
    const [get = keyword(args, 'fget'), set = keyword(args, 'fset')] = args.positional;
    const made: Value = { kind: 'property', get: get?.kind === 'none' ? undefined : get, set: set?.kind === 'none' ? undefined : set, cached: false };
    return cls === propertyClass ? made : instanceOf(cls, [['fget', get ?? none], ['fset', set ?? none]], made);
  },
}));

const wrapper = (kind: 'staticmethod' | 'classmethod'): ClassValue => {
  const cls = registerClass(kind, nativeClass(`builtins.${kind}`, [objectClass], [], {
    allocate: (made, args) => (made === cls ? {
      kind, callee: args.positional[0] ?? none,
    } : instanceOf(made, [['__func__', args.positional[0] ?? none]], { kind, callee: args.positional[0] ?? none })),
  }));
  return cls;
};

const kinds: Readonly<Record<string, string>> = {
  NoneType: 'builtins.NoneType', ellipsis: 'builtins.ellipsis', NotImplementedType: 'builtins.NotImplementedType',
  function: 'builtins.function', super: 'builtins.super', builtin_function_or_method: 'builtins.builtin_function_or_method',
};
for (const [kind, name] of Object.entries(kinds)) {
  registerClass(kind, nativeClass(name, [objectClass], kind === 'function' || kind === 'builtin_function_or_method'
    ? [['__call__', raw(`${kind}.__call__`, (args, interpreter) => interpreter.call(args.positional[0] ?? none, { ...args, positional: args.positional.slice(1) }), true)]]
    : kind === 'NoneType' ? [['__bool__', raw('NoneType.__bool__', () => bool(false), true)]] : []));
}

export const staticmethodClass = wrapper('staticmethod');
export const classmethodClass = wrapper('classmethod');
