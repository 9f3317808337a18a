/** `operator`, `functools`, `itertools`, `bisect`, `heapq`. */
import type { Location } from '../../../base/span';
import { isUnknown } from '../../../base/unknown';
import { numberOf } from '../convert';
import type { Interpreter } from '../interpreter';
import { alias, entry, fn, type LibraryEntry } from '../library';
import type { BinaryOperator, CompareOperator } from '../syntax/ast';
import {
  unrolling, running, stepping, type IteratorValue, bool, dictOfNames, hashKey, instance, int, iterator, list, none, str, tuple,
  type CallArguments, type NativeState, type Value,
} from '../values';
import { birth, Memo, type CellMap } from '../heap/cells';
import { knownIterOf, iterOf, nextOf } from '../objects/iteration';
import { iteratorType } from '../objects/classes';
import { collect, extendClass, instanceOf, m, nativeClass, raw, withItems } from '../objects/native';
import { namedResult } from '../objects/named-result';
import { objectClass } from '../objects/object';
import { compareAny, containsValue, equalValues, lessThan, operate } from '../objects/operators';
import { reprOf } from '../objects/text';

// ——— operator ———

const binaryNames: Readonly<Record<string, BinaryOperator>> = {
  add: '+', sub: '-', mul: '*', truediv: '/', floordiv: '//', mod: '%', pow: '**', matmul: '@', and_: '&', or_: '|', xor: '^', lshift: '<<', rshift: '>>',
  iadd: '+', isub: '-', imul: '*', itruediv: '/', ifloordiv: '//', imod: '%', ipow: '**', imatmul: '@', iand: '&', ior: '|', ixor: '^', concat: '+',
};
const compareNames: Readonly<Record<string, CompareOperator>> = { eq: '==', ne: '!=', lt: '<', le: '<=', gt: '>', ge: '>=', is_: 'is', is_not: 'is not' };

/** `itemgetter(…)` and its kin: objects that remember how to look. */
function getter(name: string, look: (subject: Value, key: Value, interpreter: Interpreter, at: Location) => Value): LibraryEntry {
  const cls = nativeClass(`operator.${name}`, [objectClass], [
    ['__call__', raw(`${name}.__call__`, ({ positional: [self = none, subject = none], at }, interpreter) => {
      const keys = self.kind === 'instance' ? self.attributes.get('_keys') : undefined;
      const found = (keys?.kind === 'tuple' ? keys.items : []).map(key => look(subject, key, interpreter, at));
      return found.length === 1 && found[0] ? found[0] : tuple(found);
    }, true)],
  ], { allocate: (made, args) => instanceOf(made, [['_keys', tuple(args.positional)]]) });
  return entry(`operator.${name}`, () => cls);
}

function subscript(subject: Value, key: Value, interpreter: Interpreter, at: Location): Value {
  if (subject.kind === 'tensor') return interpreter.tensors.index(subject, key, interpreter, at);
  return interpreter.callMethod(subject, '__getitem__', [key], at);
}

const methodCaller = nativeClass('operator.methodcaller', [objectClass], [
  ['__call__', raw('methodcaller.__call__', ({ positional: [self = none, subject = none], at }, interpreter) => {
    if (self.kind !== 'instance') return none;
    const [name = none, args = none, keywords = none] = ['name', 'args', 'keywords'].map(key => self.attributes.get(key) ?? none);
    if (name.kind !== 'str') return none;
    return interpreter.call(interpreter.attribute(subject, name.value, at), {
      positional: args.kind === 'tuple' ? args.items : [], keywords: namesOf(keywords), at,
    });
  }, true)],
], { allocate: (cls, args) => instanceOf(cls, [['name', args.positional[0] ?? none], ['args', tuple(args.positional.slice(1))], ['keywords', dictOfNames(args.keywords)]]) });

function namesOf(value: Value): (readonly [string, Value])[] {
  return value.kind === 'dict' ? [...value.entries.values()].flatMap(entry => (entry.key.kind === 'str' ? [[entry.key.value, entry.value] as const] : [])) : [];
}

