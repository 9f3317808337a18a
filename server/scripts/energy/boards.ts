/** Published wall energies of single-board computers: seven stacks in two precisions, fifty networks (MLPerf Inference v2.0, open). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { MeasuredModel } from '../../src/energy/calibrate/fit-stack';
import type { WorkClass } from '../../src/energy/work';

export interface BoardRow extends MeasuredModel {
  readonly network: string;
  readonly family: string;
  readonly macs: number;
  readonly elements: number;
  readonly weights: number;
  readonly joules: number;
}

export interface BoardStack {
  readonly device: string;
  readonly software: string;
  readonly precision: 'fp32' | 'uint8';
  readonly rows: readonly BoardRow[];
}

const classes: Readonly<Record<string, WorkClass>> = { std: 'standard', pw: 'pointwise', dense: 'dense', dw: 'depthwise', ew: 'elementwise', pool: 'elementwise' };
const devices: Readonly<Record<string, string>> = { rpi4: 'rpi4', odroid: 'odroid-n2', xavier: 'agx-xavier-cpu' };

interface Row {
  readonly set: string;
  readonly cls?: string;
  readonly stack?: string;
  readonly prec?: string;
  readonly net: string;
  readonly fam?: string;
  readonly ms: number;
  readonly e_mj: number;
}

type Operator = readonly [string, number, number, number, number];

export function readBoards(folder: string): readonly BoardStack[] {
  const layers = JSON.parse(gunzipSync(readFileSync(join(folder, 'krai_layers.json.gz'))).toString('utf8')) as Readonly<Record<string, readonly Operator[]>>;
  const rows = readFileSync(join(folder, 'energy_measured.jsonl'), 'utf8').trim().split('\n').map(line => JSON.parse(line) as Row)
    .filter(row => row.set.startsWith('mlperf2.0') && row.cls?.startsWith('sbc') === true);
  const stacks = new Map<string, BoardRow[]>();
  for (const row of rows) {
    const operators = layers[architectureOf(row.net)];
    if (!operators) throw new Error(`${row.net}: its layers are not known`);
    const key = `${row.stack ?? ''}|${row.prec ?? ''}`;
    const known = stacks.get(key) ?? [];
    stacks.set(key, known);
    const sum = (at: number): number => operators.reduce((total, operator) => total + Number(operator[at] ?? 0), 0);
    known.push({
      network: row.net, family: row.fam ?? row.net, batch: 1, seconds: row.ms / 1e3, joules: row.e_mj / 1e3,
      macs: sum(1), elements: sum(2) + sum(3), weights: sum(4),
      needs: operators.map(([name, macs, inElements, outElements, weightElements]) => ({
        workClass: classes[name] ?? 'copy', macs, inElements, outElements, weightElements, count: 1,
      })),
    });
  }
  return [...stacks].map(([key, known]) => {
    const [stack = '', precision = ''] = key.split('|');
    const [board = ''] = stack.split('-');
    const software = /armnn/.test(stack) ? (/opencl/.test(stack) ? 'armnn opencl' : 'armnn neon') : 'tflite ruy';
    return { device: devices[board] ?? board, software, precision: precision === 'uint8' ? 'uint8' : 'fp32', rows: known };
  });
}

function architectureOf(network: string): string {
  return network.replace(/-(?:non-)?quantized$/, '').replace(/_(?:float|8bit|uint8)$/, '');
}
