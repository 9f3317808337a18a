/** The report as data: what `analyze --format json` prints and what the Energy Report shows. `null` = unknown, absent = does not apply. */
export const reportSchema = 'joulelint-report/1';

export type Convention = 'paper' | 'graph' | 'fused';
export type Framework = 'pytorch' | 'keras' | 'caffe' | 'onnx';
export type Mode = 'eval' | 'train';
export type Severity = 'hint' | 'info' | 'warning' | 'error';

/**
 * exact: every operator of the forward pass was resolved for the inputs shown.
 * lower-bound: something is unknown, and the problems say what.
 */
export type Status = 'exact' | 'lower-bound' | 'failed';

/** How sure a model input is, most sure first; everything from `inferred` on is a guess and is shown beside every total. */
export type InputOrigin = 'declared' | 'call' | 'idiom' | 'inferred' | 'setting';

export type LayerKind = 'standard' | 'pointwise' | 'depthwise' | 'group' | 'dense' | 'matmul' | 'composite' | 'other';

/** A size or a count; `null` where it is unknown. */
export type Count = number | null;

/** Zero-based, as editors have it. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** One-based, as people say it. */
export interface SourcePlace {
  readonly uri: string;
  /** Of a notebook: the cell, counted from 1 over all cells; lines and columns are the cell's own. */
  readonly cell?: number;
  readonly line: number;
  readonly column?: number;
}

export interface ModelInput {
  readonly name: string;
  readonly shape: readonly Count[] | null;
  /** The size in `shape` that stands for a batch which the model leaves open. */
  readonly openBatch?: number;
  readonly dtype: string;
  readonly origin: InputOrigin;
  readonly why: string;
}

/** A model that no line of its file makes. */
export interface ModelBuilt {
  /** `Block(dim=512, heads=8)`. */
  readonly expression: string;
  /** project: as another file builds it; signature: from defaults that the program states; assumed: some values are only customary. */
  readonly origin: 'project' | 'signature' | 'assumed';
  readonly why: string;
  /** Values that nobody states. */
  readonly assumed?: readonly { readonly name: string; readonly value: string }[];
  readonly at?: SourcePlace;
}

export interface Totals {
  /** Under the model's convention. */
  readonly params: Count;
  /** The framework's own count, whatever the convention. */
  readonly frameworkParams: Count;
  readonly trainableParams: Count;
  /** Registered weights that no executed row uses. */
  readonly unusedParams: Count;
  readonly buffers: Count;
  readonly macs: Count;
  readonly activations: Count;
  /** The part of `activations` that is network inputs, which have no row of their own; absent where none count. */
  readonly inputActivations?: Count;
  readonly weightReuse?: Count;
  readonly activationReuse?: Count;
  readonly intensity?: Count;
  readonly di?: Count;
  /** Percent by which DI falls short of the cumulative arithmetic intensity. */
  readonly disparity?: Count;
  readonly activationsPerParam?: Count;
  readonly peakActivations: Count;
  readonly peakAt?: string;
  /** Floating-point operations, where they are asked for. */
  readonly flops?: Count;
}

/** Energy per pass by M_c · (1/DI)^k: a proportion, and what it came to on the published networks. */
export interface Objective {
  readonly k: number;
  /** M_c / DI^k. */
  readonly value: number;
  /** Where the model can be placed among the published networks: of one image, in Caffe. */
  readonly energyPerPass?: readonly { readonly device: string; readonly batch: number; readonly millijoules: EstimateInterval }[];
}

/** Channels that can only be removed together, and what that saves; figures of one sample. */
export interface PrunableChannels {
  /** Paths of the layers that make them. */
  readonly layers: readonly string[];
  readonly channels: number;
  /** Of these layers. */
  readonly millijoules: number;
  /** Of the model's energy. */
  readonly share: number;
  /** By each of the first channels that go, wherever they are read too. */
  readonly savedPerChannel: number;
  /** Channels after all steps. */
  readonly left: number;
}

export interface PruningStep {
  readonly layers: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly savedPerChannel: number;
  /** Of the model after this step. */
  readonly millijoules: number;
}

/** In what order energy alone would remove channels; what accuracy that costs is not known. */
export interface Pruning {
  readonly device: string;
  readonly stack: string;
  readonly dtype: string;
  readonly batch: number;
  readonly millijoules: number;
  readonly groups: readonly PrunableChannels[];
  readonly steps: readonly PruningStep[];
  /** Of layers whose channels cannot be removed by themselves. */
  readonly fixedChannels: number;
}

