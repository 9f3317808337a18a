/** How a rule is declared: what it says and why, with sources, options, a check and examples that run as tests. */
import type { Settings } from '../../../shared/src/settings';
import type { Location } from '../base/span';
import type { Answer, EnergyRequest } from '../energy/answer';
import type { Device } from '../energy/device';
import type { Framework, Graph, Node } from '../graph/graph';
import type { ModelMetrics } from '../metrics/metrics';

export type Severity = 'hint' | 'info' | 'warning' | 'error';
export type Level = 'off' | Severity;

export interface Related {
  readonly at: Location;
  readonly message: string;
}

export interface Edit {
  readonly at: Location;
  readonly newText: string;
}

/** What could be done. Before it is offered, the edited file is analysed (analysis/try-fix), and what that comes to is said behind the title. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly Edit[];
  /** It changes nothing that the model computes: it may be done everywhere at once. */
  readonly isSafe?: true;
  /** Only the edited file tells whether it fits; without that it is not to be shown. */
  readonly isUnproven?: true;
  /** Sizes that do not fit afterwards are made to, where they are written out. */
  readonly isFollowed?: true;
  /** What goes into the model and comes out of it may have other sizes. */
  readonly changesInterface?: true;
  /** The title says what it comes to. */
  readonly saysItself?: true;
  /** What it is done for is no matter of the estimates: only counts are said. */
  readonly saysCounts?: true;
  /** One of several ways, none of which is the usual one. */
  readonly isAlternative?: true;
}

/** A fix as long as the text is not at hand. */
export interface Remedy extends Omit<Fix, 'edits'> {
  /** Undefined where the source is not written plainly enough. */
  edits(source: SourceText): readonly Edit[] | undefined;
}

/** The file that a finding stands in. */
export interface SourceText {
  readonly uri: string;
  readonly text: string;
}

/** Another value for one argument of a call. */
export interface ArgumentChange {
  /** The operator's attribute, as the site has its span. */
  readonly attr: string;
  /** The parameter's name in the source. */
  readonly keyword: string;
  readonly value: string;
}

export type FindingData = Readonly<Record<string, number | string | boolean | null>>;

/** What a check returns: one per instance. `runRules` merges those of one source line. */
export interface Observation {
  readonly at: Location;
  readonly message: string;
  /** Path of the layer it speaks of. */
  readonly path: string;
  /** Larger is worse, by what it costs; the worst instance of a source line speaks for all. */
  readonly badness: number;
  readonly data: FindingData;
  readonly related?: readonly Related[];
  /** Overrides the rule's own severity downwards, where a case is less certain. */
  readonly severity?: Severity;
  readonly fix?: Fix;
  /** What could be done, the usual thing first. */
  readonly remedies?: readonly Remedy[];
  /** The layer: its construction may carry the ignore comment, and its part of the model's energy is said. */
  readonly node?: Node;
  /** Further layers that it speaks of together with this one. */
  readonly nodes?: readonly Node[];
  /** What its layer would save; those of one finding's layers are added up. */
  readonly saves?: { readonly amount: number; readonly of: ShareOf };
  /** What of the model it is; parts of one finding's layers are added up. */
  readonly share?: Share;
  /** Its layers' part of the model's energy on the chosen device says how much it matters. */
  readonly sayEnergy?: true;
  /** It holds whatever goes into the model: that an input is assumed makes it no less certain. */
  readonly holdsForAnyInput?: true;
}

export interface Share {
  readonly part: number;
  readonly of: ShareOf;
}

export type ShareOf = 'activations' | 'weights' | 'macs';

export interface Finding {
  readonly rule: string;
  readonly name: string;
  readonly severity: Severity;
  readonly message: string;
  readonly at: Location;
  readonly related: readonly Related[];
  readonly data: FindingData;
  /** The usual one first. */
  readonly fixes?: readonly Fix[];
}

export interface RuleOption<Value extends number | boolean | string = number | boolean | string> {
  readonly description: string;
  readonly default: Value;
  /** What a number counts: `MACs per activation`, `share of the model's MACs`. */
  readonly unit?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly choices?: readonly string[];
  /** Where the default comes from; absent: it is ours, and the rule's page says so. */
  readonly source?: string;
}

export type RuleOptions = Readonly<Record<string, RuleOption>>;

export type OptionValues<Options extends RuleOptions> = { readonly [Key in keyof Options]: Widened<Options[Key]['default']> };
type Widened<Value> = Value extends number ? number : Value extends boolean ? boolean : string;

export interface TargetDevice {
  readonly device: Device;
  readonly request: EnergyRequest;
  readonly answer: Answer;
}

export interface RuleContext<Options extends RuleOptions = RuleOptions> {
  readonly graph: Graph;
  readonly metrics: ModelMetrics;
  /** What the model costs on the device that the settings name, and what that device is; absent: none. */
  readonly device?: TargetDevice;
  readonly options: OptionValues<Options>;
}

/** A source file on which the rule runs as a test and which its page prints. */
export interface RuleExample {
  readonly source: string;
  /** `py` unless stated. */
  readonly extension?: string;
  /** Settings that the example is analysed with. */
  readonly settings?: Partial<Settings>;
  /** For a firing example: the text the finding stands on. */
  readonly at?: string;
  /** For a firing example: part of its message. */
  readonly message?: string;
  /** For a firing example: the title of the first thing that could be done; '': there is none. */
  readonly fix?: string;
}

export interface Citation {
  readonly title: string;
  readonly url?: string;
}

export interface Rule<Options extends RuleOptions = RuleOptions> {
  /** JLnnn */
  readonly id: string;
  /** The bad pattern, kebab-case: it reads after "ignore …". */
  readonly name: string;
  readonly summary: string;
  /** Version that introduced it. */
  readonly since: string;
  readonly severity: Severity;
  /** Off unless somebody asks for it. */
  readonly offByDefault?: true;
  /**
   * advice: of a design, one finding per model where a source has no loops and helpers (prototxt, ONNX), and per line elsewhere.
   * fault: something wrong at a place, which is said of each.
   */
  readonly kind: 'advice' | 'fault';
  /** A small thing that is the same everywhere: said once for a file, with all its lines, and done on all of them. */
  readonly oncePerFile?: true;
  readonly frameworks: readonly Framework[];
  /** What to try, as the end of each message: one sentence in plain words. */
  readonly advice?: string;
  readonly docs: { readonly what: string; readonly why: string; readonly instead: string };
  /** At least one: a rule without a source does not build. */
  readonly sources: readonly [Citation, ...Citation[]];
  readonly options: Options;
  check(context: RuleContext<Options>): readonly Observation[];
  readonly examples: { readonly firing: readonly [RuleExample, ...RuleExample[]]; readonly silent: readonly [RuleExample, ...RuleExample[]] };
}

/** The level of a rule where no setting says another. */
export function levelByDefault({ offByDefault, severity }: Pick<Rule, 'offByDefault' | 'severity'>): Level {
  return offByDefault ? 'off' : severity;
}

export function defineRule<const Options extends RuleOptions>(rule: Rule<Options>): Rule {
  return rule as Rule;
}
