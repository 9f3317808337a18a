/**
 * Finds the arguments of a forward pass by running it: what a run stumbles over (a size that a layer expects, a rank, two shapes that do not go together)
 * tells what to change, and a change stays where the run gets further with it.
 */
import { absent, tensorOf, tensorsOfGuess, type ArgumentGuess, type Scale } from './argument-guess';
import { firstApplied } from './applied-layers';
import { axesIn, formsOf, generalForms, isGraph, ofRank, sizesFor } from './argument-forms';
import { inGraph, otherRecords, recordOf } from './record-forms';
import { elementsIn, ofElements, ofMaps } from './reshaped-inputs';
import type { Problem } from '../../base/problem';
import type { Graph, GraphInput, Node } from '../../graph/graph';

export interface Searched {
  readonly name: string;
  /** The first argument is what the first layers read; its form is told from them. */
  readonly first: ArgumentGuess | undefined;
  /** The constructor was told it. */
  readonly width?: number | undefined;
}

/** What one run with the arguments showed. */
export interface Shown extends Pick<Graph, 'nodes' | 'mismatches'> {
  readonly badness: number;
  readonly problems: readonly Problem[];
  readonly inputs: readonly GraphInput[];
}

const mostTrials = 60;
/** A table of positions, or a layer behind a flattened map, fits one size alone. */
const lengths = [96, 64, 32, 16, 336, 256, 512, 48, 24, 192, 720, 1024];
const imageSizes = [32, 64, 28, 256, 128, 16];
const volumeSizes = [32, 64, 24, 96];

export interface Search<Run extends Shown> {
  readonly arguments: readonly Searched[];
  /** The text of `forward` with its docstring and the comments in it. */
  text(): string;
  /** Asked for where something does not fit: that takes a look at every layer. */
  scale(): Scale;
  run(guesses: readonly ArgumentGuess[]): Run;
  /** Whether there is no time for another run. */
  isSpent(): boolean;
  /** A run that was made already. */
  readonly start?: { readonly guesses: readonly ArgumentGuess[]; readonly run: Run };
}

export interface Found<Run> {
  readonly run: Run;
  readonly guesses: readonly ArgumentGuess[];
  /** Everything went through. */
  readonly fits: boolean;
}

export function searchInputs<Run extends Shown>(search: Search<Run>): Found<Run> {
  let { guesses, run } = search.start ?? started(search, toldGuesses(search));
  const tried = new Set([keyOf(guesses)]);
  // What the text says of shapes stands above what is customary.
  if (search.start && run.badness > 0) {
    const told = toldGuesses(search);
    if (keyOf(told) !== keyOf(guesses)) {
      tried.add(keyOf(told));
      const other = search.run(told);
      if (reach(other) >= reach(run)) [guesses, run] = [told, other];
    }
  }
  for (let trials = 1; trials < mostTrials && !search.isSpent();) {
    let isBetter = false;
    for (const proposal of proposals(search, guesses, run)) {
      const key = keyOf(proposal);
      if (tried.has(key)) continue;
      tried.add(key);
      trials++;
      const other = search.run(proposal);
      if (isBetterThan(other, run) || (isPreferred(search, proposal, guesses, run) && reach(other) >= reach(run))) {
        isBetter = true;
        guesses = proposal;
        run = other;
        break;
      }
      if (trials >= mostTrials || search.isSpent()) break;
    }
    if (!isBetter) break;
  }
  return { run, guesses, fits: run.badness === 0 };
}

function toldGuesses<Run extends Shown>(search: Search<Run>): readonly ArgumentGuess[] {
  return search.arguments.map(argument => asWide(firstGuess(argument, search.text(), search.scale(), search.arguments), argument.width));
}

/** Features stand last, in a vector and in a sequence of them. */
function asWide(guess: ArgumentGuess, width: number | undefined): ArgumentGuess {
  if (width === undefined || guess.kind !== 'tensor' || guess.dtype !== 'float32' || guess.shape.length < 2 || guess.shape.length > 3) return guess;
  return { ...guess, shape: [...guess.shape.slice(0, -1), width] };
}

