/** The block of a model that moves most activations for each MAC. */
import { activationCount, figure, percent } from '../base/format';
import type { Location } from '../base/span';
import type { ModuleCall } from '../graph/graph';
import type { LayerMetrics } from '../metrics/metrics';
import { defineRule } from './define';
import { kerasModel, torchModule } from './example-sources';
import { moved, numberOf, partOf } from './parts';

export const rule = defineRule({
  id: 'JL107',
  name: 'block-low-reuse',
  summary: 'A block does few MACs for each activation that it moves, and moves a large part of the model\'s.',
  since: '0.1.0',
  severity: 'hint',
  offByDefault: true,
  kind: 'advice',
  frameworks: ['pytorch', 'keras'],
  advice: 'Fewer layers of more channels do the same MACs with fewer activations moved',
  docs: {
    what: 'A module that runs others, below the model itself, whose layers together do fewer than `reuse` MACs for each activation that they read or write (M_c/A), and that moves at least '
      + '`share` of the activations of the model. Of the modules of one line the one that moves most speaks.',
    why: 'Energy efficiency of whole networks went with MACs per activation (r = 0.88) and not with MACs per weight (r = −0.18); of eight compact networks those below 30 were the least efficient. '
      + 'The status bar says the figure of the model; this rule says which block it comes from. It is off unless asked for, since most networks of depthwise convolutions have such blocks and JL101 speaks of them.',
    instead: 'Larger kernels or more channels in fewer layers, fewer element-wise operators, lower resolution.',
  },
  sources: [
    { title: 'The Ramifications of Making Deep Neural Networks Compact, VLSID 2019: section III, Tables II and III' },
    { title: 'Modeling Data Reuse in Deep Neural Networks by Taking Data-Types into Cognizance, IEEE Transactions on Computers 2020: Table 7' },
  ],
  options: {
    reuse: { description: 'Reported below this.', default: 30, unit: 'MACs per activation', minimum: 0, source: 'Tables II and III of the first source' },
    share: { description: 'Smallest part of the activations moved that such blocks of one line must have.', default: 0.2, unit: 'of all activations moved', minimum: 0, maximum: 1 },
  },
  check: ({ metrics, options }) => {
    const blocks = new Map<ModuleCall, LayerMetrics[]>();
    for (const layer of metrics.layers) {
      for (let call = layer.node.within; call; call = call.parent) {
        const own = blocks.get(call);
        if (own) own.push(layer);
        else blocks.set(call, [layer]);
      }
    }
    return [...blocks].flatMap(([call, layers]) => {
      const macs = layers.reduce((sum, layer) => sum + numberOf(layer.executedMacs), 0);
      const activations = layers.reduce((sum, layer) => sum + moved(layer), 0);
      const [first] = layers;
      // The model itself, and layers that are written as modules.
      if (call.path === '' || !first || layers.length < 2 || macs === 0 || macs / activations >= options.reuse) return [];
      return [{
        at: placeOf(call), path: call.path, node: first.node, nodes: layers.map(({ node }) => node), badness: activations, sayEnergy: true as const,
        share: { of: 'activations' as const, part: layers.reduce((sum, layer) => sum + partOf(metrics, layer, 'activations').part, 0) },
        message: `${call.path} does ${figure(macs / activations)} MACs for each of the ${activationCount(activations)} that it moves, ${percent(macs / metrics.totals.macs)} of the model's MACs`,
        data: { reuse: macs / activations, moved: activations },
      }];
    });
  },
  examples: {
    firing: [
      {
        settings: { rules: { JL107: { level: 'hint', options: {} } } },
        source: torchModule(
          ['self.thin = nn.Sequential(nn.Conv2d(32, 32, 3, padding=1, groups=32), nn.BatchNorm2d(32), nn.ReLU(), nn.Conv2d(32, 32, 1))', 'self.full = nn.Conv2d(32, 32, 3)'],
          ['return self.full(self.thin(x))'],
          [1, 32, 32, 32],
        ),
        message: 'thin does',
      },
      {
        settings: { rules: { JL107: { level: 'hint', options: {} } } },
        source: kerasModel(['x = keras.Sequential([layers.DepthwiseConv2D(3), layers.BatchNormalization(), layers.ReLU()], name="thin")(x)', 'x = layers.Conv2D(32, 3)(x)'], [32, 32, 32]),
        message: 'thin does',
      },
    ],
    silent: [
      {
        settings: { rules: { JL107: { level: 'hint', options: {} } } },
        source: torchModule(['self.full = nn.Sequential(nn.Conv2d(64, 64, 3, padding=1), nn.ReLU(), nn.Conv2d(64, 64, 3))'], ['return self.full(x)'], [1, 64, 32, 32]),
      },
      { settings: { rules: { JL107: { level: 'hint', options: {} } } }, source: kerasModel(['x = layers.Conv2D(64, 3)(x)'], [32, 32, 64]) },
    ],
  },
});

function placeOf({ site }: ModuleCall): Location {
  return site.from?.at ?? site.declared;
}
