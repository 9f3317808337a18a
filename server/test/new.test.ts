/** What `npm run new layer` does to the indexes that are there. */
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { joinsRegistry, layerOf } from '../scripts/new/templates';

describe('npm run new layer', () => {
  for (const name of ['pytorch/DoubleSwish', 'keras/DoubleSwish', 'caffe/DoubleSwish']) {
    it(`${name} is imported and listed once`, () => {
      const layer = layerOf(name);
      const before = readFileSync(join(process.env.JOULELINT_ROOT ?? '.', layer.registry), 'utf8');
      const added = joinsRegistry(before, layer).replace("import { doubleSwishLayers } from './double-swish';\n", '');
      assert.notEqual(added, before);
      assert.equal(added.replace('...doubleSwishLayers, ', ''), before);
    });
  }
});
