/** Files whose size or nesting no honest file has: each is read in time and memory in proportion to its bytes, or refused in one line. */
import { onnx } from 'onnx-proto';

const torch = 'import torch\nfrom torch import nn\n';

/** What stands behind the statements, and has to be found. */
export const model = `
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(8, 4)
    def forward(self, x):
        return self.fc(x)

Net()(torch.zeros(1, 8))
`;

export function programText(statements: string): string {
  return torch + statements + model;
}

export interface HostileFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

const python = (name: string, before: string, after = model): HostileFile => ({ name: `${name}.py`, content: `${torch}${before}\n${after}` });

const pythonFiles: readonly HostileFile[] = [
  python('definitions-that-do-not-parse', 'def f(:\n'.repeat(50_000)),
  python('definitions-behind-the-model', model, 'def f(:\n    pass\n'.repeat(25_000)),
  python('open-classes', 'class A(\n'.repeat(50_000)),
  python('parentheses', `x = ${'('.repeat(100_000)}${')'.repeat(100_000)}`),
  python('open-brackets', `x = ${'['.repeat(200_000)}`),
  python('dicts-in-dicts', `x = ${'{1:'.repeat(50_000)}1${'}'.repeat(50_000)}`),
  python('calls-in-calls', `x = ${'f('.repeat(50_000)}${')'.repeat(50_000)}`),
  python('lambdas', `x = ${'lambda: '.repeat(50_000)}1`),
  python('negations', `x = ${'not '.repeat(100_000)}1`),
  python('sums', `x = ${'1+'.repeat(200_000)}1`),
  python('attributes', `x = a${'.b'.repeat(200_000)}`),
  python('subscripts', `x = a${'[0]'.repeat(100_000)}`),
  python('comparisons', `x = 1${' < 2'.repeat(100_000)}`),
  python('conditions', `x = ${'1 if 1 else '.repeat(50_000)}1`),
  python('indentations', `${Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth)}if 1:\n`).join('')}${' '.repeat(2000)}pass`),
  python('clauses', `if 0: pass\n${'elif 0: pass\n'.repeat(50_000)}`),
  python('lost-clauses', 'else:\n    pass\n'.repeat(50_000)),
  python('open-strings', "x = '\n".repeat(50_000)),
  python('nested-formats', `x = ${"f'{".repeat(200)}1${"}'".repeat(200)}`),
  python('joined-lines', `x = 1 + \\\n${'1 + \\\n'.repeat(100_000)}1`),
  python('decorators', `${'@a\n'.repeat(50_000)}def f(): pass`),
  python('imports', 'from a import (\n'.repeat(20_000)),
  python('matches', 'match x:\n'.repeat(20_000)),
  python('tries', 'try:\n    x = 1\n'.repeat(20_000)),
  python('targets', `${'x = '.repeat(50_000)}1`),
  python('one-line', 'x = 1;'.repeat(200_000)),
  python('long-name', `${'a'.repeat(1_000_000)} = nn.Linear(2, 2)`),
  python('long-class', '', model.replaceAll('Net', 'N'.repeat(1_000_000))),
  python('long-layer', '', model.replaceAll('self.fc', `self.${'f'.repeat(400_000)}`)),
  python('long-error', "raise ValueError('k' * 10**6)"),
  python('long-import', `import ${'a'.repeat(1_000_000)}`),
  python('long-comment', `# joulelint: model Net() input ${'1,'.repeat(200_000)}1`),
  python('long-shape', 'y = torch.zeros(*[1] * 100000).view(*[1] * 100000)'),
  python('layers', '', model.replace('nn.Linear(8, 4)', 'nn.Sequential(*[nn.Linear(8, 8) for _ in range(100000)])')),
  python('twenty-thousand-layers', '', model.replace('nn.Linear(8, 4)', 'nn.Sequential(*[nn.Linear(8, 8) for _ in range(20000)])')),
  python('models', '', Array.from({ length: 3000 }, (_, i) => model.slice(0, model.indexOf('Net()')).replace('Net', `Net${i}`)).join('')),
];

const data = 'name: "n"\ninput: "data"\ninput_shape { dim: 1 dim: 3 dim: 8 dim: 8 }\n';
const product = (i: number, name = `l${i}`): string =>
  `layer { name: "${name}" type: "InnerProduct" bottom: "${i === 0 ? 'data' : `t${i - 1}`}" top: "t${i}" inner_product_param { num_output: 4 } }\n`;
const many = (count: number, of: (i: number) => string): string => Array.from({ length: count }, (_, i) => of(i)).join('');
const network = (name: string, content: string): HostileFile => ({ name: `${name}.prototxt`, content });

const networks: readonly HostileFile[] = [
  network('open-layers', `name: "x"\n${'layer {'.repeat(100_000)}`),
  network('layers-in-layers', `name: "x"\n${'layer {'.repeat(5000)}${'}'.repeat(5000)}`),
  network('layers', data + many(100_000, i => product(i))),
  network('fifteen-thousand-layers', data + many(15_000, i => product(i))),
  network('long-name', data + product(0, 'n'.repeat(1_000_000))),
  network('dims', `name: "n"\ninput: "data"\ninput_shape { ${'dim: 1 '.repeat(100_000)}}\n${product(0)}`),
  network('bottoms', `${data}layer { name: "x" type: "Concat" ${'bottom: "data" '.repeat(100_000)} top: "y" }\n`),
  network('tops', `${data}layer { name: "x" type: "Split" bottom: "data" ${many(100_000, i => `top: "t${i}" `)}}\n`),
  network('sizes-that-double', data + many(1100, i => `layer { name: "c${i}" type: "Concat" bottom: "${i === 0 ? 'data' : `t${i - 1}`}" bottom: "${i === 0 ? 'data' : `t${i - 1}`}" top: "t${i}" }\n`)),
  network('garbage', `${data}${'}'.repeat(100_000)}\n${'<'.repeat(100_000)}`),
  network('open-string', `${data}"${'a'.repeat(1_000_000)}`),
  network('unknown-types', data + many(20_000, i => `layer { nam${i}: 1 type: "X${i}" name: "a" }\n`)),
  network('errors', data + ': : : {\n'.repeat(50_000)),
];

