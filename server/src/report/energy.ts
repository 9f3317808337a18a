/** Estimates of energy and time as data: millijoules and milliseconds of one sample. */
import type { DecodingEstimate, EnergyEstimate, EnergyProblem, EstimateInterval, LayerTraining, MemoryBytes } from '../../../shared/src/report';
import type { ModelAnalysis } from '../analysis/analysis';
import { answer, catalogueFor, type Answer, type Catalogue, type EnergyRequest } from '../energy/answer';
import type { Estimate } from '../energy/estimate';
import { computeBoundFrom, type ComputeBound } from '../energy/compute-bound';
import { bitsOf, findDevice } from '../energy/find';
import { decoderOf, decodingOn, servingOn } from '../energy/language-model';
import { confidence, type Interval } from '../energy/interval';
import { memoryBytesOf, trainingOfNodes, usualTraining, type Optimizer } from '../energy/memory-bytes';
import { workloadOfModel } from '../energy/work';
import type { ModelMetrics } from '../metrics/metrics';
import { planeRequest } from './accuracy-plane';

export function energyAnswers({ graph, metrics }: ModelAnalysis, requests: readonly EnergyRequest[], catalogue?: Catalogue): readonly (EnergyEstimate | EnergyProblem)[] {
  const nothing: Answer = { problem: `the model has no figures: ${metrics.reasons[0]?.reason ?? 'its forward pass could not be followed'}` };
  return requests.map(request => energyAnswer(request, metrics.status === 'failed' ? nothing : answer(request, workloadOfModel(metrics, graph), catalogue)));
}

export function energyAnswer({ device, stack, dtype, batch }: EnergyRequest, given: Answer): EnergyEstimate | EnergyProblem {
  if (!('problem' in given)) return energyEstimate(given.estimate);
  return { device, ...(stack === undefined ? {} : { stack }), ...(dtype === undefined ? {} : { dtype }), ...(batch === undefined ? {} : { batch }), problem: given.problem };
}

function energyEstimate({ device, stack, dtype, batch, estimator, includes, energy, time, leastSeconds, parts, roof, calibrated, timeCalibrated, lowerBound, why }: Estimate): EnergyEstimate {
  return {
    device, stack, dtype, batch, estimator, includes,
    millijoules: inThousandths(energy),
    ...(time ? { milliseconds: inThousandths(time) } : {}),
    ...(leastSeconds !== undefined && leastSeconds > 0 ? { leastMilliseconds: leastSeconds * 1e3 } : {}),
    ...(parts ? { parts: { compute: parts.compute * 1e3, weights: parts.weights * 1e3, inputs: parts.inputs * 1e3, outputs: parts.outputs * 1e3, idle: parts.idle * 1e3 } } : {}),
    ...(roof ? { roof } : {}), confidence, calibrated, timeCalibrated, ...(lowerBound ? { lowerBound } : {}), why,
  };
}

/** J → mJ, s → ms. */
function inThousandths({ estimate, low, high }: Interval): EstimateInterval {
  return { ...(estimate === undefined ? {} : { estimate: estimate * 1e3 }), low: low * 1e3, high: high * 1e3 };
}

/** Ids of the operators behind each row, by the row's own: a user's layer has several. */
export function nodesByRow({ rows, layers }: ModelMetrics): ReadonlyMap<number, ReadonlySet<number>> {
  const heads = new Set(rows.map(row => row.node.id));
  const byRow = new Map<number, Set<number>>();
  let current = new Set<number>();
  for (const { node } of layers) {
    if (heads.has(node.id)) byRow.set(node.id, current = new Set());
    current.add(node.id);
  }
  return byRow;
}

/** Of what the framework keeps where nobody asks for another type. */
export function memoryOf({ graph, metrics }: ModelAnalysis, request: EnergyRequest | undefined, optimizer: Optimizer = usualTraining.optimizer): MemoryBytes {
  const dtype = request?.dtype ?? 'float32';
  const batch = request?.batch ?? Math.max(1, metrics.batch);
  const bytes = (bitsOf[dtype] ?? 32) / 8;
  const training = (checkpointing: boolean, autocast: boolean): ReturnType<typeof memoryBytesOf> =>
    memoryBytesOf(graph, metrics, bytes, batch, { optimizer, checkpointing, autocast });
  const plain = training(false, false);
  const { weights, gradients, optimizerState, savedActivations, total } = plain.training;
  return {
    dtype, batch, weights: plain.weights, peakActivations: plain.peakActivations, inference: plain.inference, training: total,
    trainingParts: {
      optimizer, weights, gradients, optimizerState, savedActivations,
      withCheckpointing: training(true, false).training.total, withAutocast: training(false, true).training.total, withBoth: training(true, true).training.total,
    },
    ...(plain.keyValueCache === undefined ? {} : { kvCache: plain.keyValueCache }),
    ...(plain.lowerBound ? { lowerBound: true as const } : {}),
  };
}

