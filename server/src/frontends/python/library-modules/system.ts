/** `os`, `sys`, `pathlib`, `time`, `random`, `logging`, `inspect`, `importlib` …: what a program asks of its surroundings. Nothing is read but source files. */
import type { Location } from '../../../base/span';
import { isUnknown, unknown } from '../../../base/unknown';
import type { Interpreter } from '../interpreter';
import { alias, entry, fn, type LibraryEntry } from '../library';
import { bool, dict, dictGet, dictOfNames, float, int, iterator, list, none, str, tuple, type ClassValue, type InstanceValue, type Value } from '../values';
import { parametersOf, type CallableParameter } from './callable-parameters';
import { classOf, registerClass } from '../objects/class-of';
import { dictClass, hashOf } from '../objects/classes';
import { namedTupleClass } from './collections';
import { pathText, readText, textFileClass, fileOf, openFile } from './files';
import { exists, folderEntries, joinPath, scan, walk, type FolderEntry } from './folders';
import { instanceOf, m, nativeClass, payloadOf, property, raw, withItems } from '../objects/native';
import { objectClass } from '../objects/object';
import { namesOf } from '../objects/object-rows';

const nothing = (name: string): LibraryEntry => entry(name, () => raw(name, () => none));
/** A call whose result depends on the machine, the clock or chance. */
const open = (name: string, why: string): LibraryEntry => entry(name, () => raw(name, ({ at }) => unknown(`\`${name}()\` ${why}`, at)));

// ——— paths ———

const separators = (path: string) => path.replace(/\/+/g, '/');

function normal(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '..' || !path.startsWith('/')) parts.push(part);
  }
  const text = (path.startsWith('/') ? '/' : '') + parts.join('/');
  return text === '' ? '.' : text;
}

const folderOf = (path: string) => {
  const head = path.slice(0, path.lastIndexOf('/') + 1);
  return head === '' || /^\/+$/.test(head) ? head : head.replace(/\/+$/, '');
};
const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

function splitExtension(path: string): [string, string] {
  const name = nameOf(path);
  const dot = name.replace(/^\.+/, match => '_'.repeat(match.length)).lastIndexOf('.');
  return dot <= 0 ? [path, ''] : [path.slice(0, path.length - name.length + dot), name.slice(dot)];
}

