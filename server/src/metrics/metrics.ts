/** The figures of one model, layer by layer and as a whole. Unknown figures are `Unknown` values that say why. */
import type { ProblemCode } from '../base/problem';
import type { Location } from '../base/span';
import type { Unknown } from '../base/unknown';
import type { Node } from '../graph/graph';
import type { Dim, Shape } from '../tensor/shape';
import type { Memory } from './memory';

/** How a network is counted (docs/metrics.md). The reuse figures of a single layer do not depend on it. */
export type Convention = 'paper' | 'graph' | 'fused';

export type LayerKind = 'standard' | 'pointwise' | 'depthwise' | 'group' | 'dense' | 'matmul' | 'composite' | 'other';

export type Status = 'exact' | 'lower-bound' | 'failed';

/** What one layer counts under a convention. */
export interface Counts {
  /** Weights that this layer is the first to use. */
  readonly params: Dim;
  readonly macs: Dim;
  readonly activations: Dim;
}

/** The convolution that a convolution is compared with: same channels and output, one group. */
export interface Reference {
  /** For messages: `a standard convolution`, `a 3×3 convolution`. */
  readonly name: string;
  /** MACs per activation of the reference. */
  readonly activationReuse: Dim;
  /** This layer's activation reuse as a share of it. */
  readonly ratio: number;
}

/** Reuse figures; an absent one does not apply. All are MACs per element, and none depends on α. */
export interface Reuse {
  /** M_c / W */
  readonly weightReuse?: Dim;
  /** M_c / A */
  readonly activationReuse?: Dim;
  /** M_c / (W + A) */
  readonly intensity?: Dim;
}

/** What is counted of a layer. */
export interface LayerCounts extends Counts, Reuse {
  readonly node: Node;
  readonly kind: LayerKind;
  readonly inputs: readonly (Shape | Unknown)[];
  readonly outputs: readonly (Shape | Unknown)[];
  /** Size assumed for the leading axis of these shapes, where the model leaves the batch open. */
  readonly openBatch?: number;
  /** Elements of all distinct activation inputs. */
  readonly ifmapElements: Dim;
  readonly ofmapElements: Dim;
  /** Elements of all weights that this call reads, whoever used them first. */
  readonly weightElements: Dim;
  /** MACs that the framework really executes, whatever the convention: what the reuse figures are made from. */
  readonly executedMacs: Dim;
  /** Convolutions only. */
  readonly reference?: Reference;
}

/** Most activations that are in memory at once while a row runs. */
interface Alive {
  readonly alive: number;
}

export type RowCounts = LayerCounts & Alive;

/** What is counted of a layer, and the figure that weighs its reuse by α. */
export interface LayerMetrics extends LayerCounts {
  /** (α · M_c/A + (1 − α) · M_c/W) / 4 */
  readonly di?: Dim;
}

/** A row of the layer table. */
export type Row = LayerMetrics & Alive;

/** Sums over the network. A sum with unknown members is the sum of the known ones, and `lowerBound` is true. */
export interface TotalCounts {
  /** Weights under the convention, executed or not, each once. */
  readonly params: number;
  /** The framework's own count, whatever the convention. */
  readonly frameworkParams: number;
  readonly trainableParams: number;
  /** Registered weights that no executed layer uses. */
  readonly unusedParams: number;
  readonly buffers: number;
  readonly macs: number;
  readonly activations: number;
  /** The part of `activations` that is network inputs without a row of their own. */
  readonly inputActivations: number;
  readonly weightReuse?: number;
  readonly activationReuse?: number;
  readonly intensity?: number;
  /** A / W */
  readonly activationsPerParam?: number;
  readonly lowerBound: boolean;
  /** Why one of the sums is none. */
  readonly uncounted?: Unknown;
}

export interface Totals extends TotalCounts {
  readonly di?: number;
  /** d_f = (AI_c − DI) / AI_c, in percent. */
  readonly disparity?: number;
}

/** Why a figure is not exact, with the code of the problem that it is. */
export interface Reason extends Unknown {
  readonly code: ProblemCode;
}

/** What of a graph decides about its status. */
export interface Doubt {
  /** Why its figures are not exact, the first reasons first. */
  readonly inGraph: readonly Reason[];
  /** Said of a forward pass without an operator. */
  readonly isEmpty?: Reason;
}

/** Where the figures of a model end that provably fails: at its first error. */
export interface End {
  readonly message: string;
  /** All that runs before is known: the figures are exact as far as they reach. */
  readonly isExact: boolean;
  readonly at: Location;
}

/** All that is counted of a model under a convention, whatever α, the device or the batch that the settings name. */
export interface ModelCounts {
  /** Size of the batch, where the inputs tell. */
  readonly batch: number | undefined;
  readonly doubt: Doubt;
  readonly layers: readonly LayerCounts[];
  readonly rows: readonly RowCounts[];
  readonly totals: TotalCounts;
  readonly memory: Memory;
  readonly endsAt?: End;
}

export interface ModelMetrics {
  readonly convention: Convention;
  readonly alpha: number;
  readonly batch: number;
  readonly status: Status;
  /** Why the status is not `exact`, the first reasons first. */
  readonly reasons: readonly Reason[];
  /** In execution order, one per call, those inside a user's own layer too. */
  readonly layers: readonly LayerMetrics[];
  /** The same with each own layer closed: its operators are the row's parts. */
  readonly rows: readonly Row[];
  readonly totals: Totals;
  readonly memory: Memory;
  /** The figures reach up to this error; absent where there is none. */
  readonly endsAt?: End;
}
