/** Our own immutable syntax tree of Python 3.11: what the interpreter walks once the concrete tree is deleted. */
import type { Span } from '../../../base/span';

interface At {
  readonly span: Span;
}

export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**' | '@' | '&' | '|' | '^' | '<<' | '>>';
export type UnaryOperator = '+' | '-' | '~' | 'not';
export type CompareOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'is' | 'is not' | 'in' | 'not in';

// ——— expressions ———
export interface Name extends At { readonly kind: 'Name'; readonly id: string }
/** `isFloat` tells `2.0` from `2`; imaginary literals become `Missing`. Underscores and all bases are already read. */
export interface NumberLiteral extends At { readonly kind: 'Number'; readonly value: number; readonly isFloat: boolean }
/** Escapes resolved, implicit concatenation joined. */
export interface StringLiteral extends At { readonly kind: 'String'; readonly value: string; readonly isBytes: boolean }
export interface FormattedString extends At { readonly kind: 'FormattedString'; readonly parts: readonly (string | FormattedPart)[] }
export interface FormattedPart extends At {
  readonly kind: 'FormattedPart';
  readonly value: Expression;
  readonly conversion: 'r' | 's' | 'a' | undefined;
  /** The format specification after `:`, itself possibly with fields. */
  readonly format: FormattedString | undefined;
  /** The text before `=` in `f"{name=}"`, `=` included. */
  readonly echo: string | undefined;
}
export interface Constant extends At { readonly kind: 'Constant'; readonly value: true | false | null | '...' }
export interface TupleDisplay extends At { readonly kind: 'Tuple'; readonly elements: readonly Expression[] }
export interface ListDisplay extends At { readonly kind: 'List'; readonly elements: readonly Expression[] }
export interface SetDisplay extends At { readonly kind: 'Set'; readonly elements: readonly Expression[] }
/** An entry without a key is `**value`. */
export interface DictDisplay extends At { readonly kind: 'Dict'; readonly entries: readonly { readonly key: Expression | undefined; readonly value: Expression }[] }
export interface Comprehension extends At {
  readonly kind: 'Comprehension';
  readonly result: 'list' | 'set' | 'dict' | 'generator';
  /** The key for a dict, the element otherwise. */
  readonly element: Expression;
  readonly value: Expression | undefined;
  readonly clauses: readonly ComprehensionClause[];
}
export interface ComprehensionClause { readonly target: Expression; readonly iterable: Expression; readonly conditions: readonly Expression[]; readonly isAsync: boolean }
export interface Attribute extends At { readonly kind: 'Attribute'; readonly object: Expression; readonly name: string; readonly nameSpan: Span }
export interface Subscript extends At { readonly kind: 'Subscript'; readonly object: Expression; readonly index: Expression }
/** Only inside a subscript (possibly within a Tuple there). */
export interface Slice extends At { readonly kind: 'Slice'; readonly lower: Expression | undefined; readonly upper: Expression | undefined; readonly step: Expression | undefined }
export interface Argument extends At {
  readonly value: Expression;
  /** `name=value`; undefined for positional ones. */
  readonly keyword: string | undefined;
  readonly star: '' | '*' | '**';
}
export interface Call extends At { readonly kind: 'Call'; readonly callee: Expression; readonly args: readonly Argument[] }
export interface Unary extends At { readonly kind: 'Unary'; readonly operator: UnaryOperator; readonly operand: Expression }
export interface Binary extends At { readonly kind: 'Binary'; readonly operator: BinaryOperator; readonly left: Expression; readonly right: Expression }
export interface BooleanChain extends At { readonly kind: 'Boolean'; readonly operator: 'and' | 'or'; readonly operands: readonly Expression[] }
/** `a < b <= c`: operands [a, b, c], operators ['<', '<=']. */
export interface Compare extends At { readonly kind: 'Compare'; readonly operators: readonly CompareOperator[]; readonly operands: readonly Expression[] }
export interface Conditional extends At { readonly kind: 'Conditional'; readonly test: Expression; readonly then: Expression; readonly otherwise: Expression }
export interface Lambda extends At { readonly kind: 'Lambda'; readonly parameters: readonly Parameter[]; readonly body: Expression }
export interface Starred extends At { readonly kind: 'Starred'; readonly value: Expression }
export interface Walrus extends At { readonly kind: 'Walrus'; readonly target: Name; readonly value: Expression }
export interface Await extends At { readonly kind: 'Await'; readonly value: Expression }
export interface Yield extends At { readonly kind: 'Yield'; readonly value: Expression | undefined; readonly isFrom: boolean }
/** Stands in for an expression whose value is known already. */
export interface Evaluated extends At { readonly kind: 'Evaluated'; readonly value: unknown }
/** Where the source does not parse: the reader's place holder. Never thrown over; evaluates to Unknown. */
export interface MissingExpression extends At { readonly kind: 'Missing'; readonly text: string }

