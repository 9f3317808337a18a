/** Small graphs made by hand for tests, through the same builder that every frontend uses. */
import type { Location, Span } from '../src/base/span';
import { GraphBuilder } from '../src/graph/builder';
import type { Graph, GraphTensor, InputOrigin, Weight } from '../src/graph/graph';
import { activation } from '../src/ops/activation';
import { batchNorm } from '../src/ops/batch-norm';
import { conv, type ConvAttrs } from '../src/ops/conv';
import type { Attrs, OpDefinition } from '../src/ops/define';
import { elementwise } from '../src/ops/elementwise';
import { flatten } from '../src/ops/reshape';
import { linear } from '../src/ops/linear';

export const testUri = 'file:///net.py';

export interface ConvOptions {
  readonly kernel?: number;
  readonly stride?: number;
  readonly groups?: number;
  readonly bias?: boolean;
  readonly line?: number;
}

/** Layers take their sizes from what is fed to them; each one has its own line of 100 characters. */
export class TestNet {
  readonly builder = new GraphBuilder();
  private readonly inputs: { name: string; tensor: number; origin: InputOrigin; why: string }[] = [];
  private readonly weights: Weight[] = [];
  private nextWeight = 1;
  private readonly calls = new Map<string, Weight[]>();

  constructor() {
    this.builder.recording = true;
  }

  input(shape: readonly number[], origin: InputOrigin = 'declared'): GraphTensor {
    const tensor = this.builder.source(shape, 'float32', 'activation');
    this.inputs.push({ name: 'x', tensor: tensor.id, origin, why: 'test' });
    return tensor;
  }

  /** The same path again is the same layer: its weights are shared. */
  layer<A extends Attrs>(
    op: OpDefinition<A>, path: string, attrs: NoInfer<A>, inputs: readonly GraphTensor[],
    options: { inPlace?: boolean; line?: number; argument?: Record<string, Span> } = {},
  ): GraphTensor {
    let weights = this.calls.get(path);
    if (!weights) {
      const specs = op.weights?.(attrs) ?? [];
      weights = specs.map(({ name, sizes, trainable }) => ({ id: this.nextWeight++, name: `${path}.${name}`, type: { shape: sizes, dtype: 'float32' as const }, trainable: trainable ?? true }));
      this.weights.push(...weights);
      this.calls.set(path, weights);
    }
    const declared = lineAt(options.line ?? this.calls.size);
    const applied = this.builder.apply({
      op, type: `torch.nn.${op.kind}`, path, attrs, inputs, weights, inPlace: options.inPlace ?? false,
      site: {
        declared,
        argument: options.argument ?? { groups: { start: declared.span.start + 40, end: declared.span.start + 50 }, kernel: { start: declared.span.start + 20, end: declared.span.start + 30 } },
      },
    });
    const output = applied.outputs[0];
    if (!output) throw new Error(`${path} has no output`);
    return output;
  }

  conv(path: string, input: GraphTensor, outChannels: number, { kernel = 3, stride = 1, groups = 1, bias = false, line }: ConvOptions = {}): GraphTensor {
    const pad = (kernel - 1) / 2;
    const attrs: ConvAttrs = {
      inChannels: channelsOf(input), outChannels, kernel: [kernel, kernel], stride: [stride, stride], dilation: [1, 1],
      padding: { before: [pad, pad], after: [pad, pad] }, groups, bias, layout: 'channels-first',
    };
    return this.layer(conv, path, attrs, [input], line === undefined ? {} : { line });
  }

  batchNorm(path: string, input: GraphTensor): GraphTensor {
    return this.layer(batchNorm, path, { channels: channelsOf(input), scale: true, shift: true, statistics: 'buffers' }, [input]);
  }

  relu(path: string, input: GraphTensor, inPlace = false): GraphTensor {
    return this.layer(activation, path, { function: 'relu' }, [input], { inPlace });
  }

  add(left: GraphTensor, right: GraphTensor): GraphTensor {
    return this.layer(elementwise, '', { function: 'add' }, [left, right]);
  }

  flatten(input: GraphTensor): GraphTensor {
    return this.layer(flatten, 'flatten', { start: 1, end: -1 }, [input]);
  }

  linear(path: string, input: GraphTensor, outFeatures: number): GraphTensor {
    const features = Array.isArray(input.shape) ? (input.shape.at(-1) as number) : NaN;
    return this.layer(linear, path, { inFeatures: features, outFeatures, bias: true }, [input]);
  }

  /** A weight that is registered and never used. */
  unused(name: string, elements: number): void {
    this.weights.push({ id: this.nextWeight++, name, type: { shape: [elements], dtype: 'float32' }, trainable: true });
  }

  graph(outputs: readonly GraphTensor[], changes: Partial<Graph> = {}): Graph {
    return {
      name: 'Net', framework: 'pytorch', at: lineAt(0), inputs: this.inputs, outputs: outputs.map(output => output.id),
      nodes: this.builder.nodes, tensors: this.builder.tensors, weights: this.weights, bufferElements: 0, modules: new Map(),
      mismatches: this.builder.mismatches, gaps: this.builder.gaps, problems: [], mode: 'eval', ...changes,
    };
  }
}

export function lineAt(line: number): Location {
  return { uri: testUri, span: { start: line * 100, end: line * 100 + 99 } };
}

function channelsOf(tensor: GraphTensor): number {
  const size = Array.isArray(tensor.shape) ? (tensor.shape[1] as unknown) : NaN;
  return typeof size === 'number' ? size : NaN;
}
