/** A Keras model under construction: the same chain of steps as layers in a row, as a graph of symbolic tensors, or as a model of one's own. */
import { Places, type Random } from '../draft';

export const styles = ['sequential', 'functional', 'own model'] as const;
export type Style = (typeof styles)[number];

export class KerasDraft extends Places {
  private readonly made: string[] = [];
  private readonly calls: string[] = [];
  private readonly before: string[] = [];
  private count = 0;

  /** `shape` is that of the input and, later, of `x`: without the batch. */
  constructor(random: Random, readonly style: Style, readonly start: readonly number[], mutated: number | undefined) {
    super(random, start, mutated);
  }

  /** Makes a layer and applies it to `x`. */
  step(expression: string, shape: readonly number[] = this.shape): void {
    if (this.style === 'sequential') this.made.push(expression);
    else this.run(`x = ${this.layer(expression)}(x)`);
    this.shape = shape;
  }

  /** Makes a layer; returns how it is called. */
  layer(expression: string): string {
    const name = `${this.style === 'own model' ? 'self.' : ''}l${this.count++}`;
    const line = `${name} = ${expression}`;
    if (this.style === 'own model') this.made.push(line);
    else this.calls.push(line);
    return name;
  }

  run(...lines: readonly string[]): void {
    this.calls.push(...lines);
  }

  define(...lines: readonly string[]): void {
    this.before.push(...lines, '', '');
  }

  source(): string {
    const head = ['import copy', '', 'import keras', 'import numpy as np', 'from keras import layers, ops', '', '', ...this.before];
    const shape = `(${this.start.map(size => `${size},`).join(' ')})`;
    const indented = (lines: readonly string[]): string[] => lines.map(line => `        ${line}`);
    switch (this.style) {
      case 'sequential':
        return lines([...head, 'model = keras.Sequential([', `    keras.Input(${shape}),`, ...this.made.map(line => `    ${line},`), '    layers.Identity(),', '])']);
      case 'functional':
        return lines([...head, `inputs = keras.Input(${shape})`, 'x = inputs', ...this.calls, 'x = layers.Identity()(x)', 'model = keras.Model(inputs, x)']);
      case 'own model':
        return lines([...head, 'class Net(keras.Model):', '    def __init__(self):', '        super().__init__()', ...indented(this.made), '        self.last = layers.Identity()', '',
          '    def call(self, x):', ...indented(this.calls), '        return self.last(x)', '', '', 'model = Net()']);
    }
  }
}

function lines(all: readonly string[]): string {
  return all.map(line => `${line}\n`).join('');
}

export interface KerasPiece {
  readonly kind: string;
  /** Axes of `x` without the batch. */
  readonly ranks: readonly number[];
  /** Needs more than layers in a row. */
  readonly needsGraph?: boolean;
  readonly write: (draft: KerasDraft) => void;
}
