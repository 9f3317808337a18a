/** The built-in exception classes. */
import { isUnknown } from '../../../base/unknown';
import { entry, type LibraryEntry } from '../library';
import { none, str, tuple, type ClassValue, type Value } from '../values';
import { instanceOf, m, nativeClass, property } from './native';
import { objectClass } from './object';
import { reprOf, strOf } from './text';

function argsOf(self: Value): Value {
  return (self.kind === 'instance' ? self.attributes.get('args') : undefined) ?? tuple([]);
}

function itemsOf(self: Value): readonly Value[] {
  const args = argsOf(self);
  return args.kind === 'tuple' ? args.items : [];
}

const baseException = nativeClass('builtins.BaseException', [objectClass], [
  m('BaseException.__init__(self, *args, **kwargs)', (p, interpreter) => {
    if (p.self.kind !== 'instance') return none;
    interpreter.heap.set(p.self.attributes, 'args', p.args);
    return none;
  }),
  m('BaseException.__str__(self)', (p, interpreter, { at }) => {
    const items = itemsOf(p.self);
    const text = items.length === 0 ? '' : items[0] && items.length === 1 ? strOf(items[0], interpreter, at) : reprOf(tuple(items), interpreter, at);
    return isUnknown(text) ? text : str(text);
  }),
  m('BaseException.__repr__(self)', (p, interpreter, { at }) => {
    const name = p.self.kind === 'instance' ? p.self.cls.name : 'BaseException';
    const texts = itemsOf(p.self).map(item => reprOf(item, interpreter, at));
    return texts.find(isUnknown) ?? str(`${name}(${texts.join(', ')})`);
  }),
  m('BaseException.with_traceback(self, tb)', p => p.self),
  m('BaseException.add_note(self, note)', () => none),
  ['__cause__', none], ['__context__', none], ['__traceback__', none],
], { allocate: (cls, args) => instanceOf(cls, [['args', tuple(args.positional)], ...namedState(cls, args.keywords)]) });

/** `ImportError(name=…)` and the like keep their keyword arguments as attributes. */
function namedState(cls: ClassValue, keywords: readonly (readonly [string, Value])[]): readonly (readonly [string, Value])[] {
  return cls.isNative ? keywords : [];
}

const known = new Map<string, ClassValue>([['BaseException', baseException]]);

/** Children under their parents, by indentation. */
const hierarchy = `
BaseException: SystemExit KeyboardInterrupt GeneratorExit Exception
Exception: StopIteration StopAsyncIteration ArithmeticError AssertionError AttributeError BufferError EOFError ImportError LookupError
Exception: MemoryError NameError OSError ReferenceError RuntimeError SyntaxError SystemError TypeError ValueError Warning ExceptionGroup
ArithmeticError: FloatingPointError OverflowError ZeroDivisionError
ImportError: ModuleNotFoundError
LookupError: IndexError KeyError
NameError: UnboundLocalError
OSError: BlockingIOError ChildProcessError ConnectionError FileExistsError FileNotFoundError InterruptedError IsADirectoryError NotADirectoryError PermissionError ProcessLookupError TimeoutError
ConnectionError: BrokenPipeError ConnectionAbortedError ConnectionRefusedError ConnectionResetError
RuntimeError: NotImplementedError RecursionError
SyntaxError: IndentationError
IndentationError: TabError
ValueError: UnicodeError
UnicodeError: UnicodeDecodeError UnicodeEncodeError UnicodeTranslateError
Warning: BytesWarning DeprecationWarning EncodingWarning FutureWarning ImportWarning PendingDeprecationWarning ResourceWarning RuntimeWarning SyntaxWarning UnicodeWarning UserWarning
`;

const firstArgument = (name: string) => property(name, self => itemsOf(self)[0] ?? none);
const special: Readonly<Record<string, readonly (readonly [string, Value])[]>> = {
  KeyError: [m('KeyError.__str__(self)', (p, interpreter, { at }) => {
    const items = itemsOf(p.self);
    const text = items.length === 1 && items[0] ? reprOf(items[0], interpreter, at) : items.length === 0 ? '' : reprOf(tuple(items), interpreter, at);
    return isUnknown(text) ? text : str(text);
  })],
  StopIteration: [firstArgument('value')],
  SystemExit: [firstArgument('code')],
  OSError: [firstArgument('errno'), property('strerror', self => itemsOf(self)[1] ?? none), property('filename', self => itemsOf(self)[2] ?? none)],
  ImportError: [['name', none], ['path', none], firstArgument('msg')],
};

for (const line of hierarchy.trim().split('\n')) {
  const [parent = '', children = ''] = line.split(': ');
  const base = known.get(parent) ?? baseException;
  for (const child of children.split(' ')) known.set(child, nativeClass(`builtins.${child}`, [base], special[child] ?? []));
}
const osError = known.get('OSError') ?? baseException;
known.set('EnvironmentError', osError);
known.set('IOError', osError);

/** A built-in exception class by name; unknown names are plain exceptions. */
export function exceptionClass(name: string): ClassValue {
  return known.get(name) ?? baseException;
}

export const exceptionEntries: readonly LibraryEntry[] = [...known].map(([name, cls]) => entry(`builtins.${name}`, () => cls));