export type Expression =
  | Name | NumberLiteral | StringLiteral | FormattedString | Constant
  | TupleDisplay | ListDisplay | SetDisplay | DictDisplay | Comprehension
  | Attribute | Subscript | Slice | Call
  | Unary | Binary | BooleanChain | Compare | Conditional
  | Lambda | Starred | Walrus | Await | Yield | Evaluated | MissingExpression;

// ——— parameters ———
export interface Parameter extends At {
  readonly name: string;
  readonly default: Expression | undefined;
  readonly annotation: Expression | undefined;
  readonly form: 'positional-only' | 'normal' | 'keyword-only' | '*' | '**';
}

// ——— statements ———
export interface ExpressionStatement extends At { readonly kind: 'ExpressionStatement'; readonly value: Expression }
/** `a = b = value`: two targets. */
export interface Assign extends At { readonly kind: 'Assign'; readonly targets: readonly Expression[]; readonly value: Expression }
export interface AnnotatedAssign extends At { readonly kind: 'AnnotatedAssign'; readonly target: Expression; readonly annotation: Expression; readonly value: Expression | undefined }
export interface AugmentedAssign extends At { readonly kind: 'AugmentedAssign'; readonly target: Expression; readonly operator: BinaryOperator; readonly value: Expression }
export interface Return extends At { readonly kind: 'Return'; readonly value: Expression | undefined }
export interface Delete extends At { readonly kind: 'Delete'; readonly targets: readonly Expression[] }
export interface Pass extends At { readonly kind: 'Pass' }
export interface Break extends At { readonly kind: 'Break' }
export interface Continue extends At { readonly kind: 'Continue' }
export interface Global extends At { readonly kind: 'Global'; readonly names: readonly string[] }
export interface Nonlocal extends At { readonly kind: 'Nonlocal'; readonly names: readonly string[] }
export interface Raise extends At { readonly kind: 'Raise'; readonly exception: Expression | undefined; readonly cause: Expression | undefined }
export interface Assert extends At { readonly kind: 'Assert'; readonly test: Expression; readonly message: Expression | undefined }
export interface ImportedName extends At { readonly name: string; readonly alias: string | undefined }
/** `import a.b as c, d`. */
export interface Import extends At { readonly kind: 'Import'; readonly names: readonly ImportedName[] }
/** `from ..a import b as c`; `names` is '*' for a star import; `level` counts the dots. */
export interface ImportFrom extends At { readonly kind: 'ImportFrom'; readonly module: string; readonly level: number; readonly names: readonly ImportedName[] | '*' }
/** `elif` is an If in `otherwise`. */
export interface If extends At { readonly kind: 'If'; readonly test: Expression; readonly then: Block; readonly otherwise: Block }
export interface For extends At { readonly kind: 'For'; readonly target: Expression; readonly iterable: Expression; readonly body: Block; readonly otherwise: Block; readonly isAsync: boolean }
export interface While extends At { readonly kind: 'While'; readonly test: Expression; readonly body: Block; readonly otherwise: Block }
export interface ExceptHandler extends At { readonly type: Expression | undefined; readonly name: string | undefined; readonly body: Block }
export interface Try extends At { readonly kind: 'Try'; readonly body: Block; readonly handlers: readonly ExceptHandler[]; readonly otherwise: Block; readonly finally: Block }
export interface WithItem { readonly context: Expression; readonly target: Expression | undefined }
export interface With extends At { readonly kind: 'With'; readonly items: readonly WithItem[]; readonly body: Block; readonly isAsync: boolean }
export interface FunctionDefinition extends At {
  readonly kind: 'FunctionDefinition';
  readonly name: string;
  readonly nameSpan: Span;
  readonly parameters: readonly Parameter[];
  readonly returns: Expression | undefined;
  readonly body: Block;
  readonly decorators: readonly Expression[];
  readonly isAsync: boolean;
  /** The body has a `yield` of its own (not one in a nested function or lambda). */
  readonly isGenerator: boolean;
  readonly scope: ScopeNames;
}
export interface ClassDefinition extends At {
  readonly kind: 'ClassDefinition';
  readonly name: string;
  readonly nameSpan: Span;
  readonly args: readonly Argument[];
  readonly body: Block;
  readonly decorators: readonly Expression[];
}
export interface MatchCase { readonly pattern: Pattern; readonly guard: Expression | undefined; readonly body: Block }
export interface Match extends At { readonly kind: 'Match'; readonly subject: Expression; readonly cases: readonly MatchCase[] }
/** `type X = …` */
export interface TypeAlias extends At { readonly kind: 'TypeAlias'; readonly name: string; readonly value: Expression }
export interface MissingStatement extends At { readonly kind: 'MissingStatement'; readonly text: string }

