/** `yaml`, `toml`, `tomllib` and what makes objects of such files: read for real, as far as they lie in the project. */
import type { Location } from '../../../../base/span';
import { isUnknown, unknown, type Unknown } from '../../../../base/unknown';
import type { Interpreter } from '../../interpreter';
import { alias, entry, fn, type LibraryEntry } from '../../library';
import { exceptionClass } from '../../objects/exception-classes';
import { nativeClass, payloadOf, raw } from '../../objects/native';
import { objectClass } from '../../objects/object';
import { iterator, none, str, typeName, type Value } from '../../values';
import { openFile, pathText } from '../files';
import { pythonValue, type DataNode } from './data-node';
import { readToml } from './toml-text';
import { readYaml, type YamlRules } from './yaml-text';

/** The text in a file that is open, in bytes, or itself. */
function textIn(stream: Value, interpreter: Interpreter, at: Location): string | Unknown {
  if (isUnknown(stream)) return stream;
  const own = payloadOf(stream);
  if (own.kind === 'str' || own.kind === 'bytes') return own.kind === 'str' ? own.value : new TextDecoder().decode(Uint8Array.from(own.value, character => character.charCodeAt(0)));
  const reader = interpreter.findAttribute(stream, 'read', at);
  const read = reader && payloadOf(interpreter.callWith(reader, [], at));
  if (read?.kind === 'str' || read?.kind === 'bytes') return textIn(read, interpreter, at);
  return read && isUnknown(read) ? read : unknown(`a ${typeName(stream)} is not read as a file`, at);
}

/** The same of a path. */
function textAt(source: Value, interpreter: Interpreter, at: Location): string | Unknown {
  const isPath = pathText(source) !== undefined;
  return textIn(isPath ? openFile(source, none, interpreter, at) : source, interpreter, at);
}

function yamlDocuments(text: string | Unknown, rules: YamlRules, at: Location): readonly DataNode[] | Unknown {
  if (isUnknown(text)) return text;
  const read = readYaml(text, rules);
  return 'refusal' in read ? unknown(`the YAML is not read: ${read.refusal}`, at) : read.documents;
}

function yamlValue(text: string | Unknown, interpreter: Interpreter, at: Location, rules: YamlRules = { looseFloats: false }): Value {
  const documents = yamlDocuments(text, rules, at);
  if (isUnknown(documents)) return documents;
  return documents[0] ? pythonValue(documents[0], interpreter, at) : none;
}

function tomlValue(text: string | Unknown, interpreter: Interpreter, at: Location): Value {
  if (isUnknown(text)) return text;
  const read = readToml(text);
  return 'refusal' in read ? unknown(`the TOML is not read: ${read.refusal}`, at) : pythonValue(read.document, interpreter, at);
}

const yamlError = nativeClass('yaml.error.YAMLError', [exceptionClass('Exception')]);
/** What is registered with a loader is not called: values with a tag of their own are unknown. */
const registering = ['add_constructor', 'add_implicit_resolver', 'add_multi_constructor', 'add_path_resolver'];
const loaderClass = nativeClass('yaml.loader.SafeLoader', [objectClass], registering.map(name => [name, raw(`SafeLoader.${name}`, () => none)] as const));

export const dataFileEntries: readonly LibraryEntry[] = [
  ...(['yaml.safe_load', 'yaml.full_load', 'yaml.unsafe_load'] as const).map(name =>
    fn(`${name}(stream)` as 'yaml.safe_load(stream)', (p, interpreter, { at }) => yamlValue(textIn(p.stream, interpreter, at), interpreter, at))),
  fn('yaml.load(stream, Loader=None)', (p, interpreter, { at }) => yamlValue(textIn(p.stream, interpreter, at), interpreter, at)),
  ...(['yaml.safe_load_all', 'yaml.load_all', 'yaml.full_load_all'] as const).map(name =>
    fn(`${name}(stream, Loader=None)` as 'yaml.load_all(stream, Loader=None)', (p, interpreter, { at }) => {
      const documents = yamlDocuments(textIn(p.stream, interpreter, at), { looseFloats: false }, at);
      return isUnknown(documents) ? documents : iterator('generator', documents.map(document => pythonValue(document, interpreter, at)));
    })),
  ...['dump', 'safe_dump', 'dump_all', 'add_representer', 'add_constructor', 'add_implicit_resolver', 'add_multi_constructor'].map(name => fn(`yaml.${name}(*args, **kwargs)`, () => none)),
  entry('yaml.YAMLError', () => yamlError),
  alias('yaml.scanner.ScannerError', 'yaml.YAMLError'),
  alias('yaml.parser.ParserError', 'yaml.YAMLError'),
  ...['SafeLoader', 'FullLoader', 'Loader', 'CLoader', 'CSafeLoader', 'BaseLoader', 'UnsafeLoader', 'Dumper', 'SafeDumper'].map(name => entry(`yaml.${name}`, () => loaderClass)),
  fn('_joulelint.settings_file(source)', (p, interpreter, { at }) => yamlValue(textAt(p.source, interpreter, at), interpreter, at, { looseFloats: true })),
  fn('_joulelint.settings_text(text)', (p, interpreter, { at }) => yamlValue(textIn(p.text, interpreter, at), interpreter, at, { looseFloats: true })),
  fn('_joulelint.hydra_package(source)', (p, interpreter, { at }) => {
    const text = textAt(p.source, interpreter, at);
    const stated = isUnknown(text) ? undefined : /^\s*#\s*@package\s+([\w.]+)/.exec(text)?.[1];
    return stated === undefined ? none : str(stated);
  }),
  fn('toml.load(f, _dict=None, decoder=None)', (p, interpreter, { at }) => tomlValue(textAt(p.f, interpreter, at), interpreter, at)),
  fn('tomllib.load(fp, /, *, parse_float=None)', (p, interpreter, { at }) => tomlValue(textIn(p.fp, interpreter, at), interpreter, at)),
  fn('tomllib.loads(s, /, *, parse_float=None)', (p, interpreter, { at }) => tomlValue(textIn(p.s, interpreter, at), interpreter, at)),
  alias('toml.loads', 'tomllib.loads'),
  alias('tomli.load', 'tomllib.load'),
  alias('tomli.loads', 'tomllib.loads'),
];
