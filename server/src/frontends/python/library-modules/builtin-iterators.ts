/** `enumerate`, `zip`, `map`, `filter`, `reversed`. */
import type { Location } from '../../../base/span';
import { isUnknown, type Unknown } from '../../../base/unknown';
import { numberOf } from '../convert';
import type { Interpreter } from '../interpreter';
import { int, iterator, none, running, stepping, trueValue, tuple, type CallArguments, type Value } from '../values';
import { iteratorOver, iteratorType, lengthOf } from '../objects/classes';
import { iterOf, length, nextOf } from '../objects/iteration';
import { payloadOf, withItems } from '../objects/native';
import { UnknownIteration } from '../objects/python-error';

/** Sources of a lazy iterator; an unknown one makes the whole thing unknown. */
function sources(values: readonly Value[], interpreter: Interpreter, at: Location): Value[] | Unknown {
  const made: Value[] = [];
  for (const value of values) {
    const source = iterOf(value, interpreter, at);
    if (isUnknown(source)) return source;
    made.push(source);
  }
  return made;
}

const keyword = (args: CallArguments, name: string): Value | undefined => args.keywords.find(([key]) => key === name)?.[1];

export const enumerateClass = iteratorType('builtins.enumerate', (args, interpreter) => {
  const [iterable = keyword(args, 'iterable') ?? none, start = keyword(args, 'start') ?? int(0)] = args.positional;
  const source = iterOf(iterable, interpreter, args.at);
  if (isUnknown(source)) return source;
  if (isUnknown(start)) return start;
  return stepping('enumerate', numberOf(start), index => {
    const item = nextOf(source, interpreter, args.at);
    return item && [tuple([int(index), item]), index + 1];
  });
});

export const zipClass = iteratorType('builtins.zip', (args, interpreter) => {
  const made = sources(args.positional, interpreter, args.at);
  if (isUnknown(made)) return made;
  const strict = keyword(args, 'strict') === trueValue;
  return running('zip', () => {
    interpreter.budget.step();
    const items: Value[] = [];
    for (const [index, source] of made.entries()) {
      const item = nextOf(source, interpreter, args.at);
      if (!item) {
        if (strict && (index > 0 || made.slice(1).some(other => nextOf(other, interpreter, args.at)))) {
          interpreter.raise('ValueError', `zip() argument ${index + 1} is shorter than argument ${index}`, args.at);
        }
        return undefined;
      }
      items.push(item);
    }
    return items.length === 0 ? undefined : tuple(items);
  });
});

/** What would run for each of nobody knows how many items. */
function onceUnknown(interpreter: Interpreter, callee: Value, count: number, item: Unknown, at: Location): void {
  if (callee.kind !== 'none') interpreter.onceUnknown(item, at, () => { interpreter.callWith(callee, new Array<Value>(count).fill(item), at); });
}

function nextKnown(interpreter: Interpreter, source: Value, callee: Value, at: Location): Value | undefined {
  try {
    return nextOf(source, interpreter, at);
  } catch (error) {
    if (error instanceof UnknownIteration) onceUnknown(interpreter, callee, 1, error.unknown, at);
    throw error;
  }
}

export const mapClass = iteratorType('builtins.map', (args, interpreter) => {
  const [callee, ...iterables] = args.positional;
  if (!callee || iterables.length === 0) return interpreter.raise('TypeError', 'map() must have at least two arguments.', args.at);
  const made = sources(iterables, interpreter, args.at);
  if (isUnknown(made)) {
    onceUnknown(interpreter, callee, iterables.length, made, args.at);
    return made;
  }
  return running('map', () => {
    const items: Value[] = [];
    try {
      for (const source of made) {
        const item = nextOf(source, interpreter, args.at);
        if (!item) return undefined;
        items.push(item);
      }
    } catch (error) {
      if (error instanceof UnknownIteration) onceUnknown(interpreter, callee, iterables.length, error.unknown, args.at);
      throw error;
    }
    return interpreter.callWith(callee, items, args.at);
  });
});

export const filterClass = iteratorType('builtins.filter', (args, interpreter) => {
  const [test, iterable] = args.positional;
  if (!test || !iterable) return interpreter.raise('TypeError', 'filter expected 2 arguments', args.at);
  const source = iterOf(iterable, interpreter, args.at);
  if (isUnknown(source)) {
    onceUnknown(interpreter, test, 1, source, args.at);
    return source;
  }
  return running('filter', () => {
    for (;;) {
      interpreter.budget.step();
      const item = nextKnown(interpreter, source, test, args.at);
      if (!item) return undefined;
      const kept = interpreter.truth(test.kind === 'none' ? item : interpreter.callWith(test, [item], args.at), args.at);
      // Whether the item is kept is not known: it stands for itself or for nothing.
      if (isUnknown(kept)) return kept;
      if (kept) return item;
    }
  });
});

export const reversedClass = iteratorType('builtins.reversed', (args, interpreter) => {
  const value = args.positional[0] ?? none;
  if (isUnknown(value)) return value;
  const cls = value.kind === 'instance' ? value.cls : value.kind === 'class' ? value.metaclass : undefined;
  const method = cls && interpreter.lookupClass(cls, '__reversed__');
  if (method) return interpreter.callWith(method, [value], args.at);
  const held = payloadOf(value);
  if (held.kind === 'list' && !held.doubtfulLength) {
    // The items are read when their turn comes.
    return stepping('list_reverseiterator', held.items.length, index => {
      const item = held.items[index - 1];
      return item && [item, index - 1];
    });
  }
  if (held.kind === 'range') {
    const size = lengthOf(held) ?? 0;
    return iteratorOver({ kind: 'range', start: held.start + (size - 1) * held.step, stop: held.start - held.step, step: -held.step }, interpreter, args.at);
  }
  if (held.kind === 'instance' && !interpreter.lookupClass(held.cls, '__iter__')) {
    const size = length(held, interpreter, args.at);
    if (isUnknown(size)) return size;
    return stepping('reversed', numberOf(size), index => (index > 0 ? [interpreter.callMethod(held, '__getitem__', [int(index - 1)], args.at), index - 1] : undefined));
  }
  return withItems(held, interpreter, args.at, items => iterator('reversed', items.reverse()));
});
