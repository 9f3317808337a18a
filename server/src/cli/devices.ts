/** `joulelint devices`: what energy and time can be said for, and what is known of one device. */
import { counted, figure, timeText } from '../base/format';
import { factOf, isMeasured, standingOf, type Device, type FactName, type StackProfile } from '../energy/device';
import { borrowedStacks, withOwn } from '../energy/answer';
import { findDevice } from '../energy/find';
import { devices, profiles } from '../energy/tables.generated';
import { parseArguments, UsageError } from './arguments';
import { exitCodes, type ExitCode } from './exit-codes';
import { ownDevice } from './own-device';
import type { Terminal } from './terminal';

export function devicesCommand(args: readonly string[], terminal: Terminal): ExitCode {
  const { positional: [id, more] } = parseArguments(args, {});
  if (more !== undefined) throw new UsageError('devices takes one device at most: joulelint devices rtx4090');
  if (id === undefined) terminal.out(listing());
  else {
    const own = ownDevice(id);
    if (own) {
      terminal.out(deviceText(own.device, own.profiles, borrowedStacks(own.device, withOwn(own))));
      return exitCodes.fine;
    }
    const device = findDevice(id, devices);
    if ('problem' in device) throw new UsageError(device.problem);
    terminal.out(deviceText(device));
  }
  return exitCodes.fine;
}

function stacksOf({ id }: Device): readonly StackProfile[] {
  return profiles.filter(profile => profile.device === id);
}

function listing(): string {
  const rows = devices.map(device => [device.id, device.name, device.kind, standingOf(device, stacksOf(device)), stacksOf(device).length === 0 ? '' : String(stacksOf(device).length)]);
  const head = ['device', 'name', 'kind', 'stands on', 'stacks'];
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map(row => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]): string => `${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ').trimEnd()}\n`;
  return `${line(head)}${rows.map(line).join('')}\njoulelint devices ID says more of one, with where each figure comes from\n`;
}

const units: Readonly<Record<FactName, readonly [string, number, string]>> = {
  matrixMacsPerSecond: ['peak, 16-bit products', 1e-12, 'TMAC/s'], vectorMacsPerSecond: ['peak, float32', 1e-12, 'TMAC/s'], int8MacsPerSecond: ['peak, int8', 1e-12, 'TMAC/s'],
  bandwidthBytesPerSecond: ['bandwidth', 1e-9, 'GB/s'], memoryBytes: ['memory', 1e-9, 'GB'], cacheBytes: ['cache', 1e-6, 'MB'], bufferBytes: ['buffer', 1e-3, 'kB'],
  flashBytes: ['flash', 1e-6, 'MB'], maximumWatts: ['power limit', 1, 'W'], idleWatts: ['idle', 1, 'W'], loadWatts: ['under load', 1, 'W'],
};

function deviceText(device: Device, known = stacksOf(device), borrowed = borrowedStacks(device)): string {
  const facts = (Object.keys(device.facts) as FactName[]).map(name => {
    const [title, factor, unit] = units[name];
    return `  ${title.padEnd(22)}${figure((factOf(device, name) ?? NaN) * factor)} ${unit}  (${device.facts[name]?.source ?? ''})\n`;
  });
  const stacks = known.map(stackText);
  const { hierarchy } = device;
  const levels = hierarchy
    ? `  picojoules of ${hierarchy.wordBits} bits: MAC ${figure(hierarchy.picojoules.mac)}, register ${figure(hierarchy.picojoules.registerFile)}, array ${figure(hierarchy.picojoules.array)}, `
      + `buffer ${figure(hierarchy.picojoules.buffer)}, memory ${figure(hierarchy.picojoules.dram)}\n  (${hierarchy.source})\n`
    : '';
  return `${device.name}  ${device.id}\n${facts.join('')}${levels}${stacks.length > 0 ? `stacks, as --stack takes them (any words that tell one)\n${stacks.join('')}` : ''}${borrowedText(borrowed)}`;
}

/** Software that was not measured on it, and that it is answered for all the same. */
function borrowedText(names: readonly string[]): string {
  return names.length === 0 ? '' : `stacks by datasheet, scaled from the nearest device that was measured with them\n${names.map(name => `  ${name}\n`).join('')}`;
}

function stackText({ stack, software, networks, factor, energyFactor, power, constants, batches, source }: StackProfile): string {
  const joules = isMeasured(power)
    ? `energy measured (${power.includes}): ${figure(power.baseWatts)} W + ${figure(power.joulesPerMac * 1e12)} pJ/MAC + ${figure(power.joulesPerByte * 1e12)} pJ/byte`
    : `power not measured: ${figure(power.lowWatts)} to ${figure(power.highWatts)} W (${power.includes})`;
  const rates = [
    ['convolution', constants.convolutionRate], ['1×1 and dense', constants.matrixRate], ['groups', constants.groupRate], ['depthwise', constants.depthwiseRate],
    ['attention', constants.productRate],
  ] as const;
  return [
    `  ${stack}`,
    `    ${software}`,
    `    ${counted(networks, 'network')} at batches of ${[...new Set(batches)].join(' to ')}; 80 % of unseen ones within ×/÷ ${figure(factor)} of time${energyFactor === undefined ? '' : `, ${figure(energyFactor)} of energy`}`,
    `    GMAC/s: ${rates.map(([name, rate]) => `${name} ${figure(rate / 1e9)}`).join(', ')}; ${figure(constants.bandwidth / 1e9)} GB/s; launch ${timeText(constants.launchSeconds)}`,
    `    ${joules}`,
    `    ${source}\n`,
  ].join('\n');
}
