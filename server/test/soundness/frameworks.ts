/** The frameworks whose random programs are held against what the command line says of them. */
import { join } from 'node:path';
import { kerasProgramAt } from './keras/programs';
import { programAt, type Program } from './programs';

export interface Framework {
  readonly name: string;
  readonly programAt: (seed: number, index: number) => Program;
  /** Beside this file: asks the real one. */
  readonly oracle: string;
  /** What an environment of its own needs from PyPI, and what it can import then. */
  readonly packages: readonly string[];
  /** Beside this file: programs with its answers. */
  readonly recorded: string;
  /** The model of a program, as an expression. */
  readonly model: string;
  /** Every program ends in a layer: its row tells the output's shape. */
  readonly endsInLayer: boolean;
}

export const frameworks = {
  pytorch: { name: 'PyTorch', programAt, oracle: 'pytorch-oracle.py', packages: ['torch', 'numpy'], recorded: 'recorded.jsonl', model: 'Net()', endsInLayer: false },
  keras: { name: 'Keras', programAt: kerasProgramAt, oracle: 'keras-oracle.py', packages: ['torch', 'keras', 'numpy'], recorded: 'keras-recorded.jsonl', model: 'model', endsInLayer: true },
} as const satisfies Readonly<Record<string, Framework>>;

export function besides(file: string): string {
  return join(process.env['JOULELINT_ROOT'] ?? process.cwd(), 'server', 'test', 'soundness', file);
}
