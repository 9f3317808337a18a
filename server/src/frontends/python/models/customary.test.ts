/** What names of arguments customarily hold. */
import { strict as assert } from 'node:assert';
import { customaryFor } from './customary';

const names: Readonly<Record<string, unknown>> = {
  // The kernel of a part is a kernel, whatever its name begins with.
  postnet_kernel_size: 3, kernelWidth: 3, nout: 64, width_factor: 1, cross_layer_sizes: [128, 128], decoder_hidden_units: [128, 128], input_shape: [3, 224, 224],
  norm_cls: { library: 'torch.nn.LayerNorm' }, nonsense: undefined,
};

describe('customary values', () => {
  for (const [name, value] of Object.entries(names)) it(name, () => { assert.deepEqual(customaryFor(name)?.value, value); });
});
