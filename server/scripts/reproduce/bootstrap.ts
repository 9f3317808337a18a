/** Which α and which k fit the published networks' measured energy best, and how sure that is: the networks drawn anew, with replacement. */
import { joulesPerImage, publishedNetworks } from '../../src/metrics/published/networks';
import { diOf, measuredSettings, objectiveOf, type Fitted, type FittedSetting } from '../../src/metrics/published/objective';
import { defaultAlpha } from './design-time';
import { best, pearson } from './statistics';

const draws = 1000;
const alphas = Array.from({ length: 21 }, (_, i) => i / 20);
const exponents = Array.from({ length: 61 }, (_, i) => i / 20);

/** At the default α for k; the same in every run. */
export function fitConstants(): readonly FittedSetting[] {
  return measuredSettings.map(setting => {
    const energies = publishedNetworks.map(network => joulesPerImage(network, setting.device, setting.batch));
    const efficiencies = publishedNetworks.map(({ macs }, i) => macs / (energies[i] ?? NaN));
    const logEnergies = energies.map(Math.log);
    const disAt = alphas.map(alpha => publishedNetworks.map(network => diOf(network, alpha)));
    const objectivesAt = exponents.map(k => publishedNetworks.map(network => Math.log(objectiveOf(network.macs, diOf(network, defaultAlpha), k))));
    return {
      ...setting,
      alpha: bootstrapped(alphas, (index, drawn) => pearson(drawn.map(i => disAt[index]?.[i] ?? NaN), drawn.map(i => efficiencies[i] ?? NaN))),
      k: bootstrapped(exponents, (index, drawn) => pearson(drawn.map(i => objectivesAt[index]?.[i] ?? NaN), drawn.map(i => logEnergies[i] ?? NaN))),
    };
  });
}

/** The best of all networks, and the middle 95 % of the best of as many drawn with replacement. */
function bootstrapped(candidates: readonly number[], score: (index: number, drawn: readonly number[]) => number): Fitted {
  const everyOne = publishedNetworks.map((_, i) => i);
  const bestOf = (drawn: readonly number[]): number => candidates[best(candidates.map((_, i) => i), index => score(index, drawn)).at] ?? NaN;
  const next = pseudoRandom();
  const found = Array.from({ length: draws }, () => bestOf(everyOne.map(() => Math.floor(next() * everyOne.length)))).sort((a, b) => a - b);
  return { at: bestOf(everyOne), low: found[Math.floor(0.025 * draws)] ?? NaN, high: found[Math.ceil(0.975 * draws) - 1] ?? NaN };
}

/** Mulberry32: the same draws on every machine. */
function pseudoRandom(): () => number {
  let state = 20_200_601;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
