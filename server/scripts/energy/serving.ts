/** Published servings of dense language models on H100 and B200 (ML.ENERGY): many sequences at once, accelerators measured by themselves. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fitPower } from '../../src/energy/calibrate/fit-power';
import { robustFit } from '../../src/energy/calibrate/robust-fit';
import { servingJoules, servingParts, servingSeconds, type ServingConstants, type ServingStep, type Speed } from '../../src/energy/serving';
import { intervalFactor } from './figures';
import { leaveFamiliesOut } from './leave-out';

export interface ServingRow {
  readonly step: ServingStep;
  /** The model: what is left out at a time. */
  readonly family: string;
  readonly seconds: number;
  /** Of a step, of all accelerators. */
  readonly joules: number;
}

interface Row {
  readonly set: string;
  readonly model: string;
  readonly prec: string;
  readonly gpu: string;
  readonly n_gpu: number;
  readonly batch: number;
  readonly out_len: number;
  readonly j_tok: number;
  readonly tok_s: number;
}

/** Weights that a token reads (all but the table of tokens), and elements of keys and values that it adds. */
const models: Readonly<Record<string, readonly [weights: number, cacheElements: number]>> = {
  'Llama-3.1-8B-Instruct': [7.505e9, 65_536], 'Llama-3.1-70B-Instruct': [69.5e9, 163_840], 'Llama-3.3-70B-Instruct': [69.5e9, 163_840],
  'Llama-3.1-405B-Instruct': [403.7e9, 258_048], 'Llama-3.1-405B-Instruct-FP8': [403.7e9, 258_048],
  'Qwen3-8B': [7.57e9, 73_728], 'Qwen3-14B': [13.99e9, 81_920], 'Qwen3-32B': [31.98e9, 131_072],
};

/** Prompts are some 300 tokens; on average half of the answer is there. */
const promptTokens = 300;

export function readServing(folder: string, gpu: string): readonly ServingRow[] {
  return readFileSync(join(folder, 'llm_measured.jsonl'), 'utf8').trim().split('\n').map(line => JSON.parse(line) as Row)
    .filter(row => row.set === 'mlenergy3' && row.gpu === gpu).flatMap(row => {
      const name = row.model.split('__')[1] ?? '';
      const known = models[name];
      if (!known) return [];
      const [weights, cache] = known;
      const step: ServingStep = {
        weightBytes: weights * (row.prec === 'fp8' ? 1 : 2), cacheBytes: cache * 2 * (row.out_len / 2 + promptTokens), macs: weights, batch: row.batch, devices: row.n_gpu,
      };
      return [{ step, family: name, seconds: row.batch / row.tok_s, joules: row.j_tok * row.batch }];
    });
}

type Fitted = Pick<ServingConstants, 'weightFactor' | 'cacheFactor' | 'computeFactor' | 'fixedSeconds' | 'togetherSeconds' | 'baseWatts' | 'joulesPerByte' | 'joulesPerMac'>;

export function fitServing(rows: readonly ServingRow[], speed: Speed, watts: number): Fitted {
  const centre = Float64Array.from([1.2, 1.5, 3, 3e-3, 2e-3], Math.log);
  const fitted = robustFit({
    measured: Float64Array.from(rows, row => Math.log(row.seconds)), start: centre, prior: { centre, weight: new Float64Array(5).fill(0.5) },
    model: (logs, index, gradient) => {
      const row = rows[index];
      if (!row) return 0;
      const amounts = [...servingParts(row.step, speed), 1, row.step.devices > 1 ? 1 : 0];
      const parts = amounts.map((amount, i) => amount * Math.exp(logs[i] ?? 0));
      const seconds = parts.reduce((sum, part) => sum + part, 0);
      parts.forEach((part, i) => { gradient[i] = part / seconds; });
      return Math.log(seconds);
    },
  }).map(Math.exp);
  const [weightFactor = 1, cacheFactor = 1, computeFactor = 1, fixedSeconds = 0, togetherSeconds = 0] = fitted;
  const power = fitPower(rows.map(({ step, seconds, joules }) => ({
    seconds: step.devices * seconds, macs: step.batch * step.macs, bytes: step.weightBytes + step.batch * step.cacheBytes, joules,
  })), { baseWatts: watts, joulesPerMac: 1e-12, joulesPerByte: 3e-11 }, 0.5);
  return { weightFactor, cacheFactor, computeFactor, fixedSeconds, togetherSeconds, ...power };
}

/** Of models that were left out, time estimated too. */
export function servingRatios(rows: readonly ServingRow[], speed: Speed, watts: number): { readonly times: readonly number[]; readonly energies: readonly number[] } {
  const fit = (some: readonly ServingRow[]): Fitted => fitServing(some, speed, watts);
  const ratios = (predict: (fitted: Fitted, row: ServingRow) => number, measured: (row: ServingRow) => number): readonly number[] =>
    leaveFamiliesOut(rows, fit, predict).map(({ row, predicted }) => predicted / measured(row));
  return {
    times: ratios((fitted, row) => servingSeconds(row.step, speed, fitted), row => row.seconds),
    energies: ratios((fitted, row) => servingJoules(row.step, servingSeconds(row.step, speed, fitted), fitted), row => row.joules),
  };
}

export function servingConstants(rows: readonly ServingRow[], speed: Speed, watts: number): ServingConstants {
  const { times, energies } = servingRatios(rows, speed, watts);
  const batches = rows.map(row => row.step.batch);
  return {
    ...fitServing(rows, speed, watts), batches: [Math.min(...batches), Math.max(...batches)], timeFactor: intervalFactor(times), energyFactor: intervalFactor(energies),
    models: new Set(rows.map(row => row.family)).size, source: 'servings of dense models with vLLM, accelerators alone (ml-energy/leaderboard 0cd52da)',
  };
}
