/** What the interpreter itself offers: `gc`, `traceback`, `weakref`, `platform`, `io`, `__future__`. */
import { isUnknown } from '../../../base/unknown';
import { alias, entry, fn, type LibraryEntry } from '../library';
import { raw } from '../objects/native';
import { bool, list, none, str } from '../values';
import { fileOf, textFileClass } from './files';
import { nothing, open } from './opaque';

export const serviceEntries: readonly LibraryEntry[] = [
  ...['collect', 'disable', 'enable', 'freeze', 'set_threshold'].map(name => nothing(`gc.${name}`)),
  fn('gc.get_objects()', () => list([])),
  fn('gc.isenabled()', () => bool(true)),
  ...['print_exc', 'print_stack', 'print_exception'].map(name => nothing(`traceback.${name}`)),
  ...['format_exc', 'format_exception', 'extract_stack', 'format_stack'].map(name => open(`traceback.${name}`, 'depends on the running frame')),
  nothing('atexit.register'),
  nothing('faulthandler.enable'),
  nothing('pdb.set_trace'),
  fn('pprint.pformat(object, *args, **kwargs)', (p, i, { at }) => i.callWith(i.libraryValue('builtins.repr'), [p.object], at)),
  fn('weakref.ref(object, callback=None)', p => raw('weakref.ref', () => p.object)),
  fn('weakref.proxy(object, callback=None)', p => p.object),
  alias('weakref.WeakKeyDictionary', 'builtins.dict'),
  alias('weakref.WeakValueDictionary', 'builtins.dict'),
  alias('weakref.WeakSet', 'builtins.set'),
  nothing('weakref.finalize'),
  fn('platform.system()', () => str('Linux')),
  fn('platform.python_version()', () => str('3.11.9')),
  fn('platform.machine()', () => str('x86_64')),
  ...['platform', 'node', 'processor', 'release', 'uname'].map(name => open(`platform.${name}`, 'depends on the machine')),
  fn('io.StringIO(initial_value="", newline=None)', p => (isUnknown(p.initial_value) ? p.initial_value : fileOf(p.initial_value.kind === 'str' ? p.initial_value.value : '', 'StringIO'))),
  entry('io.TextIOWrapper', () => textFileClass),
  open('io.BytesIO', 'holds bytes'),
  entry('io.IOBase', () => textFileClass),
  alias('io.open', 'builtins.open'),
  fn('decimal.Decimal(value="0", context=None)', (p, interpreter, { at }) => interpreter.callWith(interpreter.libraryValue('builtins.float'), [p.value], at)),
  entry('__future__.annotations', () => none),
  ...['division', 'print_function', 'absolute_import', 'unicode_literals', 'generator_stop', 'with_statement', 'nested_scopes', 'generators'].map(name => entry(`__future__.${name}`, () => none)),
  entry('builtins.copyright', () => none),
  entry('builtins.credits', () => none),
];
