/** Base power, energy per MAC and per byte from measured energies of models whose times are known. */
import { robustFit } from './robust-fit';

export interface MeasuredEnergy {
  readonly seconds: number;
  readonly macs: number;
  readonly bytes: number;
  readonly joules: number;
  readonly weight?: number;
}

/** E = base · t + perMac · MACs + perByte · bytes. */
export interface PowerConstants {
  readonly baseWatts: number;
  readonly joulesPerMac: number;
  readonly joulesPerByte: number;
}

export function fitPower(measured: readonly MeasuredEnergy[], prior: PowerConstants, weight: number): PowerConstants {
  const centre = Float64Array.of(Math.log(prior.baseWatts), Math.log(prior.joulesPerMac), Math.log(prior.joulesPerByte));
  const fitted = robustFit({
    measured: Float64Array.from(measured, each => Math.log(each.joules)),
    counts: Float64Array.from(measured, each => each.weight ?? 1),
    prior: { centre, weight: new Float64Array(3).fill(weight) },
    start: centre,
    model: (logs, index, gradient) => {
      const { seconds = 0, macs = 0, bytes = 0 } = measured[index] ?? {};
      const parts = [seconds, macs, bytes].map((amount, i) => amount * Math.exp(logs[i] ?? 0));
      const joules = parts.reduce((sum, part) => sum + part, 0);
      parts.forEach((part, i) => { gradient[i] = part / joules; });
      return Math.log(joules);
    },
  });
  const [baseWatts = 0, joulesPerMac = 0, joulesPerByte = 0] = fitted.map(Math.exp);
  return { baseWatts, joulesPerMac, joulesPerByte };
}

export function energyOf({ seconds, macs, bytes }: Omit<MeasuredEnergy, 'joules'>, { baseWatts, joulesPerMac, joulesPerByte }: PowerConstants): number {
  return baseWatts * seconds + joulesPerMac * macs + joulesPerByte * bytes;
}