const operatorEntries: readonly LibraryEntry[] = [
  ...Object.entries(binaryNames).map(([name, operator]) => fn(`operator.${name}(a, b, /)`, (p, interpreter, { at }) => operate(operator, p.a, p.b, interpreter, at))),
  ...Object.entries(compareNames).map(([name, operator]) => fn(`operator.${name}(a, b, /)`, (p, interpreter, { at }) => compareAny(operator, p.a, p.b, interpreter, at))),
  fn('operator.neg(a, /)', (p, interpreter, { at }) => (p.a.kind === 'tensor' ? interpreter.tensors.unary('-', p.a, interpreter, at) : interpreter.callMethod(p.a, '__neg__', [], at))),
  fn('operator.not_(a, /)', (p, interpreter, { at }) => truthValue(interpreter.truth(p.a, at), true)),
  fn('operator.truth(a, /)', (p, interpreter, { at }) => truthValue(interpreter.truth(p.a, at), false)),
  fn('operator.contains(a, b, /)', (p, interpreter, { at }) => {
    const result = containsValue(p.a, p.b, interpreter, at);
    return result === undefined ? interpreter.callMethod(p.a, '__contains__', [p.b], at) : truthValue(result, false);
  }),
  fn('operator.getitem(a, b, /)', (p, interpreter, { at }) => subscript(p.a, p.b, interpreter, at)),
  fn('operator.setitem(a, b, c, /)', (p, interpreter, { at }) => interpreter.callMethod(p.a, '__setitem__', [p.b, p.c], at)),
  fn('operator.delitem(a, b, /)', (p, interpreter, { at }) => interpreter.callMethod(p.a, '__delitem__', [p.b], at)),
  fn('operator.index(a, /)', (p, interpreter, { at }) => interpreter.callMethod(p.a, '__index__', [], at)),
  fn('operator.countOf(a, b, /)', (p, interpreter, { at }) => withItems(p.a, interpreter, at, items => int(items.filter(item => equalValues(item, p.b, interpreter, at) === true).length))),
  fn('operator.length_hint(a, default=0, /)', (p, interpreter, { at }) => interpreter.callWith(interpreter.libraryValue('builtins.len'), [p.a], at)),
  alias('operator.abs', 'builtins.abs'), alias('operator.inv', 'operator.neg'),
  getter('itemgetter', subscript),
  getter('attrgetter', (subject, key, interpreter, at) => (key.kind === 'str' ? key.value.split('.').reduce<Value>((value, name) => interpreter.attribute(value, name, at), subject) : none)),
  entry('operator.methodcaller', () => methodCaller),
];

function truthValue(result: boolean | Extract<Value, { kind: 'unknown' }>, negate: boolean): Value {
  return typeof result === 'boolean' ? bool(result !== negate) : result;
}

// ——— functools ———

const held = (self: Value, name: string): Value => (self.kind === 'instance' && self.attributes.get(name)) || none;
const itemsIn = (value: Value): readonly Value[] => (value.kind === 'tuple' ? value.items : []);

const partialClass = nativeClass('functools.partial', [objectClass], [
  ['__call__', raw('partial.__call__', (args, interpreter) => {
    const [self = none, ...rest] = args.positional;
    const bound = namesOf(held(self, 'keywords')).filter(([name]) => !args.keywords.some(([given]) => given === name));
    return interpreter.call(held(self, 'func'), {
      positional: [...itemsIn(held(self, 'args')), ...rest], keywords: [...bound, ...args.keywords], at: args.at,
      // Only what is written at this call has a place in the source.
      ...(args.node ? { node: args.node, implicit: itemsIn(held(self, 'args')).length } : {}),
    });
  }, true)],
  ['__repr__', raw('partial.__repr__', ({ positional: [self = none], at }, interpreter) => {
    const parts = [held(self, 'func'), ...itemsIn(held(self, 'args'))].map(value => reprOf(value, interpreter, at));
    const named = namesOf(held(self, 'keywords')).map(([name, value]) => {
      const text = reprOf(value, interpreter, at);
      return isUnknown(text) ? text : `${name}=${text}`;
    });
    const all = [...parts, ...named];
    return all.find(isUnknown) ?? str(`functools.partial(${all.join(', ')})`);
  }, true)],
], {
  allocate: (cls, args, interpreter) => {
    const [func, ...positional] = args.positional;
    if (!func) return interpreter.raise('TypeError', "type 'partial' takes at least one argument", args.at);
    if (isUnknown(func)) return func;
    const inner = func.kind === 'instance' && func.cls === partialClass ? func : undefined;
    const before = inner ? itemsIn(held(inner, 'args')) : [];
    const names = new Map([...(inner ? namesOf(held(inner, 'keywords')) : []), ...args.keywords]);
    return instanceOf(cls, [['func', inner ? held(inner, 'func') : func], ['args', tuple([...before, ...positional])], ['keywords', dictOfNames(names)]]);
  },
});

