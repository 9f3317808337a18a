/** `logging`, `warnings`, progress bars: they tell, and change nothing. */
import { alias, entry, fn, type LibraryEntry } from '../library';
import { instanceOf, m, nativeClass, raw } from '../objects/native';
import { objectClass } from '../objects/object';
import { bool, dict, int, list, none, str, type InstanceValue, type Value } from '../values';
import { nothing } from './opaque';

/** An object every method of which does nothing: loggers, handlers, progress bars. */
const silentClass = nativeClass('logging.Logger', [objectClass], [
  ['__getattr__', raw('Logger.__getattr__', ({ positional: [, name = none] }) =>
    (name.kind === 'str' && !name.value.startsWith('__') ? raw(name.value, () => none) : { kind: 'notimplemented' }), true)],
  ['__call__', raw('Logger.__call__', () => none, true)],
  m('Logger.isEnabledFor(self, level)', () => bool(false)), m('Logger.hasHandlers(self)', () => bool(true)), m('Logger.getEffectiveLevel(self)', () => int(30)),
  m('Logger.getChild(self, suffix)', p => p.self),
  ['__enter__', raw('Logger.__enter__', ({ positional: [self = none] }) => self, true)], ['__exit__', raw('Logger.__exit__', () => none, true)],
], {
  allocate: (cls, args) => instanceOf(cls, [
    ['name', args.positional[0] ?? str('root')], ['level', int(0)], ['handlers', list([])], ['filters', list([])], ['disabled', bool(false)],
    ['propagate', bool(true)], ['parent', none],
  ]),
});

export const logger = (name: Value, more: readonly (readonly [string, Value])[] = []): InstanceValue => instanceOf(silentClass, [
  ['name', name], ['level', int(0)], ['handlers', list([])], ['filters', list([])], ['disabled', bool(false)], ['propagate', bool(true)],
  ['parent', none], ...more,
]);
const rootLogger: InstanceValue = logger(str('root'), [['manager', instanceOf(nativeClass('logging.Manager', [objectClass]), [['loggerDict', dict()], ['disable', int(0)]])]]);
const levels = { CRITICAL: 50, FATAL: 50, ERROR: 40, WARNING: 30, WARN: 30, INFO: 20, DEBUG: 10, NOTSET: 0 };

export const loggingEntries: readonly LibraryEntry[] = [
  fn('logging.getLogger(name=None)', p => logger(p.name)),
  entry('logging.Logger', () => silentClass),
  entry('logging.root', () => rootLogger), entry('logging.lastResort', () => logger(none)),
  ...Object.entries(levels).map(([name, level]) => entry(`logging.${name}`, () => int(level))),
  ...[
    'debug', 'info', 'warning', 'warn', 'error', 'exception', 'critical', 'log', 'basicConfig', 'disable', 'captureWarnings', 'addLevelName',
    'shutdown', 'setLoggerClass', 'getLevelName', 'setLogRecordFactory',
  ].map(name => nothing(`logging.${name}`)),
  ...['Handler', 'StreamHandler', 'FileHandler', 'Formatter', 'Filter', 'NullHandler', 'LoggerAdapter', 'LogRecord'].map(name => alias(`logging.${name}`, 'logging.Logger')),
  ...['RotatingFileHandler', 'TimedRotatingFileHandler', 'QueueHandler'].map(name => alias(`logging.handlers.${name}`, 'logging.Logger')),
  nothing('logging.config.dictConfig'),
  ...['warn', 'simplefilter', 'filterwarnings', 'resetwarnings', 'warn_explicit', 'showwarning', 'formatwarning'].map(name => nothing(`warnings.${name}`)),
  entry('warnings.catch_warnings', () => catchWarnings),
  fn('tqdm.tqdm(iterable=None, *args, **kwargs)', p => (p.iterable.kind === 'none' ? logger(none) : p.iterable)),
  alias('tqdm.auto.tqdm', 'tqdm.tqdm'),
  alias('tqdm.notebook.tqdm', 'tqdm.tqdm'),
  fn('tqdm.trange(*args, **kwargs)', (p, interpreter, { at }) => interpreter.callWith(interpreter.libraryValue('builtins.range'), p.args.kind === 'tuple' ? p.args.items : [], at)),
  alias('tqdm.auto.trange', 'tqdm.trange'),
  ...['get_logger'].map(name => fn(`absl.logging.${name}(*args)`, () => logger(none))),
  fn('colorama.init(*args, **kwargs)', () => none),
];

const catchWarnings = nativeClass('warnings.catch_warnings', [objectClass], [
  ['__enter__', raw('catch_warnings.__enter__', ({ positional: [self = none] }) => (self.kind === 'instance' && self.attributes.get('_record')) || none, true)],
  ['__exit__', raw('catch_warnings.__exit__', () => none, true)],
], { allocate: (cls, args) => instanceOf(cls, [['_record', args.keywords.some(([name, value]) => name === 'record' && value.kind === 'bool' && value.value) ? list([]) : none]]) });
