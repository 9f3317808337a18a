/** What a user does and sees, in a real VS Code: install, open a model, read it, change it, look at the report. */
import { strict as assert } from 'node:assert';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { storyBed } from './story-bed';

const depthwiseLine = 10;
const groupsColumn = 59;

describe('JouleLint in a real VS Code', () => {
  const { workbench, workspace, editor } = storyBed((folder) => cp(resolve('test-fixtures/samples'), folder, { recursive: true }));

  it('is installed from the package', () => {
    assert.match(editor().installed, /joulelint.*was successfully installed/i);
  });

  it('lists a depthwise convolution among the problems', async () => {
    await workbench().openFile('depthwise_block.py');
    await workbench().waitForSquiggle('info');
    const problems = await workbench().problems();
    assert.ok(problems.some((problem) => /DWConv lowers M_c\/A to 0\.004×/.test(problem) && /JL101/.test(problem)), problems.join('\n'));
    await workbench().screenshot('01-problems');
    await workbench().closeBottomPanel();
  });

  it('shows the figures of the model above its class', async () => {
    const lens = await workbench().waitForCodeLens(/MAC/);
    assert.match(lens, /DI [\d.]+ · [\d.]+ [kMG]?MAC · [\d.]+ [kM]? ?params · peak [\d.]+ [kM]? ?act\./);
  });

  it('shows the output shape at the end of a line that applies a layer', async () => {
    assert.match(await workbench().waitForText(/self\.depthwise\(x\)/), /1×256×28×28/);
    await workbench().screenshot('02-lens-and-shapes');
  });

  it('underlines the groups argument and says why', async () => {
    const text = await workbench().hoverAt(depthwiseLine, groupsColumn, /DWConv/);
    assert.match(text, /DWConv lowers M_c\/A to 0\.004× of a standard convolution \(4\.5 vs 1152 MACs\/activation\)/);
    await workbench().screenshot('03-finding');
    await workbench().dismissHover();
  });

  it('explains the layer in a hover', async () => {
    const text = await workbench().hoverAt(depthwiseLine, groupsColumn - 30, /MACs = /);
    for (const pattern of [/Conv2d/, /depthwise/, /1×256×28×28/, /M_c\/A/, /MACs = /]) assert.match(text, pattern);
    await workbench().screenshot('04-hover');
    await workbench().dismissHover();
  });

  it('offers to ignore the finding', async () => {
    await workbench().goToLine(depthwiseLine, groupsColumn);
    const actions = await workbench().codeActions();
    assert.ok(actions.some((title) => /Ignore JL101/.test(title)), actions.join('\n'));
    await workbench().screenshot('05-code-actions');
    await workbench().page.keyboard.press('Escape');
  });

  it('opens the page of a rule from its code', async () => {
    await workbench().hoverAt(depthwiseLine, groupsColumn, /JL101/);
    await workbench().page.locator('.monaco-hover:not(.hidden) a', { hasText: 'JL101' }).first().click();
    await workbench().webviewFrame().locator('h1', { hasText: 'JL101 depthwise-low-reuse' }).waitFor();
    await workbench().screenshot('06-rule-page');
    await workbench().openFile('depthwise_block.py');
  });

  it('shows the focused model in the status bar', async () => {
    await workbench().poll('the status bar item', async () => ((await workbench().statusBarTexts()).some((text) => /DI [\d.]+ · paper/.test(text)) ? true : undefined));
  });

  it('opens the Energy Report from the lens', async () => {
    await workbench().clickEmptyPart();
    await workbench().clickCodeLens(/MAC/);
    const report = workbench().webviewFrame();
    await report.locator('table.layers tbody tr').first().waitFor();
    assert.equal(await report.locator('h1').innerText(), 'DepthwiseBlock');
    await workbench().screenshot('07-report');
  });

  it('places the model among the published networks', async () => {
    const section = workbench().webviewFrame().locator('section[aria-labelledby=published]');
    assert.match(await section.innerText(), /DI [\d.]+: (between|above|below) .*\(/);
    assert.equal(await section.locator('svg.strip').count(), 2);
    assert.equal(await section.locator('svg.strip circle:not(.own)').count(), 50);
    assert.match(await section.innerText(), /measured on Tesla P100[^]*no prediction for this model/);
    await section.scrollIntoViewIfNeeded();
    await workbench().screenshot('07-report-published');
  });

  it('says the same in one line where the figures are', async () => {
    const lens = workbench().page.locator('.contentWidgets .codelens-decoration a').filter({ hasText: /MAC/ }).first();
    assert.match(await lens.getAttribute('title') ?? '', /^DI [\d.]+: .* of 25 published networks$/m);
  });

  it('sorts the layers of the report by a column', async () => {
    const report = workbench().webviewFrame();
    await report.locator('table.layers th button', { hasText: 'MACs' }).click();
    const values = await report.locator('table.layers tbody tr td:nth-child(5)').evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute('data-value'))));
    assert.ok(values.length >= 4);
    assert.deepEqual(values, [...values].sort((left, right) => right - left));
    assert.equal(await report.locator('table.layers th', { hasText: 'MACs' }).getAttribute('aria-sort'), 'descending');
    await workbench().screenshot('08-report-sorted');
  });

  it('leads from a row of the report to its line', async () => {
    await workbench().webviewFrame().locator('table.layers tbody tr', { hasText: 'depthwise' }).first().click();
    const { line } = await workbench().caret((place) => place.line === depthwiseLine);
    assert.equal(line, depthwiseLine);
  });

  it('follows an edit: lens, squiggle and report change', async () => {
    const before = await workbench().waitForCodeLens(/MAC/);
    await workbench().retypeLine(depthwiseLine, '        self.depthwise = nn.Conv2d(256, 256, 3, padding=1, groups=2)');
    const after = await workbench().poll('another lens', async () => (await workbench().codeLensTexts()).find((text) => /MAC/.test(text) && text !== before));
    assert.match(after, /(?:^| since the save · )DI /, 'the figures are no longer exact');
    await workbench().poll('no squiggle', async () => ((await workbench().squiggles('info')) === 0 ? true : undefined));
    await workbench().poll('the report to follow', async () =>
      (await workbench().webviewFrame().locator('table.layers tbody tr', { hasText: 'depthwise' }).first().locator('td').nth(2).getAttribute('data-value') === 'group' ? true : undefined));
    await workbench().screenshot('09-after-the-edit');
  });

  it('states a guessed input in the source', async () => {
    await workbench().runCommand('File: Save All');
    await workbench().runCommand('View: Close All Editors');
    await workbench().openFile('vision_transformer.py');
    await workbench().waitForCodeLens(/assuming 1×3×224×224/);
    await workbench().runCommand('JouleLint: Set Input Shape');
    await workbench().quickText('2,3,224,224');
    await workbench().waitForText(/# joulelint: model VisionTransformer\(\) input 2,3,224,224/);
    const lens = await workbench().poll('a lens without a guess', async () => (await workbench().codeLensTexts()).find((text) => /^DI .*MAC/.test(text) && !/assuming/.test(text)));
    assert.match(lens, /^DI /);
    await workbench().screenshot('10-stated-input');
  });

  it('shows larger models, in a light theme too', async () => {
    await workbench().runCommand('File: Save All');
    await workbench().runCommand('View: Close All Editors');
    await mkdir(join(workspace(), '.vscode'));
    await writeFile(join(workspace(), '.vscode', 'settings.json'), JSON.stringify({ 'workbench.colorTheme': 'Default Light Modern' }));
    await workbench().page.locator('.monaco-workbench.vs').waitFor();
    await workbench().openFile('mobile_net.py');
    await workbench().waitForCodeLens(/MAC/);
    await workbench().runCommand('JouleLint: Energy Report');
    await workbench().webviewFrame().locator('table.layers tbody tr').first().waitFor();
    await workbench().screenshot('11-light');
    await workbench().page.keyboard.press('Control+2');
    await workbench().runCommand('View: Maximize Editor Group');
    await workbench().screenshot('12-light-report-wide');
  });
});
