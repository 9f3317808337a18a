/** What every frontend offers the analysis: recognise a file, and lower it to graphs without ever doing I/O. */
import type { Budget } from '../base/budget';
import type { ByteSource } from '../base/byte-source';
import type { Memory } from '../base/memory';
import type { Problem } from '../base/problem';
import type { Location } from '../base/span';
import type { Graph } from '../graph/graph';
import type { SourceSet } from '../base/source-set';

/** A model input that the user stated; what is absent is found by the frontend. */
export interface InputRequest {
  readonly name?: string;
  readonly shape?: readonly number[];
  readonly dtype?: string;
  /** Tensors that are passed together as one Python list. */
  readonly list?: readonly InputRequest[];
}

/** Inputs that the project states, for models of some names. */
export interface StatedInputs {
  /** In which `*` stands for any letters; none: of every name. */
  readonly models: readonly string[];
  readonly inputs: readonly InputRequest[];
  /** Where they are stated. */
  readonly why: string;
}

export interface LowerRequest {
  readonly uri: string;
  /** Empty for a file that is read in byte ranges. */
  readonly text: string;
  /** For a frontend that reads bytes. */
  readonly bytes?: ByteSource;
  readonly sources: SourceSet;
  /** What is remembered from one call to the next; absent: nothing is. */
  readonly memory?: Memory;
  /** Folders from which imports are resolved, in order, as URIs without a trailing slash. */
  readonly roots: readonly string[];
  readonly budget: Budget;
  /** An expression evaluated in the file's own module; absent: every model of the file; '': the file's only model. */
  readonly model?: string;
  /** Source lines evaluated before `model`. */
  readonly setup?: string;
  readonly inputs?: readonly InputRequest[];
  /** Where neither the request nor a comment in the file states any; the last one that fits counts. */
  readonly projectInputs?: readonly StatedInputs[];
  /** Without the batch; used only where the source gives no hint. */
  readonly defaultInputShape: readonly number[];
  readonly batch: number;
  readonly mode: 'eval' | 'train';
  /** The mode where the user asked for one; a format may have another default than `mode`. */
  readonly statedMode?: 'eval' | 'train';
  /** Sizes as the framework makes them (`caffe`, the default), or as Netscope does, which the published tables were counted with. Only Caffe files know a difference. */
  readonly shapes?: 'caffe' | 'netscope';
  /** Only name the models; no graph is built. */
  readonly listOnly?: boolean;
  /** Asked between models: whether the rest should be left for another call with the same text, which takes this one's graphs over. */
  readonly shouldPause?: () => boolean;
}

export interface ModelName {
  readonly name: string;
  readonly at: Location;
}

/** A class that looks like a model and could not be made. */
export interface UnbuiltModel extends ModelName {
  /** `Attention(dim, heads)`: the arguments that it demands. */
  readonly demands: string;
  /** The same to be filled in: `Attention(dim=512, heads=8)`. */
  readonly template: string;
  readonly message: string;
}

export interface LowerResult {
  readonly graphs: readonly Graph[];
  /** Every model found, also those for which no graph could be built. */
  readonly models: readonly ModelName[];
  readonly unbuilt?: readonly UnbuiltModel[];
  /** What concerns the file as a whole; what concerns one model is in its graph. */
  readonly problems: readonly Problem[];
  /** What a binary file is shown as: its locations are places in this text. */
  readonly text?: string;
  /** What was not fetched yet when it was needed: all else in this result means nothing then, and the caller lowers again once the sources have it. */
  readonly missing: readonly string[];
  /** Asks the sources for what will be needed next, as far as what has arrived by now can tell; to be called again when more has. */
  readonly lookAhead?: () => void;
  /** Operators that were worked out in this run; the others were kept from an earlier one. */
  readonly recomputedLayers?: number;
  /** It was asked to pause: some models were not looked at yet. */
  readonly paused?: boolean;
}

export interface Frontend {
  readonly id: string;
  /** Its files are binary: they come as `bytes` and are never read as a text. */
  readonly readsBytes?: true;
  /** Cheap: looks at the name and the text, parses nothing. */
  sniff(uri: string, text: string): boolean;
  lower(request: LowerRequest): LowerResult;
}
