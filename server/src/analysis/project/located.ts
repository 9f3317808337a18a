/** A configuration file as data whose parts know where they stand. */
import type { Span } from '../../base/span';
import type { Path } from '../../../../shared/src/conform';

export interface Located {
  readonly value: unknown;
  /** Of the name of the last step, or of what stands there; of the nearest part above that is known. */
  spanOf(path: Path, on: 'key' | 'value'): Span;
  /** What is no proper JSON or TOML. */
  readonly mistakes: readonly { readonly span: Span; readonly message: string }[];
}
