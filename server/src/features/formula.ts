/** An operator's formula with one layer's numbers in the place of its symbols. */
import type { LayerMetrics } from '../metrics/metrics';
import { isConcrete, product } from '../tensor/shape';
import type { AttrValue } from '../ops/define';

/** `1 × 256 × (28 × 28) × (256/256) × (3 × 3)`; undefined when a symbol has no known number. */
export function worked(formula: string, layer: LayerMetrics): string | undefined {
  const values = symbolsOf(layer);
  let complete = true;
  // Longer names first: `C_out` before a lone `C`, `Π out size` before its words.
  const names = Object.keys(symbols).sort((left, right) => right.length - left.length);
  const text = formula.replace(new RegExp(`(?<![\\w_])(?:${names.join('|')})(?![\\w_])`, 'g'), symbol => {
    const value = values[symbol];
    if (value === undefined) complete = false;
    return value ?? symbol;
  });
  return complete && !/[A-Za-zΠ]/.test(text) ? text : undefined;
}

type Reading = (layer: LayerMetrics) => string | undefined;

const symbols: Readonly<Record<string, Reading>> = {
  'N': layer => {
    // Whatever is neither channels nor space: the operator may run unbatched.
    const output = firstSizes(layer.outputs);
    const space = sizes(layer.node.attrs['kernel'])?.length;
    const leading = space === undefined ? undefined : output?.slice(0, output.length - space - 1);
    return leading && String(product(leading));
  },
  'C_in': layer => size(layer.node.attrs['inChannels']),
  'C_out': layer => size(layer.node.attrs['outChannels']),
  'g': layer => size(layer.node.attrs['groups']),
  'Π kernel': layer => factors(sizes(layer.node.attrs['kernel'])),
  'Π out size': layer => factors(spatial(layer, firstSizes(layer.outputs))),
  'Π in size': layer => factors(spatial(layer, firstSizes(layer.inputs))),
  'F_in': layer => size(layer.node.attrs['inFeatures']),
  'F_out': layer => size(layer.node.attrs['outFeatures']),
  'Π leading sizes': layer => {
    const outputs = firstSizes(layer.outputs);
    return outputs && (outputs.length === 1 ? '1' : factors(outputs.slice(0, -1)));
  },
  'out elements': layer => factors(firstSizes(layer.outputs)),
  'K': layer => {
    const inner = firstSizes(layer.inputs)?.at(-1);
    return inner === undefined ? undefined : String(inner);
  },
};

function symbolsOf(layer: LayerMetrics): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(symbols).map(([name, read]) => [name, read(layer)]));
}

function spatial(layer: LayerMetrics, shape: readonly number[] | undefined): readonly number[] | undefined {
  const rank = sizes(layer.node.attrs['kernel'])?.length;
  if (rank === undefined || shape === undefined) return undefined;
  return layer.node.attrs['layout'] === 'channels-last' ? shape.slice(-rank - 1, -1) : shape.slice(-rank);
}

function firstSizes(shapes: LayerMetrics['outputs']): readonly number[] | undefined {
  const shape = shapes[0];
  return shape !== undefined && isConcrete(shape) ? shape : undefined;
}

function size(value: AttrValue): string | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
}

function sizes(value: AttrValue): readonly number[] | undefined {
  return Array.isArray(value) && value.every((each): each is number => typeof each === 'number' && Number.isFinite(each)) ? value : undefined;
}

function factors(values: readonly number[] | undefined): string | undefined {
  if (values === undefined || values.length === 0) return undefined;
  return values.length === 1 ? String(values[0]) : `(${values.join(' × ')})`;
}
