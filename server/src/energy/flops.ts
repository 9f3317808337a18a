/** Floating-point operations, for who counts these: two for a MAC, and the elementwise work that MACs leave out (docs/metrics.md). */
import { isUnknown } from '../base/unknown';
import type { LayerCounts } from '../metrics/metrics';
import { attention } from '../ops/attention';
import { attrsIf } from '../ops/define';
import { opOfKind, roleOf } from '../ops/registry';
import type { Dim } from '../tensor/shape';

/** Operations for each element of the output or, where values are gathered, of the input. */
const perOutput = { activation: 1, elementwise: 1, scale: 2, normalization: 5, softmax: 3 } as const;

/** Kernels of attention skip what a causal mask hides: half of the products. */
export function flopsOf({ node, executedMacs, ofmapElements, ifmapElements }: LayerCounts): Dim {
  if (isUnknown(executedMacs)) return executedMacs;
  const causal = attrsIf(node, attention)?.causal === true ? 0.5 : 1;
  const products = Math.round(2 * causal * executedMacs);
  switch (roleOf(node)) {
    case 'activation': return times(ofmapElements, perOutput.activation);
    case 'elementwise': return times(ofmapElements, perOutput.elementwise);
    case 'softmax': return times(ofmapElements, perOutput.softmax);
    case 'normalization': case 'local-response': return times(ofmapElements, opOfKind(node.op)?.fuses === 'scale' ? perOutput.scale : perOutput.normalization);
    case 'pool': case 'mean': return times(ifmapElements, 1);
    default: return products;
  }
}

function times(elements: Dim, each: number): Dim {
  return isUnknown(elements) ? elements : elements * each;
}