/** What a layer costs of one sample, and what it waits for. */
export interface LayerEnergy {
  readonly millijoules: number;
  readonly milliseconds: number;
  /** Of the model's energy. */
  readonly share: number;
  readonly boundBy: 'launch' | 'compute' | 'bandwidth';
  /** That cross the edge of memory. */
  readonly bytes: number;
  readonly macs: number;
}

/** Bytes that training keeps of a layer; of the whole batch. A weight belongs to the first row that uses it. */
export interface LayerTraining {
  readonly weights: number;
  readonly gradients: number;
  readonly optimizerState: number;
  readonly savedActivations: number;
  readonly savedWithAutocast: number;
  /** With checkpointing, in the best of equal splits, a segment ends here. */
  readonly endsSegment?: true;
}

/** Bytes; of the whole batch. */
export interface MemoryBytes {
  readonly dtype: string;
  readonly batch: number;
  readonly weights: number;
  /** Largest sum of activations alive at once: the arena of a runtime that plans its memory. */
  readonly peakActivations: number;
  /** Weights and peak activations. */
  readonly inference: number;
  /** float32: weights, gradients, state of the optimiser, activations saved for the backward pass. */
  readonly training: number;
  readonly trainingParts: {
    readonly optimizer: string;
    readonly weights: number;
    readonly gradients: number;
    readonly optimizerState: number;
    readonly savedActivations: number;
    /** `training` with activations computed again, in half precision, and both. */
    readonly withCheckpointing: number;
    readonly withAutocast: number;
    readonly withBoth: number;
  };
  /** Keys and values of all tokens of the inputs; absent for what decodes nothing. */
  readonly kvCache?: number;
  readonly lowerBound?: true;
}

/** One product inside a composite row. */
export interface LayerPart {
  readonly name: string;
  readonly macs: Count;
  readonly outputElements: Count;
}

export interface LayerRow {
  readonly path: string;
  /** Module in the source that an ONNX file was exported from, where the exporter tells it. */
  readonly module?: string;
  readonly type: string;
  readonly op: string;
  readonly kind: LayerKind;
  readonly in: readonly (readonly Count[] | null)[];
  readonly out: readonly (readonly Count[] | null)[];
  /** The leading size of `in` and `out` that stands for a batch which the model leaves open. */
  readonly openBatch?: number;
  readonly ifmapElements: Count;
  readonly ofmapElements: Count;
  readonly weightElements: Count;
  readonly params: Count;
  readonly macs: Count;
  readonly activations: Count;
  readonly weightReuse?: Count;
  readonly activationReuse?: Count;
  readonly intensity?: Count;
  readonly di?: Count;
  /** Activation reuse compared with a standard convolution of the same channels and output. */
  readonly relativeActivationReuse?: Count;
  /** Elements that must be in memory while this row runs. */
  readonly concurrentActivations?: Count;
  /** What lies in memory meanwhile although this row does not touch it, the largest first. */
  readonly held?: readonly { readonly from: string; readonly elements: number }[];
  /** Floating-point operations, where they are asked for. */
  readonly flops?: Count;
  /** Of one sample on the model's device. */
  readonly energy?: LayerEnergy;
  /** Asked for by `--train`. */
  readonly training?: LayerTraining;
  readonly declared?: SourcePlace;
  readonly applied?: SourcePlace;
  readonly parts?: readonly LayerPart[];
}

export interface ModelEnd extends SourcePlace {
  /** All that runs before is known. */
  readonly isExact: boolean;
  readonly message: string;
}

/** `estimate` is absent where the data support a range alone. 80 % of the cases are meant to lie between `low` and `high`. */
export interface EstimateInterval {
  readonly estimate?: number;
  readonly low: number;
  readonly high: number;
}

/** What a model needs on a device: figures per input sample, at that batch. */
export interface EnergyEstimate {
  readonly device: string;
  readonly stack: string;
  readonly dtype: string;
  readonly batch: number;
  readonly estimator: 'profiled' | 'hierarchical' | 'datasheet' | 'language-model';
  /** What the joules include. */
  readonly includes: 'chip' | 'board' | 'wall';
  readonly millijoules: EstimateInterval;
  /** Absent: not modelled. */
  readonly milliseconds?: EstimateInterval;
  /** No software gets below this on the hardware, by its peak and its bandwidth. Absent: not known. */
  readonly leastMilliseconds?: number;
  /** Millijoules, by what they are spent on; absent where only the whole is known. */
  readonly parts?: { readonly compute: number; readonly weights: number; readonly inputs: number; readonly outputs: number; readonly idle: number };
  /** What the device gives at most: dense layers and traffic, as measured and within its datasheet. */
  readonly roof?: { readonly macsPerSecond: number; readonly bytesPerSecond: number };
  readonly confidence: number;
  /** Measured networks stand behind it, of this device and this software, with energy. */
  readonly calibrated: boolean;
  /** Measured networks stand behind the time; power may be taken as a share of the device's limit. */
  readonly timeCalibrated: boolean;
  /** Something of the model is not known: it is at least so much. */
  readonly lowerBound?: true;
  readonly why: string;
}

