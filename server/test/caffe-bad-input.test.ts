/** Prototxts that are no networks, or absurd ones: each gives a clear message, in time that grows with the file and no faster. */
import { strict as assert } from 'node:assert';
import type { Analysis } from '../src/analysis/analysis';
import { analyse } from './harness/analyse';

function read(text: string): Analysis {
  return analyse([{ path: 'net.prototxt', text }]);
}

function said(text: string): string[] {
  const { findings, problems, models } = read(text);
  return [...findings.map(({ message }) => message), ...problems.map(({ message }) => message), ...models.flatMap(({ problems: own }) => own.map(({ message }) => message))];
}

const input = 'name: "Net" input: "data" input_dim: 1 input_dim: 3 input_dim: 8 input_dim: 8\n';
const relu = (name: string, bottom: string): string => `layer { name: "${name}" type: "ReLU" bottom: "${bottom}" top: "${name}" }\n`;

describe('prototxts that are none', () => {
  const messages: readonly (readonly [what: string, text: string, message: RegExp])[] = [
    ['nothing at all', '', /has no layers: nothing in it is a Caffe network/],
    ['a solver', 'net: "train_val.prototxt"\nbase_lr: 0.01\nmax_iter: 100\n', /configures a solver: the network is in the file that its `net` names/],
    ['a label map', 'item { name: "cat" label: 1 }\n', /has no layers/],
    ['a binary model', `\n\u0008CaffeNet\u00a2\u0006\u0000\u0000\u0003data${'\u0000\ufffd\u0001'.repeat(500)}`, /this is no text: a prototxt is wanted, not a binary caffemodel/],
    ['Python', 'import caffe\nn = caffe.NetSpec()\n', /has no layers|expected the name|no value/],
    ['an unknown enumerator', `${input}layers { name: "a" type: CONVOLUTON bottom: "data" top: "a" }`, /`CONVOLUTON` is not known: .* did you mean `CONVOLUTION`\?/],
    ['negative sizes', 'input: "data" input_dim: 1 input_dim: -3 input_dim: 8 input_dim: 8\n', /the sizes of `data` must be whole numbers of at least 1/],
    ['three of four sizes', `input: "data" input_dim: 1 input_dim: 3 input_dim: 8\n${relu('a', 'data')}`, /`data` needs four sizes, and there are 3/],
    ['a cycle', `${input}${relu('a', 'b')}${relu('b', 'a')}`, /`b` is made further down: layers run in the order of the file/],
    ['a layer that reads itself', `${input}layer { name: "a" type: "Concat" bottom: "a" bottom: "data" top: "a" }`, /no layer before makes `a`/],
    ['a layer without a type', `${input}layer { name: "a" bottom: "data" top: "a" }`, /this layer has no type/],
    ['a type that is a word of JavaScript', `${input}layer { name: "a" type: "constructor" bottom: "data" top: "a" }`, /`constructor` is not known/],
    ['a layer within a layer of 2013', `${input}layers { layer { name: "a" type: "relu" } bottom: "data" top: "a" }`, /this layer has no type/],
    ['nesting without end', `${input}layer { a { ${'b { '.repeat(500)}`, /nested more than 100 deep/],
  ];
  for (const [what, text, message] of messages) {
    it(what, () => {
      const all = said(text);
      assert.ok(all.some(each => message.test(each)), all.join(' | '));
      assert.ok(read(text).models.every(({ metrics }) => metrics.status !== 'exact' || what === 'a label map'), 'exact');
    });
  }

  it('ends with any of it, and never says the same thousands of times', function () {
    // Against hanging: work that grew with the square of these lengths would take hours.
    this.timeout(60_000);
    const absurd = [
      '{'.repeat(3_000_000), 'layer{'.repeat(60_000), 'layer{type:"Concat"bottom:"a"top:"a"}'.repeat(5000), `${input}${'a: 1\n'.repeat(60_000)}`,
      `${input}layer { type: "Eltwise" ${'bottom: "data" '.repeat(5000)} top: "x" }`,
      `${input}${Array.from({ length: 1500 }, (_, i) => relu(`r${i}`, 'data')).join('')}layer { name: "z" type: "ReLU" bottom: "data" top: "data" }`,
      `${input}${Array.from({ length: 800 }, (_, i) => relu(`r/${i}/_${i}`, i === 0 ? 'data' : `r/${i - 1}/_${i - 1}`)).join('')}`,
      `${input}layer { name: "${'a/'.repeat(100_000)}" type: "Relu${'u'.repeat(100_000)}" bottom: "${'x'.repeat(100_000)}" top: "y" }`,
    ];
    for (const text of absurd) {
      const { findings } = read(text);
      assert.ok(findings.length <= 1200, `${findings.length} findings`);
    }
  });
});