const doc = ['__module__', '__name__', '__qualname__', '__doc__', '__annotations__'];

/** `functools.update_wrapper`: the wrapper looks like what it wraps. */
function updateWrapper(wrapper: Value, wrapped: Value, interpreter: Interpreter, at: Location): Value {
  const target = wrapper.kind === 'function' || wrapper.kind === 'instance' ? wrapper.attributes : wrapper.kind === 'native' ? wrapper.attributes : undefined;
  if (!target) return wrapper;
  for (const name of doc) {
    const value = interpreter.findAttribute(wrapped, name, at);
    if (value) interpreter.heap.set(target, name, value);
  }
  if (wrapped.kind === 'function') for (const [name, value] of wrapped.attributes) interpreter.heap.set(target, name, value);
  interpreter.heap.set(target, '__wrapped__', wrapped);
  return wrapper;
}

interface Memory extends NativeState {
  readonly tag: 'memory';
  readonly memory: CellMap<string, Value>;
  /** As many results are kept, those used last; undefined: all. */
  readonly size: number | undefined;
  readonly hits: number;
  readonly misses: number;
}

function memoryOf(self: Value): Memory | undefined {
  return self.kind === 'instance' && self.native?.tag === 'memory' ? self.native as Memory : undefined;
}

/** What was worked out before moves to the end. */
function recall(self: Memory, key: string, interpreter: Interpreter): Value | undefined {
  const { memory, size, hits } = self;
  const known = memory.get(key);
  if (!known) return undefined;
  interpreter.heap.write(self, 'hits', hits + 1);
  if (size === undefined) return known;
  interpreter.heap.delete(memory, key);
  interpreter.heap.set(memory, key, known);
  return known;
}

function remember(self: Memory, key: string, value: Value, interpreter: Interpreter): void {
  const { memory, size, misses } = self;
  interpreter.heap.write(self, 'misses', misses + 1);
  if (size === 0) return;
  const [oldest] = memory.keys();
  if (size !== undefined && memory.size >= size && oldest !== undefined) interpreter.heap.delete(memory, oldest);
  interpreter.heap.set(memory, key, value);
}

/** Results that `@lru_cache` keeps. */
const mostRemembered = 128;

/** A function with a memory. */
const cacheClass = nativeClass('functools._lru_cache_wrapper', [objectClass], [
  ['__call__', raw('cache.__call__', (args, interpreter) => {
    const [self = none, ...positional] = args.positional;
    const memory = memoryOf(self);
    const callee = held(self, '__wrapped__');
    const run = () => interpreter.call(callee, { ...args, positional, implicit: (args.implicit ?? 1) - 1 });
    if (!memory || [...positional, ...args.keywords.map(([, value]) => value)].some(isUnknown)) return run();
    const key = [...positional.map(hashKey), ...args.keywords.map(([name, value]) => `${name}=${hashKey(value)}`)].join(',');
    const known = recall(memory, key, interpreter);
    if (known) return known;
    const value = run();
    remember(memory, key, value, interpreter);
    return value;
  }, true)],
  ['__get__', raw('cache.__get__', ({ positional: [self = none, instance = none] }) => (instance.kind === 'none' ? self : { kind: 'method', self: instance, callee: self }), true)],
  m('cache.cache_clear(self)', (p, interpreter) => {
    const memory = memoryOf(p.self);
    if (!memory) return none;
    interpreter.heap.clear(memory.memory);
    interpreter.heap.write(memory, 'hits', 0);
    interpreter.heap.write(memory, 'misses', 0);
    return none;
  }),
  m('cache.cache_info(self)', (p, interpreter) => {
    const memory = memoryOf(p.self);
    if (!memory) return none;
    const { hits, misses, size, memory: { size: kept } } = memory;
    return namedResult(interpreter, 'CacheInfo', [['hits', int(hits)], ['misses', int(misses)], ['maxsize', sizeValue(size)], ['currsize', int(kept)]]);
  }),
  m('cache.cache_parameters(self)', p => dictOfNames([['maxsize', sizeValue(memoryOf(p.self)?.size)], ['typed', bool(false)]])),
]);

function sizeValue(size: number | undefined): Value {
  return size === undefined ? none : int(size);
}

