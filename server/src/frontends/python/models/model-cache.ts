/**
 * Keeps the graphs of models that an edit did not touch: those whose definitions, and all that these mention, read as before. And those of the last few texts:
 * whoever takes an edit back, or tries two numbers in turn, asks for what was found a moment ago.
 */
import type { Span } from '../../../base/span';
import type * as ast from '../syntax/ast';
import { movedSettled } from './moved-graph';
import type { Settled } from './settled';

interface Part {
  readonly span: Span;
  readonly text: string;
  /** The name that a definition binds; undefined for anything that does something when the file runs. */
  readonly name: string | undefined;
  /** Every identifier in it. */
  readonly mentions: ReadonlySet<string>;
}

/** Of one model, the text at hand among them. */
const mostVersions = 3;
/** Of all models of a file, in what they were before: a graph takes about a kilobyte a layer. */
const mostFormerLayers = 40_000;

interface Kept {
  readonly settled: Settled;
  /** Texts of the parts from which the rest was reached, then of all parts reached, in source order. */
  readonly from: readonly string[];
  readonly texts: readonly string[];
  readonly spans: readonly Span[];
}

/** The graphs of one file, from one run to the next. */
export class ModelCache {
  /** By candidate; for as long as the text stays the same. */
  private settled = new Map<string, Settled>();
  private settledText = '';
  /** By the name of the definition, the latest first. */
  private kept = new Map<string, readonly Kept[]>();
  private parts: readonly Part[] = [];
  private active = '';
  private byText: ReadonlyMap<string, Part> = new Map();

  /**
   * Another run of the file. Whatever is not a plain definition may do anything when it runs: when such a line changes,
   * nothing is kept. `circumstances` is all else that a graph depends on.
   */
  begin(text: string, syntax: ast.Module, circumstances: string): void {
    this.parts = syntax.body.map(statement => partOf(text, statement));
    this.byText = new Map(this.parts.map(part => [part.text, part]));
    const active = [circumstances, ...syntax.body.map((statement, i) => activeText(text, statement, this.parts[i]))].join('\n');
    if (active !== this.active) this.kept.clear();
    this.active = active;
    const settledText = `${circumstances}\n${text}`;
    if (settledText !== this.settledText) this.settled.clear();
    this.settledText = settledText;
  }

  /** What this candidate came to in an earlier run over the same text. */
  settledAs(name: string): Settled | undefined {
    return this.settled.get(name);
  }

  settle(name: string, settled: Settled): void {
    this.settled.set(name, settled);
  }

  /** The model that this definition makes, with its places moved along, if it reads as it did when it was made. */
  find(name: string, uri: string): Settled | undefined {
    const versions = this.kept.get(name) ?? [];
    for (const kept of versions) {
      const spans = this.spansOf(kept);
      if (!spans) continue;
      const settled = movedSettled(kept.settled, uri, kept.spans, spans);
      this.kept.set(name, [{ ...kept, settled, spans }, ...versions.filter(other => other !== kept)]);
      return settled;
    }
    return undefined;
  }

  /** `ran`: offsets of the functions and classes of the file that took part. What a budget cut short may come further another time. */
  keep(name: string, settled: Settled, ran: ReadonlySet<number>): void {
    if ([...settled.problems, ...settled.graph?.problems ?? []].some(problem => problem.code === 'budget')) return;
    const from = this.parts.filter(part => part.name === name || [...ran].some(offset => offset >= part.span.start && offset < part.span.end));
    const reached = this.reachedFrom(from);
    const kept = { settled, from: from.map(part => part.text), texts: reached.map(part => part.text), spans: reached.map(part => part.span) };
    this.kept.set(name, [kept, ...this.kept.get(name) ?? []].slice(0, mostVersions));
    const former = [...this.kept.values()].flatMap(versions => versions.slice(1));
    if (former.reduce((sum, { settled: { graph } }) => sum + (graph?.nodes.length ?? 0), 0) > mostFormerLayers) this.forgetFormer();
  }

  private forgetFormer(): void {
    for (const [name, versions] of this.kept) this.kept.set(name, versions.slice(0, 1));
  }

  /** Where the parts stand now that a model was made of; undefined where one of them reads otherwise. */
  private spansOf({ from, texts }: Kept): readonly Span[] | undefined {
    const starts = from.map(text => this.byText.get(text));
    if (!starts.every(part => part !== undefined)) return undefined;
    const reached = this.reachedFrom(starts);
    return reached.length === texts.length && reached.every((part, i) => part.text === texts[i]) ? reached.map(part => part.span) : undefined;
  }

  /** The parts themselves and every definition that they mention, directly or through others. */
  private reachedFrom(from: readonly Part[]): readonly Part[] {
    const reached = new Set(from);
    for (const part of reached) {
      for (const other of this.parts) if (other.name !== undefined && part.mentions.has(other.name)) reached.add(other);
    }
    return this.parts.filter(part => reached.has(part));
  }
}

const mentionsOf = new Map<string, ReadonlySet<string>>();
const maxRemembered = 2000;

function identifiers(text: string): ReadonlySet<string> {
  const known = mentionsOf.get(text);
  if (known) return known;
  const found = new Set(text.match(/[^\W\d]\w*/g) ?? []);
  if (mentionsOf.size >= maxRemembered) mentionsOf.clear();
  mentionsOf.set(text, found);
  return found;
}

function partOf(text: string, statement: ast.Statement): Part {
  const isDefinition = statement.kind === 'FunctionDefinition' || statement.kind === 'ClassDefinition';
  const first = isDefinition ? statement.decorators[0] : undefined;
  const span = { start: Math.min(statement.span.start, first ? first.span.start - 1 : statement.span.start), end: statement.span.end };
  const own = text.slice(span.start, span.end);
  return { span, text: own, name: isDefinition ? statement.name : undefined, mentions: identifiers(own) };
}

/** What runs when the file is loaded: all of a plain statement or a test; of a definition its decorators, which may register it somewhere. */
function activeText(text: string, statement: ast.Statement, part: Part | undefined): string {
  if (part?.name === undefined || part.name.startsWith('test')) return text.slice(statement.span.start, statement.span.end);
  const decorators = statement.kind === 'FunctionDefinition' || statement.kind === 'ClassDefinition' ? statement.decorators : [];
  return decorators.length === 0 ? '' : `${decorators.map(decorator => text.slice(decorator.span.start, decorator.span.end)).join(' ')} ${part.name}`;
}
