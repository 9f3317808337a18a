/** Rows of ONNX against what the format's own tests and ONNX Runtime give: onnx.txt, whose notation stands at its beginning. */
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onnx } from 'onnx-proto';
import { isUnknown } from '../../src/base/unknown';
import { analyseBytes } from '../harness/analyse';

const path = join(process.env['JOULELINT_ROOT'] ?? process.cwd(), 'server', 'test', 'rows', 'onnx.txt');

const dataTypes: Readonly<Record<string, number>> = {
  float32: 1, uint8: 2, int8: 3, uint16: 4, int16: 5, int32: 6, int64: 7, string: 8, bool: 9, float16: 10, float64: 11, uint32: 12, uint64: 13, complex64: 14, complex128: 15, bfloat16: 16,
};

interface Line {
  readonly text: string;
  readonly domain: string;
  readonly op: string;
  readonly version: number;
  readonly attributes: readonly onnx.IAttributeProto[];
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly macs: number;
  readonly params: number;
}

function attributeOf(text: string): onnx.IAttributeProto {
  const [name = '', ...rest] = text.split('=');
  const written = rest.join('=');
  const value = JSON.parse(written) as unknown;
  const isFloat = /[.e]/.test(written.replace(/"[^"]*"/g, ''));
  const bytes = (each: unknown): Uint8Array => new TextEncoder().encode(String(each));
  if (typeof value === 'string') return { name, type: 3, s: bytes(value) };
  if (typeof value === 'number') return isFloat ? { name, type: 1, f: value } : { name, type: 2, i: value };
  const items = value as readonly (number | string)[];
  if (typeof items[0] === 'string') return { name, type: 8, strings: items.map(bytes) };
  return isFloat ? { name, type: 6, floats: items as number[] } : { name, type: 7, ints: items as number[] };
}

function lineOf(text: string): Line {
  const [head = '', flow = ''] = text.split(' : ');
  const [name = '', version = '', ...attributes] = head.split(/ (?=\d+(?: |$)|\w+=)/);
  const [inputs = '', results = ''] = flow.split(' -> ');
  const dot = name.lastIndexOf('.');
  const figure = (key: string): number => Number(new RegExp(` ${key}=(\\d+)`).exec(results)?.[1] ?? 0);
  return {
    text, domain: dot < 0 ? '' : name.slice(0, dot), op: name.slice(dot + 1), version: Number(version), attributes: attributes.map(attributeOf),
    inputs: inputs.split(', '), outputs: results.replace(/ (macs|params)=\d+/g, '').split(', '), macs: figure('macs'), params: figure('params'),
  };
}

function modelOf({ domain, op, version, attributes, inputs, outputs }: Line): Uint8Array {
  const flowing: onnx.IValueInfoProto[] = [];
  const stored: onnx.ITensorProto[] = [];
  const names = inputs.map((written, i) => {
    if (written === '-' || written === '') return '';
    const name = `i${i}`;
    const [, role = '', what = '', dtype = 'float32'] = /^(?:([wc]) )?(.*?)(?::(\w+))?$/.exec(written) ?? [];
    const dataType = dataTypes[dtype] ?? 0;
    if (what.startsWith('[') || what.startsWith('=')) {
      const values = what.replace(/[[\]=]/g, '').split(' ').filter(Boolean).map(Number);
      const dims = what.startsWith('=') ? [] : [values.length];
      stored.push({
        name,
        dims,
        dataType,
        ...(dtype === 'int64' ? { int64Data: values } : dtype === 'float64' ? { doubleData: values } : dtype === 'float32' ? { floatData: values } : { int32Data: values }),
      });
      return name;
    }
    const dims = what === '()' ? [] : what.split('x').map(Number);
    if (role === '') flowing.push({ name, type: { tensorType: { elemType: dataType, shape: { dim: dims.map(dimValue => ({ dimValue })) } } } });
    else stored.push({ name, dims, dataType, rawData: new Uint8Array(16 * dims.reduce((a, b) => a * b, 1)) });
    return name;
  });
  const results = outputs.map((written, i) => (written === '-' ? '' : `o${i}`));
  return onnx.ModelProto.encode({
    irVersion: 8, opsetImport: [{ domain: '', version: domain === '' ? version : 17 }, ...(domain === '' ? [] : [{ domain, version }])],
    graph: {
      name: 'net',
      node: [{ opType: op, domain, input: names, output: results, name: 'node', attribute: [...attributes] }],
      input: flowing,
      initializer: stored,
      output: results.filter(Boolean).map(name => ({ name })),
    },
  }).finish();
}

describe('rows of ONNX', () => {
  for (const line of readFileSync(path, 'utf8').split('\n').filter(each => each !== '' && !each.startsWith('#')).map(lineOf)) {
    it(line.text, () => {
      const [model] = analyseBytes('net.onnx', modelOf(line), { convention: 'graph' }).models;
      assert.ok(model);
      const { graph, metrics } = model;
      const found = graph.outputs.map(id => {
        const tensor = graph.tensors.get(id);
        const sizes = !tensor || isUnknown(tensor.shape) ? '?' : tensor.shape.map(size => (isUnknown(size) ? '?' : String(size))).join('x') || '()';
        return !tensor || tensor.dtype === 'float32' ? sizes : `${sizes}:${tensor.dtype}`;
      });
      assert.deepEqual(graph.mismatches, []);
      assert.deepEqual(found, line.outputs.filter(each => each !== '-'));
      assert.deepEqual([metrics.totals.macs, metrics.totals.frameworkParams], [line.macs, line.params]);
    });
  }
});
