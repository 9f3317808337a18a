/** The textual form of models: what it looks like, that nothing in a file breaks it, and that every place in it is where it is said to be. */
import { strict as assert } from 'node:assert';
import { onnx } from 'onnx-proto';
import { bytesOf, ints, MemoryFile, messageOf, zeros, type ModelInput } from '../../../test/harness/onnx';
import { Budget } from '../../base/budget';
import type { ByteFile } from './byte-file';
import type { ModelProto } from './model';
import { contentOf } from './payload';
import { readModel } from './reader';
import { textOf, type ModelText, type TextOptions } from './text';
import { floatText, nameText, quoted } from './text-values';

const net: ModelInput = {
  inputs: { x: ['N', 3, 224, 224] },
  outputs: ['y'],
  initializers: { 'conv.weight': zeros(64, 3, 7, 7), shape: ints(1, -1) },
  nodes: [
    { op: 'Conv', name: '/conv/Conv', inputs: ['x', 'conv.weight', ''], outputs: ['c'], attributes: { kernel_shape: [7, 7], group: 1, auto_pad: 'NOTSET', alpha: 0.1 } },
    { op: 'Gelu', inputs: ['c'], outputs: ['g', ''], domain: 'com.microsoft' },
    { op: 'Reshape', name: 'flat', inputs: ['g', 'shape'], outputs: ['y'] },
  ],
};

function read(bytes: Uint8Array): { readonly model: ModelProto; readonly file: ByteFile } {
  const result = readModel(new MemoryFile(bytes), new Budget());
  assert.ok('model' in result, 'problem' in result ? result.problem.message : '');
  return result;
}

function shown(bytes: Uint8Array, options: TextOptions = {}): ModelText & { readonly model: ModelProto } {
  const { model, file } = read(bytes);
  return { ...textOf(model, { values: tensor => contentOf(file, tensor), ...options }), model };
}

/** The message with something in it that the small notation of the harness has no word for. */
function changed(change: (graph: onnx.IGraphProto, model: onnx.IModelProto) => void): Uint8Array {
  const message = messageOf(net);
  change(message.graph ?? {}, message);
  return onnx.ModelProto.encode(onnx.ModelProto.fromObject(message)).finish();
}

function linesWith(text: string, part: string): readonly string[] {
  return text.split('\n').filter(line => line.includes(part)).map(line => line.trim());
}

