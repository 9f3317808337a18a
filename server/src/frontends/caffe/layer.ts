/** What a row of the layer tables is: a layer type, its parameter message, and the operator that it makes. */
import type { Span } from '../../base/span';
import { checked, type Attrs, type OpDefinition, type Use, type WeightSpec } from '../../ops/define';
import type { Sizes } from '../../tensor/shape';
import type { Parameters } from './parameters';
import type { Phase } from './phase';
import type { FieldOf, MessageName } from './schema';

/** `caffe`: the sizes that Caffe makes; `netscope`: those that the published tables were counted with. */
export type ShapeDialect = 'caffe' | 'netscope';

/** One layer as a row sees it. */
export interface LayerCall<Name extends MessageName = MessageName> {
  readonly p: Parameters<FieldOf<Name>>;
  /** Another message of the same layer. */
  parameters<Other extends MessageName>(name: Other): Parameters<FieldOf<Other>>;
  /** Of each bottom; undefined where not even the rank is known. Unknown sizes are NaN. */
  readonly inputs: readonly (Sizes | undefined)[];
  /** Size of one axis of a bottom, NaN where it is unknown. Negative axes count from the end. */
  size(axis: number, bottom?: number): number;
  readonly tops: number;
  readonly dialect: ShapeDialect;
  readonly phase: Phase;
  /** Something is wrong with the layer; without a place, with its type. */
  complain(message: string, span?: Span): void;
}

/** An operator to apply, with attributes that were checked against it: `use` makes one. */
export interface LayerApplication extends Use {
  /** Bottoms that the operator reads; default: all. */
  readonly reads?: readonly number[];
  /** Each bottom goes through the layer by itself and has a top of its own; the weights are the same. */
  readonly each?: boolean;
  /** Default: what the operator declares. */
  readonly weights?: readonly WeightSpec[];
  /** Elements that the layer keeps without learning them. */
  readonly bufferElements?: number;
  readonly copies?: boolean;
}

/** Why a layer's outputs are unknown. */
export interface Unfollowed {
  readonly unfollowed: string;
  /** Nothing of the file is missing: only a run could tell. */
  readonly dependsOnData?: boolean;
}

/** Attributes of the operator by the fields that set them. */
export type Places<Name extends MessageName> = Readonly<Record<string, readonly FieldOf<Name>[]>>;

export interface LayerRow {
  readonly type: string;
  readonly message: MessageName | undefined;
  readonly places: Readonly<Record<string, readonly string[]>>;
  apply(call: LayerCall): LayerApplication | Unfollowed;
  /** How many bottoms Caffe demands; default one at least. */
  readonly bottoms: readonly [least: number, most: number];
  /** Bottoms from this one on are labels and the like, which figures do not depend on. */
  readonly labelsFrom: number;
  /** A result on which nothing else need depend: a loss, an accuracy, a prediction. */
  readonly isResult: boolean;
}

export interface RowOptions<Name extends MessageName> {
  readonly places?: Places<Name>;
  readonly bottoms?: readonly [least: number, most: number];
  readonly labelsFrom?: number;
  readonly isResult?: boolean;
}

export function layer<Name extends MessageName>(
  type: string, message: Name | undefined, apply: (call: LayerCall<Name>) => LayerApplication | Unfollowed, options: RowOptions<Name> = {},
): LayerRow {
  const { places = {}, bottoms = [1, Infinity], labelsFrom = Infinity, isResult = false } = options;
  return { type, message, places, bottoms, labelsFrom, isResult, apply: call => apply(call as LayerCall<Name>) };
}

/** Keeps an operator and its attributes in step. */
export function use<A extends Attrs>(op: OpDefinition<A>, attrs: NoInfer<A>, more: Omit<LayerApplication, keyof Use> = {}): LayerApplication {
  return { ...checked(op, attrs), ...more };
}
