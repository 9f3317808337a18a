/** Runtimes with a fixed list of operators, and what is surely not on it. */
import type { Device } from '../energy/device';
import type { Node } from '../graph/graph';
import { activation, type ActivationFunction } from '../ops/activation';
import { conv } from '../ops/conv';
import { attrsIf } from '../ops/define';
import { matmul } from '../ops/matmul';

export interface Runtime {
  readonly name: string;
  /** What does not fit is run by another processor. */
  readonly leaves: boolean;
  /** What it lacks for this operator, in words; undefined: nothing that is known. */
  lacks(node: Node): string | undefined;
}

/** Three axes, searches and sorts: neither has them. */
const inNeither: Readonly<Record<string, string>> = {
  'deform-conv': 'deformable convolution', 'sort': 'sorting', 'top-k': 'search for the largest values', 'search-sorted': 'search in sorted values',
};

/** Source: Coral documentation, supported operations: no operator looks values up, and both sides of a product cannot depend on the input. */
const notOnEdgeTpu: Readonly<Record<string, string>> = {
  ...inNeither, 'fourier': 'Fourier transform',
  'embedding': 'embedding', 'embedding-bag': 'embedding', 'gather': 'gathering by index', 'scatter': 'scattering by index', 'gather-nd': 'gathering by index', 'one-hot': 'one-hot encoding',
  'cumulative': 'cumulative sum', 'attention': 'product of two computed tensors', 'multi-head-attention': 'product of two computed tensors',
  'head-attention': 'product of two computed tensors', 'projected-attention': 'product of two computed tensors',
};

const functionsNotOnEdgeTpu: Readonly<Partial<Record<ActivationFunction, string>>> = {
  'gelu': 'GELU', 'elu': 'ELU', 'selu': 'SELU', 'celu': 'CELU', 'mish': 'Mish', 'softplus': 'softplus', 'softsign': 'softsign',
};

const edgeTpu: Runtime = {
  name: 'Edge TPU', leaves: true,
  lacks: node => {
    const activated = attrsIf(node, activation);
    if (activated) return functionsNotOnEdgeTpu[activated.function];
    if (attrsIf(node, matmul) && node.weights.length === 0 && node.inputs.length === 2) return 'product of two computed tensors';
    return volume(node) ?? notOnEdgeTpu[node.op];
  },
};

const microcontroller: Runtime = { name: 'TensorFlow Lite for Microcontrollers', leaves: false, lacks: node => volume(node) ?? inNeither[node.op] };

function volume(node: Node): string | undefined {
  return attrsIf(node, conv)?.kernel.length === 3 ? 'convolution over three axes' : undefined;
}

export function runtimeOf({ id, kind }: Device): Runtime | undefined {
  return /edge-tpu/.test(id) ? edgeTpu : kind === 'microcontroller' ? microcontroller : undefined;
}
