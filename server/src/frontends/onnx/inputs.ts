/** What goes into the model: declared shapes, sizes that a symbol stands for, and where each of them comes from. */
import { unknown, type Unknown } from '../../base/unknown';
import type { GraphInput, InputOrigin } from '../../graph/graph';
import { isDType, type DType } from '../../tensor/dtype';
import type { Shape } from '../../tensor/shape';
import type { InputRequest, LowerRequest } from '../frontend';
import { dtypeOr } from './data-types';
import type { Dimension, GraphProto, TypeProto, ValueInfoProto } from './model';

/** Sizes tried for what neither the file nor the user states: of the spatial axes of an image, and of any other axis but the first. */
export interface AssumedSizes {
  readonly image?: number;
  readonly length: number;
}

type OpenKind = 'batch' | keyof AssumedSizes;

export const firstAssumption: AssumedSizes = { length: 1 };

export interface ResolvedInput {
  readonly name: string;
  readonly type: TypeProto | undefined;
  readonly shape: Shape | Unknown;
  readonly dtype: DType;
  readonly origin: InputOrigin;
  readonly why: GraphInput['why'];
  /** Which of the assumed sizes it rests on. */
  readonly rests: ReadonlySet<OpenKind>;
}

/** Before IR version 4 the initializers were listed among the inputs. */
export function realInputs(graph: GraphProto): readonly ValueInfoProto[] {
  const stored = new Set([...graph.initializers, ...graph.sparseInitializers].map(({ name }) => name));
  return graph.inputs.filter(input => !stored.has(input.name));
}

/** `symbols` receives the size that each symbol stands for. */
export function resolveInputs(graph: GraphProto, request: LowerRequest, symbols: Map<string, number>, sizes = firstAssumption): readonly ResolvedInput[] {
  const inputs = realInputs(graph);
  const stated = inputs.map((input, index) => statedFor(input, index, request.inputs ?? []));
  inputs.forEach((input, index) => { bind(shapeOf(input.type), stated[index]?.shape, symbols); });
  const assuming: Assuming = { request, symbols, sizes, kinds: new Map() };
  return inputs.map((input, index) => resolve(input, stated[index], assuming));
}

interface Assuming {
  readonly request: LowerRequest;
  readonly symbols: Map<string, number>;
  readonly sizes: AssumedSizes;
  /** What the symbols so far rest on. */
  readonly kinds: Map<string, OpenKind>;
}

function statedFor(input: ValueInfoProto, index: number, stated: readonly InputRequest[]): InputRequest | undefined {
  const unnamed = stated.filter(each => each.name === undefined);
  return stated.find(each => each.name === input.name) ?? unnamed[index];
}

/** A stated size tells what the symbol in its place stands for, in every other input too. */
function bind(declared: readonly Dimension[] | undefined, stated: readonly number[] | undefined, symbols: Map<string, number>): void {
  if (declared?.length !== stated?.length) return;
  declared?.forEach((dimension, axis) => {
    const size = stated?.[axis];
    if (typeof dimension === 'string' && size !== undefined && !symbols.has(dimension)) symbols.set(dimension, size);
  });
}

export function shapeOf(type: TypeProto | undefined): readonly Dimension[] | undefined {
  return type?.kind === 'tensor' || type?.kind === 'sparse-tensor' ? type.shape : undefined;
}

export function typeDType(type: TypeProto | undefined): DType {
  return type?.kind === 'tensor' || type?.kind === 'sparse-tensor' ? dtypeOr(type.dataType, 'float32') : 'float32';
}

function resolve(input: ValueInfoProto, stated: InputRequest | undefined, { request, symbols, sizes, kinds }: Assuming): ResolvedInput {
  const { name, type } = input;
  const dtype = stated?.dtype !== undefined && isDType(stated.dtype) ? stated.dtype : typeDType(type);
  if (stated?.shape) return { name, type, shape: stated.shape, dtype, origin: 'declared', why: 'stated by the user', rests: nothing };
  const declared = shapeOf(type);
  if (!declared) {
    return {
      name,
      type,
      shape: unknown(`the model does not say the shape of its input \`${name}\`; state it with \`--input\``),
      dtype,
      origin: 'declared',
      why: 'the file states no shape',
      rests: nothing,
    };
  }
  const guesses: string[] = [];
  const rests = new Set<OpenKind>();
  const shape = declared.map((dimension, axis): number => {
    if (typeof dimension === 'number' && dimension > 0 && Number.isSafeInteger(dimension)) return dimension;
    const known = typeof dimension === 'string' ? symbols.get(dimension) : undefined;
    const kind = (typeof dimension === 'string' ? kinds.get(dimension) : undefined) ?? kindOf(declared, axis, request);
    rests.add(kind);
    const size = known ?? assumed(declared, axis, kind, request, sizes);
    if (typeof dimension === 'string') {
      symbols.set(dimension, size);
      kinds.set(dimension, kind);
    }
    guesses.push(`${typeof dimension === 'string' ? `\`${dimension}\`` : `axis ${axis}`} = ${size}`);
    return size;
  });
  if (guesses.length === 0) return { name, type, shape, dtype, origin: 'declared', why: 'declared in the file', rests: nothing };
  const fitted = sizes !== firstAssumption && (rests.has('image') || rests.has('length'));
  const why = `the file leaves sizes open; taken as ${guesses.join(', ')}${fitted ? ', with which all operators fit' : ''}`;
  return { name, type, shape, dtype, origin: fitted ? 'inferred' : 'setting', why, rests };
}

const nothing: ReadonlySet<never> = new Set();

/** The batch for a first axis, the setting's size for the spatial axes of an image, else a length. */
function kindOf(declared: readonly Dimension[], axis: number, request: LowerRequest): OpenKind {
  if (axis === 0 || isStateBatch(declared, axis)) return 'batch';
  return declared.length === request.defaultInputShape.length + 1 && declared.length >= 4 ? 'image' : 'length';
}

/** (layers, batch, features): the first state of a recurrent network. */
function isStateBatch(declared: readonly Dimension[], axis: number): boolean {
  const [first, , last] = declared;
  return declared.length === 3 && axis === 1 && typeof first === 'number' && first > 1 && typeof last === 'number' && last > 0;
}

function assumed(declared: readonly Dimension[], axis: number, kind: OpenKind, request: LowerRequest, sizes: AssumedSizes): number {
  if (kind === 'batch') return request.batch;
  if (kind === 'length') return sizes.length;
  const image = request.defaultInputShape;
  // Channels first or last: the setting is channels first.
  const last = declared[declared.length - 1];
  const few = (dimension: Dimension): boolean => typeof dimension === 'number' && dimension > 0 && dimension <= 4;
  const channelsLast = few(last) && !few(declared[1]);
  const isChannel = axis === (channelsLast ? declared.length - 1 : 1);
  const inOrder = channelsLast ? [...image.slice(1), image[0] ?? 1] : image;
  return isChannel ? (image[0] ?? 1) : (sizes.image ?? inOrder[axis - 1] ?? 1);
}

/** Sizes that a declaration states, symbols replaced; NaN where it states none. */
export function declaredSizes(type: TypeProto | undefined, symbols: ReadonlyMap<string, number>): readonly number[] | undefined {
  return shapeOf(type)?.map(dimension => {
    if (typeof dimension === 'string') return symbols.get(dimension) ?? NaN;
    // Old exporters write 0 for a size they do not know.
    return dimension !== undefined && dimension > 0 && Number.isSafeInteger(dimension) ? dimension : NaN;
  });
}
