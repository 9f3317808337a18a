/** What is odd about the blobs of a network once all its layers have run: nobody reads one, its name is no layer's, a batch is not 1. */
import { compact } from '../../base/format';
import type { Location } from '../../base/span';
import type { Remark } from '../../graph/graph';
import { elementCount, type Sizes } from '../../tensor/shape';
import type { Blob, Blobs } from './blobs';
import type { ShapeDialect } from './layer';
import type { LayerText } from './network';

export function remarksOnBlobs(blobs: Blobs, layers: readonly LayerText[], options: { readonly uri: string; readonly dialect: ShapeDialect }): Remark[] {
  return [...unused(blobs), ...(options.dialect === 'netscope' ? strangeNames(blobs, layers, options.uri) : [])];
}

/** What the network ends with is its result, and so are losses and predictions; anything else that nobody reads was made for nothing. */
function* unused(blobs: Blobs): Generator<Remark> {
  const open = blobs.last().filter(blob => blob.readers.length === 0);
  const last = blobs.versions.at(-1);
  for (const blob of open) {
    if (blob === last || blob.isFree || blob.maker === undefined || blob.makerPath === last?.makerPath) continue;
    yield { code: 'unused-blob', path: blob.makerPath, at: blob.at, message: `no layer reads \`${blob.name}\`` };
  }
}

/** Layers and blobs have names of their own; where a layer's only blob is called otherwise, the published counts have it twice. */
function* strangeNames(blobs: Blobs, layers: readonly LayerText[], uri: string): Generator<Remark> {
  const names = new Set(layers.map(layer => layer.name?.text));
  const uses = new Map<string, Location[]>();
  for (const layer of layers) {
    for (const use of [...layer.bottoms, ...layer.tops]) {
      const known = uses.get(use.text);
      const at = { uri, span: use.span };
      if (known) known.push(at);
      else uses.set(use.text, [at]);
    }
  }
  for (const blob of blobs.versions) {
    const { maker } = blob;
    if (maker?.name === undefined || blob.inPlace || maker.tops.length !== 1 || names.has(blob.name)) continue;
    yield strangeName(blob, maker.name.text, uses.get(blob.name) ?? []);
  }
}

function strangeName(blob: Blob, layer: string, uses: readonly Location[]): Remark {
  const elements = elementCount(blob.tensor.shape);
  const count = typeof elements === 'number' ? `${compact(elements)} activations` : 'its activations';
  return {
    code: 'blob-name', path: layer, at: blob.at,
    message: `\`${blob.name}\` is not named like the layer \`${layer}\` that makes it: the \`paper\` convention counts it twice, as the published counts do (+${count})`,
    fix: { title: `Name the blob ${layer} in ${uses.length === 1 ? 'its place' : `all ${uses.length} places`} (−${count} under paper)`, edits: uses.map(at => ({ at, newText: `"${layer}"` })) },
  };
}

export function remarkOnBatch(sizes: Sizes, at: Location, path: string): Remark | undefined {
  const [batch] = sizes;
  if (sizes.length < 3 || batch === undefined || !(batch > 1)) return undefined;
  return {
    code: 'batch', path, at,
    message: `the batch is ${batch}: MACs and activations are those of ${batch} images, and M_c/W is ${batch} times that of one`,
    fix: { title: `Set the batch to 1 (1/${batch} of the MACs and activations)`, edits: [{ at, newText: '1' }] },
  };
}
