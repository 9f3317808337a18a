/** What a framework adds to the interpreter to have the models of a Python file lowered. */
import type { Graph, Remark } from '../../../graph/graph';
import type { LowerRequest } from '../../frontend';
import type { Interpreter } from '../interpreter';
import type { LibraryTables } from '../library';
import type * as ast from '../syntax/ast';
import type { TensorProtocol } from '../tensor-protocol';
import type { ModuleValue } from '../values';
import type { ModelCandidate } from './candidate';
import type { ModelKind } from './construct';
import type { Settled, Unbuilt } from './settled';

/** Looks at a model while the file runs, as everything stands at that moment. */
export type LookNow = (candidate: ModelCandidate) => Settled;

/** Names of classes in the models that were looked at so far; the caller adds to them. */
export interface Looked {
  readonly parts: ReadonlySet<string>;
  /** Of the models themselves. */
  readonly wholes: ReadonlySet<string>;
}

export interface Dialect {
  readonly id: string;
  /** Cheap: looks at the name and the text, parses nothing. */
  sniff(uri: string, text: string): boolean;
  readonly tables: readonly LibraryTables[];
  readonly tensors: TensorProtocol;
  /** Forgets what the last run of a file noted. */
  beginRun(interpreter: Interpreter): void;
  /** Before the file runs: what the request says of sizes. `lookNow`: where the models that the file calls are asked for. */
  prepare?(interpreter: Interpreter, request: LowerRequest, lookNow: LookNow | undefined): void;
  /** Lazily: a class that turns out to be a part of an earlier model is none of its own. */
  candidates(interpreter: Interpreter, module: ModuleValue, syntax: ast.Module, looked: Looked, request: LowerRequest): Iterable<ModelCandidate>;
  /** A model of the file by a name that is no expression any more. */
  named?(interpreter: Interpreter, module: ModuleValue, syntax: ast.Module, name: string): ModelCandidate | undefined;
  /** Undefined for an optional candidate that is no model. */
  lowerModel(interpreter: Interpreter, candidate: ModelCandidate, request: LowerRequest): Graph | Unbuilt | undefined;
  readonly modelKind: ModelKind<unknown>;
  /** What is odd in the program around its models. */
  remarks?(syntax: ast.Module, request: LowerRequest): readonly Remark[];
}
