/** Published throughputs of image models on twenty stacks, joined with the operators of each model. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { MeasuredModel } from '../../src/energy/calibrate/fit-stack';
import type { WorkClass } from '../../src/energy/work';

export interface TimmStack {
  readonly id: string;
  readonly device: string;
  readonly precision: string;
  readonly layout: string;
  readonly torch: string;
  readonly mode: string;
}

export interface TimmRow extends MeasuredModel {
  readonly name: string;
  readonly family: string;
  readonly macs: number;
  readonly params: number;
  readonly activations: number;
  readonly di: number;
  /** Of the published counter, in G and M; absent where it gives none. */
  readonly published: { readonly gmacs: number; readonly macts: number } | undefined;
}

export interface TimmData {
  readonly stacks: readonly TimmStack[];
  rowsOf(stack: TimmStack): readonly TimmRow[];
}

/** Names of the published layer table. */
export const classNames: Readonly<Record<string, WorkClass>> = {
  std: 'standard', pw: 'pointwise', dense: 'dense', grp: 'group', dw: 'depthwise', att: 'product', mm: 'product',
  bn: 'scale', ln: 'normalization', act: 'activation', ew: 'elementwise', copy: 'copy',
};

type Operator = readonly [string, number, number, number, number, number];

export function readTimm(folder: string): TimmData {
  const layers = new Map(gunzipSync(readFileSync(join(folder, 'timm_layers_visible.jsonl.gz'))).toString('utf8').trim().split('\n').map(line => {
    const [id, ...operators] = JSON.parse(line) as [string, ...Operator[]];
    return [id, operators.map(([name, macs, inElements, outElements, weightElements, count]) => {
      const workClass = classNames[name];
      if (!workClass) throw new Error(`${id}: there is no class ${name}`);
      return { workClass, macs, inElements, outElements, weightElements, count };
    })] as const;
  }));
  const [header = '', ...lines] = readFileSync(join(folder, 'timm_bench_visible.csv'), 'utf8').trim().split(/\r?\n/);
  const columns = header.split(',');
  const table = lines.map(line => Object.fromEntries(line.split(',').map((value, index) => [columns[index] ?? '', value])));
  const described = JSON.parse(readFileSync(join(folder, 'timm_stacks.json'), 'utf8')) as Readonly<Record<string, Omit<TimmStack, 'id'>>>;
  const stacks = Object.entries(described).map(([id, stack]) => ({ ...stack, id }));
  return {
    stacks,
    rowsOf: stack => table.flatMap((row): TimmRow[] => {
      const name = `${row['model'] ?? ''}@${row['img'] ?? ''}`;
      const needs = layers.get(name);
      const [batch = NaN, imagesPerSecond = NaN] = (row[stack.id] ?? '').split(':').map(Number);
      if (!needs || row['jl_status'] !== 'exact' || !(imagesPerSecond > 0)) return [];
      const params = Number(row['jl_params']);
      const published = Number(stack.torch === '2.9.1' ? row['params_M_pt291'] || row['params_M'] : row['params_M']) * 1e6;
      // Benchmarked after its branches were joined: another network.
      if (Math.abs(params - published) > Math.max(10_100, 0.004 * published)) return [];
      const gmacs = Number(row['gmacs_csv'] || NaN);
      const macts = Number(row['macts_csv'] || NaN);
      return [{
        name, family: row['family'] ?? '', needs, batch, seconds: batch / imagesPerSecond, macs: Number(row['jl_macs']), params,
        activations: Number(row['jl_activations']), di: Number(row['jl_di']), published: gmacs > 0 && macts > 0 ? { gmacs, macts } : undefined,
      }];
    }),
  };
}

export const isProcessor = (stack: TimmStack): boolean => /^i\d/.test(stack.device);
