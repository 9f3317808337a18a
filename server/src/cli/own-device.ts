/** A device file where a command takes the name of a device. */
import { readDeviceFile, type DeviceFile } from '../energy/device-file';
import { readTextFile } from '../host/node-files';
import { UsageError } from './arguments';

/** Undefined where it is the name of a device, and no file. */
export function ownDevice(given: string): DeviceFile | undefined {
  if (!given.endsWith('.json')) return undefined;
  const text = readTextFile(given);
  if (text === undefined) throw new UsageError(`${given} cannot be read; joulelint calibrate writes such files`);
  const file = readDeviceFile(text);
  if ('problem' in file) throw new UsageError(`${given}: ${file.problem}`);
  return file;
}
