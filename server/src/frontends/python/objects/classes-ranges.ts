/** `range` and `slice`. */
import { isUnknown } from '../../../base/unknown';
import { numberOf } from '../convert';
import { int, none, tuple, typeName, type ClassValue } from '../values';
import { registerClass } from './class-of';
import { compareRows } from './classes-numbers';
import { containerRows, indexRows } from './container-rows';
import { indexOf, sliceBounds } from './indexing';
import { m, nativeClass, property } from './native';
import { objectClass } from './object';
import { containsValue } from './operators';

export const rangeClass: ClassValue = registerClass('range', nativeClass('builtins.range', [objectClass], [
  ...containerRows('range'), ...indexRows('range'), ...compareRows('range', ['==', '!=']),
  property('start', self => (self.kind === 'range' ? int(self.start) : none)),
  property('stop', self => (self.kind === 'range' ? int(self.stop) : none)),
  property('step', self => (self.kind === 'range' ? int(self.step) : none)),
  m('range.index(self, value, /)', (p, i, { at }) => {
    const inside = containsValue(p.self, p.value, i, at);
    if (isUnknown(inside)) return inside;
    return inside === true && p.self.kind === 'range' ? int((numberOf(p.value) - p.self.start) / p.self.step) : i.raise('ValueError', 'value is not in range', at);
  }),
  m('range.count(self, value, /)', (p, i, { at }) => {
    const inside = containsValue(p.self, p.value, i, at);
    return isUnknown(inside) ? inside : int(inside === true ? 1 : 0);
  }),
], {
  allocate: (_cls, args, interpreter) => {
    const numbers: number[] = [];
    for (const value of args.positional) {
      const index = indexOf(value, interpreter, args.at);
      if (isUnknown(index)) return index;
      if (index === undefined) return interpreter.raise('TypeError', `'${typeName(value)}' object cannot be interpreted as an integer`, args.at);
      numbers.push(index);
    }
    const [first, second, step = 1] = numbers;
    if (first === undefined) return interpreter.raise('TypeError', 'range expected at least 1 argument, got 0', args.at);
    if (step === 0) return interpreter.raise('ValueError', 'range() arg 3 must not be zero', args.at);
    return second === undefined ? { kind: 'range', start: 0, stop: first, step: 1 } : { kind: 'range', start: first, stop: second, step };
  },
}));

export const sliceClass: ClassValue = registerClass('slice', nativeClass('builtins.slice', [objectClass], [
  property('start', self => (self.kind === 'slice' ? self.lower : none)),
  property('stop', self => (self.kind === 'slice' ? self.upper : none)),
  property('step', self => (self.kind === 'slice' ? self.step : none)),
  m('slice.indices(self, length, /)', (p, i, { at }) => {
    if (isUnknown(p.length)) return p.length;
    if (p.self.kind !== 'slice') return none;
    const bounds = sliceBounds(p.self, numberOf(p.length), i, at);
    return isUnknown(bounds) ? bounds : tuple([int(bounds.start), int(bounds.stop), int(bounds.step)]);
  }),
], {
  allocate: (_cls, args, interpreter) => {
    const [first, second, third] = args.positional;
    if (!first) return interpreter.raise('TypeError', 'slice expected at least 1 argument, got 0', args.at);
    return second ? { kind: 'slice', lower: first, upper: second, step: third ?? none } : { kind: 'slice', lower: none, upper: first, step: none };
  },
}));
