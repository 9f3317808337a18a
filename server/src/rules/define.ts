/** How a rule is declared: what it says and why, with sources, options, a check and examples that run as tests. */
import type { Location } from '../base/span';
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

export interface Fix {
  /** Says what changes and, where it can be computed, by how much. */
  readonly title: string;
  readonly edits: readonly Edit[];
}

export type FindingData = Readonly<Record<string, number | string | boolean | null>>;

/** What a check returns: one per instance. `runRules` merges those of one source range. */
export interface Observation {
  readonly at: Location;
  readonly message: string;
  /** Path of the layer it speaks of. */
  readonly path: string;
  /** Larger is worse; the worst instance of a source range speaks for all. */
  readonly badness: number;
  readonly data: FindingData;
  readonly related?: readonly Related[];
  /** Overrides the rule's own severity downwards, where a case is less certain. */
  readonly severity?: Severity;
  readonly fix?: Fix;
  /** Further ranges whose lines an ignore comment may stand on (the whole call of an argument). */
  readonly node?: Node;
}

export interface Finding {
  readonly rule: string;
  readonly name: string;
  readonly severity: Severity;
  readonly message: string;
  readonly at: Location;
  readonly related: readonly Related[];
  readonly data: FindingData;
  readonly fix?: Fix;
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

export interface RuleContext<Options extends RuleOptions = RuleOptions> {
  readonly graph: Graph;
  readonly metrics: ModelMetrics;
  readonly options: OptionValues<Options>;
}

/** A source file on which the rule runs as a test and which its page prints. */
export interface RuleExample {
  readonly source: string;
  /** `py` unless stated. */
  readonly extension?: string;
  /** For a firing example: the text the finding stands on. */
  readonly at?: string;
  /** For a firing example: part of its message. */
  readonly message?: string;
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
  readonly frameworks: readonly Framework[];
  readonly docs: { readonly what: string; readonly why: string; readonly instead: string };
  /** At least one: a rule without a source does not build. */
  readonly sources: readonly [Citation, ...Citation[]];
  readonly options: Options;
  check(context: RuleContext<Options>): readonly Observation[];
  readonly examples: { readonly firing: readonly [RuleExample, ...RuleExample[]]; readonly silent: readonly [RuleExample, ...RuleExample[]] };
}

export function defineRule<const Options extends RuleOptions>(rule: Rule<Options>): Rule {
  return rule as Rule;
}
