/** What the chosen device's matrix units work in: channels and features beyond a whole number of them are padded, or run on slower units. */
import { answer, type EnergyRequest } from '../energy/answer';
import { factOf } from '../energy/device';
import { costOfNodes } from '../energy/model-energy';
import type { Work } from '../energy/work';
import type { Node } from '../graph/graph';
import type { TargetDevice } from './define';

export interface MatrixUnits {
  /** Elements of the type that fill one access. */
  readonly multiple: number;
  readonly dtype: string;
  readonly deviceName: string;
}

const bytesOf: Readonly<Record<string, number>> = { float32: 4, float16: 2, bfloat16: 2, int8: 1 };

/** Source: NVIDIA, Convolutional Layers and Linear Layers user's guides: 16 bytes, so 8 elements of fp16, 4 of TF32, 16 of INT8. */
const accessBytes = 16;

/** Undefined for a device without matrix units, and where it is not known in which type it works. */
export function matrixUnitsOf(target: TargetDevice | undefined): MatrixUnits | undefined {
  if (!target) return undefined;
  const { device } = target;
  if ((device.kind !== 'gpu' && device.kind !== 'embedded-gpu') || factOf(device, 'matrixMacsPerSecond') === undefined) return undefined;
  const usual = standingOf(target.request);
  const bytes = usual && bytesOf[usual.dtype];
  return usual === undefined || bytes === undefined ? undefined : { multiple: accessBytes / bytes, ...usual };
}

const standings = new Map<string, Pick<MatrixUnits, 'dtype' | 'deviceName'> | undefined>();
const mostKept = 64;

/** In which type the device works depends on what is asked of it, not on the model: the least of all models tells. */
function standingOf(request: EnergyRequest): Pick<MatrixUnits, 'dtype' | 'deviceName'> | undefined {
  const key = JSON.stringify(request);
  if (!standings.has(key)) {
    const given = answer({ ...request, batch: 1 }, { works: [leastWork], lowerBound: false });
    if (standings.size >= mostKept) standings.clear();
    standings.set(key, 'problem' in given ? undefined : { dtype: given.estimate.dtype, deviceName: given.estimate.deviceName });
  }
  return standings.get(key);
}

const leastWork: Work = { workClass: 'dense', macs: 1, inElements: 1, outElements: 1, weightElements: 1, node: 0, path: '' };

/** On a layer that takes no longer than its start, nothing of its shape matters. */
export function isLaunchBound({ answer }: TargetDevice, nodes: readonly Node[]): boolean {
  return costOfNodes(answer, new Set(nodes.map(node => node.id)))?.boundBy === 'launch';
}

export function upTo(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
