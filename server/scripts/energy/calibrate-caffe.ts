/** P100 and P4000 with Caffe: the 25 published networks at two batch sizes. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defaultSettings } from '../../../shared/src/settings';
import { Workspace } from '../../src/analysis/workspace';
import { energyOf, fitPower, type PowerConstants } from '../../src/energy/calibrate/fit-power';
import { fitStack, type MeasuredModel, type StackPrior } from '../../src/energy/calibrate/fit-stack';
import { factOf, type Device, type StackProfile } from '../../src/energy/device';
import { modelSeconds } from '../../src/energy/model-time';
import { roofOf } from '../../src/energy/roof';
import type { Execution, StackConstants } from '../../src/energy/stack-time';
import { workloadOf } from '../../src/energy/work';
import { nodeFiles } from '../../src/host/node-files';
import { publishedNetworks, type PublishedDevice } from '../../src/metrics/published/networks';
import { factorAt, intervalFactor } from './figures';
import { leaveFamiliesOut } from './leave-out';

export interface CaffeRow extends MeasuredModel {
  readonly network: string;
  readonly family: string;
  readonly macs: number;
  readonly elements: number;
  readonly weights: number;
  /** Of the whole batch. */
  readonly joules: number;
}

export type CaffeRows = Readonly<Record<PublishedDevice, readonly CaffeRow[]>>;

const families: readonly (readonly [RegExp, string])[] = [
  [/^Inception-ResNet|^Inception|^GoogLeNet/, 'inception'], [/^ResNe[xX]t/, 'resnext'], [/^ResNet/, 'resnet'], [/^DenseNet/, 'densenet'],
  [/^SqueezeNet/, 'squeezenet'], [/SqNxt/, 'squeezenext'], [/^MobileNet/, 'mobilenet'],
];

export async function readCaffe(folder: string): Promise<CaffeRows> {
  const workspace = new Workspace({ host: nodeFiles({ maxTextBytes: 20_000_000 }) });
  const rows: Record<PublishedDevice, CaffeRow[]> = { P100: [], P4000: [] };
  for (const { name, measured } of publishedNetworks) {
    const uri = pathToFileURL(join(folder, `${name}.prototxt`)).href;
    const { models: [model] } = await workspace.analyze({ uri, settings: { ...defaultSettings, convention: 'graph', analysisTimeMilliseconds: 120_000 } });
    if (!model) throw new Error(`${name} has no network`);
    const { works } = workloadOf(model.metrics.layers, model.metrics.batch);
    const needs = works.map(work => ({ ...work, count: 1, groups: work.geometry?.groups ?? 1 }));
    const sum = (of: (work: (typeof works)[number]) => number): number => works.reduce((total, work) => total + of(work), 0);
    const shared = {
      network: name, family: families.find(([pattern]) => pattern.test(name))?.[1] ?? name, needs,
      macs: sum(work => work.macs), elements: sum(work => work.inElements + work.outElements), weights: sum(work => work.weightElements),
    };
    for (const device of ['P100', 'P4000'] as const) for (const batch of [1, 4] as const) {
      const { milliseconds, watts } = measured[device][batch];
      rows[device].push({ ...shared, batch, seconds: milliseconds / 1e3, joules: watts * milliseconds / 1e3 });
    }
  }
  return rows;
}

export const caffeExecution: Execution = { activationBytes: 4, weightBytes: 4, loopsOverGroups: true };

export interface FittedCaffe {
  readonly device: Device;
  readonly constants: StackConstants;
  readonly power: PowerConstants;
}

function priorOf(device: Device): StackPrior {
  const peak = factOf(device, 'vectorMacsPerSecond') ?? 1e12;
  const rate = 0.8 * peak;
  return {
    weight: 1,
    constants: {
      launchSeconds: 4.5e-6, convolutionRate: rate, matrixRate: rate, groupRate: rate, depthwiseRate: rate, productRate: rate,
      bandwidth: 0.5 * (factOf(device, 'bandwidthBytesPerSecond') ?? 1e11),
      scaleShare: 1, normalizationShare: 1, activationShare: 1, elementwiseShare: 1, fixedSeconds: 0, callSeconds: 100e-6,
    },
  };
}

const bytesOf = ({ elements, weights, batch }: CaffeRow): number => 4 * (batch * elements + weights);

export function fitCaffe(device: Device, rows: readonly CaffeRow[]): FittedCaffe {
  return {
    device, constants: fitStack(rows, caffeExecution, priorOf(device)),
    power: fitPower(rows.map(row => ({ seconds: row.seconds, macs: row.batch * row.macs, bytes: bytesOf(row), joules: row.joules })), {
      baseWatts: device.id === 'p100' ? 7 : 30, joulesPerMac: 30e-12, joulesPerByte: 200e-12,
    }, 1),
  };
}

/** Of the whole batch, as what was measured. */
export function caffeSeconds({ device, constants }: FittedCaffe, row: CaffeRow): number {
  return modelSeconds(row.needs, constants, caffeExecution, row.batch, roofOf(device, 'caffe', 'float32'));
}

export function caffeJoules(fitted: FittedCaffe, row: CaffeRow): number {
  return energyOf({ seconds: caffeSeconds(fitted, row), macs: row.batch * row.macs, bytes: bytesOf(row) }, fitted.power);
}

export function caffeUnseen(device: Device, rows: readonly CaffeRow[]): { readonly times: readonly number[]; readonly energies: readonly number[] } {
  const fit = (some: readonly CaffeRow[]): FittedCaffe => fitCaffe(device, some);
  return {
    times: leaveFamiliesOut(rows, fit, caffeSeconds).map(({ row, predicted }) => predicted / row.seconds),
    energies: leaveFamiliesOut(rows, fit, caffeJoules).map(({ row, predicted }) => predicted / row.joules),
  };
}

export function caffeProfile(device: Device, rows: readonly CaffeRow[]): StackProfile {
  const fitted = fitCaffe(device, rows);
  const { times, energies } = caffeUnseen(device, rows);
  return {
    device: device.id, stack: 'caffe fp32', kind: 'caffe', software: 'Caffe with cuDNN 7, float32, convolutions by groups as a loop', dtype: 'float32',
    execution: caffeExecution, constants: fitted.constants, batches: [1, 4], factor: intervalFactor(times), factor95: factorAt(times, 0.95), networks: rows.length / 2,
    power: {
      ...fitted.power, includes: 'board', factor: 1.3,
      source: device.id === 'p100' ? 'power above idle, as published with the networks' : 'power as published with the networks; whether idle is in it is not said',
    },
    energyFactor: intervalFactor(energies),
    source: 'the 25 networks published with the DI model (paper 2, Table 7), operators counted by this tool',
  };
}
