/** Rows of ONNX that make lists, optional values, constants or whole graphs: what comes out shows in what reads it. Sizes follow from onnx.ai/onnx/operators. */
import { strict as assert } from 'node:assert';
import { isUnknown } from '../../src/base/unknown';
import { analyseBytes } from '../harness/analyse';
import { bytesOf, ints, nodeOf, valueOf, type ModelInput, type NodeInput } from '../harness/onnx';

const x = { x: [2, 3, 4] };
const node = (op: string, inputs: readonly string[], outputs: readonly string[], attributes: NodeInput['attributes'] = {}, domain = ''): NodeInput => ({ op, inputs, outputs, attributes, domain });
const at = (position: number): NonNullable<ModelInput['initializers']>[string] => ({ dims: [], dataType: 7, int64Data: [position] });

const cases: Readonly<Record<string, readonly [nodes: readonly NodeInput[], output: readonly number[], initializers?: ModelInput['initializers']]>> = {
  'SequenceConstruct, SequenceAt': [[node('SequenceConstruct', ['x', 'x'], ['s']), node('SequenceAt', ['s', 'one'], ['t']), node('Relu', ['t'], ['y'])], [2, 3, 4], { one: at(1) }],
  'SequenceEmpty, SequenceInsert, ConcatFromSequence': [
    [node('SequenceEmpty', [], ['e']), node('SequenceInsert', ['e', 'x'], ['a']), node('SequenceInsert', ['a', 'x'], ['b']), node('ConcatFromSequence', ['b'], ['y'], { axis: 1 })], [2, 6, 4],
  ],
  'SequenceErase': [
    [node('SequenceConstruct', ['x', 'x', 'x'], ['s']), node('SequenceErase', ['s', 'one'], ['t']), node('ConcatFromSequence', ['t'], ['y'], { axis: 0, new_axis: 1 })],
    [2, 2, 3, 4],
    { one: at(1) },
  ],
  'SequenceLength': [
    [
      node('SequenceConstruct', ['x', 'x', 'x'], ['s']), node('SequenceLength', ['s'], ['n']), node('Unsqueeze', ['n', 'zero'], ['k']),
      node('Expand', ['x', 'sizes'], ['w']), node('TopK', ['w', 'k'], ['y', 'i'], { axis: 2 }),
    ],
    [2, 3, 3],
    { zero: ints(0), sizes: ints(2, 3, 4) },
  ],
  'SplitToSequence': [[node('SplitToSequence', ['x', 'two'], ['s'], { axis: 2 }), node('SequenceAt', ['s', 'one'], ['t']), node('Relu', ['t'], ['y'])], [2, 3, 2], { two: at(2), one: at(1) }],
  'SequenceMap': [
    [
      node('SequenceConstruct', ['x', 'x'], ['s']),
      node('SequenceMap', ['s'], ['t'], { body: { name: 'body', node: [nodeOf(node('Transpose', ['i'], ['o'], { perm: [2, 1, 0] }))], input: [valueOf('i')], output: [valueOf('o')] } }),
      node('ConcatFromSequence', ['t'], ['y'], { axis: 0 }),
    ],
    [8, 3, 2],
  ],
  'Optional, OptionalGetElement': [[node('Optional', ['x'], ['o']), node('OptionalGetElement', ['o'], ['t']), node('Relu', ['t'], ['y'])], [2, 3, 4]],
  'OptionalHasElement': [
    [node('Optional', ['x'], ['o']), node('OptionalHasElement', ['o'], ['h']), node('Cast', ['h'], ['n'], { to: 7 }), node('Unsqueeze', ['n', 'zero'], ['k']), node('TopK', ['x', 'k'], ['y', 'i'])],
    [2, 3, 1],
    { zero: ints(0) },
  ],
  'Shape': [
    [
      node('Shape', ['x'], ['s']), node('Gather', ['s', 'one'], ['n']), node('Unsqueeze', ['n', 'zero'], ['k']),
      node('Concat', ['minus', 'k'], ['sizes'], { axis: 0 }), node('Reshape', ['x', 'sizes'], ['y']),
    ],
    [8, 3],
    { one: at(1), zero: ints(0), minus: ints(-1) },
  ],
  'Size': [[node('Size', ['x'], ['n']), node('Unsqueeze', ['n', 'zero'], ['k']), node('Reshape', ['x', 'k'], ['y'])], [24], { zero: ints(0) }],
  'Constant': [[node('Constant', [], ['sizes'], { value_ints: [6, 4] }), node('Reshape', ['x', 'sizes'], ['y'])], [6, 4]],
  'ConstantOfShape': [[node('ConstantOfShape', ['sizes'], ['c']), node('Add', ['x', 'c'], ['y'])], [5, 2, 3, 4], { sizes: ints(5, 1, 1, 1) }],
  // One state and one scanned input: each step adds, and gives what it has.
  'Scan': [
    [node('ReduceSum', ['x', 'zero'], ['first'], { keepdims: 0 }), node('Scan', ['first', 'x'], ['last', 'z'], { num_scan_inputs: 1, body: {
      name: 'body',
      node: [nodeOf(node('Add', ['state', 'item'], ['next'])), nodeOf(node('Relu', ['next'], ['out']))],
      input: [valueOf('state'), valueOf('item')],
      output: [valueOf('next'), valueOf('out')],
    } }), node('Relu', ['z'], ['y'])],
    [2, 3, 4], { zero: ints(0) },
  ],
  'DictVectorizer, ZipMap': [
    [node('ZipMap', ['x'], ['z'], { classlabels_int64s: [1, 2, 3, 4] }, 'ai.onnx.ml'), node('DictVectorizer', ['x'], ['y'], { int64_vocabulary: [1, 2, 3, 4, 5] }, 'ai.onnx.ml')],
    [1, 5],
  ],
};

describe('rows of ONNX that make values', () => {
  for (const [name, [nodes, output, initializers]] of Object.entries(cases)) {
    it(name, () => {
      const [model] = analyseBytes('net.onnx', bytesOf({ nodes, inputs: x, outputs: ['y'], ...(initializers ? { initializers } : {}), opsets: { 'ai.onnx.ml': 3 } })).models;
      assert.ok(model);
      const { shape } = model.graph.tensors.get(model.graph.outputs[0] ?? -1) ?? {};
      assert.deepEqual(model.graph.gaps.map(gap => gap.message), []);
      assert.deepEqual(isUnknown(shape) ? shape.reason : shape, output);
    });
  }
});
