/** One line of a batch: read with care, since a program wrote it and may be wrong. */
import type { Convention, Mode } from '../../../shared/src/report';
import type { EnergyRequest } from '../energy/answer';
import type { InputRequest } from '../frontends/frontend';

export interface Job {
  readonly id: string;
  readonly file: string;
  /** '' = the file's only model. */
  readonly model: string;
  readonly setup?: string;
  readonly inputs: readonly InputRequest[];
  readonly pythonPath: readonly string[];
  readonly settings: { readonly convention?: Convention; readonly alpha?: number; readonly batch?: number; readonly mode?: Mode };
  readonly layers: boolean;
  /** Estimates wanted, in this order. */
  readonly energy: readonly EnergyRequest[];
}

/** Keys of a job that go into the settings, each with what it must be. */
const settingKeys: Readonly<Record<keyof Job['settings'], (value: unknown) => boolean>> = {
  convention: value => value === 'paper' || value === 'graph' || value === 'fused',
  alpha: value => typeof value === 'number' && value >= 0 && value <= 1,
  batch: value => Number.isSafeInteger(value) && (value as number) >= 1,
  mode: value => value === 'eval' || value === 'train',
};

export function readJob(line: string): Job | { readonly mistake: string } {
  let raw: unknown;
  try {
    raw = JSON.parse(line);
  } catch (error) {
    return { mistake: `the job is not JSON: ${error instanceof Error ? error.message : ''}` };
  }
  if (!isObject(raw)) return { mistake: 'the job is not a JSON object' };
  const { id, file, model = '', setup, inputs = [], pythonPath = [], layers = false, energy = [] } = raw;
  if (typeof file !== 'string') return { mistake: 'the job has no "file"' };
  if (typeof model !== 'string') return { mistake: '"model" must be an expression as a text' };
  if (setup !== undefined && setup !== null && typeof setup !== 'string') return { mistake: '"setup" must be a text' };
  if (!isTexts(pythonPath)) return { mistake: '"pythonPath" must be a list of folders' };
  const read = Array.isArray(inputs) ? inputs.map(inputOf) : [undefined];
  if (!read.every(input => input !== undefined)) return { mistake: '"inputs" must be a list of {"shape":[…]}, {"list":[…]} or both' };
  const requests = Array.isArray(energy) ? energy.map(energyRequestOf) : [undefined];
  if (!requests.every(request => request !== undefined)) return { mistake: '"energy" must be a list of {"device":…}, each with "stack", "dtype" and "batch" if wanted' };
  const settings: Record<string, unknown> = {};
  for (const [key, fits] of Object.entries(settingKeys)) {
    const value = raw[key];
    if (value === undefined || value === null) continue;
    if (!fits(value)) return { mistake: `"${key}" cannot be ${JSON.stringify(value)}` };
    settings[key] = value;
  }
  return {
    id: typeof id === 'string' ? id : '', file, model, inputs: read, pythonPath, settings, layers: layers === true, energy: requests,
    ...(typeof setup === 'string' ? { setup } : {}),
  };
}

function inputOf(raw: unknown): InputRequest | undefined {
  if (!isObject(raw)) return undefined;
  const { name, shape, dtype, list } = raw;
  const items = Array.isArray(list) ? list.map(inputOf) : [];
  if (!items.every(item => item !== undefined)) return undefined;
  if (shape !== undefined && !(Array.isArray(shape) && shape.every(size => Number.isSafeInteger(size) && (size as number) >= 0))) return undefined;
  return {
    ...(typeof name === 'string' ? { name } : {}),
    ...(shape === undefined ? {} : { shape: shape as number[] }),
    ...(typeof dtype === 'string' ? { dtype } : {}),
    ...(list === undefined ? {} : { list: items }),
  };
}

/** Whether the names mean something, and whether the batch is one, is for whoever answers. */
function energyRequestOf(raw: unknown): EnergyRequest | undefined {
  if (!isObject(raw)) return undefined;
  const { device, stack, dtype, batch } = raw;
  if (typeof device !== 'string') return undefined;
  return {
    device,
    ...(typeof stack === 'string' ? { stack } : {}),
    ...(typeof dtype === 'string' ? { dtype } : {}),
    ...(typeof batch === 'number' ? { batch } : {}),
  };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(each => typeof each === 'string');
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
