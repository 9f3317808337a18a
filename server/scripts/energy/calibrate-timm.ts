/** The twenty PyTorch stacks, fitted to published throughputs. */
import type { Device, PowerRange, StackKind, StackProfile } from '../../src/energy/device';
import { factOf } from '../../src/energy/device';
import { fitStack, type StackPrior } from '../../src/energy/calibrate/fit-stack';
import { modelSeconds } from '../../src/energy/model-time';
import { roofOf } from '../../src/energy/roof';
import type { Execution, StackConstants } from '../../src/energy/stack-time';
import { coverage, type Covered } from './coverage';
import { factorAt, intervalFactor } from './figures';
import { leaveFamiliesOut } from './leave-out';
import { isProcessor, type TimmData, type TimmRow, type TimmStack } from './timm';

/** Autocast reads float32 weights, writes them as float16 and reads these. */
export function executionOf({ precision }: TimmStack): Execution {
  if (precision === 'fp32') return { activationBytes: 4, weightBytes: 4 };
  return precision === 'bf16' ? { activationBytes: 2, weightBytes: 2 } : { activationBytes: 2, weightBytes: 8 };
}

/** Starting values from the datasheet: weak, and the same shares of peak and bandwidth for every device of a kind. */
export function priorOf(stack: TimmStack, device: Device): StackPrior {
  const processor = isProcessor(stack);
  const peak = factOf(device, processor ? 'vectorMacsPerSecond' : 'matrixMacsPerSecond') ?? 1e12;
  const bandwidth = factOf(device, 'bandwidthBytesPerSecond') ?? 1e11;
  return {
    weight: 0.5,
    // At large batches a card never waits for a launch: what is known of it elsewhere stands.
    ...(processor ? {} : { launchWeight: 10 }),
    constants: {
      launchSeconds: processor ? 20e-6 : 8e-6, convolutionRate: 0.6 * peak, matrixRate: 0.7 * peak, groupRate: 0.4 * peak,
      depthwiseRate: (processor ? 0.18 : 0.06) * peak, productRate: 0.5 * peak, bandwidth: (processor ? 0.4 : 0.7) * bandwidth,
      scaleShare: 0.2, normalizationShare: 1.3, activationShare: 0.5, elementwiseShare: stack.mode === 'dynamo' ? 0.2 : 0.7, fixedSeconds: 0, callSeconds: 0,
    },
  };
}

export interface FittedStack {
  readonly stack: TimmStack;
  readonly execution: Execution;
  readonly rows: readonly TimmRow[];
  readonly constants: StackConstants;
  /** Seconds of families that were left out. */
  readonly unseen: readonly { readonly row: TimmRow; readonly predicted: number }[];
}

export function fitTimm(data: TimmData, stack: TimmStack, device: Device): FittedStack {
  const execution = executionOf(stack);
  const rows = data.rowsOf(stack);
  const roof = roofOf(device, kindOf(stack), precisions[stack.precision]?.dtype ?? 'float32');
  const prior = priorOf(stack, device);
  const constants = fitStack(rows, execution, prior);
  const unseen = leaveFamiliesOut(
    rows, some => fitStack(some, execution, prior, constants), (fitted, row) => modelSeconds(row.needs, fitted, execution, row.batch, roof),
  );
  return { stack, execution, rows, constants, unseen };
}

/** Of families put away, a fifth at a time. */
export function timmCoverage(data: TimmData, stack: TimmStack, device: Device): Covered {
  const execution = executionOf(stack);
  const rows = data.rowsOf(stack);
  const roof = roofOf(device, kindOf(stack), precisions[stack.precision]?.dtype ?? 'float32');
  const prior = priorOf(stack, device);
  const start = fitStack(rows.slice(0, 200), execution, prior);
  return coverage(rows, some => fitStack(some, execution, prior, start), (fitted, row) => modelSeconds(row.needs, fitted, execution, row.batch, roof), row => row.seconds);
}

const precisions: Readonly<Record<string, { readonly dtype: string; readonly words: string }>> = {
  fp32: { dtype: 'float32', words: 'float32' },
  amp: { dtype: 'float16', words: 'autocast to float16, weights kept as float32' },
  amp_bf16: { dtype: 'bfloat16', words: 'autocast to bfloat16, weights kept as float32' },
  bf16: { dtype: 'bfloat16', words: 'bfloat16' },
};

function kindOf(stack: TimmStack): StackKind {
  return isProcessor(stack) ? 'cpu-compiled' : stack.mode === 'dynamo' ? 'compiled' : 'eager';
}

export function timmProfile({ stack, execution, rows, constants, unseen }: FittedStack, power: StackProfile['power']): StackProfile {
  const ratios = unseen.map(({ row, predicted }) => predicted / row.seconds);
  const batches = rows.map(row => row.batch);
  const { dtype = 'float32', words = '' } = precisions[stack.precision] ?? {};
  const compiled = stack.mode === 'dynamo';
  return {
    device: stack.device, stack: `${stack.precision} ${stack.layout} ${stack.torch} ${stack.mode}`,
    kind: kindOf(stack),
    software: `PyTorch ${stack.torch}, ${compiled ? 'compiled (torch.compile)' : 'eager'}, ${words}, ${stack.layout === 'nhwc' ? 'channels last' : 'channels first'}`,
    dtype, execution, constants, batches: [Math.min(...batches), Math.max(...batches)],
    factor: intervalFactor(ratios), factor95: factorAt(ratios, 0.95), networks: rows.length, power,
    source: 'throughputs published with timm (huggingface/pytorch-image-models aa4b585, results/), operators counted by this tool',
  };
}

/** A graphics card at work draws between 45 and 90 % of its limit; a processor between half and all of it. */
export function rangeOf(device: Device): PowerRange {
  const limit = factOf(device, 'maximumWatts') ?? NaN;
  const graphics = device.kind === 'gpu' || device.kind === 'embedded-gpu';
  return {
    lowWatts: (graphics ? 0.45 : 0.5) * limit, highWatts: (graphics ? 0.9 : 1) * limit, factor: 1.5, includes: graphics ? 'board' : 'chip',
    source: graphics ? 'a judgement: 45 to 90 % of the power limit, as measured on other cards' : 'a judgement: half to all of the power limit, saturated',
  };
}