export type Pattern =
  | { readonly kind: 'ValuePattern'; readonly value: Expression }
  | { readonly kind: 'CapturePattern'; readonly name: string | undefined }
  | { readonly kind: 'SequencePattern'; readonly elements: readonly Pattern[] }
  | { readonly kind: 'StarPattern'; readonly name: string | undefined }
  | { readonly kind: 'MappingPattern'; readonly entries: readonly { readonly key: Expression; readonly value: Pattern }[]; readonly rest: string | undefined }
  | { readonly kind: 'ClassPattern'; readonly type: Expression; readonly positional: readonly Pattern[]; readonly keyword: readonly { readonly name: string; readonly value: Pattern }[] }
  | { readonly kind: 'OrPattern'; readonly alternatives: readonly Pattern[] }
  | { readonly kind: 'AsPattern'; readonly pattern: Pattern; readonly name: string };

export type Statement =
  | ExpressionStatement | Assign | AnnotatedAssign | AugmentedAssign | Return | Delete | Pass | Break | Continue
  | Global | Nonlocal | Raise | Assert | Import | ImportFrom
  | If | For | While | Try | With | FunctionDefinition | ClassDefinition | Match | TypeAlias | MissingStatement;

export type Block = readonly Statement[];

/** Names a function's own body binds, worked out once when it is lowered. */
export interface ScopeNames {
  /** Assigned, imported, defined, deleted or bound by for/with/except/walrus/match here, parameters included; without the two below. */
  readonly locals: ReadonlySet<string>;
  readonly globals: ReadonlySet<string>;
  readonly nonlocals: ReadonlySet<string>;
}

export interface Comment extends At {
  /** Text after `#`, untrimmed. */
  readonly text: string;
}

export interface SyntaxProblem extends At {
  readonly message: string;
}

export interface Module {
  readonly kind: 'Module';
  readonly body: Block;
  readonly comments: readonly Comment[];
  readonly problems: readonly SyntaxProblem[];
  readonly length: number;
}
