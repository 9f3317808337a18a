/** Pooling layers, with a window, over the whole map, or to a fixed size. */
import { adaptivePool } from '../../../ops/adaptive-pool';
import { globalPool, type GlobalPoolAttrs } from '../../../ops/global-pool';
import { pool, type PoolAttrs } from '../../../ops/pool';
import { boolOf, given } from '../../python/convert';
import type { LibraryEntry } from '../../python/library';
import { alias } from '../../python/library';
import type { Value } from '../../python/values';
import { layer, type Incoming } from '../layer';
import { paddingOf, sizesPerAxis } from './arguments';

interface PoolParameters { readonly pool_size: Value; readonly strides: Value; readonly padding: Value }

function poolAttrs(kind: PoolAttrs['function'], rank: number, p: PoolParameters, { layout }: Incoming): PoolAttrs {
  const kernel = sizesPerAxis(p.pool_size, rank);
  const dilation = kernel.map(() => 1);
  return {
    function: kind, kernel, stride: given(p.strides) ? sizesPerAxis(p.strides, rank) : kernel, dilation, padding: paddingOf(p.padding, kernel, dilation),
    rounding: 'floor', clipStart: false, layout,
  };
}

const aliases = { pool_size: 'kernel', strides: 'stride' } as const;

function pools(kind: 'max' | 'average', name: 'Max' | 'Average'): LibraryEntry[] {
  return ([1, 2, 3] as const).flatMap(rank => {
    const size = rank === 1 ? '2' : `(${new Array(rank).fill('2').join(', ')})`;
    const text = `keras.layers.${name}Pooling${rank}D(pool_size=${size}, strides=None, padding="valid", data_format=None, **kwargs)`;
    return [
      layer(pool, text as 'keras.layers.MaxPooling2D(pool_size=2, strides=None, padding="valid", data_format=None, **kwargs)', (p, incoming) => poolAttrs(kind, rank, p, incoming), { aliases }),
      alias(`keras.layers.${name === 'Average' ? 'Avg' : 'Max'}Pool${rank}D`, `keras.layers.${name}Pooling${rank}D`),
    ];
  });
}

function globalAttrs(kind: GlobalPoolAttrs['function'], keepDims: Value, { layout }: Incoming): GlobalPoolAttrs {
  return { function: kind, layout, keepDims: boolOf(keepDims) };
}

function globalPools(kind: 'max' | 'average', name: 'Max' | 'Average'): LibraryEntry[] {
  return ([1, 2, 3] as const).flatMap(rank => {
    const text = `keras.layers.Global${name}Pooling${rank}D(data_format=None, keepdims=False, **kwargs)`;
    return [
      layer(globalPool, text as 'keras.layers.GlobalMaxPooling2D(data_format=None, keepdims=False, **kwargs)', (p, incoming) => globalAttrs(kind, p.keepdims, incoming)),
      alias(`keras.layers.Global${name === 'Average' ? 'Avg' : 'Max'}Pool${rank}D`, `keras.layers.Global${name}Pooling${rank}D`),
    ];
  });
}

function adaptivePools(kind: 'max' | 'average', name: 'Max' | 'Average'): LibraryEntry[] {
  return ([1, 2, 3] as const).map(rank => {
    const text = `keras.layers.Adaptive${name}Pooling${rank}D(output_size, data_format=None, **kwargs)`;
    return layer(
      adaptivePool,
      text as 'keras.layers.AdaptiveMaxPooling2D(output_size, data_format=None, **kwargs)',
      (p, { layout }) => ({ function: kind, outputSize: sizesPerAxis(p.output_size, rank), layout }),
      { aliases: { output_size: 'outputSize' } },
    );
  });
}

export const poolLayers: readonly LibraryEntry[] = [
  ...pools('max', 'Max'), ...pools('average', 'Average'), ...globalPools('max', 'Max'), ...globalPools('average', 'Average'), ...adaptivePools('max', 'Max'), ...adaptivePools('average', 'Average'),
];

