import { strict as assert } from 'node:assert';
import { sideOf } from './compare';

describe('a side of a comparison', () => {
  it('is a file, a file at a revision, a model in it, or all of these', () => {
    assert.deepEqual(sideOf('src/net.py'), { file: 'src/net.py' });
    assert.deepEqual(sideOf('src/net.py@HEAD~2'), { file: 'src/net.py', revision: 'HEAD~2' });
    assert.deepEqual(sideOf('net.py::Net(width=2)'), { file: 'net.py', model: 'Net(width=2)' });
    assert.deepEqual(sideOf('net.py@v1.0::Net(x @ y)'), { file: 'net.py', revision: 'v1.0', model: 'Net(x @ y)' });
  });

  it('keeps an @ in names of folders and files', () => {
    assert.deepEqual(sideOf('a@b/net.py'), { file: 'a@b/net.py' });
    assert.deepEqual(sideOf('a@b/net.py@main'), { file: 'a@b/net.py', revision: 'main' });
    assert.deepEqual(sideOf('net@2.onnx'), { file: 'net@2.onnx' });
  });
});
