/** What every lowering function shares: the flat tree, the text, problems, the scope being filled and the depth reached. */
import type { Span } from '../../../base/span';
import type { MissingExpression, SyntaxProblem } from './ast';
import { type FlatTree, type Kind } from './flat-tree';
import type { BodyLater } from './later';
import type { Patch, PatchedText } from './patches';
import { ScopeBuilder } from './scope-names';

/** Deeper nesting would overflow the stack of whoever walks the tree. CPython gives up at 200 parentheses. */
const maxDepth = 400;

export class Lowering {
  readonly text: string;
  readonly problems: SyntaxProblem[] = [];
  scope = new ScopeBuilder();
  #depth = 0;

  /** `base` is where the text begins in its file; offsets of `tree` count from there, in the patched text where there is one. */
  constructor(readonly tree: FlatTree, readonly original: string, readonly base: number, readonly patched: PatchedText | undefined, readonly later?: BodyLater) {
    this.text = patched ? patched.text : original;
  }

  kind(node: number): Kind {
    const { kind, kinds } = this.tree;
    return kinds.names[kind[node] as number] as Kind;
  }

  isNamed(node: number): boolean {
    const { kind, kinds } = this.tree;
    return kinds.isNamed[kind[node] as number] as boolean;
  }

  start(node: number): number {
    return this.tree.start[node] as number;
  }

  end(node: number): number {
    return this.tree.end[node] as number;
  }

  next(node: number): number {
    return this.tree.next[node] as number;
  }

  span(node: number): Span {
    return this.between(this.tree.start[node] as number, this.tree.end[node] as number);
  }

  /** The file's span of a stretch of `text`. */
  between(start: number, end: number): Span {
    const { base, patched } = this;
    return patched ? { start: patched.toOriginal(start) + base, end: patched.toOriginal(end) + base } : { start: start + base, end: end + base };
  }

  /** The patch that left a hole where this name stands. */
  holeAt(node: number | undefined): Patch | undefined {
    return node === undefined ? undefined : this.patched?.holes.get(this.start(node));
  }

  textOf(node: number): string {
    return this.text.slice(this.tree.start[node], this.tree.end[node]);
  }

  /** Named children without ERROR nodes. */
  named(node: number): number[] {
    const { kind, kinds, next } = this.tree;
    const children: number[] = [];
    const stop = next[node] as number;
    for (let child = node + 1; child < stop; child = next[child] as number) {
      const id = kind[child] as number;
      if (kinds.isNamed[id] && id !== kinds.error) children.push(child);
    }
    return children;
  }

  /** Every child, tokens and ERROR nodes included. */
  children(node: number): number[] {
    const { next } = this.tree;
    const children: number[] = [];
    const stop = next[node] as number;
    for (let child = node + 1; child < stop; child = next[child] as number) children.push(child);
    return children;
  }

  /** The first child of that kind. */
  child(node: number, kind: Kind): number | undefined {
    const { next } = this.tree;
    const stop = next[node] as number;
    for (let child = node + 1; child < stop; child = next[child] as number) if (this.kind(child) === kind) return child;
    return undefined;
  }

  has(node: number, kind: Kind): boolean {
    return this.child(node, kind) !== undefined;
  }

  /** The parser had to skip or make up something directly inside this node: what it says cannot be trusted. */
  isBroken(node: number): boolean {
    const { kind, kinds, next, missing } = this.tree;
    if (!missing) return false;
    if (missing[node] || kind[node] === kinds.error) return true;
    const stop = next[node] as number;
    for (let child = node + 1; child < stop; child = next[child] as number) if (missing[child] || kind[child] === kinds.error) return true;
    return false;
  }

  missing(node: number): MissingExpression {
    const hole = this.kind(node) === 'identifier' ? this.holeAt(node) : undefined;
    const span = hole ? { start: hole.start + this.base, end: hole.end + this.base } : this.span(node);
    return { kind: 'Missing', span, text: this.original.slice(span.start - this.base, span.end - this.base) };
  }

  problem(span: Span, message: string): void {
    this.problems.push({ span, message });
  }

  /** False when nested too deeply; then nothing was entered. */
  enter(node: number, levels = 1): boolean {
    if (this.#depth + levels > maxDepth) {
      const start = this.start(node);
      this.problem(this.between(start, Math.min(this.end(node), start + 1)), 'this is nested too deeply to be read');
      return false;
    }
    this.#depth += levels;
    return true;
  }

  leave(levels = 1): void {
    this.#depth -= levels;
  }

  /** How many levels a chain that nests once per link may still add. */
  get room(): number {
    return Math.max(0, maxDepth - this.#depth);
  }

  /** Lowers something with a scope of its own and hands the scope back. */
  inScope<T>(lower: () => T): { readonly value: T; readonly scope: ScopeBuilder } {
    const outer = this.scope;
    const scope = new ScopeBuilder();
    this.scope = scope;
    const value = lower();
    this.scope = outer;
    return { value, scope };
  }
}
