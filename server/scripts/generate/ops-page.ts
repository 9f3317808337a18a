/** docs/ops.md: every operator with its formula, its source, examples that are tests, and which framework has it. */
import type { AnyOp, OpExample } from '../../src/ops/define';
import { trafficOf } from '../../src/ops/traffic';
import { product } from '../../src/tensor/shape';
import { coverage, dialects } from './coverage';
import type { Declared } from './load';
import { code, table } from './markdown';
import { doNotEdit, type Output } from './outputs';

export function opsPage(declared: Declared): Output {
  const { ops } = declared;
  const covered = [...coverage()];
  const sorted = [...ops].sort((a, b) => a.kind < b.kind ? -1 : 1);
  const text = `<!-- ${doNotEdit} -->
# Operators

Each operator is declared once, in \`server/src/ops/\`; the examples below run as tests. MACs are multiply–accumulates of one call. *Moved* is the least memory traffic of the call in elements: read of inputs + read of weights → written (\`?\` where attributes do not tell).

What an operator says about itself beyond shape and cost stands as *properties* in its section; what is not named there does not hold:

${properties.map(({ name, meaning }) => `- **${name}**: ${meaning}`).join('\n')}

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

interface Property {
  readonly name: string;
  readonly meaning: string;
  /** Undefined: the operator does not have it. */
  readonly of: (op: AnyOp) => string | undefined;
}

const properties: readonly Property[] = [
  { name: 'element-wise', meaning: 'each output element depends only on the input elements at its own place', of: op => dependent(op.elementwise) },
  { name: 'view', meaning: 'the output shares the memory of the first input', of: op => dependent(op.view) },
  { name: 'indices', meaning: 'inputs that say where and not what; they are no feature maps', of: op => (op.indices === undefined ? undefined : op.indices === 'rest' ? 'all inputs but the first' : `input ${op.indices.map(place => place + 1).join(', ')}`) },
  { name: 'convolution', meaning: 'has the kinds of a convolution: standard, pointwise, depthwise, group', of: op => (op.convolution ? '' : undefined) },
  { name: 'dense', meaning: 'one weight for each pair of an input and an output feature', of: op => dependent(op.dense) },
  { name: 'single kernel', meaning: 'a composite that frameworks run as one operator: what lies between its parts is never a tensor', of: op => dependent(op.singleKernel) },
  { name: 'fuses', meaning: 'how an inference runtime joins it with the operator before it: as a scale of its channels, or as a function of its results', of: op => op.fuses },
  { name: 'takes a scale', meaning: 'a scale behind it can go into its weights', of: op => (op.scalable ? '' : undefined) },
  { name: 'paper', meaning: 'the convention `paper` counts it otherwise than by MACs and role', of: op => op.paper && Object.keys(op.paper).join(' and ') },
  { name: 'folds', meaning: 'contents of small constants are worked out; *unknown too*: also where some entries are not known', of: op => (op.fold ? ({ no: '', yes: 'unknown too', some: 'unknown too, in some functions' })[degree(op.foldsUnknown)] : undefined) },
  { name: 'keeps weights', meaning: 'what it makes of stored weights alone is still a weight', of: op => dependent(op.keepsWeights) },
  { name: 'fixes its input', meaning: 'where it does not fit, the network\'s input may have the wrong size', of: op => (op.fixesInput === 'with-weights' ? 'when it reads weights' : dependent(op.fixesInput)) },
  { name: 'moves less', meaning: 'it need not read, or write, all of its tensors', of: op => (op.reads ?? op.readsOfWeights ?? op.writes ? [op.reads && 'inputs', op.readsOfWeights && 'weights', op.writes && 'outputs'].filter(Boolean).join(' and ') : undefined) },
];

type Answer = boolean | ((...given: never[]) => boolean) | undefined;

function degree(answer: Answer): 'no' | 'yes' | 'some' {
  return typeof answer === 'function' ? 'some' : answer ? 'yes' : 'no';
}

function dependent(answer: Answer): string | undefined {
  return { no: undefined, yes: '', some: 'depends on its attributes' }[degree(answer)];
}

function propertiesOf(op: AnyOp): string {
  const held = properties.flatMap(({ name, of }) => {
    const detail = of(op);
    return detail === undefined ? [] : [detail === '' ? name : `${name} (${detail})`];
  });
  return held.length === 0 ? '' : `- Properties: ${held.join(', ')}\n`;
}

function section(op: AnyOp): string {
  return `## ${op.kind}

${op.summary}

- Formula: ${op.formula}
${propertiesOf(op)}- Source: ${op.source}

${table(['attributes', 'in', 'out', 'weights', 'MACs', 'moved'], op.examples.map(example => exampleRow(op, example)))}`;
}

function exampleRow(op: AnyOp, example: OpExample<Record<string, unknown>>): string[] {
  const attrs = Object.entries(example.attrs).filter(([, value]) => value !== undefined).map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join(', ');
  const weights = example.weights === undefined ? '' : String(example.weights);
  const macs = example.macs === undefined ? '' : String(example.macs);
  const traffic = trafficOf(op, example.attrs, example.inputs, example.outputs, { weights: weightElements(op, example.attrs) });
  const read = `${count(traffic.inputs.reduce((sum, elements) => sum + elements, 0))}${traffic.weights === 0 ? '' : ` + ${count(traffic.weights)}`}`;
  return [attrs && code(attrs) + (example.note ? ` ${example.note}` : ''), shapes(example.inputs), shapes(example.outputs), weights, macs, `${read} → ${count(traffic.outputs)}`];
}

function weightElements(op: AnyOp, attrs: unknown): number {
  return (op.weights?.(attrs) ?? []).reduce((sum, weight) => sum + product(weight.sizes), 0);
}

function count(elements: number): string {
  return Number.isNaN(elements) ? '?' : String(elements);
}

function shapes(sizes: readonly (readonly number[])[]): string {
  return sizes.map(size => size.length === 0 ? 'scalar' : size.join('×')).join(', ');
}
