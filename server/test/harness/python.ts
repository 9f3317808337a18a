/** Runs Python source through the interpreter with the standard library alone, and reads its variables as text. */
import { Budget, defaultLimits } from '../../src/base/budget';
import { Evaluator } from '../../src/frontends/python/evaluate/evaluator';
import { Library } from '../../src/frontends/python/library';
import { stdlibTables } from '../../src/frontends/python/library-modules';
import { reprOf } from '../../src/frontends/python/objects/operators';
import type { TensorProtocol } from '../../src/frontends/python/tensor-protocol';
import { GraphBuilder } from '../../src/graph/builder';

const nowhere = { uri: '', span: { start: 0, end: 0 } };
/** No tensors here: whatever is asked of one has no answer. */
const noTensors = { attribute: () => undefined, binary: () => undefined, classOf: () => undefined } as unknown as TensorProtocol;
let library: Library | undefined;

/** `repr` of every variable a module is left with; `problems` under that name when there are some. */
export function runPython(source: string, files: Readonly<Record<string, string>> = {}, uri = 'file:///p/main.py'): Record<string, string> {
  library ??= new Library(stdlibTables);
  const folders = new Map<string, Set<string>>();
  for (const uri of Object.keys(files)) {
    for (let end = uri.lastIndexOf('/') + 1, name = uri.slice(end); end > 'file:///'.length; end = uri.lastIndexOf('/', end - 2) + 1) {
      const folder = uri.slice(0, end);
      folders.set(folder, (folders.get(folder) ?? new Set()).add(name));
      name = `${folder.slice(folder.lastIndexOf('/', folder.length - 2) + 1)}`;
    }
  }
  const interpreter = new Evaluator({
    sources: { text: uri => files[uri] ?? null, folder: uri => [...(folders.get(uri) ?? [])] }, roots: ['file:///p/'], library, tensors: noTensors,
    budget: new Budget(defaultLimits), builder: new GraphBuilder(), mode: 'eval',
  });
  const module = interpreter.modules.runMain('__main__', uri, source);
  const values: Record<string, string> = {};
  for (const [name, value] of module.attributes) {
    if (name.startsWith('__') || value.kind === 'module') continue;
    const text = reprOf(value, interpreter, nowhere);
    values[name] = typeof text === 'string' ? text : `unknown: ${text.reason}`;
  }
  if (interpreter.problems.length > 0) values['problems'] = interpreter.problems.map(problem => problem.message).join('; ');
  return values;
}
