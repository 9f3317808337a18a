/** `sys`. */
import { unknown } from '../../../base/unknown';
import { entry, fn, type LibraryEntry } from '../library';
import { currentFrame } from '../objects/frame-object';
import { instanceOf, nativeClass, raw } from '../objects/native';
import { objectClass } from '../objects/object';
import { bool, float, int, list, none, str, tuple } from '../values';
import { namedTupleClass } from './collections';
import { nothing } from './opaque';

const versionInfo = namedTupleClass('version_info', 'sys', { names: ['major', 'minor', 'micro', 'releaselevel', 'serial'], defaults: new Map() }, [], undefined);
const streamClass = nativeClass('io.Stream', [objectClass], ['write', 'flush', 'close', 'isatty', 'reconfigure', 'writelines'].map(name =>
  [name, raw(`stream.${name}`, () => (name === 'isatty' ? bool(false) : none), true)] as const));
const stream = instanceOf(streamClass, [['encoding', str('utf-8')]]);

export const sysEntries: readonly LibraryEntry[] = [
  entry('sys.version_info', () => tuple([int(3), int(11), int(9), str('final'), int(0)], versionInfo)), entry('sys.version', () => str('3.11.9')),
  entry('sys.modules', interpreter => interpreter.modules.table), entry('sys.argv', () => list([str('main.py')])), entry('sys.path', () => list([])),
  entry('sys.maxsize', () => int(2 ** 63)), entry('sys.platform', () => str('linux')), entry('sys.byteorder', () => str('little')),
  entry('sys.executable', () => str('python')), entry('sys.prefix', () => str('/usr')),
  ...['stdout', 'stderr', 'stdin', '__stdout__', '__stderr__'].map(name => entry(`sys.${name}`, () => stream)),
  fn('sys.exit(status=None, /)', (_p, interpreter, { at }) => interpreter.raise('SystemExit', '', at)),
  fn('sys.getsizeof(object, default=0)', (_p, _i, { at }) => unknown('the size of an object in memory is not known', at)),
  fn('sys.intern(string)', p => p.string),
  fn('sys.setrecursionlimit(limit, /)', (p, interpreter) => {
    if (p.limit.kind === 'int') interpreter.budget.allowDepth(p.limit.value);
    return none;
  }),
  ...['settrace'].map(name => nothing(`sys.${name}`)),
  fn('sys.getrecursionlimit()', () => int(1000)),
  fn('sys.exc_info()', () => tuple([none, none, none])),
  fn('sys.gettrace()', () => none),
  fn('sys._getframe(depth=0, /)', (p, interpreter) => currentFrame(interpreter, p.depth.kind === 'int' ? p.depth.value : 0)),
  fn('sys.getdefaultencoding()', () => str('utf-8')),
  fn('sys.is_finalizing()', () => bool(false)), fn('sys.getrefcount(object)', (_p, _i, { at }) => unknown('reference counts are not known', at)),
  entry('sys.float_info', () => instanceOf(objectClass, [['max', float(Number.MAX_VALUE)], ['min', float(2.2250738585072014e-308)], ['epsilon', float(Number.EPSILON)]])),
];
