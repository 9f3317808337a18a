/** Finds devices and element types by the names people use for them. */
import { editDistance } from '../../../shared/src/edit-distance';
import type { Device } from './device';

/** Letters and digits alone: `RTX-4090`, `rtx4090` and `rtx 4090` are one. */
export function plain(name: string): string {
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

const dtypes: Readonly<Record<string, string>> = {
  float32: 'float32', fp32: 'float32', f32: 'float32', float16: 'float16', fp16: 'float16', f16: 'float16', half: 'float16', amp: 'float16',
  bfloat16: 'bfloat16', bf16: 'bfloat16', int16: 'int16', i16: 'int16', int8: 'int8', uint8: 'int8', i8: 'int8', int4: 'int4',
};

export const bitsOf: Readonly<Record<string, number>> = { float32: 32, float16: 16, bfloat16: 16, int16: 16, int8: 8, int4: 4 };

/** Undefined: nobody knows such a type. */
export function dtypeNamed(asked: string): string | undefined {
  return Object.hasOwn(dtypes, asked.toLowerCase()) ? dtypes[asked.toLowerCase()] : undefined;
}