function cached(callee: Value, interpreter: Interpreter, at: Location, size?: number): Value {
  const native: Memory = { tag: 'memory', born: birth(), memory: new Memo(), size, hits: 0, misses: 0 };
  return updateWrapper(instance(cacheClass, undefined, { native }), callee, interpreter, at);
}

const cachedPropertyEntry = entry('functools.cached_property', () =>
  raw('functools.cached_property', ({ positional: [get] }) => ({ kind: 'property', get: get ?? none, set: undefined, cached: true })));

const cmpKey = nativeClass('functools.KeyWrapper', [objectClass], [
  ['__lt__', raw('KeyWrapper.__lt__', ({ positional: [a = none, b = none], at }, interpreter) =>
    compareAny('<', interpreter.callWith(held(a, 'compare'), [held(a, 'obj'), held(b, 'obj')], at), int(0), interpreter, at), true)],
]);

const functoolsEntries: readonly LibraryEntry[] = [
  entry('functools.partial', () => partialClass),
  fn('functools.reduce(function, iterable, initial=..., /)', (p, interpreter, { at }) => withItems(p.iterable, interpreter, at, items => {
    const [first, ...rest] = p.initial.kind === 'ellipsis' ? items : [p.initial, ...items];
    if (!first) return interpreter.raise('TypeError', 'reduce() of empty iterable with no initial value', at);
    return rest.reduce((total, item) => interpreter.callWith(p.function, [total, item], at), first);
  })),
  fn('functools.update_wrapper(wrapper, wrapped, assigned=(), updated=())', (p, interpreter, { at }) => updateWrapper(p.wrapper, p.wrapped, interpreter, at)),
  fn('functools.wraps(wrapped, assigned=(), updated=())', p => raw('functools.wraps', ({ positional: [wrapper = none], at }, interpreter) => updateWrapper(wrapper, p.wrapped, interpreter, at))),
  fn('functools.lru_cache(maxsize=128, typed=False)', (p, interpreter, { at }) => (isFunction(p.maxsize)
    ? cached(p.maxsize, interpreter, at, mostRemembered)
    : raw('functools.lru_cache', ({ positional: [callee = none], at: place }, i) => cached(callee, i, place, p.maxsize.kind === 'int' ? Math.max(0, p.maxsize.value) : undefined)))),
  fn('functools.cache(user_function, /)', (p, interpreter, { at }) => cached(p.user_function, interpreter, at)),
  fn('functools.cmp_to_key(compare)', p => raw('functools.cmp_to_key', ({ positional: [value = none] }) => instanceOf(cmpKey, [['obj', value], ['compare', p.compare]]))),
  cachedPropertyEntry,
];

function isFunction(value: Value): boolean {
  return value.kind === 'function' || value.kind === 'method' || value.kind === 'native' || value.kind === 'class' || value.kind === 'staticmethod'
    || value.kind === 'classmethod' || value.kind === 'instance';
}

// ——— itertools ———

type Make = (args: CallArguments, interpreter: Interpreter) => IteratorValue;

/** A class whose instances are lazy; an unknown source makes the whole unknown. */
function lazy(name: string, make: Make): LibraryEntry {
  const cls = iteratorType(`itertools.${name}`, (args, interpreter) => args.positional.find(isUnknown) ?? make(args, interpreter));
  return entry(`itertools.${name}`, () => cls);
}

const keyword = (args: CallArguments, name: string, index = -1): Value | undefined => args.keywords.find(([key]) => key === name)?.[1] ?? (index >= 0 ? args.positional[index] : undefined);
const all = (value: Value | undefined, interpreter: Interpreter, at: Location): Value[] => {
  const items = collect(value ?? none, interpreter, at);
  return isUnknown(items) ? [items] : items;
};

/** The items of each iterable in turn. */
function chained(sources: Value, interpreter: Interpreter, at: Location): IteratorValue {
  return stepping<Value>('chain', none, current => {
    for (let inner: Value | undefined = current; ; inner = nextOf(sources, interpreter, at)) {
      interpreter.budget.step();
      if (!inner) return undefined;
      if (inner.kind === 'none') continue;
      const items = knownIterOf(inner, interpreter, at);
      const item = nextOf(items, interpreter, at);
      if (item) return [item, items];
    }
  });
}

