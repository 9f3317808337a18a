/** The file of a device that a setting names in place of a device: `board.device.json`. */
import type { Problem } from '../base/problem';
import { readDeviceFile, type DeviceFile } from '../energy/device-file';

/** By their texts: a file is read once for each, and an answer that was worked out for it stays known. */
const known = new Map<string, DeviceFile | { readonly problem: string }>();
const mostKnown = 16;

export function namesDeviceFile(device: string): boolean {
  return /\.json$/i.test(device.trim());
}

/** `text` null: there is no such file. */
export function deviceIn(path: string, text: string | null): DeviceFile | Problem {
  // Of an address the end is enough to know it again.
  const name = path.includes('://') ? decodeURIComponent(path.slice(path.lastIndexOf('/') + 1)) : path;
  const problem = (message: string): Problem => ({ code: 'device-file', message: `the device file ${name} is not used: ${message}`, subject: name });
  if (text === null) return problem('there is no such file; joulelint calibrate writes such files');
  let file = known.get(text);
  if (!file) {
    if (known.size >= mostKnown) known.clear();
    known.set(text, file = readDeviceFile(text));
  }
  return 'problem' in file ? problem(file.problem) : file;
}