/** The folder a relative path starts from: that of the file that names it. */
const workingFolder = (at: Location): string => folderOf(at.uri.replace(/^[a-z]+:\/\//i, '')) || '/';

function absolute(path: string, at: Location): string {
  return normal(path.startsWith('/') ? path : joinPath([workingFolder(at), path]));
}

/** A row over path text. */
function pathRow(name: string, compute: (path: string, interpreter: Interpreter, at: Location) => Value): LibraryEntry {
  return entry(name, () => raw(name, ({ positional: [path = none], at }, interpreter) => {
    if (isUnknown(path)) return path;
    const text = pathText(path);
    return text === undefined ? interpreter.raise('TypeError', 'expected str, bytes or os.PathLike object', at) : compute(text, interpreter, at);
  }));
}

function folderNames(path: string, interpreter: Interpreter, at: Location): readonly string[] | Extract<Value, { kind: 'unknown' }> {
  const entries = folderEntries(path, interpreter, at);
  return isUnknown(entries) ? entries : entries.map(({ name }) => name);
}

const environment = ((): InstanceValue => {
  const cls = nativeClass('os._Environ', [dictClass], [
    ['__getitem__', raw('os.environ.__getitem__', ({ positional: [self = none, key = none], at }) => {
      const held = payloadOf(self);
      const name = key.kind === 'str' ? key.value : 'a variable';
      return (held.kind === 'dict' ? dictGet(held, key) : undefined) ?? unknown(`the environment variable ${name} is set outside the source`, at);
    }, true)],
    m('os.environ.copy(self)', p => p.self),
  ]);
  return instanceOf(cls, [], dict());
});

const osPath: readonly LibraryEntry[] = [
  entry('os.path.join', () => raw('os.path.join', ({ positional, at }, interpreter) => {
    const open = positional.find(isUnknown);
    if (open) return open;
    const parts = positional.map(part => pathText(part));
    return parts.includes(undefined) ? interpreter.raise('TypeError', 'join() argument must be str, bytes, or os.PathLike object', at) : str(joinPath(parts as string[]));
  })),
  pathRow('os.path.dirname', path => str(folderOf(path))), pathRow('os.path.basename', path => str(nameOf(path))),
  pathRow('os.path.abspath', (path, _i, at) => str(absolute(path, at))), pathRow('os.path.realpath', (path, _i, at) => str(absolute(path, at))),
  pathRow('os.path.normpath', path => str(normal(path))), pathRow('os.path.expanduser', path => str(path)), pathRow('os.path.expandvars', path => str(path)), pathRow('os.path.normcase', path => str(path)),
  pathRow('os.path.split', path => tuple([str(folderOf(path)), str(nameOf(path))])), pathRow('os.path.splitext', path => tuple(splitExtension(path).map(str))),
  pathRow('os.path.isabs', path => bool(path.startsWith('/'))),
  pathRow('os.path.exists', (path, i, at) => exists(path, 'any', i, at)), pathRow('os.path.isfile', (path, i, at) => exists(path, 'file', i, at)), pathRow('os.path.isdir', (path, i, at) => exists(path, 'folder', i, at)), pathRow('os.path.lexists', (path, i, at) => exists(path, 'any', i, at)),
  pathRow('os.path.getsize', (path, _i, at) => unknown(`the size of ${path} is not known`, at)), pathRow('os.path.getmtime', (path, _i, at) => unknown(`the age of ${path} is not known`, at)), pathRow('os.path.islink', () => bool(false)),
  fn('os.path.relpath(path, start=".")', p => p.path), fn('os.path.commonprefix(m)', (_p, _i, { at }) => unknown('`os.path.commonprefix()` is not modelled', at)),
  entry('os.path.sep', () => str('/')), entry('os.path.pardir', () => str('..')),
  pathRow('os.fspath', path => str(path)),
  fn('os.listdir(path=".")', (p, interpreter, { at }) => {
    if (isUnknown(p.path)) return p.path;
    const names = folderNames(pathText(p.path) ?? '.', interpreter, at);
    return isUnknown(names) ? names : list(names.map(str));
  }),
  fn('os.scandir(path=".")', (p, interpreter, { at }) => scan(p.path, interpreter, at)),
  fn('os.walk(top, topdown=True, onerror=None, followlinks=False)', (p, interpreter, { at }) => {
    if (isUnknown(p.top)) return p.top;
    const steps = [...walk(pathText(p.top) ?? '.', interpreter, at)];
    if (steps.length === 0) return unknown(`the folder ${pathText(p.top) ?? ''} is not listed`, at);
    const names = (entries: readonly FolderEntry[], folders: boolean) => list(entries.filter(({ isFolder }) => isFolder === folders).map(({ name }) => str(name)));
    return iterator('generator', steps.map(({ folder, entries }) => tuple([str(folder), names(entries, true), names(entries, false)]))[Symbol.iterator]());
  }),
  fn('glob.glob(pathname, *, root_dir=None, recursive=False)', (p, interpreter, { at }) => {
    if (isUnknown(p.pathname)) return p.pathname;
    const pattern = pathText(p.pathname) ?? '';
    const folder = folderOf(pattern);
    if (/[*?[]/.test(folder)) return unknown('files found by a pattern', at);
    const names = folderNames(folder === '' ? '.' : folder, interpreter, at);
    return isUnknown(names) ? names : list(names.filter(name => wildcard(nameOf(pattern)).test(name)).map(name => str(joinPath([folder, name]))));
  }),
  fn('fnmatch.fnmatch(name, pat)', p => (isUnknown(p.name) ? p.name : isUnknown(p.pat) ? p.pat : bool(wildcard(pathText(p.pat) ?? '').test(pathText(p.name) ?? '')))),
  alias('fnmatch.fnmatchcase', 'fnmatch.fnmatch'),
  fn('fnmatch.filter(names, pat)', (p, interpreter, { at }) => withItems(p.names, interpreter, at, items => list(items.filter(item => wildcard(pathText(p.pat) ?? '').test(pathText(item) ?? ''))))),
];

/** Shell patterns: `*`, `?`, `[abc]`. */
function wildcard(pattern: string): RegExp {
  const source = pattern.replace(/[.+^${}()|\\]/g, '\\$&').replace(/\*+/g, '.*').replaceAll('?', '.').replace(/\[!/g, '[^');
  try {
    return new RegExp(`^${source}$`, 's');
  } catch {
    return /^$/;
  }
}

const osEntries: readonly LibraryEntry[] = [
  ...osPath,
  entry('os.environ', environment),
  fn('os.getenv(key, default=None)', (p, interpreter, { at }) => interpreter.callMethod(interpreter.libraryValue('os.environ'), 'get', [p.key, p.default], at)),
  fn('os.getcwd()', (_p, _i, { at }) => str(workingFolder(at))),
  ...['makedirs', 'mkdir', 'remove', 'unlink', 'rename', 'rmdir', 'chdir', 'system', 'kill', 'chmod', 'symlink', 'putenv', 'replace', 'removedirs', 'setpgrp', 'nice'].map(name => nothing(`os.${name}`)),
  ...['cpu_count', 'getpid', 'getppid', 'urandom', 'getlogin', 'uname', 'times', 'stat', 'getuid', 'popen', 'getloadavg', 'sched_getaffinity'].map(name => open(`os.${name}`, 'depends on the machine')),
  entry('os.sep', () => str('/')), entry('os.linesep', () => str('\n')), entry('os.name', () => str('posix')), entry('os.pathsep', () => str(':')), entry('os.devnull', () => str('/dev/null')), entry('os.curdir', () => str('.')),
  entry('os.PathLike', () => pureClass),
  ...['copy', 'copyfile', 'copytree', 'rmtree', 'move', 'copy2', 'make_archive'].map(name => nothing(`shutil.${name}`)), open('shutil.which', 'depends on the machine'), open('shutil.disk_usage', 'depends on the machine'),
];

// ——— pathlib ———

const pathOf = (self: Value): string => pathText(self) ?? '';

function path(cls: ClassValue, text: string): InstanceValue {
  const cleaned = separators(text).replace(/\/(\.\/)+/g, '/').replace(/(?!^)\/+\.?$/, '').replace(/^(\.\/)+(?=.)/, '');
  // The text is the payload's tuple too, so that equal paths are equal keys.
  return instanceOf(cls, [['_path', str(cleaned === '' ? '.' : cleaned)]], tuple([str('path'), str(cleaned === '' ? '.' : cleaned)]));
}

const clsOf = (self: Value): ClassValue => (self.kind === 'instance' ? self.cls : pureClass);
const same = (self: Value, compute: (path: string) => string): Value => path(clsOf(self), compute(pathOf(self)));
const partsOf = (text: string) => [...(text.startsWith('/') ? ['/'] : []), ...text.split('/').filter(part => part !== '' && part !== '.')];
const joined = (self: Value, others: readonly Value[], interpreter: Interpreter, at: Location): Value => {
  const unread = others.find(isUnknown);
  if (unread) return unread;
  const texts = others.map(other => pathText(other) ?? interpreter.raise('TypeError', 'argument should be a str or an os.PathLike object', at));
  return path(clsOf(self), joinPath([pathOf(self) === '.' ? '' : pathOf(self), ...texts]));
};

const pureClass: ClassValue = nativeClass('pathlib.PurePath', [objectClass], [
  property('parent', self => same(self, text => folderOf(text) || '.')),
  property('name', self => str(pathOf(self) === '.' ? '' : nameOf(pathOf(self)))),
  property('stem', self => str(splitExtension(nameOf(pathOf(self)))[0])),
  property('suffix', self => str(splitExtension(pathOf(self))[1])),
  property('suffixes', self => list((nameOf(pathOf(self)).match(/(?!^)\.[^.]*/g) ?? []).map(str))),
  property('parts', self => tuple(partsOf(pathOf(self)).map(str))),
  property('anchor', self => str(pathOf(self).startsWith('/') ? '/' : '')), property('root', self => str(pathOf(self).startsWith('/') ? '/' : '')),
  property('parents', self => {
    const found: Value[] = [];
    for (let text = folderOf(pathOf(self)); text !== '' && found.length < 100; text = text === '/' ? '' : folderOf(text)) found.push(path(clsOf(self), text));
    return tuple([...found, ...(pathOf(self).startsWith('/') ? [] : [path(clsOf(self), '.')])]);
  }),
  ['__truediv__', raw('Path.__truediv__', ({ positional: [self = none, other = none], at }, i) => joined(self, [other], i, at), true)],
  ['__rtruediv__', raw('Path.__rtruediv__', ({ positional: [self = none, other = none], at }, i) => (isUnknown(other) ? other : joined(path(clsOf(self), pathText(other) ?? '.'), [self], i, at)), true)],
  ['joinpath', raw('Path.joinpath', ({ positional: [self = none, ...others], at }, i) => joined(self, others, i, at), true)],
  ['__str__', raw('Path.__str__', ({ positional: [self = none] }) => str(pathOf(self)), true)],
  ['__fspath__', raw('Path.__fspath__', ({ positional: [self = none] }) => str(pathOf(self)), true)],
  ['__repr__', raw('Path.__repr__', ({ positional: [self = none] }) => str(`PosixPath('${pathOf(self)}')`), true)],
  ['__eq__', raw('Path.__eq__', ({ positional: [a = none, b = none] }) => bool(b.kind === 'instance' && b.attributes.has('_path') && pathOf(a) === pathOf(b)), true)],
  ['__hash__', raw('Path.__hash__', ({ positional: [self = none] }) => hashOf(str(pathOf(self))), true)],
  ['__lt__', raw('Path.__lt__', ({ positional: [a = none, b = none] }) => bool(pathOf(a) < pathOf(b)), true)],
  ['__bool__', raw('Path.__bool__', () => bool(true), true)],
  m('Path.as_posix(self)', p => str(pathOf(p.self))),
  m('Path.with_suffix(self, suffix)', p => (isUnknown(p.suffix) ? p.suffix : same(p.self, text => splitExtension(text)[0] + (pathText(p.suffix) ?? '')))),
  m('Path.with_name(self, name)', p => (isUnknown(p.name) ? p.name : same(p.self, text => joinPath([folderOf(text), pathText(p.name) ?? ''])))),
  m('Path.with_stem(self, stem)', p => (isUnknown(p.stem) ? p.stem : same(p.self, text => joinPath([folderOf(text), (pathText(p.stem) ?? '') + splitExtension(text)[1]])))),
  m('Path.is_absolute(self)', p => bool(pathOf(p.self).startsWith('/'))),
  m('Path.relative_to(self, other)', p => (isUnknown(p.other) ? p.other : same(p.self, text => (text.startsWith(`${pathText(p.other) ?? ''}/`) ? text.slice((pathText(p.other) ?? '').length + 1) : text)))),
  m('Path.match(self, pattern)', p => bool(wildcard(pathText(p.pattern) ?? '').test(nameOf(pathOf(p.self))))),
], {
  allocate: (cls, args) => {
    const unread = args.positional.find(isUnknown);
    return unread ?? path(cls, joinPath(args.positional.map(part => pathText(part) ?? '')));
  },
});

const pathClass: ClassValue = nativeClass('pathlib.Path', [pureClass], [
  m('Path.exists(self)', (p, i, { at }) => exists(pathOf(p.self), 'any', i, at)),
  m('Path.is_file(self)', (p, i, { at }) => exists(pathOf(p.self), 'file', i, at)),
  m('Path.is_dir(self)', (p, i, { at }) => exists(pathOf(p.self), 'folder', i, at)),
  m('Path.resolve(self, strict=False)', (p, _i, { at }) => same(p.self, text => absolute(text, at))),
  m('Path.absolute(self)', (p, _i, { at }) => same(p.self, text => absolute(text, at))),
  m('Path.expanduser(self)', p => p.self),
  m('Path.read_text(self, encoding=None, errors=None)', (p, i, { at }) => {
    const text = readText(pathOf(p.self), i, at);
    return typeof text === 'string' ? str(text) : unknown(`${pathOf(p.self)} is not read`, at);
  }),
  m('Path.read_bytes(self)', (p, _i, { at }) => unknown(`${pathOf(p.self)} is not read`, at)),
  m('Path.open(self, mode="r", buffering=-1, encoding=None)', (p, i, { at }) => openFile(p.self, p.mode, i, at)),
  m('Path.iterdir(self)', (p, i, { at }) => {
    const names = folderNames(pathOf(p.self), i, at);
    return isUnknown(names) ? names : iterator('iterdir', names.map(name => path(clsOf(p.self), joinPath([pathOf(p.self), name])))[Symbol.iterator]());
  }),
  m('Path.glob(self, pattern)', (p, i, { at }) => {
    const names = folderNames(pathOf(p.self), i, at);
    const pattern = pathText(p.pattern) ?? '';
    if (pattern.includes('/')) return unknown('files found by a pattern', at);
    return isUnknown(names) ? names : iterator('glob', names.filter(name => wildcard(pattern).test(name)).map(name => path(clsOf(p.self), joinPath([pathOf(p.self), name])))[Symbol.iterator]());
  }),
  m('Path.rglob(self, pattern)', (p, i, { at }) => {
    if (isUnknown(p.pattern)) return p.pattern;
    const pattern = pathText(p.pattern) ?? '';
    if (pattern.includes('/')) return unknown('files found by a pattern', at);
    const fits = wildcard(pattern);
    const found = [...walk(pathOf(p.self), i, at)].flatMap(({ folder, entries }) => entries.filter(({ name }) => fits.test(name)).map(({ name }) => path(clsOf(p.self), joinPath([folder, name]))));
    return iterator('rglob', found[Symbol.iterator]());
  }),
  ...['mkdir', 'unlink', 'write_text', 'write_bytes', 'touch', 'rmdir', 'rename', 'symlink_to'].map(name => [name, raw(`Path.${name}`, () => none, true)] as const),
  ['stat', raw('Path.stat', ({ at }) => unknown('the state of a file is not known', at), true)],
  ['cwd', { kind: 'classmethod', callee: raw('Path.cwd', ({ at }) => path(pathClass, workingFolder(at))) }],
  ['home', { kind: 'classmethod', callee: raw('Path.home', () => path(pathClass, '~')) }],
]);

// ——— sys ———

const versionInfo = namedTupleClass('version_info', 'sys', { names: ['major', 'minor', 'micro', 'releaselevel', 'serial'], defaults: new Map() }, [], undefined);
const streamClass = nativeClass('io.Stream', [objectClass], ['write', 'flush', 'close', 'isatty', 'reconfigure', 'writelines'].map(name => [name, raw(`stream.${name}`, () => (name === 'isatty' ? bool(false) : none), true)] as const));
const stream = instanceOf(streamClass, [['encoding', str('utf-8')]]);

const sysEntries: readonly LibraryEntry[] = [
  entry('sys.version_info', () => tuple([int(3), int(11), int(9), str('final'), int(0)], versionInfo)), entry('sys.version', () => str('3.11.9')),
  entry('sys.modules', interpreter => interpreter.modules.table), entry('sys.argv', () => list([str('main.py')])), entry('sys.path', () => list([])),
  entry('sys.maxsize', () => int(2 ** 63)), entry('sys.platform', () => str('linux')), entry('sys.byteorder', () => str('little')), entry('sys.executable', () => str('python')), entry('sys.prefix', () => str('/usr')),
  ...['stdout', 'stderr', 'stdin', '__stdout__', '__stderr__'].map(name => entry(`sys.${name}`, () => stream)),
  fn('sys.exit(status=None, /)', (_p, interpreter, { at }) => interpreter.raise('SystemExit', '', at)),
  fn('sys.getsizeof(object, default=0)', (_p, _i, { at }) => unknown('the size of an object in memory is not known', at)),
  ...['setrecursionlimit', 'settrace', 'intern'].map(name => nothing(`sys.${name}`)), fn('sys.getrecursionlimit()', () => int(1000)), fn('sys.exc_info()', () => tuple([none, none, none])), fn('sys.gettrace()', () => none),
  open('sys._getframe', 'depends on the running frame'), fn('sys.getdefaultencoding()', () => str('utf-8')),
  fn('sys.is_finalizing()', () => bool(false)), fn('sys.getrefcount(object)', (_p, _i, { at }) => unknown('reference counts are not known', at)),
  entry('sys.float_info', () => instanceOf(objectClass, [['max', float(Number.MAX_VALUE)], ['min', float(2.2250738585072014e-308)], ['epsilon', float(Number.EPSILON)]])),
];

// ——— chance and time ———

const chance = 'is random';
const clock = 'depends on the clock';

/** Every element may be any other: the list keeps its length, not its contents. */
function shuffle(module: string): LibraryEntry {
  return fn(`${module}.shuffle(x)` as 'random.shuffle(x)', (p, interpreter, { at }) => {
    if (p.x.kind !== 'list') return none;
    interpreter.touch(p.x);
    p.x.items = p.x.items.map(() => unknown(`\`${module}.shuffle()\` is random`, at));
    return none;
  });
}

const randomNames = ['random', 'randint', 'uniform', 'choice', 'choices', 'sample', 'gauss', 'normalvariate', 'betavariate', 'randrange', 'getrandbits', 'triangular', 'expovariate', 'getstate', 'lognormvariate'];

const generatorClass = (name: string) => nativeClass(name, [objectClass], [
  ...randomNames.map(method => [method, raw(`${name}.${method}`, ({ at }) => unknown(`\`${method}()\` is random`, at), true)] as const),
  ...['seed', 'shuffle', 'setstate'].map(method => [method, raw(`${name}.${method}`, () => none, true)] as const),
], { allocate: cls => instanceOf(cls) });

const randomState = generatorClass('random.Random');
const dateClass = nativeClass('datetime.datetime', [objectClass], ['now', 'today', 'utcnow', 'strptime', 'fromtimestamp', 'fromisoformat'].map(name => [name, { kind: 'staticmethod', callee: raw(`datetime.${name}`, ({ at }) => unknown(`\`datetime.${name}()\` ${clock}`, at)) }] as const), {
  allocate: (_cls, args) => unknown('dates are not modelled', args.at),
});

const chanceEntries: readonly LibraryEntry[] = [
  ...randomNames.map(name => open(`random.${name}`, chance)), nothing('random.seed'), nothing('random.setstate'), shuffle('random'), entry('random.Random', () => randomState), alias('random.SystemRandom', 'random.Random'),
  ...['time', 'perf_counter', 'monotonic', 'process_time', 'time_ns', 'perf_counter_ns', 'strftime', 'localtime', 'gmtime', 'ctime', 'asctime'].map(name => open(`time.${name}`, clock)), nothing('time.sleep'),
  entry('datetime.datetime', () => dateClass), entry('datetime.date', () => dateClass), ...['timedelta', 'timezone', 'time'].map(name => open(`datetime.${name}`, clock)),
  ...['uuid1', 'uuid4', 'uuid5', 'UUID'].map(name => open(`uuid.${name}`, chance)),
  ...['md5', 'sha1', 'sha256', 'sha512', 'new', 'blake2b'].map(name => open(`hashlib.${name}`, 'digests data')),
  ...['token_hex', 'token_bytes', 'randbelow', 'choice', 'token_urlsafe'].map(name => open(`secrets.${name}`, chance)),
  ...['mkdtemp', 'mkstemp', 'NamedTemporaryFile', 'TemporaryDirectory', 'gettempdir', 'TemporaryFile'].map(name => open(`tempfile.${name}`, 'depends on the machine')),
  ...['run', 'check_output', 'Popen', 'call', 'check_call', 'getoutput'].map(name => open(`subprocess.${name}`, 'runs another program')), entry('subprocess.PIPE', () => int(-1)), entry('subprocess.STDOUT', () => int(-2)), entry('subprocess.DEVNULL', () => int(-3)),
  entry('subprocess.CalledProcessError', interpreter => interpreter.libraryValue('builtins.RuntimeError')),
  ...['socket', 'gethostname', 'create_connection', 'gethostbyname'].map(name => open(`socket.${name}`, 'depends on the machine')),
  ...['Process', 'Pool', 'Queue', 'Manager', 'cpu_count', 'get_context', 'Value', 'Array', 'Lock', 'current_process', 'get_start_method'].map(name => open(`multiprocessing.${name}`, 'depends on the machine')), nothing('multiprocessing.set_start_method'), nothing('multiprocessing.freeze_support'),
  ...['ThreadPoolExecutor', 'ProcessPoolExecutor', 'as_completed', 'wait'].map(name => open(`concurrent.futures.${name}`, 'runs in other threads')),
  ...['urlopen', 'urlretrieve', 'Request'].map(name => open(`urllib.request.${name}`, 'reads the network')),
  ...['get', 'post', 'Session'].map(name => open(`requests.${name}`, 'reads the network')),
  entry('urllib.error.HTTPError', interpreter => interpreter.libraryValue('builtins.OSError')), entry('urllib.error.URLError', interpreter => interpreter.libraryValue('builtins.OSError')),
  ...['run', 'gather', 'sleep', 'get_event_loop', 'new_event_loop', 'create_task'].map(name => open(`asyncio.${name}`, 'is not modelled')),
  open('queue.Queue', 'is shared between threads'), ...['signal', 'alarm', 'getsignal'].map(name => nothing(`signal.${name}`)), ...['SIGINT', 'SIGTERM', 'SIGUSR1', 'SIGKILL', 'SIGALRM', 'SIG_DFL', 'SIG_IGN'].map((name, i) => entry(`signal.${name}`, () => int(i + 1))),
  ...['getrusage', 'getrlimit', 'setrlimit'].map(name => open(`resource.${name}`, 'depends on the machine')), entry('resource.RLIMIT_NOFILE', () => int(7)),
  ...['parse', 'fromstring', 'ElementTree'].map(name => open(`xml.etree.ElementTree.${name}`, 'reads a file')), ...['reader', 'writer', 'DictReader', 'DictWriter'].map(name => open(`csv.${name}`, 'reads a file')),
  ...['open', 'GzipFile'].map(name => open(`gzip.${name}`, 'reads a file')), open('zipfile.ZipFile', 'reads a file'), open('tarfile.open', 'reads a file'),
  ...['b64encode', 'b64decode'].map(name => open(`base64.${name}`, 'is not modelled')), open('zlib.crc32', 'is not modelled'), open('pkgutil.get_data', 'reads installed files'), open('timeit.default_timer', clock), alias('codecs.open', 'builtins.open'),
  ...['ENOENT', 'EEXIST', 'EACCES', 'EINVAL'].map((name, i) => entry(`errno.${name}`, () => int([2, 17, 13, 22][i] ?? 0))),
  ...['UnpicklingError', 'PickleError'].map(name => entry(`pickle.${name}`, interpreter => interpreter.libraryValue('builtins.Exception'))), open('pickle.Unpickler', 'reads a file'), open('configparser.ConfigParser', 'reads a file'), open('getpass.getuser', 'depends on the machine'), open('ctypes.CDLL', 'loads a library'),
];

// ——— logging, warnings, gc … ———

/** An object every method of which does nothing: loggers, handlers, progress bars. */
const silentClass = nativeClass('logging.Logger', [objectClass], [
  ['__getattr__', raw('Logger.__getattr__', ({ positional: [, name = none] }) => (name.kind === 'str' && !name.value.startsWith('__') ? raw(name.value, () => none) : { kind: 'notimplemented' }), true)],
  ['__call__', raw('Logger.__call__', () => none, true)],
  m('Logger.isEnabledFor(self, level)', () => bool(false)), m('Logger.hasHandlers(self)', () => bool(true)), m('Logger.getEffectiveLevel(self)', () => int(30)),
  m('Logger.getChild(self, suffix)', p => p.self),
  ['__enter__', raw('Logger.__enter__', ({ positional: [self = none] }) => self, true)], ['__exit__', raw('Logger.__exit__', () => none, true)],
], {
  allocate: (cls, args) => instanceOf(cls, [['name', args.positional[0] ?? str('root')], ['level', int(0)], ['handlers', list([])], ['filters', list([])], ['disabled', bool(false)], ['propagate', bool(true)], ['parent', none]]),
});

const logger = (name: Value): InstanceValue => instanceOf(silentClass, [['name', name], ['level', int(0)], ['handlers', list([])], ['filters', list([])], ['disabled', bool(false)], ['propagate', bool(true)], ['parent', none]]);
const levels = { CRITICAL: 50, FATAL: 50, ERROR: 40, WARNING: 30, WARN: 30, INFO: 20, DEBUG: 10, NOTSET: 0 };

const quietEntries: readonly LibraryEntry[] = [
  fn('logging.getLogger(name=None)', p => logger(p.name)), entry('logging.Logger', () => silentClass), entry('logging.root', () => logger(str('root'))),
  ...Object.entries(levels).map(([name, level]) => entry(`logging.${name}`, () => int(level))),
  ...['debug', 'info', 'warning', 'warn', 'error', 'exception', 'critical', 'log', 'basicConfig', 'disable', 'captureWarnings', 'addLevelName', 'shutdown', 'setLoggerClass', 'getLevelName', 'setLogRecordFactory'].map(name => nothing(`logging.${name}`)),
  ...['Handler', 'StreamHandler', 'FileHandler', 'Formatter', 'Filter', 'NullHandler', 'LoggerAdapter', 'LogRecord'].map(name => alias(`logging.${name}`, 'logging.Logger')),
  ...['RotatingFileHandler', 'TimedRotatingFileHandler', 'QueueHandler'].map(name => alias(`logging.handlers.${name}`, 'logging.Logger')), nothing('logging.config.dictConfig'),
  ...['warn', 'simplefilter', 'filterwarnings', 'resetwarnings', 'warn_explicit', 'showwarning', 'formatwarning'].map(name => nothing(`warnings.${name}`)),
  entry('warnings.catch_warnings', () => catchWarnings),
  ...['collect', 'disable', 'enable', 'freeze', 'set_threshold'].map(name => nothing(`gc.${name}`)), fn('gc.get_objects()', () => list([])), fn('gc.isenabled()', () => bool(true)),
  ...['print_exc', 'print_stack', 'print_exception'].map(name => nothing(`traceback.${name}`)), ...['format_exc', 'format_exception', 'extract_stack', 'format_stack'].map(name => open(`traceback.${name}`, 'depends on the running frame')),
  nothing('atexit.register'), nothing('faulthandler.enable'), nothing('pdb.set_trace'), fn('pprint.pprint(object, *args, **kwargs)', () => none), fn('pprint.pformat(object, *args, **kwargs)', (p, i, { at }) => i.callWith(i.libraryValue('builtins.repr'), [p.object], at)),
  fn('weakref.ref(object, callback=None)', p => raw('weakref.ref', () => p.object)), fn('weakref.proxy(object, callback=None)', p => p.object), alias('weakref.WeakKeyDictionary', 'builtins.dict'), alias('weakref.WeakValueDictionary', 'builtins.dict'), alias('weakref.WeakSet', 'builtins.set'), nothing('weakref.finalize'),
  fn('platform.system()', () => str('Linux')), fn('platform.python_version()', () => str('3.11.9')), fn('platform.machine()', () => str('x86_64')), ...['platform', 'node', 'processor', 'release', 'uname'].map(name => open(`platform.${name}`, 'depends on the machine')),
  fn('io.StringIO(initial_value="", newline=None)', p => (isUnknown(p.initial_value) ? p.initial_value : fileOf(p.initial_value.kind === 'str' ? p.initial_value.value : '', 'StringIO'))), entry('io.TextIOWrapper', () => textFileClass), open('io.BytesIO', 'holds bytes'), entry('io.IOBase', () => textFileClass), alias('io.open', 'builtins.open'),
  fn('decimal.Decimal(value="0", context=None)', (p, interpreter, { at }) => interpreter.callWith(interpreter.libraryValue('builtins.float'), [p.value], at)), fn('decimal.getcontext()', () => logger(none)),
  entry('__future__.annotations', () => none), ...['division', 'print_function', 'absolute_import', 'unicode_literals', 'generator_stop', 'with_statement', 'nested_scopes', 'generators'].map(name => entry(`__future__.${name}`, () => none)),
  fn('tqdm.tqdm(iterable=None, *args, **kwargs)', p => (p.iterable.kind === 'none' ? logger(none) : p.iterable)), alias('tqdm.auto.tqdm', 'tqdm.tqdm'), alias('tqdm.notebook.tqdm', 'tqdm.tqdm'), fn('tqdm.trange(*args, **kwargs)', (p, interpreter, { at }) => interpreter.callWith(interpreter.libraryValue('builtins.range'), p.args.kind === 'tuple' ? p.args.items : [], at)), alias('tqdm.auto.trange', 'tqdm.trange'),
  ...['get_logger'].map(name => fn(`absl.logging.${name}(*args)`, () => logger(none))), fn('locale.setlocale(category, locale=None)', () => none), entry('builtins.copyright', () => none), entry('builtins.credits', () => none),
  fn('colorama.init(*args, **kwargs)', () => none), fn('shlex.split(s, comments=False, posix=True)', (p, interpreter, { at }) => interpreter.callMethod(p.s, 'split', [], at)), fn('difflib.get_close_matches(word, possibilities, n=3, cutoff=0.6)', () => list([])),
  fn('ast.literal_eval(node_or_string)', (p, interpreter, { at }) => (isUnknown(p.node_or_string) ? p.node_or_string : interpreter.callWith(interpreter.libraryValue('json.loads'), [literalText(p.node_or_string)], at))),
];

/** Python literals that are JSON but for quotes and constants; good enough for lists, tuples, numbers and strings. */
function literalText(value: Value): Value {
  if (value.kind !== 'str') return value;
  return str(value.value.replace(/\bTrue\b/g, 'true').replace(/\bFalse\b/g, 'false').replace(/\bNone\b/g, 'null').replaceAll("'", '"').replaceAll('(', '[').replaceAll(')', ']').replace(/,\s*([\]}])/g, '$1'));
}

const catchWarnings = nativeClass('warnings.catch_warnings', [objectClass], [
  ['__enter__', raw('catch_warnings.__enter__', ({ positional: [self = none] }) => (self.kind === 'instance' && self.attributes.get('_record')) || none, true)],
  ['__exit__', raw('catch_warnings.__exit__', () => none, true)],
], { allocate: (cls, args) => instanceOf(cls, [['_record', args.keywords.some(([name, value]) => name === 'record' && value.kind === 'bool' && value.value) ? list([]) : none]]) });

// ——— inspect ———

const emptyClass = nativeClass('inspect._empty', [objectClass]);
const kindClass = nativeClass('inspect._ParameterKind', [objectClass], [['__repr__', raw('kind.__repr__', ({ positional: [self = none] }) => (self.kind === 'instance' && self.attributes.get('name')) || none, true)]]);
const kinds = Object.fromEntries(['POSITIONAL_ONLY', 'POSITIONAL_OR_KEYWORD', 'VAR_POSITIONAL', 'KEYWORD_ONLY', 'VAR_KEYWORD'].map((name, i) => [name, instanceOf(kindClass, [['name', str(name)], ['value', int(i)]], int(i))]));
const kindOf = { 'positional-only': 'POSITIONAL_ONLY', normal: 'POSITIONAL_OR_KEYWORD', '*': 'VAR_POSITIONAL', 'keyword-only': 'KEYWORD_ONLY', '**': 'VAR_KEYWORD' } as const;
const parameterClass = nativeClass('inspect.Parameter', [objectClass], [...Object.entries(kinds), ['empty', emptyClass]]);
const signatureClass = nativeClass('inspect.Signature', [objectClass], [['empty', emptyClass], m('Signature.bind(self, *args, **kwargs)', (_p, _i, { at }) => unknown('bound arguments are not modelled', at))]);

const parameterValue = (parameter: CallableParameter): Value => instanceOf(parameterClass, [
  ['name', str(parameter.name)], ['kind', kinds[kindOf[parameter.form]] ?? none], ['default', parameter.default ?? emptyClass], ['annotation', parameter.annotation ?? emptyClass],
]);

function test(name: string, is: (value: Value, interpreter: Interpreter) => boolean): LibraryEntry {
  return fn(`inspect.${name}(object)` as 'inspect.isclass(object)', (p, interpreter) => (isUnknown(p.object) ? p.object : bool(is(p.object, interpreter))));
}

function members(object: Value, keep: Value, interpreter: Interpreter, at: Location): Value {
  if (isUnknown(object)) return object;
  const pairs: Value[] = [];
  for (const name of namesOf(object, classOf(object, interpreter))) {
    const value = interpreter.findAttribute(object, name, at);
    if (!value) continue;
    const kept = keep.kind === 'none' ? true : interpreter.truth(interpreter.callWith(keep, [value], at), at);
    if (kept === true) pairs.push(tuple([str(name), value]));
  }
  return list(pairs);
}

const inspectEntries: readonly LibraryEntry[] = [
  fn('inspect.signature(callable, *, follow_wrapped=True)', (p, interpreter, { at }) => {
    if (isUnknown(p.callable)) return p.callable;
    const parameters = parametersOf(p.callable, interpreter);
    if (!parameters) return unknown('the signature is not known', at);
    return instanceOf(signatureClass, [['parameters', dictOfNames(parameters.map(parameter => [parameter.name, parameterValue(parameter)]))], ['return_annotation', emptyClass]]);
  }),
  fn('inspect.getfullargspec(func)', (p, interpreter, { at }) => {
    const parameters = parametersOf(p.func.kind === 'method' ? p.func.callee : p.func, interpreter);
    if (!parameters) return unknown('the signature is not known', at);
    const positional = parameters.filter(parameter => parameter.form === 'normal' || parameter.form === 'positional-only');
    const named = (form: CallableParameter['form']) => parameters.find(parameter => parameter.form === form)?.name;
    const rest = named('*');
    const keywords = named('**');
    const args = p.func.kind === 'class' ? [str('self'), ...positional.map(parameter => str(parameter.name))] : positional.map(parameter => str(parameter.name));
    const defaults = positional.flatMap(parameter => (parameter.default ? [parameter.default] : []));
    const only = parameters.filter(parameter => parameter.form === 'keyword-only');
    return tuple([
      list(args), rest ? str(rest) : none, keywords ? str(keywords) : none, defaults.length > 0 ? tuple(defaults) : none, list(only.map(parameter => str(parameter.name))),
      dictOfNames(only.flatMap(parameter => (parameter.default ? [[parameter.name, parameter.default] as const] : []))), dict(),
    ], argSpec);
  }),
  alias('inspect.getargspec', 'inspect.getfullargspec'),
  entry('inspect.Parameter', () => parameterClass), entry('inspect.Signature', () => signatureClass), entry('inspect._empty', () => emptyClass),
  test('isclass', value => value.kind === 'class'), test('isfunction', value => value.kind === 'function'), test('ismethod', value => value.kind === 'method'), test('ismodule', value => value.kind === 'module'), test('isbuiltin', value => value.kind === 'native'),
  test('isroutine', value => value.kind === 'function' || value.kind === 'method' || value.kind === 'native'), test('isgenerator', value => value.kind === 'iterator' && value.name === 'generator'), test('iscoroutinefunction', value => value.kind === 'function' && value.definition.kind === 'FunctionDefinition' && value.definition.isAsync),
  test('isgeneratorfunction', value => value.kind === 'function' && value.definition.kind === 'FunctionDefinition' && value.definition.isGenerator), test('isabstract', () => false), test('isdatadescriptor', value => value.kind === 'property'),
  fn('inspect.getmembers(object, predicate=None)', (p, interpreter, { at }) => members(p.object, p.predicate, interpreter, at)),
  fn('inspect.getmro(cls)', p => (p.cls.kind === 'class' ? tuple(p.cls.mro) : p.cls)), fn('inspect.getdoc(object)', () => none), fn('inspect.cleandoc(doc)', p => p.doc),
  fn('inspect.unwrap(func, *, stop=None)', p => (p.func.kind === 'function' ? (p.func.attributes.get('__wrapped__') ?? p.func) : p.func)),
  fn('inspect.getmodule(object)', (p, interpreter, { at }) => {
    const name = isUnknown(p.object) ? p.object : interpreter.findAttribute(p.object, '__module__', at);
    return name?.kind === 'str' ? (interpreter.module(name.value) ?? none) : (name ?? none);
  }),
  ...['getsource', 'getfile', 'getsourcefile', 'getsourcelines', 'currentframe', 'stack', 'getframeinfo', 'getouterframes', 'getcallargs'].map(name => open(`inspect.${name}`, 'depends on the running program')),
];

const argSpec = namedTupleClass('FullArgSpec', 'inspect', { names: ['args', 'varargs', 'varkw', 'defaults', 'kwonlyargs', 'kwonlydefaults', 'annotations'], defaults: new Map() }, [], undefined);

/** What `argparse` gives for an argument that only a command line could supply. */
const argumentEntries: readonly LibraryEntry[] = [
  fn('_joulelint_arguments.missing(name)', (p, _i, { at }) => unknown(`the argument \`${p.name.kind === 'str' ? p.name.value : ''}\` comes from the command line`, at)),
];

registerClass('file', textFileClass);

export const systemEntries: readonly LibraryEntry[] = [
  ...osEntries, entry('pathlib.Path', () => pathClass), entry('pathlib.PurePath', () => pureClass), alias('pathlib.PosixPath', 'pathlib.Path'), alias('pathlib.PurePosixPath', 'pathlib.PurePath'), alias('pathlib.WindowsPath', 'pathlib.Path'),
  ...sysEntries, ...chanceEntries, ...quietEntries, ...inspectEntries, ...argumentEntries,
];