/** Each item of the source that the test lets through. */
function kept(name: string, source: Value, test: (item: Value) => boolean, args: CallArguments, interpreter: Interpreter): IteratorValue {
  const items = knownIterOf(source, interpreter, args.at);
  return running(name, () => {
    for (;;) {
      interpreter.budget.step();
      const item = nextOf(items, interpreter, args.at);
      if (!item || test(item)) return item;
    }
  });
}

function* productOf(pools: readonly (readonly Value[])[]): Generator<Value> {
  if (pools.some(pool => pool.length === 0)) return;
  const indices = pools.map(() => 0);
  for (;;) {
    yield tuple(pools.map((pool, i) => pool[indices[i] ?? 0] ?? none));
    let i = pools.length - 1;
    for (; i >= 0; i--) {
      const next = (indices[i] ?? 0) + 1;
      if (next < (pools[i]?.length ?? 0)) {
        indices[i] = next;
        break;
      }
      indices[i] = 0;
    }
    if (i < 0) return;
  }
}

function* combinationsOf(pool: readonly Value[], count: number, ordered: boolean, again: boolean): Generator<Value> {
  const chosen: number[] = [];
  function* extend(): Generator<Value> {
    if (chosen.length === count) {
      yield tuple(chosen.map(i => pool[i] ?? none));
      return;
    }
    const last = chosen.at(-1);
    for (let i = ordered || last === undefined ? 0 : again ? last : last + 1; i < pool.length; i++) {
      if (ordered && !again && chosen.includes(i)) continue;
      chosen.push(i);
      yield* extend();
      chosen.pop();
    }
  }
  yield* extend();
}

const chainEntry = ((): LibraryEntry => {
  const cls = iteratorType('itertools.chain', (args, interpreter) => args.positional.find(isUnknown) ?? chained(iterator('tuple_iterator', args.positional), interpreter, args.at));
  extendClass(cls, [['from_iterable', raw('chain.from_iterable', ({ positional: [source = none], at }, interpreter) => {
    const sources = iterOf(source, interpreter, at);
    return isUnknown(sources) ? sources : chained(sources, interpreter, at);
  })]]);
  return entry('itertools.chain', () => cls);
})();

