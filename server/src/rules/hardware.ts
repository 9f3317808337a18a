/** What the chosen device's matrix units work in: channels and features beyond a whole number of them are padded, or run on slower units. */
import { factOf } from '../energy/device';
import { costOfNodes } from '../energy/model-energy';
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
  if (!target || 'problem' in target.answer) return undefined;
  const { device } = target;
  if ((device.kind !== 'gpu' && device.kind !== 'embedded-gpu') || factOf(device, 'matrixMacsPerSecond') === undefined) return undefined;
  const { dtype, deviceName } = target.answer.estimate;
  const bytes = bytesOf[dtype];
  return bytes === undefined ? undefined : { multiple: accessBytes / bytes, dtype, deviceName };
}

/** On a layer that takes no longer than its start, nothing of its shape matters. */
export function isLaunchBound({ answer }: TargetDevice, nodes: readonly Node[]): boolean {
  return costOfNodes(answer, new Set(nodes.map(node => node.id)))?.boundBy === 'launch';
}

export function upTo(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
