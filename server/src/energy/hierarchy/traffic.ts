/** Words that must cross the edge of a memory of a given size while a convolution or product is computed: the cheapest of three orders of its loops. */
import type { Geometry } from '../geometry';

/** Words, of the whole batch. */
export interface Traffic {
  readonly weights: number;
  readonly inputs: number;
  readonly outputs: number;
}

/** What a layer reads and writes if everything crosses once. */
export interface Volume extends Traffic {
  readonly macs: number;
}

/** Of all groups. A second factor made of the sample itself comes once for each sample. */
export function volumeOf(geometry: Geometry, batch: number): Volume {
  const { groups, inChannels, outChannels, kernelHeight, kernelWidth, outHeight, outWidth, ownWeights } = geometry;
  const perGroup = inChannels * outChannels * kernelHeight * kernelWidth;
  return {
    weights: groups * perGroup * (ownWeights ? batch : 1),
    inputs: groups * inChannels * rowsRead(geometry, outHeight) * usedWidth(geometry) * batch,
    outputs: groups * outChannels * outHeight * outWidth * batch,
    macs: groups * perGroup * outHeight * outWidth * batch,
  };
}

/** A kernel of 1 with a stride reads the places it uses. */
function usedWidth({ kernelWidth, strideWidth, inWidth, outWidth }: Geometry): number {
  return kernelWidth === 1 && strideWidth > 1 ? outWidth : inWidth;
}

function rowsRead({ kernelHeight, strideHeight, inHeight, outHeight }: Geometry, rows: number): number {
  if (rows >= outHeight) return kernelHeight === 1 && strideHeight > 1 ? outHeight : inHeight;
  return kernelHeight === 1 ? rows : Math.min(inHeight, (rows - 1) * strideHeight + kernelHeight);
}

/** 1, 2, 3, 4, 6, 8, 12 … and the size itself: tiles between these change little. */
function grid(size: number): readonly number[] {
  const steps: number[] = [];
  for (let step = 1; step < size; step *= 2) {
    steps.push(step);
    if (step >= 2 && step * 1.5 < size) steps.push(Math.floor(step * 1.5));
  }
  return [...steps, size];
}

/**
 * All input channels of a group are reduced on chip, so results leave once. Either the weights stay, or the inputs, or the results; tiles of
 * output channels, rows and images are searched on a geometric grid. Full-width rows.
 */
export function trafficThrough(geometry: Geometry, batch: number, capacity: number): Traffic {
  if (geometry.ownWeights && batch > 1) return times(trafficThrough(geometry, 1, capacity), batch);
  const { groups } = geometry;
  const one = cheapest({ ...geometry, groups: 1 }, batch, capacity);
  return times(one, groups);
}

function times({ weights, inputs, outputs }: Traffic, factor: number): Traffic {
  return { weights: weights * factor, inputs: inputs * factor, outputs: outputs * factor };
}

interface Best {
  words: number;
  weights: number;
  inputs: number;
}

function cheapest(geometry: Geometry, batch: number, capacity: number): Traffic {
  const { inChannels, outChannels, kernelHeight, kernelWidth, outHeight, outWidth } = geometry;
  const { weights, inputs, outputs, macs } = volumeOf(geometry, batch);
  const area = kernelHeight * kernelWidth;
  const width = usedWidth(geometry);
  // With no reuse at all, every multiplication fetches both operands.
  const best: Best = { words: 2 * macs, weights: macs, inputs: macs };
  const take = (w: number, i: number): void => {
    if (w + i < best.words) Object.assign(best, { words: w + i, weights: w, inputs: i });
  };
  const channelTiles = grid(outChannels);
  for (const images of grid(batch)) {
    const imageTiles = Math.ceil(batch / images);
    for (const channels of channelTiles) {
      if (channels * inChannels * area + channels * outWidth * images + kernelHeight * width > capacity) break;
      take(weights, inputs * Math.ceil(outChannels / channels));
    }
    for (const rows of grid(outHeight)) {
      const rowTiles = Math.ceil(outHeight / rows);
      const read = rowsRead(geometry, rows);
      const halo = rowTiles === 1 ? inputs : inChannels * width * batch * rowTiles * read;
      const weightsAgain = weights * rowTiles * imageTiles;
      if (inChannels * read * width * images + area * Math.min(inChannels, 16) + rows * outWidth * images <= capacity) take(weightsAgain, halo);
      for (const channels of channelTiles) {
        if (channels * rows * outWidth * images + kernelHeight * width * images + area * channels > capacity) break;
        take(weightsAgain, halo * Math.ceil(outChannels / channels));
      }
    }
  }
  return { weights: best.weights, inputs: best.inputs, outputs };
}

/**
 * No order of the loops moves fewer words through a memory of this size: everything once, and for products beyond its size two words for each
 * √(R · capacity) MACs, R being the reuse of an input by overlapping windows, less what lies in it at the begin and the end.
 * Source: Smith et al., arXiv 1702.02017; Chen, Han, Wang, HPCA 2020 (arXiv 1911.05662).
 */
export function leastTraffic(geometry: Geometry, batch: number, capacity: number): number {
  const { weights, inputs, outputs, macs } = volumeOf(geometry, batch);
  const { groups, kernelHeight, kernelWidth, strideHeight, strideWidth } = geometry;
  const reuse = Math.max(1, kernelHeight * kernelWidth / (strideHeight * strideWidth));
  return Math.max(Math.min(weights, macs) + Math.min(inputs, macs) + outputs, 2 * macs / Math.sqrt(reuse * capacity) - 2 * capacity * groups);
}
