/** What a user sees in a notebook: figures, squiggles and shapes in the cells, which follow an edit in another cell. */
import { strict as assert } from 'node:assert';
import { cp } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Frame } from 'playwright-core';
import { storyBed } from './story-bed';

describe('a notebook in a real VS Code', () => {
  const { workbench } = storyBed((folder) => cp(resolve('test-fixtures/samples'), folder, { recursive: true }));

  it('underlines an argument in its cell', async () => {
    await workbench().quickInput('Control+p', 'small_net.ipynb');
    await workbench().page.locator('.notebookOverlay .cell .view-line').first().waitFor();
    await workbench().waitForSquiggle('info');
    const problems = await workbench().problems();
    assert.ok(problems.some((problem) => /DWConv lowers M_c\/A to 0\.004×/.test(problem)), problems.join('\n'));
    await workbench().closeBottomPanel();
    await workbench().screenshot('20-notebook');
  });

  it('shows the figures above the class, with the input from a later cell', async () => {
    const lens = await workbench().waitForCodeLens(/^DI .*MAC/);
    assert.match(lens, /^DI [\d.]+ · [\d.]+ MMAC · /);
  });

  it('explains a layer in a hover', async () => {
    const code = workbench().page.locator('.notebookOverlay .view-line span:not(:has(span))').filter({ hasText: 'Conv2d' }).first();
    const box = await code.boundingBox();
    assert.ok(box);
    await code.hover({ position: { x: box.width - 8, y: box.height / 2 } });
    const hover = workbench().page.locator('.monaco-hover:not(.hidden) .hover-contents');
    const text = await workbench().poll('a filled hover', async () => /depthwise[\s\S]*MACs = [\s\S]*/.exec((await hover.allInnerTexts()).join('\n'))?.[0]);
    assert.match(text, /1×256×28×28/);
    await workbench().screenshot('21-notebook-hover');
    await workbench().dismissHover();
  });

  it('opens the Energy Report from a lens, and its rows lead into the cells', async () => {
    await workbench().page.locator('.notebookOverlay .view-line', { hasText: 'class SmallNet' }).click();
    await workbench().clickCodeLens(/^DI .*MAC/);
    const row = (await report()).locator('table.layers tbody tr', { hasText: 'depthwise' }).first();
    await row.waitFor();
    await workbench().screenshot('22-notebook-report');
    await row.click();
    await workbench().page.locator('.notebookOverlay .monaco-editor.focused', { hasText: 'class DepthwiseBlock' }).waitFor();
    await workbench().screenshot('23-notebook-row');
  });

  it('follows an edit in another cell', async () => {
    const before = await workbench().waitForCodeLens(/^DI .*MAC/);
    // The caret stands where the report's row led.
    await workbench().page.keyboard.press('Home');
    await workbench().page.keyboard.press('Shift+End');
    await workbench().page.keyboard.insertText('self.depthwise = nn.Conv2d(width, width, 3, padding=1)');
    const after = await workbench().poll('another lens', async () => (await workbench().codeLensTexts()).find((text) => /^DI .*MAC/.test(text) && text !== before));
    assert.match(after, /^DI [\d.]+ · 5\d\d MMAC/);
    await workbench().poll('no squiggle', async () => ((await workbench().squiggles('info')) === 0 ? true : undefined));
    await workbench().screenshot('24-notebook-edited');
  });

  it('shows the focused model in the status bar', async () => {
    await workbench().poll('the status bar item', async () => ((await workbench().statusBarTexts()).some((text) => /DI [\d.]+ · paper/.test(text)) ? true : undefined));
  });

  /** The text cells of a notebook are shown in a webview, too. */
  function report(): Promise<Frame> {
    return workbench().poll('the report', async () => {
      for (const frame of workbench().page.frames()) if (await frame.locator('table.layers').count().catch(() => 0) > 0) return frame;
      return undefined;
    });
  }
});
