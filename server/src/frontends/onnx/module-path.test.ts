/** Names of modules out of what exporters leave behind. */
import { strict as assert } from 'node:assert';
import type { NodeProto } from './model';
import { sourceModule } from './module-path';

function node(name: string, metadata: Readonly<Record<string, string>> = {}): NodeProto {
  return {
    name, opType: 'Conv', domain: '', overload: '', inputs: [], outputs: [], attributes: new Map(), metadata: new Map(Object.entries(metadata)),
    docString: undefined, range: { offset: 0, length: 0 },
  };
}

describe('modules of an exported model', () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['/layer1/layer1.0/conv1/Conv', 'layer1.0.conv1'], ['/features/features.3/conv/conv.0/conv.0.0/Conv', 'features.3.conv.0.0'],
    ['/Flatten', undefined], ['Conv_12', undefined], ['model/conv2d/Conv2D', undefined], ['', undefined], ['//x', undefined],
  ];
  for (const [name, path] of cases) it(`${name || 'no name'} → ${path ?? 'nothing'}`, () => { assert.equal(sourceModule(node(name))?.path, path); });

  it('metadata comes first, with the class', () => {
    const metadata = {
      'pkg.torch.onnx.name_scopes': "['', 'layer1', 'layer1.0.conv1', 'conv2d']",
      'pkg.torch.onnx.class_hierarchy': "['net.Net', 'torch.nn.modules.container.Sequential', 'torch.nn.modules.conv.Conv2d', 'aten.conv2d.default']",
    };
    assert.deepEqual(sourceModule(node('node_conv2d_3', metadata)), { path: 'layer1.0.conv1', className: 'torch.nn.modules.conv.Conv2d' });
  });
});