const cells = (count: number, source: (i: number) => unknown): string => JSON.stringify({
  nbformat: 4, nbformat_minor: 5, metadata: { kernelspec: { language: 'python' } },
  cells: [...Array.from({ length: count }, (_, i) => ({ cell_type: 'code', metadata: {}, outputs: [], source: source(i) })), { cell_type: 'code', metadata: {}, outputs: [], source: torch + model }],
});
const notebook = (name: string, content: string): HostileFile => ({ name: `${name}.ipynb`, content });

const notebooks: readonly HostileFile[] = [
  notebook('open-brackets', '['.repeat(500_000)),
  notebook('cells-in-cells', `{"cells":${'['.repeat(100_000)}${']'.repeat(100_000)},"nbformat":4}`),
  notebook('cells', cells(100_000, i => `x = ${i}`)),
  notebook('lines', cells(1, () => Array.from({ length: 300_000 }, () => 'x\n'))),
  notebook('magics', cells(1, () => '%x\n!y\n'.repeat(30_000))),
];

const float = (shape: readonly number[]): object => ({ tensorType: { elemType: 1, shape: { dim: shape.map(dimValue => ({ dimValue })) } } });
const graphOf = (nodes: readonly object[], more: object = {}): Uint8Array => onnx.ModelProto.encode(onnx.ModelProto.fromObject({
  irVersion: 8, opsetImport: [{ domain: '', version: 17 }],
  graph: { name: 'g', node: nodes, input: [{ name: 'x', type: float([1, 4, 8, 8]) }], output: [{ name: 'y' }], ...more },
})).finish();
const node = (opType: string, input: readonly string[], output: readonly string[], more: object = {}): object => ({ opType, input, output, ...more });
const chain = (count: number): object[] => Array.from({ length: count }, (_, i) => node('Relu', [i === 0 ? 'x' : `t${i - 1}`], [i === count - 1 ? 'y' : `t${i}`]));
const exported = (name: string, content: () => Uint8Array): HostileFile => ({ name: `${name}.onnx`, get content() { return content(); } });
const raw = (...parts: readonly (readonly number[])[]): Uint8Array => Uint8Array.from(parts.flat());

const equation = { name: 'equation', type: 3, s: Buffer.from(`${Array.from({ length: 5000 }, () => 'abcd').join(',')}->abcd`) };

const exportedFiles: readonly HostileFile[] = [
  exported('nodes', () => graphOf(chain(300_000))),
  exported('empty-nodes', () => raw([0x3a, 0x80, 0x80, 0x80, 0x01], Array.from({ length: 2 ** 20 }, () => [0x0a, 0x00]).flat())),
  exported('twenty-thousand-nodes', () => graphOf(chain(20_000))),
  exported('operands', () => graphOf([node('Einsum', Array.from({ length: 5000 }, () => 'x'), ['y'], { attribute: [equation] })])),
  exported('summands', () => graphOf([node('Sum', Array.from({ length: 200_000 }, () => 'x'), ['y'])])),
  exported('joined', () => graphOf([node('Concat', Array.from({ length: 200_000 }, () => 'x'), ['y'], { attribute: [{ name: 'axis', type: 2, i: 1 }] })])),
  exported('long-name', () => graphOf([node('Relu', ['x'], ['y'], { name: 'n'.repeat(1_000_000) })])),
  exported('attributes', () => graphOf([node('Relu', ['x'], ['y'], { attribute: Array.from({ length: 200_000 }, (_, i) => ({ name: `a${i}`, type: 2, i })) })])),
  exported('integers', () => graphOf([node('Relu', ['x'], ['y'], { attribute: [{ name: 'a', type: 7, ints: Array.from({ length: 1_000_000 }, (_, i) => i) }] })])),
  exported('dimensions', () => graphOf(chain(3), { input: [{ name: 'x', type: float(Array.from({ length: 100_000 }, () => 1)) }] })),
  exported('inputs', () => graphOf(chain(3), { input: Array.from({ length: 100_000 }, (_, i) => ({ name: i === 0 ? 'x' : `i${i}`, type: float([1]) })) })),
  exported('weights', () => graphOf(chain(3), { initializer: Array.from({ length: 100_000 }, (_, i) => ({ name: `w${i}`, dataType: 1, dims: [1], floatData: [1] })) })),
  exported('texts', () => graphOf(chain(3), { docString: 'd'.repeat(5_000_000) })),
  exported('endless-number', () => raw(Array.from({ length: 1_000_000 }, () => 0xff))),
  exported('lengths', () => raw(Array.from({ length: 400_000 }, () => [0x3a, 0xff, 0xff, 0xff, 0x7f]).flat())),
  exported('graphs-in-graphs', () => {
    let inner: object = { name: 'in', node: [node('Relu', ['x'], ['t'])], output: [{ name: 't' }] };
    for (let depth = 0; depth < 300; depth++) inner = { name: 'g', node: [node('If', ['flag'], ['t'], { attribute: [{ name: 'then_branch', type: 5, g: inner }] })], output: [{ name: 't' }] };
    return graphOf([node('If', ['flag'], ['y'], { attribute: [{ name: 'then_branch', type: 5, g: inner }] })]);
  }),
];

export const files: readonly HostileFile[] = [...pythonFiles, ...networks, ...notebooks, ...exportedFiles];
