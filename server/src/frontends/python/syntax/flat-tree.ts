/** A concrete syntax tree read once into flat arrays (pre-order), so that lowering never crosses into wasm again. */
import type { Language } from 'web-tree-sitter';
import type { Comment } from './ast';
import type { NodeKind, TokenKind } from './kinds.generated';

/** `as_pattern_target` is an alias that the grammar's own list leaves out. */
export type Kind = NodeKind | TokenKind | 'as_pattern_target';

const errorTypeId = 0xffff;

/** Nodes whose children never matter: the text says it all. */
const leaves: readonly NodeKind[] = [
  'identifier', 'integer', 'float', 'true', 'false', 'none', 'ellipsis', 'dotted_name', 'import_prefix', 'string_start', 'string_content', 'string_end',
  'type_conversion', 'comment', 'line_continuation', 'pass_statement', 'break_statement', 'continue_statement', 'wildcard_import',
  'keyword_separator', 'positional_separator', 'escape_sequence', 'escape_interpolation',
];

/** What the grammar calls its numbered node types. Built once per language. */
export interface KindTable {
  readonly names: readonly Kind[];
  readonly isNamed: readonly boolean[];
  readonly isLeaf: Uint8Array;
  readonly error: number;
  readonly comment: number;
  readonly continuation: number;
  readonly string: number;
}

export function kindTable(language: Language): KindTable {
  const names = language.types.map(name => name as Kind);
  const isNamed = names.map((_, id) => language.nodeTypeIsNamed(id));
  const error = names.length;
  names.push('ERROR');
  isNamed.push(true);
  const leaf = new Set<Kind>(leaves);
  const isLeaf = Uint8Array.from(names, (name, id) => !isNamed[id] || leaf.has(name) ? 1 : 0);
  const idOf = (kind: NodeKind): number => names.findIndex((name, id) => name === kind && isNamed[id]);
  return { names, isNamed, isLeaf, error, comment: idOf('comment'), continuation: idOf('line_continuation'), string: idOf('string') };
}

/** Node `i` has its children at `i + 1`, `next[i + 1]`, … below `next[i]`. Comments and line continuations are not nodes here. */
export interface FlatTree {
  readonly kinds: KindTable;
  readonly kind: Uint16Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly next: Int32Array;
  /** 1 where the parser made a token up; absent in a tree without errors. */
  readonly missing: Uint8Array | undefined;
  readonly comments: readonly Comment[];
}

/** The moves and questions reading needs, whatever they cost underneath. */
export interface Cursor {
  typeId(): number;
  start(): number;
  end(): number;
  isMissing(): boolean;
  firstChild(): boolean;
  nextSibling(): boolean;
  parent(): boolean;
}

export function readTree(cursor: Cursor, hasErrors: boolean, kinds: KindTable, text: string): FlatTree {
  let capacity = (text.length >> 2) + 256;
  let kind = new Uint16Array(capacity);
  let start = new Int32Array(capacity);
  let end = new Int32Array(capacity);
  let next = new Int32Array(capacity);
  let missing = hasErrors ? new Uint8Array(capacity) : undefined;
  const comments: Comment[] = [];
  const open: number[] = [];
  let count = 0;
  for (let more = true; more;) {
    const typeId = cursor.typeId();
    const id = typeId === errorTypeId ? kinds.error : typeId;
    const from = cursor.start();
    let descend = kinds.isLeaf[id] === 0;
    if (id === kinds.comment) {
      const to = cursor.end();
      comments.push({ span: { start: from, end: to }, text: text.slice(from + 1, to) });
    } else if (id !== kinds.continuation) {
      if (count === capacity) {
        capacity *= 2;
        kind = grown(kind, new Uint16Array(capacity));
        start = grown(start, new Int32Array(capacity));
        end = grown(end, new Int32Array(capacity));
        next = grown(next, new Int32Array(capacity));
        if (missing) missing = grown(missing, new Uint8Array(capacity));
      }
      kind[count] = id;
      start[count] = from;
      // Where a token ends follows from its text; nobody asks.
      end[count] = kinds.isNamed[id] || hasErrors ? cursor.end() : from;
      if (missing && !descend && cursor.isMissing()) missing[count] = 1;
      if (descend && id === kinds.string && !hasErrors) descend = isFormatted(text, from);
      if (descend && cursor.firstChild()) {
        open.push(count++);
        continue;
      }
      next[count] = ++count;
    }
    while (!cursor.nextSibling()) {
      const closed = open.pop();
      if (closed === undefined || !cursor.parent()) {
        more = false;
        break;
      }
      next[closed] = count;
    }
  }
  return { kinds, kind, start, end, next, missing, comments };
}

/** The prefix of a string literal has an `f` (or a `t`): only then its children say more than its text. */
export function isFormatted(text: string, start: number): boolean {
  for (let at = start; at < start + 3; at++) {
    const letter = text.charCodeAt(at) | 0x20;
    if (letter === 0x66 || letter === 0x74) return true;
    if (letter < 0x61 || letter > 0x7a) return false;
  }
  return false;
}

function grown<A extends Uint8Array | Uint16Array | Int32Array>(from: A, to: A): A {
  to.set(from);
  return to;
}
