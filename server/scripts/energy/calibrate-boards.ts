/** Single-board computers: time and wall energy of seven stacks in two precisions. */
import { energyOf, fitPower, type PowerConstants } from '../../src/energy/calibrate/fit-power';
import { fitStack, type StackPrior } from '../../src/energy/calibrate/fit-stack';
import type { StackProfile } from '../../src/energy/device';
import { modelSeconds } from '../../src/energy/model-time';
import type { Execution, StackConstants } from '../../src/energy/stack-time';
import type { BoardRow, BoardStack } from './boards';
import { factorAt, intervalFactor, median } from './figures';
import { leaveFamiliesOut } from './leave-out';

/** MAC/s of dense layers that a fit starts from, for float32. */
const rates: Readonly<Record<string, number>> = { 'rpi4': 8e9, 'odroid-n2': 15e9, 'agx-xavier-cpu': 60e9 };
const startBandwidth = 4e9;

export interface FittedBoard {
  readonly constants: StackConstants;
  readonly power: PowerConstants;
}

export function executionOf({ precision }: BoardStack): Execution {
  const bytes = precision === 'fp32' ? 4 : 1;
  return { activationBytes: bytes, weightBytes: bytes, fuses: true };
}

function startRate({ device, precision }: BoardStack): number {
  return (rates[device] ?? 10e9) * (precision === 'fp32' ? 1 : 2.5);
}

function priorOf(stack: BoardStack): StackPrior {
  const rate = startRate(stack);
  return {
    weight: 0.3,
    constants: {
      launchSeconds: 8e-6, convolutionRate: 0.7 * rate, matrixRate: rate, groupRate: rate / 4, depthwiseRate: rate / 8, productRate: rate / 2,
      bandwidth: startBandwidth, scaleShare: 1, normalizationShare: 1, activationShare: 1, elementwiseShare: 1, fixedSeconds: 1e-3, callSeconds: 0,
    },
  };
}

export function bytesOf(stack: BoardStack, row: BoardRow): number {
  const { activationBytes, weightBytes } = executionOf(stack);
  return row.elements * activationBytes + row.weights * weightBytes;
}

export function fitBoard(stack: BoardStack, rows: readonly BoardRow[]): FittedBoard {
  const execution = executionOf(stack);
  const watts = median(stack.rows.map(row => row.joules / row.seconds));
  return {
    constants: fitStack(rows, execution, priorOf(stack)),
    power: fitPower(rows.map(row => ({ seconds: row.seconds, macs: row.macs, bytes: bytesOf(stack, row), joules: row.joules })), {
      baseWatts: 0.7 * watts, joulesPerMac: 0.15 * watts / startRate(stack), joulesPerByte: 0.15 * watts / startBandwidth,
    }, 1),
  };
}

export function boardSeconds(stack: BoardStack, { constants }: FittedBoard, row: BoardRow): number {
  return modelSeconds(row.needs, constants, executionOf(stack), 1);
}

export function boardJoules(stack: BoardStack, fitted: FittedBoard, row: BoardRow, seconds = boardSeconds(stack, fitted, row)): number {
  return energyOf({ seconds, macs: row.macs, bytes: bytesOf(stack, row) }, fitted.power);
}

const versions: Readonly<Record<string, string>> = { 'tflite ruy': 'TensorFlow Lite 2.7.1 with Ruy', 'armnn neon': 'Arm NN 21.11 on Neon', 'armnn opencl': 'Arm NN 21.11 on OpenCL (the GPU)' };

export function boardProfile(stack: BoardStack): StackProfile {
  const fitted = fitBoard(stack, stack.rows);
  const unseen = (predict: (fit: FittedBoard, row: BoardRow) => number): readonly { readonly row: BoardRow; readonly predicted: number }[] =>
    leaveFamiliesOut(stack.rows, rows => fitBoard(stack, rows), predict).filter(({ row }) => row.family !== 'resnet');
  const times = unseen((fit, row) => boardSeconds(stack, fit, row)).map(({ row, predicted }) => predicted / row.seconds);
  const energies = unseen((fit, row) => boardJoules(stack, fit, row)).map(({ row, predicted }) => predicted / row.joules);
  const given = unseen((fit, row) => boardJoules(stack, fit, row, row.seconds)).map(({ row, predicted }) => predicted / row.joules);
  const watts = stack.rows.map(row => row.joules / row.seconds);
  const dtype = stack.precision === 'fp32' ? 'float32' : 'int8';
  return {
    device: stack.device, stack: `${stack.software} ${dtype === 'int8' ? 'int8' : 'fp32'}`, kind: 'mobile',
    software: `${versions[stack.software] ?? stack.software}, ${dtype === 'int8' ? 'uint8' : 'float32'}`,
    dtype, execution: executionOf(stack), constants: fitted.constants, batches: [1, 1],
    factor: intervalFactor(times), factor95: factorAt(times, 0.95), networks: stack.rows.length,
    power: { ...fitted.power, maximumWatts: Math.max(...watts) * 1.15, includes: 'wall', factor: intervalFactor(given), source: 'whole board at the wall, idle included' },
    energyFactor: intervalFactor(energies),
    source: 'MLPerf Inference v2.0, open division (mlcommons/inference_results_v2.0 425a0d3): SingleStream latency, SPEC PTD power',
  };
}
