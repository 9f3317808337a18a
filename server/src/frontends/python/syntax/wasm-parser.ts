/** The wasm parser behind three plain functions. Every tree it makes is read into arrays and deleted in the same call. */
import { Language, Parser, type Tree } from 'web-tree-sitter';
import { ofThisRealm } from '../../../base/byte-source';
import { kindTable, readTree, type FlatTree, type KindTable } from './flat-tree';
import { cursorExports, withCursor } from './wasm-cursor';

export interface GrammarFiles {
  /** Contents of web-tree-sitter.wasm. */
  readonly runtimeWasm: Uint8Array;
  /** Contents of tree-sitter-python.wasm. */
  readonly grammar: Uint8Array;
}

interface Ready {
  parser: Parser;
  readonly language: Language;
  readonly kinds: KindTable;
  readonly exports: ReturnType<typeof cursorExports>;
}

let ready: Ready | undefined;
let loading: Promise<void> | undefined;
/** A process whose addresses are limited cannot reserve what WebAssembly wants: plain Python is read without the parser, and of everything else it gives up. */
let isOutOfReach = false;
/** Parsers that broke off in the middle. Collected as garbage they would be freed by the binding, trap again, and end the process. */
const broken: Parser[] = [];

/** Once per process; further calls wait for the first. */
export function initParser(files: GrammarFiles): Promise<void> {
  loading ??= load(files).catch((error: unknown) => {
    if (!(error instanceof RangeError)) throw error;
    isOutOfReach = true;
  });
  return loading;
}

async function load({ runtimeWasm, grammar }: GrammarFiles): Promise<void> {
  const module = { wasmBinary: ofThisRealm(runtimeWasm) as Uint8Array<ArrayBuffer> };
  await Parser.init(module);
  const language = await Language.load(ofThisRealm(grammar));
  ready = { parser: newParser(language), language, kinds: kindTable(language), exports: cursorExports(module) };
}

function newParser(language: Language): Parser {
  return new Parser().setLanguage(language);
}

/** undefined when the parser gave up: too much work for a text of this length, nested too deep, or out of memory. */
export function parseFlat(text: string): FlatTree | undefined {
  if (isOutOfReach) return undefined;
  const { kinds, exports } = parserOrThrow();
  return withTree(text, tree => {
    const { hasError } = tree.rootNode;
    return withCursor(tree, exports, cursor => readTree(cursor, hasError, kinds, text));
  });
}

/** Why nothing can be read with it, if that is not the text's fault. */
export function parserAbsence(): string | undefined {
  return isOutOfReach ? 'this needs the whole parser, for which the process has too little address space (`ulimit -v`); it is left out' : undefined;
}

export function isValid(text: string): boolean {
  if (isOutOfReach) return false;
  parserOrThrow();
  return withTree(text, tree => !tree.rootNode.hasError) ?? false;
}

function parserOrThrow(): Ready {
  if (!ready) throw new Error('initParser has not finished');
  return ready;
}

/** The parser calls back after a fixed amount of work: for plain source once in 160 characters, for the worst that is known once in 14. */
const callsPerCharacter = 0.3;
const fewestCalls = 1000;

function withTree<T>(text: string, use: (tree: Tree) => T): T | undefined {
  const state = parserOrThrow();
  if (!fitsScanner(text)) return undefined;
  let calls = 0;
  let tree: Tree | null = null;
  try {
    const most = fewestCalls + text.length * callsPerCharacter;
    tree = state.parser.parse(text, null, { progressCallback: () => ++calls > most });
    if (tree) return use(tree);
    state.parser.reset();
  } catch (error) {
    broken.push(state.parser);
    state.parser = newParser(state.language);
    if (!(error instanceof Error && error.name === 'RuntimeError')) throw error; // a trap: out of memory, mostly
  } finally {
    tree?.delete();
  }
  return undefined;
}

/**
 * The grammar's scanner notes the widths of the blocks that are open in 1024 bytes, two for each beside up to 256 for strings, and writes
 * on behind them when there are more: from then on nothing parses any more. A text of few different widths never comes so far.
 */
const mostWidths = 300;

function fitsScanner(text: string): boolean {
  const widths = new Set<number>();
  let carried = 0;
  for (let at = 0; at < text.length;) {
    let width = carried;
    carried = 0;
    let code = text.charCodeAt(at);
    for (; code === 32 || code === 9 || code === 12 || code === 13; code = text.charCodeAt(++at)) width = code === 12 ? 0 : code === 13 ? width : width + (code === 9 ? 8 : 1);
    // A backslash alone on its line: the next one goes on with the same indentation.
    if (code === 92) carried = width;
    widths.add(width);
    if (widths.size > mostWidths) return false;
    const end = text.indexOf('\n', at);
    if (end < 0) break;
    at = end + 1;
  }
  return true;
}
