/** docs/ops.md: every operator with its formula, its source, examples that are tests, and which framework has it. */
import type { AnyOp, OpExample } from '../../src/ops/define';
import { coverage, dialects } from './coverage';
import type { Declared } from './load';
import { code, table } from './markdown';
import { doNotEdit, type Output } from './outputs';

export function opsPage(declared: Declared): Output {
  const { ops } = declared;
  const covered = [...coverage(declared)];
  const sorted = [...ops].sort((a, b) => a.kind < b.kind ? -1 : 1);
  const text = `<!-- ${doNotEdit} -->
# Operators

Each operator is declared once, in \`server/src/ops/\`; the examples below run as tests. MACs are multiply–accumulates of one call.

${table(
    ['operator', 'what it does', 'role', ...covered.map(([dialect]) => dialects[dialect])],
    sorted.map(op => [`[${op.kind}](#${op.kind})`, op.summary, roleOf(op), ...covered.map(([, kinds]) => kinds.has(op.kind) ? '✓' : '')]),
  )}
${sorted.map(section).join('\n')}`;
  return { path: 'docs/ops.md', text };
}

function roleOf(op: AnyOp): string {
  return typeof op.role === 'function' ? 'depends on its attributes' : op.role;
}

function section(op: AnyOp): string {
  return `## ${op.kind}

${op.summary}

- Formula: ${op.formula}
- Source: ${op.source}

${table(['attributes', 'in', 'out', 'weights', 'MACs'], op.examples.map(exampleRow))}`;
}

function exampleRow(example: OpExample<Record<string, unknown>>): string[] {
  const attrs = Object.entries(example.attrs).filter(([, value]) => value !== undefined).map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join(', ');
  const weights = example.weights === undefined ? '' : String(example.weights);
  const macs = example.macs === undefined ? '' : String(example.macs);
  return [attrs && code(attrs) + (example.note ? ` ${example.note}` : ''), shapes(example.inputs), shapes(example.outputs), weights, macs];
}

function shapes(sizes: readonly (readonly number[])[]): string {
  return sizes.map(size => size.length === 0 ? 'scalar' : size.join('×')).join(', ');
}
