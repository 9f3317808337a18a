/** Which dialect applies which operator: what its rows were seen to apply while the whole test suite ran (server/test/rows). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './outputs';

/** In the order of the page's columns. */
export const dialects = { pytorch: 'PyTorch', keras: 'Keras', caffe: 'Caffe', onnx: 'ONNX' } as const;
export type Dialect = keyof typeof dialects;

/** Operator kinds by dialect. */
export function coverage(): ReadonlyMap<Dialect, ReadonlySet<string>> {
  const recorded = JSON.parse(readFileSync(join(root, 'server', 'test', 'rows', 'coverage.json'), 'utf8')) as Readonly<Record<Dialect, readonly string[]>>;
  return new Map((Object.keys(dialects) as Dialect[]).map(dialect => [dialect, new Set(recorded[dialect])]));
}
