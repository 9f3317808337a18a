/** Microcontrollers and tiny accelerators: up to four networks of one board and library give a time per MAC and a power. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Device, StackProfile } from '../../src/energy/device';
import { factorAt, median } from './figures';

interface Row {
  readonly set: string;
  readonly cls?: string;
  readonly device: string;
  readonly stack: string;
  readonly ver: string;
  readonly macs: number;
  readonly ms: number;
  readonly e_mj?: number;
}

export interface BoardTable {
  readonly devices: readonly Device[];
  readonly profiles: readonly StackProfile[];
}

const source = (versions: readonly string[]): string => `MLPerf Tiny ${versions.map(version => `v${version}`).join(', ')}: energy runner on the board's supply`;

/** Boards with at least three networks; their kernel libraries differ by factors. */
export function readMicrocontrollers(folder: string): BoardTable {
  const rows = readFileSync(join(folder, 'energy_measured.jsonl'), 'utf8').trim().split('\n').map(line => JSON.parse(line) as Row)
    .filter(row => row.set === 'mlperf-tiny' && row.e_mj !== undefined && row.ms > 0);
  const boards = new Map<string, Row[]>();
  for (const row of rows) boards.set(row.device, [...boards.get(row.device) ?? [], row]);
  const devices: Device[] = [];
  const profiles: StackProfile[] = [];
  for (const [name, known] of [...boards].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const id = name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/-$/, '');
    if (known.length < 3 || devices.some(device => device.id === id)) continue;
    const npu = known[0]?.cls === 'mcu-npu';
    const versions = [...new Set(known.map(row => row.ver))].sort();
    const rates = known.map(row => row.macs / (row.ms / 1e3));
    const watts = known.map(row => (row.e_mj ?? 0) / row.ms);
    const [rate, power] = [median(rates), median(watts)];
    devices.push({ id, name: name.replace(/_/g, ' '), kind: npu ? 'accelerator' : 'microcontroller', facts: {} });
    profiles.push({
      device: id, stack: 'int8', kind: 'microcontroller', software: [...new Set(known.map(row => row.stack.split(' ')[0] ?? ''))].join(', '), dtype: 'int8',
      execution: { activationBytes: 1, weightBytes: 1, fuses: true },
      // Four networks tell no more than a rate: traffic is in it.
      constants: {
        launchSeconds: 0, convolutionRate: rate, matrixRate: rate, groupRate: rate, depthwiseRate: rate, productRate: rate, bandwidth: 1e12,
        scaleShare: 1, normalizationShare: 1, activationShare: 1, elementwiseShare: 1, fixedSeconds: 0, callSeconds: 0,
      },
      batches: [1, 1],
      factor: Math.max(1.5, factorAt(rates.map(each => each / rate), 0.8)), factor95: Math.max(2, factorAt(rates.map(each => each / rate), 0.95)), networks: known.length,
      power: {
        baseWatts: power, joulesPerMac: 0, joulesPerByte: 0, includes: 'board', factor: Math.max(1.1, factorAt(watts.map(each => each / power), 0.8)),
        source: 'power is the board\'s own, whatever the network',
      },
      source: source(versions),
    });
  }
  return { devices, profiles };
}