/** One token after the other, of one sequence or of many at once. */
export interface DecodingEstimate {
  readonly device: string;
  /** Of the weights. */
  readonly dtype: string;
  /** Tokens whose keys and values are read. */
  readonly context: number;
  /** Sequences at once. */
  readonly batch: number;
  /** That share the model. */
  readonly accelerators: number;
  /** Why it does not run there: figures are those that it would have. */
  readonly notRunnable?: string;
  readonly weightBytes: number;
  readonly cacheBytes: number;
  readonly includes: 'chip' | 'board' | 'wall';
  readonly millijoulesPerToken: EstimateInterval;
  readonly millisecondsPerToken: EstimateInterval;
  readonly confidence: number;
  readonly why: string;
}

/** What was asked for cannot be answered. */
export interface EnergyProblem {
  readonly device: string;
  readonly stack?: string;
  readonly dtype?: string;
  readonly batch?: number;
  readonly problem: string;
}

export interface Model {
  readonly name: string;
  readonly framework: Framework;
  readonly uri: string;
  /** Of a notebook: the cell that `line` counts in. */
  readonly cell?: number;
  readonly line: number;
  readonly inputs: readonly ModelInput[];
  /** How it came to be; absent where a line of the file itself makes it. */
  readonly built?: ModelBuilt;
  readonly convention: Convention;
  readonly alpha: number;
  readonly batch: number;
  readonly mode: Mode;
  readonly status: Status;
  /** The model provably fails: its figures reach up to this error, and are no bounds. */
  readonly endsAt?: ModelEnd;
  readonly totals: Totals;
  readonly energy?: readonly (EnergyEstimate | EnergyProblem)[];
  readonly memoryBytes?: MemoryBytes;
  /** Of a decoder, with weights of 16, 8 and 4 bits. */
  readonly decoding?: readonly DecodingEstimate[];
  /** The same model on other devices, in other types and at other batches. */
  readonly whatIf?: readonly (EnergyEstimate | EnergyProblem)[];
  /** From which batch on arithmetic takes most of the time on the model's device. */
  readonly computeBound?: { readonly from?: number; readonly tried: number; readonly share: number };
  /** Of a model that reads images: what it takes on the device that published image models were timed on. */
  readonly onPlane?: EnergyEstimate;
  readonly objective?: Objective;
  /** Asked for by `--pruning`; with `problem` where the device gives no figures. */
  readonly pruning?: Pruning | { readonly problem: string };
  readonly layers: readonly LayerRow[];
  /** Rows with fewer MACs that were not asked for. */
  readonly layersLeftOut?: number;
}

export interface Finding {
  readonly rule: string;
  readonly name: string;
  readonly severity: Severity;
  readonly message: string;
  readonly uri: string;
  /** Of a notebook: the cell that `range` counts in, itself counted from 1 over all cells. */
  readonly cell?: number;
  readonly range: Range;
  readonly data: Readonly<Record<string, unknown>>;
  /** Further places that it speaks of. */
  readonly related?: readonly Related[];
  /** Of the rule and the text of its line: the same wherever the line moves to. */
  readonly fingerprint?: string;
  readonly fix?: Fix;
}

export interface Related extends SourcePlace {
  readonly message: string;
}

export interface Fix {
  readonly title: string;
  readonly edits: readonly { readonly uri: string; readonly cell?: number; readonly range: Range; readonly newText: string }[];
}

export interface ReportProblem {
  readonly code: string;
  readonly message: string;
  /** What it is about: the package that was not found, the name that is not modelled. */
  readonly subject?: string;
  readonly at?: SourcePlace;
}

export interface Report {
  readonly schema: typeof reportSchema;
  readonly tool: { readonly name: string; readonly version: string };
  readonly models: readonly Model[];
  readonly findings: readonly Finding[];
  readonly problems: readonly ReportProblem[];
}
