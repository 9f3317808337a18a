/** What a candidate for a model came to. */
import type { Problem } from '../../../base/problem';
import type { Graph } from '../../../graph/graph';

/** Why a class has no figures that looks like a model. */
export interface Unbuilt {
  readonly unbuilt: { readonly demands: string; readonly template: string; readonly message: string };
}

export interface Settled {
  /** Undefined: it is no model. */
  readonly graph: Graph | undefined;
  /** What it demands, and why it could not be made with what is customary. */
  readonly unbuilt?: Unbuilt['unbuilt'];
  /** Of the file, met while it was made. */
  readonly problems: readonly Problem[];
}