const itertoolsEntries: readonly LibraryEntry[] = [
  chainEntry,
  lazy('product', (args, interpreter) => {
    const repeat = numberOf(keyword(args, 'repeat') ?? int(1));
    const pools = args.positional.map(source => all(source, interpreter, args.at));
    return unrolling('product', productOf(Array.from({ length: Math.min(repeat, 64) }, () => pools).flat()));
  }),
  lazy('repeat', args => {
    const times = keyword(args, 'times', 1);
    return stepping('repeat', 0, count => (times === undefined || count < numberOf(times) ? [args.positional[0] ?? none, count + 1] : undefined));
  }),
  lazy('count', (args, interpreter) => stepping<Value>('count', keyword(args, 'start', 0) ?? int(0), value => {
    interpreter.budget.step();
    return [value, operate('+', value, keyword(args, 'step', 1) ?? int(1), interpreter, args.at)];
  })),
  lazy('cycle', (args, interpreter) => {
    const items = all(args.positional[0], interpreter, args.at);
    return stepping('cycle', 0, index => {
      interpreter.budget.step();
      const item = items[index % items.length];
      return item && [item, index + 1];
    });
  }),
  lazy('islice', (args, interpreter) => {
    const [source = none, first = none, second, third] = args.positional;
    const [start, stop, step] = second ? [
      numberOf(first) || 0, second.kind === 'none' ? Infinity : numberOf(second), third && third.kind !== 'none' ? numberOf(third) : 1,
    ] : [0, first.kind === 'none' ? Infinity : numberOf(first), 1];
    const made = knownIterOf(source, interpreter, args.at);
    return stepping('islice', 0, from => {
      for (let i = from; i < stop; i++) {
        interpreter.budget.step();
        const item = nextOf(made, interpreter, args.at);
        if (!item) return undefined;
        if (i >= start && (i - start) % step === 0) return [item, i + 1];
      }
      return undefined;
    });
  }),
  lazy('accumulate', (args, interpreter) => {
    const callee = keyword(args, 'func', 1);
    const initial = keyword(args, 'initial');
    const source = knownIterOf(args.positional[0] ?? none, interpreter, args.at);
    // Before the first item there may be a value to begin with; it is an item itself.
    return stepping<{ readonly total: Value | undefined; readonly told: boolean }>('accumulate', {
      total: initial && initial.kind !== 'none' ? initial : undefined, told: false,
    }, ({ total, told }) => {
      interpreter.budget.step();
      if (total && !told) return [total, { total, told: true }];
      const item = nextOf(source, interpreter, args.at);
      if (!item) return undefined;
      const next = total === undefined ? item : callee && callee.kind !== 'none' ? interpreter.callWith(callee, [total, item], args.at) : operate('+', total, item, interpreter, args.at);
      return [next, { total: next, told: true }];
    });
  }),
  lazy('combinations', (args, interpreter) => unrolling('combinations', combinationsOf(all(args.positional[0], interpreter, args.at), numberOf(keyword(args, 'r', 1)), false, false))),
  lazy('combinations_with_replacement', (args, interpreter) =>
    unrolling('combinations_with_replacement', combinationsOf(all(args.positional[0], interpreter, args.at), numberOf(keyword(args, 'r', 1)), false, true))),
  lazy('permutations', (args, interpreter) => {
    const pool = all(args.positional[0], interpreter, args.at);
    const count = keyword(args, 'r', 1);
    return unrolling('permutations', combinationsOf(pool, count && count.kind !== 'none' ? numberOf(count) : pool.length, true, false));
  }),
  lazy('zip_longest', (args, interpreter) => {
    const fill = keyword(args, 'fillvalue') ?? none;
    const sources = args.positional.map(source => knownIterOf(source, interpreter, args.at));
    return running('zip_longest', () => {
      interpreter.budget.step();
      const items = sources.map(source => nextOf(source, interpreter, args.at));
      return items.every(item => item === undefined) ? undefined : tuple(items.map(item => item ?? fill));
    });
  }),
  lazy('starmap', (args, interpreter) => {
    const source = knownIterOf(args.positional[1] ?? none, interpreter, args.at);
    return running('starmap', () => {
      interpreter.budget.step();
      const item = nextOf(source, interpreter, args.at);
      return item && interpreter.callWith(args.positional[0] ?? none, all(item, interpreter, args.at), args.at);
    });
  }),
  lazy('takewhile', (args, interpreter) => {
    const source = knownIterOf(args.positional[1] ?? none, interpreter, args.at);
    return running('takewhile', () => {
      interpreter.budget.step();
      const item = nextOf(source, interpreter, args.at);
      return item && interpreter.truth(interpreter.callWith(args.positional[0] ?? none, [item], args.at), args.at) === true ? item : undefined;
    });
  }),
  lazy('dropwhile', (args, interpreter) => {
    const source = knownIterOf(args.positional[1] ?? none, interpreter, args.at);
    return stepping<'dropping' | 'done'>('dropwhile', 'dropping', state => {
      for (;;) {
        interpreter.budget.step();
        const item = nextOf(source, interpreter, args.at);
        if (!item) return undefined;
        if (state === 'done' || interpreter.truth(interpreter.callWith(args.positional[0] ?? none, [item], args.at), args.at) !== true) return [item, 'done'];
      }
    });
  }),
  lazy('filterfalse', (args, interpreter) => {
    const [test = none, source = none] = args.positional;
    return kept('filterfalse', source, item => interpreter.truth(test.kind === 'none' ? item : interpreter.callWith(test, [item], args.at), args.at) === false, args, interpreter);
  }),
  lazy('compress', (args, interpreter) => {
    const selectors = all(keyword(args, 'selectors', 1), interpreter, args.at);
    return iterator('compress', all(args.positional[0], interpreter, args.at).filter((_, i) => selectors[i] && interpreter.truth(selectors[i], args.at) === true));
  }),
  lazy('pairwise', (args, interpreter) => {
    const source = knownIterOf(args.positional[0] ?? none, interpreter, args.at);
    return stepping<{ readonly last: Value | undefined }>('pairwise', { last: undefined }, position => {
      interpreter.budget.step();
      const last = position.last ?? nextOf(source, interpreter, args.at);
      const item = last && nextOf(source, interpreter, args.at);
      return last && item && [tuple([last, item]), { last: item }];
    });
  }),
  lazy('batched', (args, interpreter) => {
    const items = all(args.positional[0], interpreter, args.at);
    const size = Math.max(1, numberOf(keyword(args, 'n', 1)) || 1);
    return stepping('batched', 0, start => (start < items.length ? [tuple(items.slice(start, start + size)), start + size] : undefined));
  }),
  lazy('groupby', (args, interpreter) => {
    const key = keyword(args, 'key', 1);
    const source = knownIterOf(args.positional[0] ?? none, interpreter, args.at);
    interface Keyed { readonly key: Value; readonly item: Value }
    const draw = (): Keyed | undefined => {
      interpreter.budget.step();
      const item = nextOf(source, interpreter, args.at);
      return item && { item, key: key && key.kind !== 'none' ? interpreter.callWith(key, [item], args.at) : item };
    };
    // The first item of the next group has been drawn already.
    return stepping<{ readonly first: Keyed | undefined }>('groupby', { first: undefined }, position => {
      const first = position.first ?? draw();
      if (!first) return undefined;
      const items = [first.item];
      let next = draw();
      for (; next && equalValues(first.key, next.key, interpreter, args.at) === true; next = draw()) items.push(next.item);
      return [tuple([first.key, iterator('_grouper', items)]), { first: next }];
    });
  }),
  fn('itertools.tee(iterable, n=2, /)', (p, interpreter, { at }) =>
    withItems(p.iterable, interpreter, at, items => tuple(Array.from({ length: Math.min(1000, numberOf(p.n)) }, () => iterator('tee', items))))),
];