function started<Run extends Shown>(search: Search<Run>, guesses: readonly ArgumentGuess[]): { readonly guesses: readonly ArgumentGuess[]; readonly run: Run } {
  return { guesses, run: search.run(guesses) };
}

export function isBetterThan(other: Shown, run: Shown): boolean {
  return reach(other) > reach(run) || (reach(other) === reach(run) && other.badness < run.badness);
}

/** How far a run got. */
function reach(run: Shown): number {
  if (run.badness === 0) return Infinity;
  const [first] = run.mismatches;
  return first ? first.node : run.nodes.length;
}

function keyOf(guesses: readonly ArgumentGuess[]): string {
  return JSON.stringify(guesses);
}

function firstGuess({ name, first }: Searched, text: string, scale: Scale, others: readonly Searched[]): ArgumentGuess {
  const record = recordOf(text, name, scale);
  if (record) return record;
  if (others.some(other => isGraph(other.name)) && /^(batch|edge_(attr|weights?|feat\w*)|batch_?(idx|index|ids?))$/.test(name)) return inGraph(name, scale);
  // Beside a graph the rows are its nodes.
  if (first?.kind === 'tensor' && others.some(other => isGraph(other.name))) return tensorOf([scale.length, first.shape.length === 2 ? first.shape[1] ?? 1 : scale.width]);
  const axes = axesIn(text, name);
  const [byName] = formsOf(name, scale);
  // An image is none of the tokens that a layer registered first reads.
  const isImage = first?.kind === 'tensor' && first.dtype === 'int64' && byName?.kind === 'tensor' && byName.shape.length === 4;
  const likely = (isImage ? byName : first) ?? byName ?? tensorOf(ofRank(3, scale));
  if (axes === undefined && likely.kind === 'tensor' && isBatchSecond(text, name)) return { ...likely, shape: [likely.shape[1] ?? 1, likely.shape[0] ?? 1, ...likely.shape.slice(2)] };
  if (axes === undefined || likely.kind !== 'tensor') return likely;
  if (axes.length === likely.shape.length) return likely;
  return tensorOf(sizesFor(axes, scale), axes.length <= 2 ? likely.dtype : 'float32');
}

/** `batch_size = trg.shape[1]`, `steps = trg.size(0)`. */
function isBatchSecond(text: string, name: string): boolean {
  return new RegExp(`\\bbatch\\w*\\s*=\\s*${name}\\.(?:shape\\[1\\]|size\\(1\\))|\\b\\w*(?:len|length|steps)\\s*=\\s*${name}\\.(?:shape\\[0\\]|size\\(0\\))`).test(text);
}

