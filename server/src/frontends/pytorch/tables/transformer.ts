/** torch.nn.Transformer and its layers, written in Python on the modules they consist of. */
import { PythonError } from '../../python/objects/python-error';
import type { Location } from '../../../base/span';
import type { Site } from '../../../graph/graph';
import type { Interpreter } from '../../python/interpreter';
import { alias, entry, type LibraryEntry, type LibraryTables } from '../../python/library';
import { native, none, type CallArguments, type Value } from '../../python/values';
import { namedModules } from '../module-walk';
import { isModule, type ModuleInstance } from '../state';
import { birth } from '../../python/heap/cells';

const module = 'torch.nn._transformer';
const inLibrary = (at: Location): boolean => at.uri === '';

/** What a constructor in library source made stands, for the reader, where the user constructs the whole. */
function placeModules(interpreter: Interpreter, root: ModuleInstance): void {
  const { declared } = root.native;
  if (inLibrary(declared)) return;
  for (const [, part] of namedModules(root)) {
    if (!inLibrary(part.native.declared)) continue;
    const { layer } = part.native;
    interpreter.heap.write(part.native, 'declared', declared);
    interpreter.heap.write(part.native, 'node', undefined);
    if (layer) interpreter.heap.write(part.native, 'layer', { ...layer, born: birth(), spans: {} });
  }
}

/** Operators applied in library source stand, for the reader, where the user applies the whole. */
function placeNodes(interpreter: Interpreter, mark: ReturnType<Interpreter['builder']['mark']>, at: Location): void {
  const { builder } = interpreter;
  const placed = (site: Site): Site => (inLibrary(site.declared) ? { declared: at, argument: {} } : site.applied && inLibrary(site.applied) ? { ...site, applied: at } : site);
  const replace = <T extends { readonly site: Site }>(items: T[], from: number): void => {
    for (let i = from; i < items.length; i++) {
      const item = items[i];
      if (item) items[i] = { ...item, site: placed(item.site) };
    }
  };
  replace(builder.nodes, mark.nodes);
  replace(builder.mismatches, mark.mismatches);
  for (let i = mark.gaps; i < builder.gaps.length; i++) {
    const gap = builder.gaps[i];
    if (gap?.at && inLibrary(gap.at)) builder.gaps[i] = { ...gap, at };
  }
}

function elsewhere(error: unknown, at: Location): unknown {
  return error instanceof PythonError && inLibrary(error.at) ? new PythonError(error.value, at) : error;
}

/** A decorator for methods of the library source: errors, modules and operators get the place of the caller. */
function placing(name: string, after: (interpreter: Interpreter, self: Value, args: CallArguments, mark: ReturnType<Interpreter['builder']['mark']>) => void): LibraryEntry {
  return entry(`torch.nn._transformer_place.${name}`, () => native(name, ({ positional: [method = none] }) => native(method.kind === 'function' ? method.name : name, (args, interpreter) => {
    const mark = interpreter.builder.mark();
    try {
      return interpreter.call(method, args);
    } catch (error) {
      throw elsewhere(error, args.at);
    } finally {
      after(interpreter, args.positional[0] ?? none, args, mark);
    }
  }, true)));
}

function fromSource(name: string, qualifiedName: string): LibraryEntry {
  return entry(qualifiedName, interpreter => {
    const at: Location = { uri: '', span: { start: 0, end: 0 } };
    return interpreter.attribute(interpreter.modules.import(module, at), name, at);
  });
}

const classes = ['Transformer', 'TransformerEncoder', 'TransformerDecoder', 'TransformerEncoderLayer', 'TransformerDecoderLayer'];

export const transformerTables: LibraryTables = {
  sources: [],
  entries: [
    placing('construct', (interpreter, self) => { if (isModule(self)) placeModules(interpreter, self); }),
    placing('run', (interpreter, _self, args, mark) => { if (!inLibrary(args.at)) placeNodes(interpreter, mark, args.at); }),
    ...classes.map(name => fromSource(name, `torch.nn.${name}`)),
    ...classes.flatMap(name => [alias(`torch.nn.modules.transformer.${name}`, `torch.nn.${name}`), alias(`torch.nn.modules.${name}`, `torch.nn.${name}`)]),
    ...['_get_clones', '_get_activation_fn', '_get_seq_len'].map(name => fromSource(name, `torch.nn.modules.transformer.${name}`)),
  ],
};
