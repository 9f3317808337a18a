/** `importlib` and `pkgutil`: importing by name, looking for modules and installed packages. */
import type { Location } from '../../../base/span';
import { isUnknown, unknown } from '../../../base/unknown';
import { itemsOf, numberOf } from '../convert';
import type { Interpreter } from '../interpreter';
import { alias, entry, fn, type LibraryEntry } from '../library';
import { bool, dictOfNames, int, iterator, list, none, str, tuple, type Value } from '../values';
import { namedTupleClass } from './collections';
import { pathText, uriOf } from './files';
import { instanceOf, nativeClass, payloadOf, raw, withItems } from '../objects/native';
import { moduleSpec, specClass } from '../objects/module-spec';
import { objectClass } from '../objects/object';
import { sortValues } from '../objects/operators';

const notFoundClass = (interpreter: Interpreter) => interpreter.libraryValue('builtins.ModuleNotFoundError');
/** Versions that programs compare against; what is not listed is not installed as far as this program can tell. */
const modelled: Readonly<Record<string, string>> = { numpy: '2.0.0', keras: '3.12.0', tensorflow: '2.20.0', einops: '0.8.0' };
/** Of what is taken for installed although it may not lie beside. */
const versions: Readonly<Record<string, string>> = { torch: '2.15.0', torchvision: '0.30.0', timm: '1.0.29' };

export const importlibEntries: readonly LibraryEntry[] = [
  fn('importlib.import_module(name, package=None)', (p, interpreter, { at }) => {
    if (isUnknown(p.name)) return p.name;
    const name = payloadOf(p.name);
    if (name.kind !== 'str') return interpreter.raise('TypeError', 'the module name must be a string', at);
    const dots = /^\.*/.exec(name.value)?.[0].length ?? 0;
    if (dots === 0) return interpreter.modules.import(name.value, at);
    if (p.package.kind !== 'str') return isUnknown(p.package) ? p.package : interpreter.raise('TypeError', `the 'package' argument is required to perform a relative import for '${name.value}'`, at);
    const parts = p.package.value.split('.');
    return interpreter.modules.import([...parts.slice(0, parts.length - dots + 1), name.value.slice(dots)].filter(part => part !== '').join('.'), at);
  }),
  fn('builtins.__import__(name, globals=None, locals=None, fromlist=(), level=0)', (p, interpreter, { at }) => {
    if (isUnknown(p.name) || p.name.kind !== 'str') return isUnknown(p.name) ? p.name : interpreter.raise('TypeError', '__import__() argument 1 must be str', at);
    if (numberOf(p.level) > 0) return unknown('a relative import by `__import__` is not followed', at);
    const names = p.fromlist.kind === 'none' ? [] : itemsOf(p.fromlist) ?? [];
    const found = interpreter.modules.import(p.name.value, at);
    if (names.length === 0) return interpreter.modules.import(p.name.value.split('.')[0] ?? '', at);
    for (const name of names) {
      const inner = name.kind === 'str' ? `${p.name.value}.${name.value}` : '';
      if (found.kind === 'module' && name.kind === 'str' && !interpreter.modules.attributeOf(found, name.value, at)) interpreter.modules.tryImport(inner, at);
    }
    return found;
  }),
  fn('importlib.reload(module)', p => p.module), fn('importlib.invalidate_caches()', () => none),
  fn('importlib.util.find_spec(name, package=None)', (p, interpreter, { at }) => {
    if (isUnknown(p.name)) return p.name;
    const name = p.name.kind === 'str' ? p.name.value : '';
    return interpreter.library.isModule(name) || interpreter.modules.exists(name, at) ? moduleSpec(name, undefined, !name.includes('.')) : none;
  }),
  fn('importlib.util.spec_from_file_location(name, location=None, *, loader=None, submodule_search_locations=None)', p => {
    const path = pathText(p.location);
    if (isUnknown(p.name) || isUnknown(p.location) || path === undefined) return isUnknown(p.location) ? p.location : p.name;
    return instanceOf(specClass, [
      ['name', p.name],
      ['origin', str(path)],
      ['loader', instanceOf(loaderClass, [['name', p.name], ['path', str(path)]])],
      ['submodule_search_locations', p.submodule_search_locations],
    ]);
  }),
  fn('importlib.util.module_from_spec(spec)', (p, interpreter, { at }) => {
    if (p.spec.kind !== 'instance') return p.spec;
    const [name, origin] = [p.spec.attributes.get('name'), p.spec.attributes.get('origin')];
    if (name?.kind !== 'str' || origin?.kind !== 'str') return unknown('a module without a file', at);
    return interpreter.modules.fromFile(name.value, uriOf(origin.value, at));
  }),
  fn('importlib.metadata.version(distribution_name)', (p, interpreter, { at }) => {
    if (isUnknown(p.distribution_name)) return p.distribution_name;
    const name = p.distribution_name.kind === 'str' ? p.distribution_name.value : '';
    const version = modelled[name] ?? interpreter.modules.files.installedVersion(name) ?? versions[name];
    return version ? str(version) : interpreter.raise('ModuleNotFoundError', name, at);
  }),
  fn('importlib.metadata.packages_distributions()', () => dictOfNames(Object.keys({ ...modelled, ...versions }).map(name => [name, list([str(name)])] as const))),
  entry('importlib.metadata.PackageNotFoundError', notFoundClass),
  alias('importlib_metadata.version', 'importlib.metadata.version'),
  alias('importlib_metadata.PackageNotFoundError', 'importlib.metadata.PackageNotFoundError'),
  entry('importlib.metadata.entry_points', () => raw('importlib.metadata.entry_points', ({ keywords }) => (keywords.length > 0 ? list([]) : instanceOf(entryPointsClass)))),
  entry('importlib.resources.files', () => raw('importlib.resources.files', ({ at }) => unknown('`importlib.resources.files()` reads installed files', at))),
  fn('pkgutil.iter_modules(path=None, prefix="")', (p, interpreter, { at }) => {
    if (isUnknown(p.path)) return p.path;
    return withItems(p.path.kind === 'none' ? list([]) : p.path, interpreter, at, folders => {
      const found: Value[] = [];
      const prefix = p.prefix.kind === 'str' ? p.prefix.value : '';
      for (const folder of folders) {
        for (const name of interpreter.modules.files.folder(folderUri(pathText(folder) ?? '', at)) ?? []) {
          if (name.endsWith('/') && !name.startsWith('_') && !name.startsWith('.')) found.push(tuple([none, str(prefix + name.slice(0, -1)), bool(true)], moduleInfo));
          else if (name.endsWith('.py') && name !== '__init__.py') found.push(tuple([none, str(prefix + name.slice(0, -3)), bool(false)], moduleInfo));
        }
      }
      const sorted = sortValues(found, raw('name', ({ positional: [item] }) => (item?.kind === 'tuple' ? (item.items[1] ?? none) : none)), false, interpreter, at);
      return isUnknown(sorted) ? sorted : iterator('generator', sorted);
    });
  }),
  alias('pkgutil.walk_packages', 'pkgutil.iter_modules'), fn('pkgutil.extend_path(path, name)', p => p.path),
  fn('pkgutil.get_data(package, resource)', (p, interpreter, { at }) => {
    const folder = p.package.kind === 'str' ? folderOfPackage(p.package.value, interpreter, at) : undefined;
    const text = folder === undefined || p.resource.kind !== 'str' ? undefined : interpreter.modules.files.text(folder + p.resource.value);
    return text === undefined ? unknown('`pkgutil.get_data()` of a file that is not read', at) : { kind: 'bytes', value: text };
  }),
  fn('pkg_resources.parse_version(v)', (p, interpreter, { at }) => interpreter.callWith(interpreter.attribute(interpreter.modules.import('packaging.version', at), 'parse', at), [p.v], at)),
  entry('pkg_resources.resource_filename', () => raw('pkg_resources.resource_filename', ({ at }) => unknown('`pkg_resources.resource_filename()` reads installed files', at))),
];

