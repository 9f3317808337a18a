/** What a user sees of blocks: what they give at the end of the line, what they cost under the pointer, and where the energy goes in the gutter. */
import { strict as assert } from 'node:assert';
import { cp } from 'node:fs/promises';
import { resolve } from 'node:path';
import { storyBed } from './story-bed';

/** `out = self.layer3(self.layer2(self.layer1(out)))` */
const callLine = 48;

describe('blocks in a real VS Code', () => {
  const { workbench } = storyBed((folder) => cp(resolve('test-fixtures/samples'), folder, { recursive: true }));

  it('shows what a container gives at the end of the line that calls it', async () => {
    await workbench().openFile('small_resnet.py');
    await workbench().waitForCodeLens(/MAC/);
    await workbench().goToLine(callLine);
    assert.match(await workbench().waitForText(/self\.layer3\(self\.layer2.*1×/), /1×64×8×8/);
    await workbench().screenshot('blocks-01-hints');
  });

  it('says what a container costs, equal layers in one row', async () => {
    const text = await workbench().hoverAt(callLine, 22, /layers/);
    assert.match(text, /1×32×16×16 → 1×64×8×8/);
    assert.match(text, /MAC \([\d.]+ % of the model\)/);
    assert.match(text, /×\d+/);
    await workbench().screenshot('blocks-02-hover');
    await workbench().dismissHover();
  });

  it('marks each line by its share of the energy, once asked to', async () => {
    const bars = workbench().page.locator('.margin-view-overlays .cgmr, .glyph-margin-widgets .cgmr');
    assert.equal(await bars.count(), 0);
    await workbench().runCommand('JouleLint: Show Heat in the Gutter');
    await workbench().quickText('Energy');
    await workbench().poll('bars in the gutter', async () => ((await bars.count()) >= 5 ? true : undefined));
    await workbench().poll('the legend', async () => ((await workbench().statusBarTexts()).some((text) => /energy on /.test(text)) ? true : undefined));
    await workbench().screenshot('blocks-03-heat');
    await workbench().runCommand('JouleLint: Show Heat in the Gutter');
    await workbench().quickText('Nothing');
    await workbench().poll('no bars in the gutter', async () => ((await bars.count()) === 0 ? true : undefined));
  });

  it('draws the model as blocks that open, and lead to their lines', async () => {
    await workbench().openFile('small_resnet.py');
    await workbench().goToLine(callLine);
    await workbench().runCommand('JouleLint: Show Diagram');
    const page = workbench().webviewFrame();
    await page.locator('svg.diagram .box').first().waitFor();
    assert.equal(await page.locator('h1').innerText(), 'SmallResNet');
    await workbench().screenshot('blocks-06-diagram');
    const before = await page.locator('svg.diagram .box').count();
    await page.locator('.box.block, .box.repeat').first().focus();
    await workbench().page.keyboard.press('Space');
    await workbench().poll('more boxes', async () => ((await page.locator('svg.diagram .box').count()) > before ? true : undefined));
    await page.locator('.box.layer', { hasText: 'linear' }).click();
    const { line } = await workbench().caret((place) => place.line !== callLine);
    assert.equal(line, 50);
    await workbench().screenshot('blocks-07-diagram-open');
    await workbench().runCommand('View: Close All Editors');
  });

  it('says in the lens what an edit costs, and compares with the saved file', async () => {
    await workbench().openFile('lenet5.py');
    await workbench().waitForCodeLens(/MAC/);
    const { line } = await workbench().find(/nn\.Conv2d\(6, 16, 5\)/);
    await workbench().retypeLine(line, '        self.conv2 = nn.Conv2d(6, 16, 5, bias=False)');
    await workbench().waitForCodeLens(/^−16 params since the save · DI /);
    await workbench().screenshot('blocks-04-since-the-save');
    await workbench().runCommand('JouleLint: Compare With…');
    await workbench().quickText('The saved file');
    await workbench().webviewFrame().locator('h2', { hasText: 'LeNet5' }).waitFor();
    assert.match(await workbench().webviewFrame().locator('body').innerText(), /params.*−16/);
    await workbench().screenshot('blocks-05-comparison');
  });
});
