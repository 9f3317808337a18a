/** The loops of a convolution or a product, read off a counted layer: what a device that plans its own data movement works with. */
import { isUnknown } from '../base/unknown';
import type { LayerCounts } from '../metrics/metrics';
import { convolutionOf } from '../ops/registry';
import { readMap, type Layout } from '../tensor/layout';
import { product, sizesOf, type Sizes } from '../tensor/shape';

/** Of one group; of one sample. A dense layer is a 1×1 convolution over its rows. */
export interface Geometry {
  readonly groups: number;
  readonly inChannels: number;
  readonly outChannels: number;
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  readonly strideHeight: number;
  readonly strideWidth: number;
  readonly inHeight: number;
  readonly inWidth: number;
  readonly outHeight: number;
  readonly outWidth: number;
  /** The second factor is made from the sample too: nothing of it serves another sample. */
  readonly ownWeights?: true;
}

/** Undefined where the sizes are unknown, or say nothing about loops. */
export function geometryOf(layer: LayerCounts, batch: number): Geometry | undefined {
  const macs = layer.executedMacs;
  if (isUnknown(macs) || isUnknown(layer.ofmapElements) || isUnknown(layer.weightElements)) return undefined;
  const found = convolutionGeometry(layer) ?? denseGeometry(layer, macs / batch) ?? productGeometry(layer, macs / batch, batch);
  return found && Object.values(found).every(value => value === true || (Number.isFinite(value) && value > 0)) ? found : undefined;
}

function knownSizes(shape: LayerCounts['inputs'][number] | undefined): Sizes | undefined {
  return shape === undefined || isUnknown(shape) ? undefined : sizesOf(shape);
}

function convolutionGeometry({ node, inputs, outputs }: LayerCounts): Geometry | undefined {
  const convolution = convolutionOf(node);
  const [input, output] = [knownSizes(inputs[0]), knownSizes(outputs[0])];
  if (!convolution || !input || !output) return undefined;
  const { layout = 'channels-first', stride = [] } = node.attrs as { readonly layout?: Layout; readonly stride?: Sizes };
  const rank = convolution.kernel.length;
  const [read, written] = [readMap(input, layout, rank), readMap(output, layout, rank)];
  const [inHeight, inWidth] = plane(read.size);
  const [outHeight, outWidth] = plane(written.size);
  const [kernelHeight, kernelWidth] = plane(convolution.kernel);
  const [strideHeight, strideWidth] = plane(stride.length === rank ? stride : convolution.kernel.map(() => 1));
  const { groups } = convolution;
  return {
    groups, inChannels: read.channels / groups, outChannels: written.channels / groups,
    kernelHeight, kernelWidth, strideHeight, strideWidth, inHeight, inWidth, outHeight, outWidth,
  };
}

/** Further axes than two are rows, a single one is columns. */
function plane(sizes: Sizes): readonly [number, number] {
  return sizes.length === 0 ? [1, 1] : [product(sizes.slice(0, -1)), sizes[sizes.length - 1] ?? 1];
}

const flat = { kernelHeight: 1, kernelWidth: 1, strideHeight: 1, strideWidth: 1, inWidth: 1, outWidth: 1 } as const;

function denseGeometry({ kind, node }: LayerCounts, macs: number): Geometry | undefined {
  if (kind !== 'dense') return undefined;
  const { inFeatures, outFeatures } = node.attrs as { readonly inFeatures?: number; readonly outFeatures?: number };
  if (inFeatures === undefined || outFeatures === undefined) return undefined;
  const rows = Math.max(1, Math.round(macs / inFeatures / outFeatures));
  return { groups: 1, inChannels: inFeatures, outChannels: outFeatures, ...flat, inHeight: rows, outHeight: rows };
}

/** Rows × depth times depth × columns, some of them side by side. Only the plain product says more than that; others are taken as square. */
function productGeometry({ node, inputs, outputs, weightElements, ofmapElements }: LayerCounts, macs: number, batch: number): Geometry | undefined {
  const [left, output] = [knownSizes(inputs[0]), knownSizes(outputs[0])];
  if (!left || !output || isUnknown(ofmapElements) || ofmapElements === 0) return undefined;
  const own = weightElements === 0 ? { ownWeights: true as const } : {};
  if (node.op === 'matmul' && output.length >= 2) {
    const [rows = 1, columns = 1] = output.slice(-2);
    const depth = macs * batch / ofmapElements;
    const groups = ofmapElements / batch / rows / columns;
    return { groups, inChannels: depth, outChannels: columns, ...flat, inHeight: rows, outHeight: rows, ...own };
  }
  // Scores, and values weighed by them: two products of tokens × width × tokens.
  const perOutput = macs * batch / ofmapElements;
  const rows = left.length >= 2 ? left[left.length - 2] ?? 1 : 1;
  return { groups: 1, inChannels: perOutput, outChannels: Math.max(1, ofmapElements / batch / rows), ...flat, inHeight: rows, outHeight: rows, ...own };
}
