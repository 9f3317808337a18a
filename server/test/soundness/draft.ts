/** A program under construction: a chain of pieces, one place of which may be changed to make a mutant. */

export type Random = () => number;

/** Places where a program may be changed are counted in the order in which they are written, so that the same random numbers find them again. */
export class Places {
  /** Sizes of `x` after the pieces so far, as long as nothing was changed. */
  shape: readonly number[];
  private places = 0;
  /** What was changed, for the report. */
  change: string | undefined;

  /** `mutated`: number of the place to change; absent: none. */
  constructor(private readonly random: Random, shape: readonly number[], private readonly mutated: number | undefined) {
    this.shape = shape;
  }

  get placeCount(): number {
    return this.places;
  }

  /** Size of an axis; negative ones count from the end. */
  size(axis: number): number {
    return this.shape.at(axis) ?? 1;
  }

  one<Choice>(...choices: readonly Choice[]): Choice {
    return choices[Math.floor(this.random() * choices.length)] as Choice;
  }

  /** Both ends are included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.random() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.random() < probability;
  }

  /** One of the divisors of a size. */
  divisor(size: number): number {
    return this.one(...Array.from({ length: size }, (_, index) => index + 1).filter(each => size % each === 0));
  }

  /** A place: the right text in the program, one of the others in the mutant that differs here. */
  place(right: number | string, ...wrong: readonly (number | string)[]): string {
    const here = this.places++;
    if (here !== this.mutated) return String(right);
    const candidates = [...wrong, ...(typeof right === 'number' ? nearMisses(right) : [])].filter(each => String(each) !== String(right));
    const chosen = candidates.length > 0 ? this.one(...candidates) : right;
    this.change = `${right} → ${chosen}`;
    return String(chosen);
  }
}

/** A module whose forward pass is such a chain. */
export class Draft extends Places {
  private readonly initLines: string[] = [];
  private readonly forwardLines: string[] = [];
  private readonly classLines: string[] = [];
  private layers = 0;

  /** Adds a layer and returns how `forward` names it. */
  layer(expression: string): string {
    const name = `self.l${this.layers++}`;
    this.initLines.push(`${name} = ${expression}`);
    return name;
  }

  init(...lines: readonly string[]): void {
    this.initLines.push(...lines);
  }

  forward(...lines: readonly string[]): void {
    this.forwardLines.push(...lines);
  }

  /** Another definition before the class. */
  before(...lines: readonly string[]): void {
    this.classLines.push(...lines);
  }

  source(): string {
    const indent = (lines: readonly string[]): string => lines.map(line => `        ${line}\n`).join('');
    return 'import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n\n\n'
      + this.classLines.map(line => `${line}\n`).join('') + (this.classLines.length > 0 ? '\n\n' : '')
      + `class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n${indent(this.initLines)}\n    def forward(self, x):\n${indent(this.forwardLines)}        return x\n`;
  }
}

/** What people write instead of a number: next to it, its double, none at all, of another type. */
function nearMisses(right: number): (number | string)[] {
  return [right + 1, right - 1, right * 2, 0, -1, -right, right + 7, `${right}.0`, 'None', `(${right}, ${right})`];
}

/** One thing that a forward pass may do to `x`. */
export interface Piece {
  readonly kind: string;
  /** Ranks of `x` it takes. */
  readonly ranks: readonly number[];
  readonly write: (draft: Draft) => void;
}
