/** What a user sees in a Keras file: figures above the model, squiggles in a layer of their own, shapes, and a hover. */
import { strict as assert } from 'node:assert';
import { cp } from 'node:fs/promises';
import { resolve } from 'node:path';
import { storyBed } from './story-bed';

describe('a Keras file in a real VS Code', () => {
  const { workbench } = storyBed((folder) => cp(resolve('test-fixtures/samples'), folder, { recursive: true }));

  it('underlines a depthwise convolution inside a layer of the user', async () => {
    await workbench().openFile('keras_unet.py');
    await workbench().waitForSquiggle('info');
    const problems = await workbench().problems();
    assert.ok(problems.some((problem) => /DWConv lowers M_c\/A/.test(problem)), problems.join('\n'));
    await workbench().closeBottomPanel();
    await workbench().screenshot('40-keras');
  });

  it('explains a layer in a hover', async () => {
    const { line, column } = await workbench().find(/DepthwiseConv2D/);
    const text = await workbench().hoverAt(line, column + 2, /×128×128×32/);
    assert.match(text, /depthwise_stage_3\/depthwise_conv2d_3/);
    await workbench().screenshot('41-keras-hover');
    await workbench().dismissHover();
  });

  it('shows the figures above the variable that holds the model', async () => {
    await workbench().page.keyboard.press('Control+End');
    const lens = await workbench().waitForCodeLens(/MAC/);
    assert.match(lens, /^DI [\d.]+ · [\d.]+ GMAC · /);
    await workbench().screenshot('42-keras-lens');
  });
});