// ——— bisect, heapq ———

function insertion(name: string, right: boolean, insert: boolean): LibraryEntry {
  return fn(`bisect.${name}(a, x, lo=0, hi=None, *, key=None)`, (p, interpreter, { at }) => withItems(p.a, interpreter, at, items => {
    let low = numberOf(p.lo);
    let high = p.hi.kind === 'none' ? items.length : numberOf(p.hi);
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const item = items[middle] ?? none;
      const by = p.key.kind === 'none' ? item : interpreter.callWith(p.key, [item], at);
      const less = right ? lessThan(p.x, by, interpreter, at) : lessThan(by, p.x, interpreter, at);
      if (isUnknown(less)) return less;
      if (less === right) high = middle;
      else low = middle + 1;
    }
    if (!insert) return int(low);
    return interpreter.callMethod(p.a, 'insert', [int(low), p.x], at);
  }));
}

/** A heap is kept as a sorted list: every sorted list is a heap. */
function heapWrite(name: string, change: (items: Value[], item: Value, interpreter: Interpreter, at: Location) => Value): LibraryEntry {
  return fn(`heapq.${name}(heap, item=None, /)`, (p, interpreter, { at }) => {
    if (p.heap.kind !== 'list') return none;
    const items = [...p.heap.items];
    const result = change(items, p.item, interpreter, at);
    interpreter.heap.replaceItems(p.heap, items);
    interpreter.callMethod(p.heap, 'sort', [], at);
    return result;
  });
}

const popFirst = (items: Value[], interpreter: Interpreter, at: Location): Value => items.shift() ?? interpreter.raise('IndexError', 'index out of range', at);

const heapEntries: readonly LibraryEntry[] = [
  heapWrite('heapify', () => none),
  heapWrite('heappush', (items, item) => {
    items.push(item);
    return none;
  }),
  heapWrite('heappop', (items, _item, interpreter, at) => popFirst(items, interpreter, at)),
  heapWrite('heappushpop', (items, item, interpreter, at) => {
    if (!items[0] || lessThan(item, items[0], interpreter, at) !== false) return item;
    items.push(item);
    return popFirst(items, interpreter, at);
  }),
  heapWrite('heapreplace', (items, item, interpreter, at) => {
    const first = popFirst(items, interpreter, at);
    items.push(item);
    return first;
  }),
  ...(['nlargest', 'nsmallest'] as const).map(name => fn(`heapq.${name}(n, iterable, key=None)`, (p, interpreter, { at }) => {
    const sorted = interpreter.call(interpreter.libraryValue('builtins.sorted'), { positional: [p.iterable], keywords: [['key', p.key], ['reverse', bool(name === 'nlargest')]], at });
    return sorted.kind === 'list' ? list(sorted.items.slice(0, numberOf(p.n))) : sorted;
  })),
];

export const functionalEntries: readonly LibraryEntry[] = [
  ...operatorEntries, ...functoolsEntries, ...itertoolsEntries, ...heapEntries,
  insertion('bisect_left', false, false), insertion('bisect_right', true, false), insertion('bisect', true, false),
  insertion('insort_left', false, true), insertion('insort_right', true, true), insertion('insort', true, true),
];
