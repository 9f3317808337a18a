/** What a Python file may have as a model: how to build it, and what the file says of its inputs. */
import { BudgetExhausted } from '../../../base/budget';
import type { Problem } from '../../../base/problem';
import type { Location } from '../../../base/span';
import type { Built } from '../../../graph/graph';
import type { InputRequest } from '../../frontend';
import { PythonError, UnknownIteration } from '../objects/python-error';
import type { CallArguments, Value } from '../values';
import type { Settled } from './settled';

export interface ModelCandidate {
  readonly name: string;
  readonly at: Location;
  readonly build: () => Value;
  /** From a pragma comment beside the model. */
  readonly declaredInputs: readonly InputRequest[] | undefined;
  /** Arguments of a call found in the file. */
  readonly call?: { readonly args: CallArguments; readonly why: string; /** In a run with inputs that are assumed. */ readonly isAssumed?: boolean };
  /** What it came to when the file called it, before that call changed anything. */
  readonly made?: Settled | undefined;
  /** Made by a definition of the file and nothing else: its graph stands as long as that definition does. */
  readonly definition?: string;
  /** A class or function that turns out not to be a model is left out without a word. */
  readonly optional?: boolean;
  /** A function whose text makes layers: that it ends in an error is told. */
  readonly isBuilder?: () => boolean;
  /** A model class: that it cannot be built is an error of the file, not a sign that it is no model. */
  readonly isModule?: boolean;
  /** Nobody says how to make it: ways to try, in their order, instead of `build`. */
  readonly attempts?: Iterable<BuildAttempt>;
  /** Known when it is built. */
  readonly callAfter?: () => ModelCandidate['call'];
  /** The same where it turns out that what needs no arguments cannot be made without. */
  readonly retries?: readonly BuildAttempt[];
  /** The same with customary values for arguments that nobody knows, for where weights have sizes that depend on them. */
  readonly completed?: () => readonly BuildAttempt[];
  /** `Attention(dim, heads)`: what has to be given. */
  readonly demands?: string;
  /** Shown where it has neither weights nor MACs, and only then. */
  readonly isIdle?: boolean;
  /** Others of the file make use of it. */
  readonly isPart?: boolean;
}

export interface BuildAttempt {
  readonly build: () => Value;
  /** These two are to be asked when that has run. */
  readonly call?: () => ModelCandidate['call'];
  readonly built: () => Built;
  /** The project itself says how; what is only customary comes after that. */
  readonly isOfProject?: boolean;
}

/** What ended the construction or the forward pass of one model; anything that is nobody's fault but ours is thrown on. */
export function problemOf(error: unknown, at: Location): Problem {
  if (error instanceof PythonError) return { code: 'python-error', message: error.message, at: error.at };
  if (error instanceof UnknownIteration) return { code: 'unknown-value', message: error.unknown.reason, at: error.unknown.at ?? at };
  if (error instanceof BudgetExhausted) {
    if (error.endsAll) throw error;
    return { code: 'budget', message: error.message, at };
  }
  // JavaScript's own stack ran out first: many native calls between the Python ones.
  if (error instanceof RangeError && /call stack/.test(error.message)) return { code: 'budget', message: 'calls are nested too deep; the recursion may not end', at };
  throw error;
}
