/** What a row of a dialect may say of its operator's attributes: held by the compiler, on every line marked as an error. */
import { strict as assert } from 'node:assert';
import { use as useCaffe } from '../src/frontends/caffe/layer';
import { layer as kerasLayer } from '../src/frontends/keras/layer';
import { use as useOnnx } from '../src/frontends/onnx/call';
import { layer as torchLayer } from '../src/frontends/pytorch/layer';
import { run, type TensorCall } from '../src/frontends/python/tensors/call';
import { activation } from '../src/ops/activation';
import { attrsIf } from '../src/ops/define';
import { dropout } from '../src/ops/dropout';
import { linearAlgebra } from '../src/ops/linear-algebra';

const linear = 'torch.nn.Dropout(p=0.5)';

describe('types of rows', () => {
  it('ONNX and Caffe: a misspelt attribute or value does not compile', () => {
    assert.equal(useOnnx({ op: linearAlgebra, attrs: { function: 'inverse' }, inputs: [] }).attrs['function'], 'inverse');
    // @ts-expect-error a misspelt value
    useOnnx({ op: linearAlgebra, attrs: { function: 'inverze' }, inputs: [] });
    // @ts-expect-error a misspelt name
    useOnnx({ op: linearAlgebra, attrs: { functon: 'inverse' }, inputs: [] });
    // @ts-expect-error a misspelt optional name
    useOnnx({ op: linearAlgebra, attrs: { function: 'qr', ful: true }, inputs: [] });
    // @ts-expect-error one that is missing
    useOnnx({ op: dropout, attrs: { rate: 0.5, unit: 'element' }, inputs: [] });
    assert.equal(useCaffe(activation, { function: 'relu' }).attrs['function'], 'relu');
    // @ts-expect-error a misspelt value
    useCaffe(activation, { function: 'rellu' });
    // @ts-expect-error a misspelt optional name
    useCaffe(activation, { function: 'prelu', slop: [4] });
  });

  it('PyTorch and Keras: likewise, in layers and functions', () => {
    assert.equal(torchLayer(dropout, linear, () => ({ rate: 0.5, unit: 'element', training: false })).name, 'torch.nn.Dropout');
    // @ts-expect-error a misspelt value
    torchLayer(dropout, linear, () => ({ rate: 0.5, unit: 'elements', training: false }));
    // @ts-expect-error a misspelt optional name
    torchLayer(activation, linear, () => ({ function: 'prelu', slop: [4] }));
    // @ts-expect-error a parameter that the signature does not have
    torchLayer(dropout, linear, p => ({ rate: p.q ? 0 : 1, unit: 'element', training: false }));
    assert.equal(kerasLayer(activation, linear, () => ({ function: 'relu' })).name, 'torch.nn.Dropout');
    // @ts-expect-error a misspelt value
    kerasLayer(activation, linear, () => ({ function: 'rellu' }));
    // @ts-expect-error a misspelt optional name
    kerasLayer(activation, linear, () => ({ function: 'prelu', slop: [4] }));
    const applied = (call: TensorCall): void => {
      run(call, activation, { function: 'relu' }, []);
      // @ts-expect-error a misspelt value
      run(call, activation, { function: 'rellu' }, []);
      // @ts-expect-error a misspelt optional name
      run(call, activation, { function: 'prelu', slop: [4] }, []);
    };
    assert.equal(applied.length, 1);
  });

  it('a node\'s attributes are read under the type of its operator', () => {
    const node = { op: 'dropout', attrs: { rate: 0.5, unit: 'element', training: false } };
    assert.equal(attrsIf(node, dropout)?.rate, 0.5);
    assert.equal(attrsIf(node, activation), undefined);
    // @ts-expect-error a misspelt name
    assert.equal(attrsIf(node, dropout)?.ratio, undefined);
  });
});
