/** `npm run new rule|op|feature|layer|format NAME`: writes files that compile and whose examples fail until they are filled in. */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format, formatTest, joinsRegistry, layerFixture, layerOf, layerRow, type LayerName } from './new/templates';
import { root } from './generate/outputs';

interface Scaffold {
  /** The pattern a name must have, and how the usage line shows it. */
  readonly name: RegExp;
  readonly sample: string;
  files(name: string): Readonly<Record<string, string>>;
  /** Files that are there and take the new one in: their text with it. */
  joins?(name: string): Readonly<Record<string, string>>;
  /** What is left to do by hand. */
  next(name: string): string;
}

const scaffolds: Readonly<Record<string, Scaffold>> = {
  op: {
    name: /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    sample: 'pixel-shuffle',
    files: name => ({ [`server/src/ops/${name}.ts`]: op(name) }),
    next: () => 'Fill in the formula and its examples, run `npm run generate`, then give each dialect that has it a row (docs/add-an-op.md).',
  },
  rule: {
    name: /^(JL\d{3}-)?[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    sample: 'JL199-wasteful-thing',
    files: name => {
      const [id, words] = ruleName(name);
      return { [`server/src/rules/${id}-${words}.ts`]: rule(id, words) };
    },
    next: () => 'Fill in words, sources, check and examples, then run `npm run generate` (docs/add-a-rule.md).',
  },
  feature: {
    name: /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    sample: 'folding-ranges',
    files: name => ({ [`server/src/features/${name}.ts`]: feature(name), [`server/src/features/${name}.test.ts`]: featureTest(name) }),
    next: () => 'Fill it in and add its row to server/src/engine/answers.ts (docs/add-a-feature.md).',
  },
  layer: {
    name: /^(pytorch|keras|caffe)\/[A-Z]\w*$/,
    sample: 'caffe/Swish',
    files: name => {
      const layer = layerOf(name);
      return { [layer.path]: layerRow(layer), [layer.fixture]: layerFixture(layer) };
    },
    joins: name => joined(layerOf(name)),
    next: name =>
      `Fill in operator and attributes in ${layerOf(name).path} (an operator that is missing: docs/add-an-op.md) and the marks of the fixture. A layer of a family that is there already can move to its file.`,
  },
  format: {
    name: /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    sample: 'yaml',
    files: name => ({ [`server/src/report/formats/${name}.ts`]: format(name), [`server/src/report/formats/${name}.test.ts`]: formatTest(name) }),
    next: () => 'Fill it in, then run `npm run generate`: command line, help and docs/formats.md follow.',
  },
};

function main([kind = '', name = '']: readonly string[]): number {
  const scaffold = scaffolds[kind];
  if (!scaffold) {
    console.error(`usage: npm run new ${Object.keys(scaffolds).join('|')} NAME`);
    return 2;
  }
  if (!scaffold.name.test(name)) {
    console.error(`new ${kind}: ${name === '' ? 'a name is missing' : `“${name}” is not such a name`}; one would be ${scaffold.sample}`);
    return 2;
  }
  const files = Object.entries(scaffold.files(name));
  const taken = files.find(([path]) => existsSync(join(root, path)));
  if (taken) {
    console.error(`new: ${taken[0]} is there already`);
    return 1;
  }
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    console.log(`wrote ${path}`);
  }
  for (const [path, text] of Object.entries(scaffold.joins?.(name) ?? {})) {
    writeFileSync(join(root, path), text);
    console.log(`changed ${path}`);
  }
  console.log(scaffold.next(name));
  return 0;
}

function joined(layer: LayerName): Readonly<Record<string, string>> {
  return { [layer.registry]: joinsRegistry(readFileSync(join(root, layer.registry), 'utf8'), layer) };
}

/** The id and the words; a name without an id gets the next free one among JL1xx. */
function ruleName(name: string): [id: string, words: string] {
  const given = /^(JL\d{3})-(.*)$/.exec(name);
  if (given) return [given[1] ?? '', given[2] ?? ''];
  const numbers = readdirSync(join(root, 'server/src/rules')).map(file => Number(/^JL(1\d\d)-/.exec(file)?.[1] ?? 0));
  return [`JL${Math.max(100, ...numbers) + 1}`, name];
}