describe('ONNX text', () => {
  it('is the syntax of onnx.parser, large constants left out and said to be', () => {
    assert.equal(shown(bytesOf(net)).text, `<
  ir_version: 8,
  opset_import: ["" : 17],
  producer_name: "joulelint tests"
>
net (float[N,3,224,224] x) => (float[] y) <
  # 2 initializers, 9.41 k values
  float[64,3,7,7] "conv.weight" = {},  # 9.41 k values not shown
  int64[2] shape = {1, -1}
>
{
  ["/conv/Conv"] c = Conv <kernel_shape = [7, 7], group = 1, auto_pad = "NOTSET", alpha = 0.1> (x, "conv.weight", "")
  g, "" = com.microsoft.Gelu (c)
  [flat] y = Reshape (g, shape)
}
`);
  });

  it('knows where every operator and attribute stands', () => {
    const { text, nodes, graphs, model } = shown(bytesOf(net));
    assert.equal(nodes.size, 3);
    for (const [node, { statement, operator, attributes }] of nodes) {
      assert.equal(text.slice(operator.start, operator.end), node.opType);
      assert.match(text.slice(statement.start, statement.end), /^(\[.*\] )?.* = .*\)$/);
      for (const [name, span] of attributes) assert.match(text.slice(span.start, span.end), new RegExp(`^${name} = [^,]+(, 7])?$`));
    }
    const [conv] = nodes.values();
    assert.deepEqual([...(conv?.attributes.keys() ?? [])], ['kernel_shape', 'group', 'auto_pad', 'alpha']);
    const span = graphs.get(model.graph);
    assert.equal(span && text.slice(span.start, span.end), 'net');
  });

  it('writes graphs inside attributes indented, inputs before them', () => {
    const branch = (op: string): onnx.IGraphProto => ({ name: op.toLowerCase(), node: [{ opType: op, input: ['c'], output: ['t'] }], output: [{ name: 't' }] });
    const bytes = changed(graph => graph.node?.push({
      opType: 'If', input: ['flag'], output: ['z'], attribute: [{ name: 'then_branch', type: 5, g: branch('Relu') }, { name: 'else_branch', type: 5, g: branch('Tanh') }],
    }));
    assert.match(
      shown(bytes).text,
      /\n {2}z = If \(flag\) <\n {4}then_branch = relu \(\) => \(t\) \{\n {6}t = Relu \(c\)\n {4}\},\n {4}else_branch = tanh \(\) => \(t\) \{\n {6}t = Tanh \(c\)\n {4}\}\n {2}>\n\}/,
    );
  });

  it('writes functions with attributes and their defaults', () => {
    const bytes = changed((_graph, model) => {
      model.functions = [{
        name: 'Block', domain: 'mine', input: ['a'], output: ['b'], attribute: ['alpha'], opsetImport: [{ domain: '', version: 18 }],
        node: [{ opType: 'Elu', input: ['a'], output: ['b'], attribute: [{ name: 'alpha', type: 1, refAttrName: 'alpha' }] }],
      }];
    });
    assert.match(shown(bytes).text, /\n\n<\n {2}domain: "mine",\n {2}opset_import: \["" : 18\]\n>\nBlock <alpha> \(a\) => \(b\) \{\n {2}b = Elu <alpha: float = @alpha> \(a\)\n\}\n$/);
  });

  it('writes every kind of attribute, and says what the syntax has no notation for', () => {
    const attributes: readonly onnx.IAttributeProto[] = [
      { name: 'one', type: 1, f: 1 }, { name: 'tiny', type: 1, f: 1e-5 }, { name: 'none', type: 7, ints: [] }, { name: 'many', type: 6, floats: [1, 0.5, -Infinity, NaN] },
      { name: 'words', type: 8, strings: ['a"b', 'c\\d'].map(text => new TextEncoder().encode(text)) }, { name: 'last', type: 2, i: -1 },
      { name: 'value', type: 4, t: { dims: [2], dataType: 10, int32Data: [0x3c00, 0xc000] } },
      { name: 'kind', type: 13, tp: { tensorType: { elemType: 1, shape: { dim: [{ dimValue: 2 }, { dimParam: 'a b' }, {}] } } } },
      { name: 'thin', type: 11, sparseTensor: { dims: [9, 9], values: { dims: [2], dataType: 1, floatData: [1, 2] }, indices: { dims: [2], dataType: 7, int64Data: [0, 3] } } },
    ];
    const { text } = shown(changed(graph => graph.node?.push({ opType: 'Odd', output: ['o'], attribute: [...attributes] })));
    assert.deepEqual(linesWith(text, 'Odd'), [
      'o = Odd <one = 1.0, tiny = 0.00001, none: ints = [], many = [1.0, 0.5, -inf, nan], words = ["a\\"b", "c\\\\d"], last = -1, value = float16[2] {15360, 49152}, '
      + 'kind: type_proto = float[2,"a b",?]> ()  # thin: sparse tensor float[9,9]; value: 1.0, -2.0',
    ]);
  });

  it('cuts what is long and says how long it is', () => {
    const { text } = shown(changed((graph, model) => {
      model.metadataProps = [{ key: 'notes', value: 'n'.repeat(5000) }];
      graph.node?.push({ opType: 'Long', output: ['o'], attribute: [{ name: 'axes', type: 7, ints: Array.from({ length: 1000 }, (_, i) => i) }] });
    }));
    assert.match(linesWith(text, '"notes"')[0] ?? '', /^"notes": "n{200}…" {2}# "notes": the first 200 of 5000 characters$/);
    assert.match(linesWith(text, 'Long')[0] ?? '', /62, 63\]> \(\) {2}# axes: the first 64 of 1000 values$/);
  });

  it('shows where the values of an external tensor are, unless they must not be there', () => {
    const external = (location: string): onnx.ITensorProto => ({
      name: location,
      dims: [1000, 1000],
      dataType: 1,
      dataLocation: 1,
      externalData: [{ key: 'location', value: location }, { key: 'offset', value: '64' }],
    });
    const { text } = shown(changed(graph => graph.initializer?.push(external('weights.bin'), external('../../etc/passwd'))));
    assert.deepEqual(linesWith(text, '1000,1000'), [
      'float[1000,1000] "weights.bin" = ["location": "weights.bin", "offset": "64"],  # 1 M values in another file',
      'float[1000,1000] "../../etc/passwd" = {}  # 1 M values in another file whose path is not allowed',
    ]);
  });

  it('lets no name break a line, hide text or turn it around', () => {
    const name = 'a\nb\u202ec\u0000"\\#';
    const { text } = shown(changed(graph => graph.node?.push({ opType: 'Relu', name, input: [name], output: ['o'] })));
    assert.deepEqual(linesWith(text, 'Relu'), ['["a␊b\ufffdc␀\\"\\\\#"] o = Relu ("a␊b\ufffdc␀\\"\\\\#")']);
  });

  it('ends before it is too long for an editor', () => {
    const { text, nodes } = shown(bytesOf(net), { maxCharacters: 320 });
    assert.equal(nodes.size, 1);
    assert.deepEqual(linesWith(text, 'more'), ['# 2 more nodes not shown: the text would be too long for an editor']);
  });

  it('has the shortest number that is the same float', () => {
    assert.deepEqual(
      [0.1, 1, -0, 1e-7, 3.4028234663852886e38, 16777216, Math.fround(1 / 3)].map(value => floatText(Math.fround(value))),
      ['0.1', '1.0', '-0.0', '1e-7', '3.4028235e+38', '16777216.0', '0.33333334'],
    );
  });

  it('quotes what is no word, and what would be read as a type', () => {
    assert.deepEqual(['conv1_w', '_x', '1', 'a.b', 'float', 'seq', ''].map(nameText), ['conv1_w', '_x', '"1"', '"a.b"', '"float"', '"seq"', '""']);
    assert.equal(quoted('say "hi" \\'), '"say \\"hi\\" \\\\"');
  });
});
