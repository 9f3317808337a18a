/** Published decoding speeds of single devices, and wall energies of a PC with an RTX 4090. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fitPower, type MeasuredEnergy } from '../../src/energy/calibrate/fit-power';
import { robustFit } from '../../src/energy/calibrate/robust-fit';
import { factOf, type Device, type LanguageModelConstants, type MemoryClass } from '../../src/energy/device';
import { decodeSeconds } from '../../src/energy/language-model';
import type { Speed } from '../../src/energy/serving';
import { factorAt } from './figures';
import { leaveFamiliesOut } from './leave-out';
import { readServing, servingConstants } from './serving';

export interface DecodeRow {
  readonly device: string;
  /** The device: what is left out at a time. */
  readonly family: string;
  readonly memory: MemoryClass;
  readonly bandwidth: number;
  readonly bytes: number;
  readonly quantized: boolean;
  readonly seconds: number;
}

interface Row {
  readonly set: string;
  readonly device: string;
  readonly model: string;
  readonly tg_tok_s: number;
  readonly bytes_per_token: number;
  readonly bw_datasheet: number;
  readonly file_bytes: number;
  readonly tok_s: number;
  readonly j_tok: number;
}

function rowsIn(folder: string): readonly Row[] {
  return readFileSync(join(folder, 'llm_measured.jsonl'), 'utf8').trim().split('\n').map(line => JSON.parse(line) as Row);
}

/** One stream of tokens; Jetson Nano's processor holds it back, and is no memory's business. */
export function readDecoding(folder: string): readonly DecodeRow[] {
  return rowsIn(folder).filter(row => row.set === 'llama.cpp' && row.bytes_per_token > 0 && !row.device.includes('Jetson')).map(row => ({
    device: row.device, family: row.device.replace(/ \d+ W$/, ''), memory: /^M\d/.test(row.device) ? 'unified' : /A100|H100/.test(row.device) ? 'hbm' : 'gddr',
    bandwidth: row.bw_datasheet, bytes: row.bytes_per_token, quantized: !row.model.endsWith('F16'), seconds: 1 / row.tg_tok_s,
  }));
}

const classes: readonly MemoryClass[] = ['gddr', 'hbm', 'unified'];

type Fitted = Pick<LanguageModelConstants, 'efficiency' | 'quantizedFactor' | 'fixedSeconds'>;

export function fitDecoding(rows: readonly DecodeRow[]): Fitted {
  const centre = Float64Array.of(...classes.map(each => Math.log(each === 'hbm' ? 0.5 : 0.8)), Math.log(1.1), Math.log(1e-3));
  const fitted = robustFit({
    measured: Float64Array.from(rows, row => Math.log(row.seconds)), start: centre, prior: { centre, weight: new Float64Array(5).fill(0.5) },
    model: (logs, index, gradient) => {
      const row = rows[index];
      if (!row) return 0;
      const [quantized, fixed] = [Math.exp(logs[3] ?? 0), Math.exp(logs[4] ?? 0)];
      const at = classes.indexOf(row.memory);
      const reading = row.bytes * (row.quantized ? quantized : 1) / (Math.exp(logs[at] ?? 0) * row.bandwidth);
      gradient.fill(0);
      gradient[at] = -reading / (reading + fixed);
      gradient[3] = row.quantized ? reading / (reading + fixed) : 0;
      gradient[4] = fixed / (reading + fixed);
      return Math.log(reading + fixed);
    },
  }).map(Math.exp);
  const [gddr = 1, hbm = 1, unified = 1, quantizedFactor = 1, fixedSeconds = 0] = fitted;
  return { efficiency: { gddr, hbm, unified }, quantizedFactor, fixedSeconds };
}

/** Of devices that were left out. */
export function decodingRatios(rows: readonly DecodeRow[]): readonly number[] {
  return leaveFamiliesOut(rows, fitDecoding, (fitted, row) =>
    decodeSeconds(row.bytes, row.bandwidth, row.memory, row.quantized, { ...fitted, factor: 1, factor95: 1, desktop: { baseWatts: 0, joulesPerByte: 0, factor: 1 }, serving: {}, source: '' }))
    .map(({ row, predicted }) => predicted / row.seconds);
}

/** Mixtures of experts read a part of their file. */
const mixtures = /gpt-oss|gemma3n/;

export function readDesktopDecoding(folder: string): readonly (MeasuredEnergy & { readonly family: string })[] {
  return rowsIn(folder).filter(row => row.set === 'fischer-ollama' && !mixtures.test(row.model)).map(row => ({
    family: row.model, seconds: 1 / row.tok_s, macs: 0, bytes: row.file_bytes, joules: row.j_tok,
  }));
}

export function desktopDecodingRatios(rows: ReturnType<typeof readDesktopDecoding>): readonly number[] {
  return leaveFamiliesOut(rows, fitDesktop, (fitted, row) => fitted.baseWatts * row.seconds + fitted.joulesPerByte * row.bytes).map(({ row, predicted }) => predicted / row.joules);
}

/** The most that the PC was seen to draw while it decoded: more than with any image model. */
export function highestDesktopWatts(folder: string): number {
  return Math.max(...rowsIn(folder).filter(row => row.set === 'fischer-ollama').map(row => row.j_tok * row.tok_s));
}

function fitDesktop(rows: readonly MeasuredEnergy[]): { readonly baseWatts: number; readonly joulesPerByte: number } {
  return fitPower(rows, { baseWatts: 200, joulesPerMac: 1e-12, joulesPerByte: 3e-10 }, 0.5);
}

export function languageModelConstants(folder: string, devices: readonly Device[]): LanguageModelConstants {
  const rows = readDecoding(folder);
  const ratios = decodingRatios(rows);
  const desktop = readDesktopDecoding(folder);
  const { baseWatts, joulesPerByte } = fitDesktop(desktop);
  return {
    ...fitDecoding(rows), factor: factorAt(ratios, 0.82), factor95: factorAt(ratios, 0.95),
    desktop: { baseWatts, joulesPerByte, factor: Math.max(1.1, factorAt(desktopDecodingRatios(desktop), 0.82)) },
    serving: Object.fromEntries(servedOn(devices).map(({ id, gpu, speed, watts }) => [id, servingConstants(readServing(folder, gpu), speed, watts)])),
    source: `speeds of ${new Set(rows.map(row => row.family)).size} devices with llama.cpp (XiongjieDai/GPU-Benchmarks-on-LLM-Inference aa72e0e)`,
  };
}

export interface Served {
  readonly id: string;
  readonly gpu: string;
  readonly speed: Speed;
  readonly watts: number;
}

/** Accelerators whose servings are published. */
export function servedOn(devices: readonly Device[]): readonly Served[] {
  return [['h100-sxm', 'H100'], ['b200', 'B200']].flatMap(([id = '', gpu = '']) => {
    const device = devices.find(each => each.id === id);
    const bytesPerSecond = device && factOf(device, 'bandwidthBytesPerSecond');
    const macsPerSecond = device && factOf(device, 'matrixMacsPerSecond');
    const limit = device && factOf(device, 'maximumWatts');
    return bytesPerSecond === undefined || macsPerSecond === undefined || limit === undefined ? [] : [{ id, gpu, speed: { bytesPerSecond, macsPerSecond }, watts: 0.5 * limit }];
  });
}
