/** `object` and `type`, without their rows: everything else here derives from them. */
import { none, type ClassValue } from '../values';
import { classOf, registerClass } from './class-of';
import { markTransparent, nativeClass } from './native';

export const objectClass = registerClass('object', markTransparent(nativeClass('builtins.object', [], [], { slots: new Set() })));

export const typeClass: ClassValue = registerClass('type', nativeClass('builtins.type', [objectClass], [], {
  allocate: (cls, args, interpreter) => {
    const [first, bases] = args.positional;
    if (first && !bases) return classOf(first, interpreter);
    const maker = typeClass.attributes.get('__new__');
    return maker ? interpreter.call(maker, { ...args, positional: [cls, ...args.positional] }) : none;
  },
}));
