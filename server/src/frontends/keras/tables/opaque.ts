/** Rows for what has no part in a forward pass: classes that keep what they are given, calls without effect or with a result that nobody reads. */
import { unknown } from '../../../base/unknown';
import { entry, type LibraryEntry } from '../../python/library';
import { raw } from '../../python/objects/native';
import { cls, rawMethod } from '../../python/objects/native-class';
import { dictOfNames, none, str, type Value } from '../../python/values';

/** What a call of an instance gives. */
export type Answer = Parameters<typeof rawMethod>[1];

/** A class whose instances keep what they are given and answer every method with nothing. */
export function inertClass(name: string, base?: string, methods: readonly string[] = [], answer?: Answer): LibraryEntry {
  return cls(name, {
    ...(base === undefined ? {} : { bases: [base] }),
    attributes: [
      rawMethod('__init__', (self, args, interpreter) => {
        for (const [key, value] of args.keywords) interpreter.heap.set(self.attributes, key, value);
        if (!self.attributes.has('name')) interpreter.heap.set(self.attributes, 'name', str(self.cls.name.toLowerCase()));
        return none;
      }),
      ...methods.map(method => rawMethod(method, () => none)),
      ...(answer ? [rawMethod('__call__', answer)] : []),
      rawMethod('get_config', self => dictOfNames([...self.attributes].filter(([key]) => key !== 'name'))),
      ['from_config', { kind: 'classmethod', callee: raw('from_config', ({ positional: [cls = none, config], at }, interpreter) => {
        const keywords = config?.kind === 'dict' ? [...config.entries.values()].flatMap(({ key, value }) => (key.kind === 'str' ? [[key.value, value] as const] : [])) : [];
        return interpreter.call(cls, { positional: [], keywords, at });
      }) }],
    ],
  });
}

export function inertClasses(module: string, base: string, names: string, methods: readonly string[] = [], answer?: Answer): LibraryEntry[] {
  return [inertClass(`${module}.${base}`, undefined, methods, answer), ...names.split(' ').map(name => inertClass(`${module}.${name}`, `${module}.${base}`))];
}

/** A function whose result nobody in a forward pass reads. */
export function opaque(name: string, reason = `what \`${name}\` gives is not known`): LibraryEntry {
  return entry(name, () => raw(name, args => unknown(reason, args.at)));
}

export function silent(name: string, result: Value = none): LibraryEntry {
  return entry(name, () => raw(name, () => result));
}

/** A decorator with or without arguments that changes nothing. */
export function decorator(name: string): LibraryEntry {
  return entry(name, () => raw(name, ({ positional: [first] }) => (first?.kind === 'function' || first?.kind === 'class' ? first : raw(name, ({ positional: [inner] }) => inner ?? none))));
}