/** Other arguments to try, the likeliest first. */
function* proposals<Run extends Shown>(search: Search<Run>, guesses: readonly ArgumentGuess[], run: Run): Generator<readonly ArgumentGuess[]> {
  const changed = (index: number, guess: ArgumentGuess): readonly ArgumentGuess[] => guesses.map((each, i) => (i === index ? guess : each));
  for (const index of guesses.keys()) {
    const fitting = byLayer(search, guesses[index], run, tensorAt(run, guesses, index));
    if (fitting) yield changed(index, fitting);
  }
  if (run.badness === 0) return;
  const scale = search.scale();
  for (const [from, to] of ranksIn(run)) {
    for (const [index, guess] of guesses.entries()) if (guess.kind === 'tensor' && guess.shape.length === from) yield changed(index, { ...guess, shape: ranked(guess.shape, to, scale) });
    // It may have got another axis on the way, or lost one.
    for (const [index, guess] of guesses.entries()) {
      const rank = guess.kind === 'tensor' ? guess.shape.length + to - from : 0;
      if (guess.kind === 'tensor' && rank > 0 && rank !== to) yield changed(index, { ...guess, shape: ranked(guess.shape, rank, scale) });
    }
  }
  for (const [from, to] of sizesIn(run)) {
    // The size that is wanted stands on another axis: they come in another order.
    for (const [index, guess] of guesses.entries()) {
      const [a, b] = guess.kind === 'tensor' ? [guess.shape.lastIndexOf(from), guess.shape.indexOf(to)] : [-1, -1];
      // What comes first is the batch, but for recurrent layers that take it second.
      const isBatchSecond = guess.kind === 'tensor' && b === 0 && a === 1 && guess.shape.length < 4 && to === scale.batch;
      if (guess.kind === 'tensor' && a > 0 && (b > 0 || isBatchSecond)) yield changed(index, { ...guess, shape: moved(guess.shape, b, a) });
    }
  }
  for (const [from, to] of sizesIn(run)) {
    for (const [index, guess] of guesses.entries()) {
      if (guess.kind !== 'tensor') continue;
      const leading = guess.shape.length > 1 && guess.shape[0] === scale.batch ? 1 : 0;
      for (let axis = guess.shape.length - 1; axis >= leading; axis--) {
        if (guess.shape[axis] === from) yield changed(index, { ...guess, shape: guess.shape.map((size, i) => (i === axis ? to : size)) });
      }
    }
  }
  yield* otherRecords(guesses, sizesIn(run), ranksIn(run));
  for (const message of messagesOf(run)) yield* ofElements(guesses, elementsIn(message), scale);
  const [{ expected, actual } = {}] = run.mismatches;
  // A layer behind a flattened image reads all of it.
  if (expected !== undefined && actual !== undefined) yield* ofElements(guesses, { had: actual, wanted: expected }, scale, 4);
  yield* ofMaps(guesses, run);
  for (const [from, to] of sizesIn(run)) yield* inTwo(guesses, from, to);
  yield* indirect(guesses, run, changed, scale);
  for (const [index, { name, width }] of search.arguments.entries()) for (const form of formsOf(name, scale)) yield changed(index, asWide(form, width));
  for (const index of guesses.keys()) for (const form of generalForms(scale)) yield changed(index, form);
  yield* doubled(guesses, expected, changed, scale);
  for (const [index, guess] of guesses.entries()) {
    if (guess.kind !== 'tensor') continue;
    const axis = guess.shape.findIndex((size, i) => i > 0 && size === scale.length);
    if (axis > 0) for (const length of [...scale.tables, ...lengths]) yield changed(index, { ...guess, shape: guess.shape.map((size, i) => (i === axis ? length : size)) });
    if (guess.shape.length === 4) for (const size of imageSizes) yield changed(index, { ...guess, shape: [...guess.shape.slice(0, 2), size, size] });
    if (guess.shape.length === 5) for (const size of volumeSizes) yield changed(index, { ...guess, shape: [...guess.shape.slice(0, 2), size, size, size] });
  }
  for (const index of guesses.keys()) yield changed(index, absent);
}

type Guesses = readonly ArgumentGuess[];

/** Two arguments that go together change together. */
function* inTwo(guesses: Guesses, from: number, to: number): Generator<Guesses> {
  const alike = guesses.flatMap((guess, index) => (guess.kind === 'tensor' && guess.shape.length > 1 && guess.shape.at(-1) === from ? [index] : []));
  for (const [i, first] of alike.entries()) {
    for (const second of alike.slice(i + 1)) {
      yield guesses.map((guess, index) => ((index === first || index === second) && guess.kind === 'tensor' ? { ...guess, shape: [...guess.shape.slice(0, -1), to] } : guess));
    }
  }
}

/** A size that met the layer next to others, or times others. */
function* indirect(guesses: Guesses, run: Shown, changed: (index: number, guess: ArgumentGuess) => Guesses, scale: Scale): Generator<Guesses> {
  const [{ expected = NaN, actual = NaN } = {}] = run.mismatches;
  if (Number.isNaN(expected) || Number.isNaN(actual)) return;
  for (const [index, guess] of guesses.entries()) {
    if (guess.kind !== 'tensor') continue;
    for (let axis = guess.shape.length - 1; axis > 0; axis--) {
      const size = guess.shape[axis] ?? 0;
      for (const other of [size + expected - actual, size * expected / actual]) {
        // A part of the channels that is not there: there are more of them.
        const mayGrow = size !== scale.batch || (axis === 1 && actual === 0);
        if (mayGrow && Number.isInteger(other) && other > 0 && other !== size) yield changed(index, { ...guess, shape: guess.shape.map((each, i) => (i === axis ? other : each)) });
      }
    }
  }
}

