import { strict as assert } from 'node:assert';
import { isMessage, type Field } from './message';
import { parseText, type ParsedText } from './parse';

function parse(text: string): ParsedText {
  return parseText(text, { step: () => undefined, outermost: new Set(['layer', 'layers']) });
}

/** The tree as plain data: `[name, value]`, a message as a list. */
function plain(fields: readonly Field[]): unknown[] {
  return fields.map(({ name, value }) => [name, isMessage(value) ? plain(value.fields) : value.kind === 'number' ? value.value : value.text]);
}

function read(text: string): unknown[] {
  const { fields, errors } = parse(text);
  assert.deepEqual(errors, [], text);
  return plain(fields);
}

/** What is wrong, and what stands at its place. */
function mistakes(text: string): string[] {
  return parse(text).errors.map(({ message, span }) => `${message} @${text.slice(span.start, span.end)}`);
}

describe('protobuf text format', () => {
  it('scalars in all their forms', () => {
    assert.deepEqual(read('a: 1 b: -2.5e-3, c: .5f; d: 0x1F e: 017 f: TRAIN g: true h: 1. i: -inf'), [
      ['a', 1], ['b', -0.0025], ['c', 0.5], ['d', 31], ['e', 15], ['f', 'TRAIN'], ['g', 'true'], ['h', 1], ['i', -Infinity],
    ]);
    assert.deepEqual(read(`a: "x\\n\\x41\\101\\"" b: 'it"s' c: "two " # and\n 'parts'`), [['a', 'x\nAA"'], ['b', 'it"s'], ['c', 'two parts']]);
  });

  it('messages in both brackets, with and without a colon; lists; comments; extensions', () => {
    assert.deepEqual(read('# first\na { b: 1 } c: < d { } > # last'), [['a', [['b', 1]]], ['c', [['d', []]]]]);
    assert.deepEqual(read('dim: [1, 2, 3] m: [{ x: 1 }, { x: 2 }] n: [] [a.b.c]: 4'), [['dim', 1], ['dim', 2], ['dim', 3], ['m', [['x', 1]]], ['m', [['x', 2]]], ['a.b.c', 4]]);
    assert.deepEqual(read(''), []);
    assert.deepEqual(read('\ufeffa: 1\r\nb: 2\r\n'), [['a', 1], ['b', 2]]);
  });

  it('spans hold what was written', () => {
    const text = 'layer { name: "conv" }';
    const [layer] = parse(text).fields;
    assert.ok(layer && isMessage(layer.value));
    assert.equal(text.slice(layer.value.span.start, layer.value.span.end), '{ name: "conv" }');
    const value = layer.value.fields[0]?.value;
    assert.equal(text.slice(value?.span.start, value?.span.end), '"conv"');
  });

  it('an error is told with its place, and the rest is read', () => {
    const cases: readonly (readonly [text: string, mistake: string, tree: unknown[]])[] = [
      ['a: \nb: 2', '`a` has no value @a', [['a', ''], ['b', 2]]],
      ['a: }\nb: 2', 'nothing was opened that this `}` could close @}', [['a', ''], ['b', 2]]],
      ['a 1 b: 2', '`:` is missing after `a` @a', [['a', 1], ['b', 2]]],
      ['a: "open\nb: 2', 'this text has no closing quote @"open', [['a', 'open'], ['b', 2]]],
      ['{ x: 1 } b: 2', 'a block without a name: it is passed over @{', [['b', 2]]],
      ['= 3\nb: 2', 'expected the name of a field, found `=` @= ', [['b', 2]]],
      ['a { b: 1', '`a` is never closed: `}` is missing @{', [['a', [['b', 1]]]]],
      ['a { b: 1 >\nc: 2', '`}` is expected here, not `>` @>', [['a', [['b', 1]]], ['c', 2]]],
      ['a { b: [1, 2 }\nc: 2', 'this list is never closed @[', [['a', [['b', 1], ['b', 2]]], ['c', 2]]],
      ['a: 1 // why\nb: 2', '`//` begins no comment in a prototxt, and Caffe refuses the file: write `#` @// why', [['a', 1], ['b', 2]]],
      ['layer { a { b: 1\nlayer { c: 2 }', '`layer` in line 1 is never closed: `}` is missing before this @layer', [['layer', [['a', [['b', 1]]]]], ['layer', [['c', 2]]]]],
    ];
    for (const [text, mistake, tree] of cases) {
      const { fields } = parse(text);
      assert.ok(mistakes(text).includes(mistake), `${JSON.stringify(text)}: ${mistakes(text).join(' | ')}`);
      assert.deepEqual(plain(fields), tree, text);
    }
  });

  it('a layer of 2013 holds another one', () => {
    assert.deepEqual(read('layers { layer { name: "a" } bottom: "b" }'), [['layers', [['layer', [['name', 'a']]], ['bottom', 'b']]]]);
  });

  it('binary files are told apart', () => {
    assert.match(mistakes('\n\x07CaffeNet\xa2\x06\0\0\x01')[0] ?? '', /not a binary caffemodel/);
  });

  it('comes to the end of large and deep files', function () {
    // Against hanging: work that grew with the square of their length would take hours.
    this.timeout(60_000);
    const megabytes = 3;
    const inputs = ['{', 'a{', 'a:[', '}', 'a:"', '<', 'a<', '[', "'", 'a:1 ', '\\', '"\\', '#\n', '// \n', 'layer{'];
    for (const piece of inputs) {
      const text = piece.repeat(megabytes * 1_000_000 / piece.length / 4);
      const { errors } = parse(text);
      assert.ok(errors.length <= 60);
    }
  });
});