/** At the batch that costs are said for. */
export function layerTrainingOf({ graph, metrics }: ModelAnalysis, nodes: ReadonlySet<number>, request: EnergyRequest | undefined, optimizer: Optimizer = usualTraining.optimizer): LayerTraining {
  const { endsSegment, ...bytes } = trainingOfNodes(graph, metrics, nodes, request?.batch ?? Math.max(1, metrics.batch), optimizer);
  return { ...bytes, ...(endsSegment ? { endsSegment: true as const } : {}) };
}

/** One of each kind that was measured. */
const otherDevices: readonly EnergyRequest[] = [
  { device: 'rtx3090' }, { device: 'rtx4090', stack: 'amp nchw 2.9.1 dynamo' }, { device: 'rtx5090' }, { device: 'i7-12700h' }, { device: 'rpi4', stack: 'tflite ruy fp32' },
  { device: 'rpi4', stack: 'tflite ruy int8' }, { device: 'odroid-n2', stack: 'armnn opencl fp32' }, { device: 'eyeriss' },
];
const otherBatches = [1, 4, 16, 64, 256] as const;
const otherTypes = ['float32', 'float16', 'bfloat16', 'int8'] as const;

/** Worked out from what is known already: no analysis runs again. What has no room says so. */
export function whatIf({ graph, metrics }: ModelAnalysis, request: EnergyRequest, catalogue?: Catalogue): readonly (EnergyEstimate | EnergyProblem)[] {
  const { stack: _software, ...withoutSoftware } = request;
  const requests: readonly EnergyRequest[] = [
    ...otherBatches.map(batch => ({ ...request, batch })), ...otherTypes.filter(dtype => dtype !== request.dtype).map(dtype => ({ ...withoutSoftware, dtype })),
    ...otherDevices.filter(other => JSON.stringify(other) !== JSON.stringify(request)),
  ];
  const seen = new Set<string>();
  return requests.map(each => energyAnswer(each, answer(each, workloadOfModel(metrics, graph), catalogue))).filter(each => {
    const key = JSON.stringify([each.device, each.stack, each.dtype, each.batch]);
    return !seen.has(key) && seen.add(key);
  });
}

export function computeBoundOf({ graph, metrics }: ModelAnalysis, request: EnergyRequest, catalogue?: Catalogue): ComputeBound | undefined {
  return computeBoundFrom(request, workloadOfModel(metrics, graph), catalogue);
}

/** On the device that published image models were timed on. */
export function onPlane({ graph, metrics }: ModelAnalysis): EnergyEstimate | undefined {
  const given = answer(planeRequest, workloadOfModel(metrics, graph));
  return 'problem' in given ? undefined : energyEstimate(given.estimate);
}

/** Sequences at once, where nobody says how many. */
const servedBatches = [8, 64, 256] as const;

/** Undefined for what decodes nothing, and on devices without a figure for it. */
export function decodingOf({ graph, metrics }: ModelAnalysis, request: EnergyRequest, { devices }: Catalogue = catalogueFor(request)): readonly DecodingEstimate[] | undefined {
  const { device: name, batch } = request;
  const device = findDevice(name, devices);
  const shape = 'problem' in device ? undefined : decoderOf(graph, metrics);
  if ('problem' in device || !shape) return undefined;
  const alone = ['float16', 'int8', 'int4'].flatMap(dtype => decodingOn(device, shape, dtype) ?? []);
  const batches = batch !== undefined && batch > 1 ? [batch] : servedBatches;
  const together = ['float16', 'int8'].flatMap(dtype => batches.flatMap(each => servingOn(device, shape, dtype, each) ?? []));
  const estimates = [...alone, ...together];
  if (estimates.length === 0) return undefined;
  return estimates.map(({ device: id, joulesPerToken, secondsPerToken, ...shared }) => ({
    ...shared, device: id, millijoulesPerToken: inThousandths(joulesPerToken), millisecondsPerToken: inThousandths(secondsPerToken), confidence,
  }));
}