/** Points with their neighbours, waves with their differences: two of them are set beside each other on the way, so that a layer reads twice as many channels. */
function* doubled(guesses: Guesses, expected: number | undefined, changed: (index: number, guess: ArgumentGuess) => Guesses, { batch, length }: Scale): Generator<Guesses> {
  if (expected === undefined || expected % 2 !== 0) return;
  for (const [index, guess] of guesses.entries()) if (guess.kind === 'tensor' && guess.dtype === 'float32') yield changed(index, tensorOf([batch, expected / 2, length]));
}

/** What the first layer applied to an argument reads, where the argument is something else. */
function byLayer<Run extends Shown>({ scale, arguments: all }: Search<Run>, guess: ArgumentGuess | undefined, run: Shown, input: number | undefined): ArgumentGuess | undefined {
  if (guess?.kind !== 'tensor' || input === undefined) return undefined;
  const layer = firstApplied(run.nodes, input);
  switch (layer?.kind) {
    case 'tokens': return guess.dtype === 'int64' ? undefined : tensorOf(guess.shape.length <= 2 && run.badness === 0 ? guess.shape : [scale().batch, scale().length], 'int64');
    case 'sequence': return guess.shape.length < 3 && run.nodes.length > 0 && Number.isFinite(layer.channels) ? tensorOf([scale().batch, scale().length, layer.channels]) : undefined;
    // One position attends to itself alone: attention is meant for several.
    case 'features': {
      if (guess.dtype === 'int64') return tensorOf(guess.shape);
      const attends = run.badness === 0 && guess.shape.length === 2 && run.nodes.some(isAttention) && !all.some(({ name }) => isGraph(name));
      return attends ? tensorOf([scale().batch, scale().length, guess.shape[1] ?? 1]) : undefined;
    }
    default: return undefined;
  }
}

/** Two computed things are multiplied. */
function isAttention({ op, weights }: Node): boolean {
  return /matmul|attention/.test(op) && weights.length === 0;
}

/** A recurrent layer takes a single sequence, and an embedding numbers that nobody types: the usual form is preferred where both run. */
function isPreferred<Run extends Shown>(search: Search<Run>, proposal: readonly ArgumentGuess[], guesses: readonly ArgumentGuess[], run: Run): boolean {
  const index = proposal.findIndex((guess, i) => guess !== guesses[i]);
  return run.badness === 0 && keyOf([proposal[index] ?? absent]) === keyOf([byLayer(search, guesses[index], run, tensorAt(run, guesses, index)) ?? absent]);
}

/** Where the tensor of an argument is among the inputs. */
function tensorAt(run: Shown, guesses: readonly ArgumentGuess[], index: number): number | undefined {
  return run.inputs[guesses.slice(0, index).reduce((sum, guess) => sum + tensorsIn(guess), 0)]?.tensor;
}

function tensorsIn(guess: ArgumentGuess): number {
  return tensorsOfGuess(guess).length;
}

/** The same tensor with other axes: what is at the end stays at the end. */
function ranked(shape: readonly number[], rank: number, scale: Scale): readonly number[] {
  if (rank === 2 && shape.length === 3) return [shape[1] ?? 1, shape[2] ?? 1];
  if (rank === 3 && shape.length === 2) return [shape[0] ?? 1, scale.length, shape[1] ?? 1];
  return ofRank(rank, scale);
}

/** One axis moved to another place. */
function moved(shape: readonly number[], from: number, to: number): readonly number[] {
  const others = shape.filter((_, i) => i !== from);
  return [...others.slice(0, to), shape[from] ?? 1, ...others.slice(to)];
}

