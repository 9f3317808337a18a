/** A PC with an RTX 4090: wall energy of thirty Keras networks, given their time. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { energyOf, fitPower, type MeasuredEnergy, type PowerConstants } from '../../src/energy/calibrate/fit-power';
import type { MeasuredPower } from '../../src/energy/device';
import { root } from '../generate/outputs';
import { coverage, type Covered } from './coverage';
import { intervalFactor } from './figures';
import { leaveFamiliesOut } from './leave-out';

export interface DesktopRow extends MeasuredEnergy {
  readonly network: string;
  readonly family: string;
}

interface Row {
  readonly set: string;
  readonly device: string;
  readonly net: string;
  readonly batch: number;
  readonly ms: number;
  readonly e_mj: number;
}

type Networks = Readonly<Record<string, { readonly macs: number; readonly elements: number; readonly weights: number }>>;

/** Per image; float32 throughout. */
export function readDesktop(folder: string): readonly DesktopRow[] {
  const { networks } = JSON.parse(readFileSync(join(root, 'server/scripts/energy/facts/keras-networks.json'), 'utf8')) as { readonly networks: Networks };
  return readFileSync(join(folder, 'energy_measured.jsonl'), 'utf8').trim().split('\n').map(line => JSON.parse(line) as Row)
    .filter(row => row.set === 'fischer-aiev-meter' && row.device.includes('4090'))
    .map(({ net, batch, ms, e_mj }) => {
      const counts = networks[net];
      if (!counts) throw new Error(`${net}: its counts are not known`);
      return { network: net, family: familyOf(net), seconds: ms / 1e3, joules: e_mj / 1e3, macs: counts.macs, bytes: 4 * (counts.elements + counts.weights / batch) };
    });
}

function familyOf(network: string): string {
  return /^(EfficientNetV2|EfficientNet|MobileNet|ResNet|DenseNet|VGG|Inception|ConvNeXt)/.exec(network)?.[0] ?? network;
}

const prior: PowerConstants = { baseWatts: 150, joulesPerMac: 13e-12, joulesPerByte: 1e-10 };

export function desktopRatios(rows: readonly DesktopRow[]): readonly number[] {
  return leaveFamiliesOut(rows, some => fitPower(some, prior, 1), (fitted, row) => energyOf(row, fitted)).map(({ row, predicted }) => predicted / row.joules);
}

export function desktopCoverage(rows: readonly DesktopRow[]): Covered {
  return coverage(rows, some => fitPower(some, prior, 1), (fitted, row) => energyOf(row, fitted), row => row.joules);
}

/** `highestWatts`: that the PC was ever seen to draw, whatever ran on it. */
export function desktopPower(rows: readonly DesktopRow[], highestWatts: number): MeasuredPower {
  return {
    ...fitPower(rows, prior, 1), maximumWatts: highestWatts, includes: 'wall', factor: intervalFactor(desktopRatios(rows)),
    source: 'a PC with this card at the wall (raphischer/ai-energy-validation d71d339), Keras in float32, batches of 4 and 16',
  };
}
