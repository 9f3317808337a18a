/** Energy of an accelerator that plans its data movement: arithmetic and accesses at every level, layer by layer (Yang, Chen, Emer, Sze). */
import type { Device } from '../device';
import type { Estimate, LayerEstimate, Parts } from '../estimate';
import type { Geometry } from '../geometry';
import { within } from '../interval';
import type { Work, Workload } from '../work';
import type { Hierarchy } from './hierarchy';
import { trafficThrough, type Traffic } from './traffic';

/** Width in bits of what flows; and how much of it is not zero, where zeros are skipped and stored packed. */
export interface Precision {
  readonly weightBits: number;
  readonly inputBits: number;
  readonly outputBits: number;
  /** Share of values that are not zero; default: all. */
  readonly nonzeroWeights?: number;
  readonly nonzeroActivations?: number;
}

/** Against exhaustive searches of two networks' mappings the totals lie within 3 %; absolute scale within a factor of 1.4 of what is published. */
const factor = 1.4;

/** A multiplier grows with the square of the width, an adder with the width. */
const macExponent = 1.25;

/** Accesses of a register file for one MAC: a weight, an input, and a partial sum read and written. */
const registerAccesses = { weights: 1, inputs: 1, outputs: 2 } as const;

/** Picojoules of a layer and a whole batch. */
export interface LayerEnergy {
  readonly compute: number;
  readonly weights: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly dramWords: Traffic;
}

export function layerEnergy(geometry: Geometry, macs: number, batch: number, hierarchy: Hierarchy, precision: Precision): LayerEnergy {
  return energyOf(macs * batch, trafficThrough(geometry, batch, hierarchy.bufferWords), trafficThrough(geometry, batch, hierarchy.registerWords), hierarchy, precision);
}

function energyOf(macs: number, dram: Traffic, array: Traffic, { wordBits, picojoules }: Hierarchy, precision: Precision): LayerEnergy {
  const { weightBits, inputBits, outputBits, nonzeroWeights = 1, nonzeroActivations = 1 } = precision;
  const executed = macs * nonzeroWeights * nonzeroActivations;
  const width = Math.sqrt(weightBits * inputBits);
  const moved = (kind: keyof Traffic, bits: number, perArrayWord: number, stored: number): number =>
    bits / wordBits * (registerAccesses[kind] * executed * picojoules.registerFile + array[kind] * perArrayWord + dram[kind] * picojoules.dram * stored);
  return {
    compute: executed * picojoules.mac * (width / wordBits) ** macExponent,
    // Weights go from memory to the array past the buffer; partial sums are written to it and read again.
    weights: moved('weights', weightBits, picojoules.array, packed(nonzeroWeights)),
    inputs: moved('inputs', inputBits, picojoules.array + picojoules.buffer, packed(nonzeroActivations)),
    outputs: moved('outputs', outputBits, picojoules.array + 2 * picojoules.buffer, packed(nonzeroActivations)),
    dramWords: dram,
  };
}

/** Run lengths take a third on top of what is left. */
function packed(nonzero: number): number {
  return Math.min(1, nonzero * 4 / 3);
}

/** Of a product whose loops are not known: everything once. */
function compulsory({ weightElements, inElements, outElements }: Work, batch: number): Traffic {
  return { weights: weightElements, inputs: inElements * batch, outputs: outElements * batch };
}

const nothing: Traffic = { weights: 0, inputs: 0, outputs: 0 };

export function acceleratorEstimate({ works, lowerBound }: Workload, device: Device, hierarchy: Hierarchy, precision: Precision, batch: number): Estimate {
  const known = new Map<string, LayerEnergy>();
  const layers: LayerEstimate[] = [];
  const sums = { compute: 0, weights: 0, inputs: 0, outputs: 0, idle: 0 };
  let seconds = 0;
  for (const work of works) {
    // Poolings, additions and normalisations are taken as done on the way, as the mappers count that this is held against.
    if (work.macs === 0) continue;
    const { geometry } = work;
    const energy = geometry
      ? remembered(known, `${Object.values(geometry).join()}/${work.macs}`, () => layerEnergy(geometry, work.macs, batch, hierarchy, precision))
      : energyOf(work.macs * batch, compulsory(work, batch), nothing, hierarchy, precision);
    // What is narrower than a word shares one with others.
    const bits = energy.dramWords.weights * precision.weightBits + energy.dramWords.inputs * precision.inputBits + energy.dramWords.outputs * precision.outputBits;
    const compute = work.macs * batch / hierarchy.macsPerSecond;
    const transfer = hierarchy.dramWordsPerSecond === undefined ? 0 : bits / hierarchy.wordBits / hierarchy.dramWordsPerSecond;
    const layerSeconds = Math.max(compute, transfer) / batch;
    const idle = (hierarchy.idleWatts ?? 0) * layerSeconds;
    seconds += layerSeconds;
    sums.idle += idle;
    for (const part of ['compute', 'weights', 'inputs', 'outputs'] as const) sums[part] += energy[part] / batch * 1e-12;
    const joules = (energy.compute + energy.weights + energy.inputs + energy.outputs) / batch * 1e-12 + idle;
    layers.push({
      node: work.node, path: work.path, seconds: layerSeconds, joules, boundBy: compute >= transfer ? 'compute' : 'bandwidth',
      bytes: bits / 8 / batch, macs: work.macs,
    });
  }
  const parts: Parts = sums;
  const types = `${precision.weightBits}-bit weights, ${precision.inputBits}-bit activations`;
  return {
    estimator: 'hierarchical', device: device.id, deviceName: device.name, stack: 'planned data movement', software: `planned data movement, ${types}`,
    dtype: `int${precision.inputBits}`, batch, includes: 'chip', energy: within(parts.compute + parts.weights + parts.inputs + parts.outputs + parts.idle, factor),
    ...(hierarchy.dramWordsPerSecond === undefined ? {} : { time: within(seconds, 2) }), parts, layers, calibrated: false, timeCalibrated: false, lowerBound,
    why: `accesses of every level counted for the cheapest order of loops, memory included, of the layers with MACs: ${hierarchy.source}`,
  };
}

function remembered(known: Map<string, LayerEnergy>, key: string, make: () => LayerEnergy): LayerEnergy {
  let energy = known.get(key);
  if (!energy) known.set(key, energy = make());
  return energy;
}