/** Nothing has registered itself. */
const entryPointsClass = nativeClass('importlib.metadata.EntryPoints', [objectClass], [
  ['select', raw('EntryPoints.select', () => list([]), true)], ['get', raw('EntryPoints.get', ({ positional: [, , fallback = list([])] }) => fallback, true)],
  ['__iter__', raw('EntryPoints.__iter__', () => iterator('iterator', []), true)], ['__len__', raw('EntryPoints.__len__', () => int(0), true)],
  ['__getitem__', raw('EntryPoints.__getitem__', () => list([]), true)],
]);
const loaderClass = nativeClass('importlib.machinery.SourceFileLoader', [objectClass], [
  ['exec_module', raw('SourceFileLoader.exec_module', ({ positional: [, module = none], at }, interpreter) => (module.kind === 'module' ? interpreter.modules.execute(module, at) : none), true)],
]);

const folderOfPackage = (name: string, interpreter: Interpreter, at: Location): string | undefined => {
  const module = interpreter.modules.import(name, at);
  return module.kind === 'module' && module.uri !== undefined ? module.uri.slice(0, module.uri.lastIndexOf('/') + 1) : undefined;
};
const folderUri = (path: string, at: Location) => {
  const uri = uriOf(path, at);
  return uri.endsWith('/') ? uri : `${uri}/`;
};
const moduleInfo = namedTupleClass('ModuleInfo', 'pkgutil', { names: ['module_finder', 'name', 'ispkg'], defaults: new Map() }, [], undefined);
