/** Sizes that a model and its text tell, for whoever has to guess its inputs. */
import { isUnknown } from '../../base/unknown';
import type { LowerRequest } from '../frontend';
import type { Interpreter } from '../python/interpreter';
import { numberOf } from '../python/convert';
import type { Scale } from './argument-guess';
import { firstLayer, hint, sizeHints, tokenHints } from './inputs';
import { namedModules, namedTensors } from './module-walk';
import type { ModuleInstance } from './state';

const usualLength = 128;
const usualWidth = 64;

export function scaleOf(root: ModuleInstance, names: readonly string[], request: LowerRequest): Scale {
  const length = hint(root, tokenHints)?.value;
  const size = hint(root, sizeHints)?.sizes ?? request.defaultInputShape.slice(1);
  return {
    batch: request.batch,
    length: length === undefined ? usualLength : Math.min(length, 1024),
    channels: firstLayer(root, ({ kind }) => kind === 'map')?.channels ?? request.defaultInputShape[0] ?? 3,
    width: firstLayer(root, ({ kind }) => kind === 'features')?.channels ?? usualWidth,
    size: size.length === 1 ? [size[0] ?? 224, size[0] ?? 224] : size,
    tables: tablesOf(root),
    state: stateOf(root, names.some(name => /^(c|cx|cell\w*|\w*_cell|c_?[0tn])$/.test(name))),
  };
}

/** Of a table of positions the length, twice that (a layer before it may halve it), and one less (a token may be put before). */
function tablesOf(root: ModuleInstance): readonly number[] {
  const tables = (['parameters', 'buffers'] as const).flatMap(register => namedTensors(root, register)).filter(([path]) => /pos/i.test(path));
  const lengths = tables.flatMap(([, { tensor: { shape } }]) => (isUnknown(shape) ? [] : shape.slice(0, -1).filter((size): size is number => typeof size === 'number' && size > 1)));
  return [...new Set(lengths.slice(0, 3).flatMap(length => [length, 2 * length, length - 1]))];
}

/** Of the first recurrent layer; `isApart`: the two states of an LSTM come as two arguments. */
function stateOf(root: ModuleInstance, isApart: boolean): Scale['state'] {
  for (const [, { native: { layer } }] of namedModules(root)) {
    if (!layer || !/\.(LSTM|GRU|RNN)(Cell)?$/.test(layer.definition.name)) continue;
    const read = (name: string): number => numberOf(layer.parameters.get(name));
    const layers = (read('num_layers') || 1) * (read('bidirectional') > 0 ? 2 : 1);
    return { layers, width: read('hidden_size') || usualWidth, isPair: !isApart && /LSTM/.test(layer.definition.name) };
  }
  return undefined;
}

/** With its docstring and comments. */
export function textOfForward(interpreter: Interpreter, root: ModuleInstance, request: LowerRequest): string {
  const forward = interpreter.lookupClass(root.cls, 'forward');
  if (forward?.kind !== 'function') return '';
  const { uri } = forward.module;
  const text = uri === request.uri ? request.text : uri === undefined ? undefined : interpreter.modules.files.text(uri);
  return text?.slice(forward.definition.span.start, forward.definition.span.end) ?? '';
}
