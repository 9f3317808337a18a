/** `inspect`. */
import type { Location } from '../../../base/span';
import { isUnknown, unknown } from '../../../base/unknown';
import type { Interpreter } from '../interpreter';
import { alias, entry, fn, type LibraryEntry } from '../library';
import { classOf } from '../objects/class-of';
import { currentFrame } from '../objects/frame-object';
import { instanceOf, m, nativeClass, raw } from '../objects/native';
import { objectClass } from '../objects/object';
import { namesOf } from '../objects/object-rows';
import { bool, dict, dictOfNames, int, list, none, str, tuple, type Value } from '../values';
import { parametersOf, type CallableParameter } from './callable-parameters';
import { namedTupleClass } from './collections';
import { open } from './opaque';

const emptyClass = nativeClass('inspect._empty', [objectClass]);
const kindClass = nativeClass('inspect._ParameterKind', [objectClass], [['__repr__', raw('kind.__repr__', ({ positional: [self = none] }) =>
  (self.kind === 'instance' && self.attributes.get('name')) || none, true)]]);
const kinds = Object.fromEntries([
  'POSITIONAL_ONLY', 'POSITIONAL_OR_KEYWORD', 'VAR_POSITIONAL', 'KEYWORD_ONLY', 'VAR_KEYWORD',
].map((name, i) => [name, instanceOf(kindClass, [['name', str(name)], ['value', int(i)]], int(i))]));
const kindOf = { 'positional-only': 'POSITIONAL_ONLY', normal: 'POSITIONAL_OR_KEYWORD', '*': 'VAR_POSITIONAL', 'keyword-only': 'KEYWORD_ONLY', '**': 'VAR_KEYWORD' } as const;
const parameterClass = nativeClass('inspect.Parameter', [objectClass], [...Object.entries(kinds), ['empty', emptyClass]]);
const signatureClass = nativeClass('inspect.Signature', [objectClass], [
  ['empty', emptyClass],
  m('Signature.bind(self, *args, **kwargs)', (_p, _i, { at }) => unknown('bound arguments are not modelled', at)),
]);

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

/** The text of a module, or the lines of a function's or class's definition. */
function sourceText(object: Value, interpreter: Interpreter): Value | undefined {
  const { files } = interpreter.modules;
  if (object.kind === 'module') {
    const text = object.uri === undefined ? undefined : files.text(object.uri);
    return text === undefined ? undefined : str(text);
  }
  const subject = object.kind === 'method' ? object.callee : object;
  const definition = subject.kind === 'function' || subject.kind === 'class' ? subject.definition : undefined;
  const uri = subject.kind === 'function' ? subject.module.uri : subject.kind === 'class' ? subject.at?.uri : undefined;
  const text = uri === undefined ? undefined : files.text(uri);
  if (!definition || definition.kind === 'Lambda' || text === undefined) return undefined;
  const start = Math.min(definition.span.start, ...definition.decorators.map(({ span }) => span.start));
  const end = text.indexOf('\n', definition.span.end);
  return str(text.slice(text.lastIndexOf('\n', start) + 1, end < 0 ? undefined : end + 1));
}

export const inspectEntries: readonly LibraryEntry[] = [
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
  test('isclass', value => value.kind === 'class'), test('isfunction', value => value.kind === 'function'),
  test('ismethod', value => value.kind === 'method'), test('ismodule', value => value.kind === 'module'),
  test('isbuiltin', value => value.kind === 'native'),
  test('isroutine', value => value.kind === 'function' || value.kind === 'method' || value.kind === 'native'),
  test('isgenerator', value => value.kind === 'iterator' && value.name === 'generator'),
  test('iscoroutinefunction', value => value.kind === 'function' && value.definition.kind === 'FunctionDefinition' && value.definition.isAsync),
  test('isgeneratorfunction', value => value.kind === 'function' && value.definition.kind === 'FunctionDefinition' && value.definition.isGenerator),
  test('isabstract', () => false),
  test('isdatadescriptor', value => value.kind === 'property'),
  fn('inspect.getmembers(object, predicate=None)', (p, interpreter, { at }) => members(p.object, p.predicate, interpreter, at)),
  fn('inspect.getmro(cls)', p => (p.cls.kind === 'class' ? tuple(p.cls.mro) : p.cls)), fn('inspect.getdoc(object)', () => none), fn('inspect.cleandoc(doc)', p => p.doc),
  fn('inspect.unwrap(func, *, stop=None)', p => (p.func.kind === 'function' ? (p.func.attributes.get('__wrapped__') ?? p.func) : p.func)),
  fn('inspect.getmodule(object)', (p, interpreter, { at }) => {
    const name = isUnknown(p.object) ? p.object : interpreter.findAttribute(p.object, '__module__', at);
    return name?.kind === 'str' ? (interpreter.module(name.value) ?? none) : (name ?? none);
  }),
  fn('inspect.currentframe()', (_p, interpreter) => currentFrame(interpreter)),
  fn('inspect.getargvalues(frame)', (p, interpreter, { at }) => {
    if (isUnknown(p.frame)) return p.frame;
    const code = interpreter.attribute(p.frame, 'f_code', at);
    const [names, count] = [interpreter.attribute(code, 'co_varnames', at), interpreter.attribute(code, 'co_argcount', at)];
    const args = names.kind === 'tuple' && count.kind === 'int' ? names.items.slice(0, count.value) : [];
    return tuple([list([...args]), none, none, interpreter.attribute(p.frame, 'f_locals', at)]);
  }),
  fn('inspect.getsource(object)', (p, interpreter, { at }) => sourceText(p.object, interpreter) ?? (isUnknown(p.object) ? p.object : unknown('`inspect.getsource()` of what has no source here', at))),
  ...[
    'getfile', 'getsourcefile', 'getsourcelines', 'stack', 'getframeinfo', 'getouterframes', 'getcallargs',
  ].map(name => open(`inspect.${name}`, 'depends on the running program')),
];

const argSpec = namedTupleClass('FullArgSpec', 'inspect', { names: ['args', 'varargs', 'varkw', 'defaults', 'kwonlyargs', 'kwonlydefaults', 'annotations'], defaults: new Map() }, [], undefined);
