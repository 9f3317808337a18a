/** Finds devices and stacks by the names people use for them. */
import { editDistance } from '../../../shared/src/edit-distance';
import type { Device, StackProfile } from './device';

/** Letters and digits alone: `RTX-4090`, `rtx4090` and `rtx 4090` are one. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

export interface NotFound {
  readonly problem: string;
}

export function findDevice(asked: string, devices: readonly Device[]): Device | NotFound {
  const name = plain(asked);
  if (name === '') return { problem: 'no device is named' };
  const exact = devices.find(device => plain(device.id) === name || plain(device.name) === name);
  if (exact) return exact;
  // `a100`, `4090`, `jetson orin`: the only one, or the first of several of one make.
  const inside = devices.filter(device => plain(device.id).includes(name) || plain(device.name).includes(name));
  const starting = inside.filter(device => plain(device.id).startsWith(name));
  const [only, second] = starting.length > 0 ? starting : inside;
  if (only && name.length >= 2 && (!second || starting.length === 1)) return only;
  if (only && second) return { problem: `${asked} may be ${(starting.length > 0 ? starting : inside).slice(0, 5).map(device => device.id).join(', ')}: name one of them` };
  return { problem: `there is no device ${asked}${suggestion(name, devices)}; joulelint devices lists them` };
}

function suggestion(name: string, devices: readonly Device[]): string {
  const [nearest] = devices.map(device => ({ device, distance: editDistance(name, plain(device.id)) })).sort((a, b) => a.distance - b.distance);
  return nearest && nearest.distance <= Math.max(2, name.length / 3) ? `; did you mean ${nearest.device.id}?` : '';
}

const synonyms: Readonly<Record<string, string>> = {
  compiled: 'dynamo', compile: 'dynamo', inductor: 'dynamo', torchcompile: 'dynamo', uint8: 'int8', u8: 'int8', i8: 'int8', quantized: 'int8', float32: 'fp32', f32: 'fp32', single: 'fp32',
  float16: 'amp', fp16: 'amp', f16: 'amp', half: 'amp', autocast: 'amp', bfloat16: 'bf16', channelslast: 'nhwc', channelsfirst: 'nchw', tensorflowlite: 'tflite', acl: 'armnn',
  ampbf16: 'amp_bf16', ampbfloat16: 'amp_bf16', ampfp16: 'amp', ampfloat16: 'amp',
};
/** Said of a stack without choosing one. */
const idle: ReadonlySet<string> = new Set(['pytorch', 'torch', 'gpu', 'cpu', 'cuda', 'inference', 'neon4', 'v', '']);

function wordsOf(stack: string): readonly string[] {
  return stack.toLowerCase().split(/[\s,/]+/).flatMap(part => part.split('-'))
    .map(word => word.replace(/^(?:pytorch|torch|pt|v)(?=\d)/, ''))
    .map(word => synonyms[word.replace(/[^a-z0-9]/g, '')] ?? word).filter(word => !idle.has(word));
}

function isVersion(word: string): boolean {
  return /^\d+(\.\d+)*$/.test(word);
}

/** `2.9` asks for 2.9.1, and so does `2`. */
function meets(profile: readonly string[], asked: string): boolean {
  return profile.some(word => word === asked || (isVersion(asked) && isVersion(word) && `${word}.`.startsWith(`${asked}.`)));
}

/** Those that are everything that is asked for; all of them when nothing is. */
export function matchingStacks(asked: string | undefined, profiles: readonly StackProfile[]): readonly StackProfile[] {
  if (asked === undefined || asked.trim() === '') return profiles;
  const exact = profiles.filter(profile => plain(profile.stack) === plain(asked));
  if (exact.length > 0) return exact;
  const words = wordsOf(asked);
  return profiles.filter(profile => {
    const known = [...wordsOf(profile.stack), ...wordsOf(profile.dtype)];
    return words.every(word => meets(known, word));
  });
}

const dtypes: Readonly<Record<string, string>> = {
  float32: 'float32', fp32: 'float32', f32: 'float32', float16: 'float16', fp16: 'float16', f16: 'float16', half: 'float16', amp: 'float16',
  bfloat16: 'bfloat16', bf16: 'bfloat16', int16: 'int16', i16: 'int16', int8: 'int8', uint8: 'int8', i8: 'int8', int4: 'int4',
};

export const bitsOf: Readonly<Record<string, number>> = { float32: 32, float16: 16, bfloat16: 16, int16: 16, int8: 8, int4: 4 };

/** Undefined: nobody knows such a type. */
export function dtypeNamed(asked: string): string | undefined {
  return Object.hasOwn(dtypes, asked.toLowerCase()) ? dtypes[asked.toLowerCase()] : undefined;
}

/** What most people would run today: the newest version, eager, channels first, as the model was written. */
export function usualStack(profiles: readonly StackProfile[]): StackProfile | undefined {
  const rank = ({ stack, kind }: StackProfile): number => {
    const version = (/\d+\.\d+(?:\.\d+)?/.exec(stack)?.[0] ?? '0').split('.').reduce((sum, part, index) => sum + Number(part) / 100 ** index, 0);
    return version * 10 + (kind === 'compiled' ? 0 : 2) + (/nhwc/.test(stack) ? 0 : 1) + (/bf16/.test(stack) ? 0 : 0.5) + (/tflite/.test(stack) ? 0.5 : 0) - (/int8/.test(stack) ? 0.2 : 0);
  };
  return [...profiles].sort((a, b) => rank(b) - rank(a))[0];
}
