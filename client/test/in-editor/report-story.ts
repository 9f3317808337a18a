/** The Energy Report as a person with a keyboard, a screen reader or another theme has it: the tree of layers, and what axe finds. */
import { strict as assert } from 'node:assert';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { source, type Result } from 'axe-core';
import { storyBed } from './story-bed';

const themes = { light: 'Default Light Modern', dark: 'Default Dark Modern', 'high-contrast': 'Default High Contrast', 'high-contrast-light': 'Default High Contrast Light' };

describe('the report in a real VS Code', () => {
  const { workbench, workspace } = storyBed((folder) => cp(resolve('test-fixtures/samples'), folder, { recursive: true }));
  const rows = () => workbench().webviewFrame().locator('table.layers tbody tr:not([hidden])');
  const focused = () => workbench().webviewFrame().locator('table.layers tr:focus');

  it('shows the layers as a tree of modules with subtotals', async () => {
    await workbench().openFile('small_resnet.py');
    await workbench().waitForCodeLens(/MAC/);
    await workbench().runCommand('JouleLint: Energy Report');
    await rows().first().waitFor();
    const block = workbench().webviewFrame().locator('tr.block', { hasText: 'layer1' }).first();
    assert.match(await block.innerText(), /\d+ layers[^]*M[^]*J/);
    await block.scrollIntoViewIfNeeded();
    await workbench().screenshot('report-01-tree');
  });

  it('opens and closes blocks by keyboard alone', async () => {
    const block = workbench().webviewFrame().locator('tr.block:not([hidden])').first();
    await block.focus();
    const path = await block.getAttribute('data-key');
    const isOpen = async (): Promise<boolean> => await focused().getAttribute('aria-expanded') === 'true';
    if (await isOpen()) await workbench().page.keyboard.press('ArrowLeft');
    assert.equal(await isOpen(), false);
    const closed = await rows().count();
    await workbench().page.keyboard.press('ArrowRight');
    assert.equal(await isOpen(), true);
    assert.ok(await rows().count() > closed);
    await workbench().page.keyboard.press('ArrowRight');
    assert.notEqual(await focused().getAttribute('data-key'), path);
    await workbench().page.keyboard.press('ArrowLeft');
    if (await focused().getAttribute('data-key') !== path) await workbench().page.keyboard.press('ArrowLeft');
    assert.equal(await focused().getAttribute('data-key'), path);
  });

  it('finds layers in closed blocks, and lists all of them without blocks', async () => {
    const page = workbench().webviewFrame();
    await page.locator('#fold').click();
    await page.locator('#filter').fill('linear');
    assert.equal(await rows().filter({ hasText: 'linear' }).count() > 0, true);
    await page.locator('#filter').fill('');
    await page.locator('#grouped').click();
    assert.equal(await page.locator('tr.block:not([hidden])').count(), 0);
    assert.equal(await rows().count(), await page.locator('table.layers tbody tr:not(.block)').count());
    await page.locator('#grouped').click();
    await page.locator('#unfold').click();
  });

  for (const [name, theme] of Object.entries(themes)) {
    it(`has nothing that axe calls serious in the theme ${name}`, async () => {
      await mkdir(join(workspace(), '.vscode'), { recursive: true });
      await writeFile(join(workspace(), '.vscode', 'settings.json'), JSON.stringify({ 'workbench.colorTheme': theme }));
      const body = workbench().webviewFrame().locator('body');
      await workbench().webviewFrame().locator(`body.vscode-${name}`).waitFor();
      // Handed over as a value: the page's policy lets no script in.
      await body.evaluate(`(() => { ${source} })()`);
      const found: readonly Result[] = await body.evaluate('axe.run().then(({ violations }) => violations)');
      await workbench().screenshot(`report-02-${name}`);
      const serious = found.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      assert.deepEqual(serious.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 5).map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary ?? ''}`).join('\n')}`), []);
    });
  }
});
