/** Inputs of as many elements as a reshaping asks for: `x.view(n, 28 * 28)` tells the size of an image, not its form. */
import type { Graph } from '../../graph/graph';
import { tensorOf, type ArgumentGuess, type Scale } from './argument-guess';
import { sidesNear } from './inputs';

type Guesses = readonly ArgumentGuess[];

const product = (sizes: readonly number[]): number => sizes.reduce((all, size) => all * size, 1);

/** Elements that were there, and those that were wanted. */
export function elementsIn(message: string): { readonly had: number; readonly wanted: number } | undefined {
  const [, had, tuple] = /\((\d+) elements\) cannot be reshaped to \(([-\d, ]+)\)/.exec(message) ?? [];
  if (had === undefined || tuple === undefined) return undefined;
  const wanted = product(tuple.split(',').map(Number).filter(size => size > 0));
  return wanted > 0 ? { had: Number(had), wanted } : undefined;
}

/** The form that the argument has stays where it can; next come images, then features. */
export function* ofElements(guesses: Guesses, elements: { readonly had: number; readonly wanted: number } | undefined, { batch }: Scale, leastRank = 1): Generator<Guesses> {
  if (!elements) return;
  for (const [index, guess] of guesses.entries()) {
    if (guess.kind !== 'tensor' || guess.shape.length < leastRank) continue;
    const own = product(guess.shape);
    if (elements.had % own !== 0 && own % elements.had !== 0) continue;
    const each = elements.wanted * own / elements.had / batch;
    if (!Number.isInteger(each) || each < 1) continue;
    for (const shape of shapesOf(guess.shape, each, batch)) yield guesses.map((other, i) => (i === index ? tensorOf(shape, 'float32') : other));
  }
}

/** Sides of an image that are tried until what is left of it when it is flattened has as many values as the layer behind reads. */
const mostSides = 24;

export function* ofMaps(guesses: Guesses, { mismatches: [first] }: Pick<Graph, 'mismatches'>): Generator<Guesses> {
  if (first?.attr !== 'inFeatures' || first.expected === undefined || first.actual === undefined) return;
  for (const [index, guess] of guesses.entries()) {
    if (guess.kind !== 'tensor' || guess.shape.length !== 4) continue;
    const near = (guess.shape[3] ?? 1) * Math.sqrt(first.expected / first.actual);
    for (const side of sidesNear(near).slice(0, mostSides)) yield guesses.map((other, i) => (i === index ? { ...guess, shape: [...guess.shape.slice(0, 2), side, side] } : other));
  }
}

function shapesOf(shape: readonly number[], each: number, batch: number): readonly (readonly number[])[] {
  const square = (channels: number): readonly number[] | undefined => {
    const side = Math.sqrt(each / channels);
    return Number.isInteger(side) && side > 1 ? [side, side] : undefined;
  };
  const maps = [...new Set([shape.length === 4 ? shape[1] ?? 1 : 1, 1, 3])].flatMap(channels => {
    const sides = square(channels);
    return sides ? [[batch, channels, ...sides]] : [];
  });
  const plane = square(1);
  const planes = plane ? [[batch, ...plane]] : [];
  return shape.length === 3 ? [...planes, ...maps, [batch, each]] : shape.length === 4 ? [...maps, ...planes, [batch, each]] : [[batch, each], ...maps];
}