/** Ranks that a run met and those that were wanted. */
function ranksIn(run: Shown): readonly (readonly [from: number, to: number])[] {
  return messagesOf(run).flatMap(message => {
    const numbers = (pattern: RegExp): readonly number[] => pattern.exec(message)?.slice(1).map(Number) ?? [];
    const [expected, or, received] = numbers(/expected an input of (?:at least )?(\d+)(?: or (\d+))? dimensions?, received (\d+)/);
    if (received !== undefined && expected !== undefined) return [...(or ? [[received, or] as const] : []), [received, expected] as const];
    const [demanded, found] = numbers(/expected (\d+) dimensions(?: in the \w+ factor)?, received (\d+)/);
    if (demanded !== undefined && found !== undefined) return [[found, demanded] as const];
    const [named, had] = numbers(/(\d+) axes are named for a tensor of (\d+)/);
    if (named !== undefined && had !== undefined) return [[had, named] as const];
    const [used, of] = numbers(/too many indices: (\d+) for a tensor of (\d+)/);
    if (used !== undefined && of !== undefined) return [[of, used] as const];
    const [wanted, got] = numbers(/not enough values to unpack \(expected (\d+), got (\d+)\)/);
    if (wanted !== undefined && got !== undefined) return [[got, wanted] as const];
    const [fewer] = numbers(/too many values to unpack \(expected (\d+)\)/);
    if (fewer !== undefined) return [3, 4, 5].filter(rank => rank > fewer).map(rank => [rank, fewer] as const);
    const [axis, rank] = numbers(/axis (-?\d+) is out of range for a tensor of (\d+)/);
    if (axis !== undefined && rank !== undefined) return [[rank, axis < 0 ? -axis : axis + 1] as const];
    const [, dimensions] = numbers(/does not fit operand (\d+) of (\d+) dimensions/);
    const term = /`(\w+)` does not fit operand/.exec(message)?.[1];
    return term !== undefined && dimensions !== undefined ? [[dimensions, term.length] as const] : [];
  });
}

/** Sizes that a run met, and those that they should have been. */
function sizesIn(run: Shown): readonly (readonly [from: number, to: number])[] {
  const found: (readonly [number, number])[] = [];
  const [first] = run.mismatches;
  if (first?.expected !== undefined && first.actual !== undefined) found.push([first.actual, first.expected]);
  for (const message of messagesOf(run)) {
    const shapes = (message.match(/\d+(?:×\d+)+|\b\d+\b(?=×)/g) ?? []).map(shape => shape.split('×').map(Number));
    const [a, b] = shapes;
    if (a && b) {
      for (let back = 1; back <= Math.min(a.length, b.length); back++) pairUp(a[a.length - back], b[b.length - back], found);
      for (let index = 0; index < Math.min(a.length, b.length); index++) pairUp(a[index], b[index], found);
      if (a.length !== b.length) pairUp(a.at(-1), b.at(-2), found);
    }
    const inner = /needs (\d+) = (\d+)/.exec(message);
    if (inner) pairUp(Number(inner[1]), Number(inner[2]), found);
    const index = /index \w+ is (\d+) and (\d+)/.exec(message);
    if (index) pairUp(Number(index[1]), Number(index[2]), found);
    const among = /expected (?:\w+ )*?(\d+)[^\d]+(?:got|received|but)[^\d]+(\d+)/.exec(message);
    if (among) found.push([Number(among[2]), Number(among[1])]);
  }
  return found;
}

function pairUp(a: number | undefined, b: number | undefined, found: (readonly [number, number])[]): void {
  if (a === undefined || b === undefined || a === b) return;
  found.push([a, b], [b, a]);
}

const mostImageChannels = 4;

/** Whether what went wrong may be the arguments': a size of theirs, or their rank. */
export function isAboutArguments(run: Shown, guesses: readonly ArgumentGuess[]): boolean {
  const sizes = new Set(guesses.flatMap(tensorsOfGuess).flatMap(({ shape }) => shape.filter(size => size > 1)));
  // What a linear layer reads may be a flattened image; the channels of an image are too few to tell anything by.
  const comesFrom = (met: number, attr: string): boolean => [...sizes].some(size =>
    (met % size === 0 && (attr === 'inFeatures' || size > mostImageChannels)) || (attr === 'inFeatures' && size % met === 0));
  const [first] = run.mismatches;
  return ranksIn(run).length > 0 || sizesIn(run).some(([from]) => sizes.has(from)) || first === undefined
    || elementsIn(first.message) !== undefined
    || first.actual === 0 || (first.actual !== undefined && first.actual > 1 && comesFrom(first.actual, first.attr));
}

function messagesOf(run: Shown): readonly string[] {
  const [first] = run.mismatches;
  return [...(first ? [first.message] : []), ...run.problems.slice(0, 1).map(problem => problem.message)];
}
