/** Packages that models are made with and that are often not installed beside them: their layers as documented, where none are found. */
import type { LibrarySource } from '../python/library';

const packages = /^(timm|torch_geometric|torch_scatter)(\.|$)/;

/** Under which names one of the modules is imported. */
const alsoAs: Readonly<Record<string, readonly string[]>> = {
  'timm.layers': [
    'timm.models.layers',
    ...['drop', 'helpers', 'weight_init', 'mlp', 'patch_embed', 'norm', 'create_act', 'activations', 'conv_bn_act'].flatMap(name => [`timm.layers.${name}`, `timm.models.layers.${name}`]),
  ],
  'timm.vision_transformer': ['timm.models.vision_transformer'],
  'timm.registry': ['timm.models', 'timm.models.registry', 'timm.models._registry'],
  'timm.data': ['timm.data.constants'],
  'torch_geometric.nn': ['conv', 'norm', 'pool', 'glob', 'dense', 'models', 'dense.linear', 'conv.message_passing', 'conv.gcn_conv'].map(name => `torch_geometric.nn.${name}`),
  'torch_geometric.data': ['torch_geometric.data.data', 'torch_geometric.data.batch'],
};

export function isStandIn({ module }: LibrarySource): boolean {
  return packages.test(module);
}

export function standIns(sources: readonly LibrarySource[]): readonly (readonly [module: string, of: LibrarySource])[] {
  const roots = [...new Set(sources.map(({ module }) => module.split('.', 1)[0] ?? module))].filter(root => !sources.some(({ module }) => module === root));
  return [
    ...roots.map((module): readonly [string, LibrarySource] => [module, { module, source: '' }]),
    ...sources.flatMap(source => [source.module, ...(alsoAs[source.module] ?? [])].map((name): readonly [string, LibrarySource] => [name, source])),
  ];
}
