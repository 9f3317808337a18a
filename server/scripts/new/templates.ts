/** What `npm run new layer|format` writes. */

const folders = { pytorch: 'pytorch', keras: 'keras', caffe: 'caffe' } as const;
type Dialect = keyof typeof folders;

export interface LayerName {
  readonly dialect: Dialect;
  /** `BatchSwish`. */
  readonly type: string;
  /** `batch-swish`. */
  readonly words: string;
  /** The list that the file exports. */
  readonly list: string;
  readonly path: string;
  readonly registry: string;
  readonly fixture: string;
}

/** `caffe/BatchSwish` in all its spellings. */
export function layerOf(name: string): LayerName {
  const [dialect = 'pytorch', type = ''] = name.split('/') as [Dialect, string];
  const words = type.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
  const folder = `server/src/frontends/${folders[dialect]}/layers`;
  return {
    dialect, type, words, list: `${type.charAt(0).toLowerCase()}${type.slice(1)}Layers`, path: `${folder}/${words}.ts`, registry: `${folder}/index.ts`,
    fixture: `test-fixtures/${dialect}/${words.replaceAll('-', '_')}.${dialect === 'caffe' ? 'prototxt' : 'py'}`,
  };
}

export function layerRow({ dialect, type, list }: LayerName): string {
  switch (dialect) {
    case 'caffe': return `/** TODO what ${type} does. Source: TODO the file of Caffe or of the fork that has it. */
import { identity } from '../../../ops/identity';
import { layer, use, type LayerRow } from '../layer';

export const ${list}: readonly LayerRow[] = [
  // TODO the operator; the parameter message, if it has one, in place of \`undefined\` (schema.ts names its fields).
  layer('${type}', undefined, () => use(identity, {}), { bottoms: [1, 1] }),
];
`;
    case 'keras': return `/** TODO what ${type} does. Source: TODO its page in the documentation. */
import { identity } from '../../../ops/identity';
import type { LibraryEntry } from '../../python/library';
import { layer } from '../layer';

export const ${list}: readonly LibraryEntry[] = [
  // TODO the documented signature, the operator and its attributes by the signature's names.
  layer(identity, 'keras.layers.${type}(**kwargs)', () => ({})),
];
`;
    case 'pytorch': return `/** TODO what ${type} does. Source: TODO its page in the documentation. */
import { identity } from '../../../ops/identity';
import type { LibraryEntry } from '../../python/library';
import { layer } from '../layer';

export const ${list}: readonly LibraryEntry[] = [
  // TODO the documented signature, the operator and its attributes by the signature's names.
  layer(identity, 'torch.nn.${type}()', () => ({})),
];
`;
  }
}

/** The layer in a small model. The marks fail on purpose. */
export function layerFixture({ dialect, type }: LayerName): string {
  switch (dialect) {
    case 'caffe': return `# TODO what is special about ${type}.
name: "Net"
# <- lens: TODO
input: "data"
# inlay: 1×8×16×16
input_shape { dim: 1 dim: 8 dim: 16 dim: 16 }
layer { name: "new" type: "${type}" bottom: "data" top: "new" }
# inlay: TODO the output's shape
`;
    case 'keras': return `# TODO what is special about ${type}.
import keras
from keras import layers

inputs = keras.Input((16, 16, 8))
outputs = layers.${type}()(inputs)
# inlay: TODO the output's shape
model = keras.Model(inputs, outputs)
# <- lens: TODO
`;
    case 'pytorch': return `# TODO what is special about ${type}.
import torch
import torch.nn as nn

model = nn.Sequential(
    # <- lens: TODO
    nn.Conv2d(3, 8, 1),
    nn.${type}(),
    #  $0 hover: 1×8×16×16 → TODO the output's shape
)
model(torch.randn(1, 3, 16, 16))
`;
  }
}

/** The folder's index with the new file's list in front. */
export function joinsRegistry(text: string, { list, words }: LayerName): string {
  const imports = text.replace(/(\nimport \{[^\n]* from '\.\/[^\n]*;\n)/, `$1import { ${list} } from './${words}';\n`);
  return imports.replace(/(?<==.*\[\s*)\.\.\.\w+Layers/, match => `...${list}, ${match}`);
}

function camelCase(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

export function format(name: string): string {
  return `/** TODO what it is, and where it is specified. */
import type { Report } from '../../../../shared/src/report';
import { defineFormat } from '../define-format';

function lines(report: Report): readonly string[] {
  return report.models.map(model => model.name);
}

export const format = defineFormat({
  name: '${name}',
  summary: 'TODO what it is and for whom',
  extension: '${name}',
  render: report => lines(report).map(line => \`\${line}\\n\`).join(''),
});
`;
}

export function formatTest(name: string): string {
  return `/** The format ${name} of a small model. */
import assert from 'node:assert/strict';
import { analyse, prepareParser } from '../../../test/harness/analyse';
import { reportOf } from '../json';
import { plain } from '../paint';
import { format as ${camelCase(name)} } from './${name}';

describe('report format ${name}', () => {
  before(prepareParser);

  it('TODO says what stands in it', () => {
    const analysis = analyse([{ path: 'net.py', text: 'import torch.nn as nn\\nmodel = nn.Sequential(nn.Linear(4, 5))\\n' }]);
    const report = reportOf([analysis], { name: 'joulelint', version: '1.2.3' });
    assert.equal(${camelCase(name)}.render(report, { fileName: uri => uri, paint: plain, layers: true, top: undefined }), 'TODO');
  });
});
`;
}
