/** Layers under the names of their kernels, and fractional pooling. */
import { adaptivePool } from '../../../ops/adaptive-pool';
import { dropout } from '../../../ops/dropout';
import { gridSample } from '../../../ops/interpolate';
import { boolOf, given, itemsOf, numberOf } from '../../python/convert';
import { run, runTuple } from '../../python/tensors/call';
import { adaptiveAttrs } from '../layers/pool';
import { torchFn, type TorchRow } from '../rows';
import { sizesOf } from './untracked';

function fractional(rank: 2 | 3): TorchRow {
  return torchFn(`torch.nn.functional.fractional_max_pool${rank}d(input, kernel_size, output_size=None, output_ratio=None, return_indices=False, _random_samples=None)`, ({ input, output_size, output_ratio, return_indices }, call) => {
    const ratio = given(output_ratio);
    const ratios = ratio && (itemsOf(ratio)?.map(numberOf) ?? new Array<number>(rank).fill(numberOf(ratio)));
    const attrs = adaptiveAttrs(rank, 'max', output_size, return_indices);
    const outputSize = ratios ? sizesOf(input).slice(-rank).map((size, axis) => Math.floor(size * (ratios[axis] ?? NaN))) : attrs.outputSize;
    return boolOf(return_indices) ? runTuple(call, adaptivePool, { ...attrs, outputSize }, [input]) : run(call, adaptivePool, { ...attrs, outputSize }, [input]);
  });
}

export const kernelRows: readonly TorchRow[] = [
  fractional(2),
  fractional(3),
  torchFn('torch.alpha_dropout(input, p, train)', ({ input, p, train }, call) =>
    run(call, dropout, { rate: numberOf(p), unit: 'element', training: boolOf(train) }, [input]), { names: ['torch.feature_dropout', 'torch.feature_alpha_dropout'] }),
  torchFn('torch.grid_sampler(input, grid, interpolation_mode=0, padding_mode=0, align_corners=False)', ({ input, grid }, call) => run(call, gridSample, { mode: 'bilinear' }, [input, grid])),
];