function camelCase(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function sentence(name: string): string {
  const words = name.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function version(): string {
  return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;
}

function op(name: string): string {
  const type = sentence(camelCase(name));
  return `/** ${sentence(name)}: TODO what it computes. */
import { inputAt } from './checks';
import { defineOp } from './define';

export type ${type}Attrs = {
  /** TODO the quantities the formula needs. */
  readonly factor: number;
};

export const ${camelCase(name)} = defineOp<${type}Attrs>({
  kind: '${name}',
  role: 'shape',
  summary: '${sentence(name)}',
  source: 'TODO the page that defines its shape and cost',
  formula: 'TODO the formula in words',
  shape: (attrs, inputs) => [inputAt(inputs, 0).map(size => size * attrs.factor)],
  examples: [
    // TODO numbers from the source. This one fails on purpose.
    { attrs: { factor: 2 }, inputs: [[1, 3, 4, 4]], outputs: [[0]] },
  ],
});
`;
}

function rule(id: string, words: string): string {
  return `/** ${sentence(words)}: TODO what it finds, in one sentence. */
import { figure } from '../base/format';
import { defineRule } from './define';
import { moved, partOf } from './parts';
import { argumentOf } from './places';

const depthwise = \`import torch.nn as nn

model = nn.Sequential(
    nn.Conv2d(3, 64, 3),
    nn.Conv2d(64, 64, 3, groups=64),
)
\`;

export const rule = defineRule({
  id: '${id}',
  name: '${words}',
  summary: 'TODO one sentence for the index.',
  since: '${version()}',
  severity: 'info',
  kind: 'advice',
  frameworks: ['pytorch', 'keras', 'caffe', 'onnx'],
  advice: 'TODO what to try, in plain words',
  docs: {
    what: 'TODO which layers, by which figure.',
    why: 'TODO what it costs.',
    instead: 'TODO what to do.',
  },
  sources: [{ title: 'TODO a paper or manual', url: 'https://example.org' }],
  options: {
    minimum: { description: 'TODO smallest value that is fine.', default: 0, unit: 'MACs per activation', minimum: 0 },
  },
  check: ({ metrics, options }) => metrics.layers.flatMap(layer => {
    const { node, kind, activationReuse } = layer;
    // TODO which layers are at fault; \`macs\`, \`weightReuse\` … are beside \`activationReuse\`. With a minimum of 0 the rule never speaks.
    if (kind !== 'depthwise' || typeof activationReuse !== 'number' || activationReuse >= options.minimum) return [];
    return [{
      at: argumentOf(node.site, 'groups'), path: node.path, node,
      badness: moved(layer), share: partOf(metrics, layer, 'activations'), sayEnergy: true,
      message: \`TODO what happened, how much (\${figure(activationReuse)} MACs/activation), what to do\`,
      data: { activationReuse },
    }];
  }),
  examples: {
    // TODO a file on which it speaks, and one on which it stays silent. The first fails until \`check\` finds something.
    firing: [{ source: depthwise, at: 'groups=64', message: 'TODO' }],
    silent: [{ source: depthwise.replace(', groups=64', '') }],
  },
});
`;
}

function feature(name: string): string {
  return `/** ${sentence(name)}: TODO what the editor shows, in one sentence. */
import type { Analysis } from '../analysis/analysis';

export function ${camelCase(name)}(analysis: Analysis): readonly string[] {
  return analysis.models.map(model => model.graph.name);
}
`;
}

function featureTest(name: string): string {
  return `/** ${sentence(name)} on a small model. */
import assert from 'node:assert/strict';
import { analyse, prepareParser } from '../../test/harness/analyse';
import { ${camelCase(name)} } from './${name}';

describe('${name.replaceAll('-', ' ')}', () => {
  before(prepareParser);

  it('TODO says what the editor shows', () => {
    const analysis = analyse([{ path: 'net.py', text: 'import torch.nn as nn\\nmodel = nn.Sequential(nn.Linear(4, 5))\\n' }]);
    assert.deepEqual(${camelCase(name)}(analysis), ['TODO']);
  });
});
`;
}

process.exitCode = main(process.argv.slice(2));
