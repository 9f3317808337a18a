/** What a user sees of a prototxt, in a real VS Code: colours, lenses, squiggles, hovers, fixes. */
import { strict as assert } from 'node:assert';
import { copyFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { storyBed } from './story-bed';

const file = 'inverted_bottleneck.prototxt';

describe('Prototxts in a real VS Code', () => {
  const { workbench } = storyBed((folder) => copyFile(resolve('test-fixtures/samples', file), join(folder, file)));
  /** The colours that the parts of a line have. */
  const coloursOf = async (text: string): Promise<string[]> => {
    const parts = workbench().page.locator('.editor-instance .view-line', { hasText: text }).first().locator('span span');
    return parts.evaluateAll((spans) => spans.map((span) => `${span.textContent.replace(/\u00a0/g, ' ').trim()} ${span.className}`));
  };

  it('has the figures of the network above its name, and those of a block above its first layer', async () => {
    await workbench().openFile(file);
    assert.match(await workbench().waitForCodeLens(/^DI .* MMAC/), /DI 122 · 32 MMAC · 13\.5 k params · peak 903 k act\./);
    assert.match(await workbench().waitForCodeLens(/^block1/), /block1 · 6 layers · 29\.3 MMAC \(91\.5 %\)/);
  });

  it('is coloured', async () => {
    const type = await workbench().poll('a line with colours', async () => {
      const parts = await coloursOf('type: "Input"');
      return parts.length >= 2 ? parts : undefined;
    });
    const classes = new Set(type.map((part) => /\bmtk\d+/.exec(part)?.[0]));
    assert.ok(classes.size >= 2, type.join(' | '));
    await workbench().screenshot('caffe-01-colours-and-lenses');
  });

  it('shows the size of what a layer makes beside its top', async () => {
    assert.match(await workbench().waitForText(/top: "stem"$|top: "stem".*1×32×56×56/), /1×32×56×56/);
  });

  it('underlines the number of groups and says why', async () => {
    await workbench().waitForSquiggle('info');
    const { line, column } = await workbench().find(/128 bias_term: false } *$|group: 128/);
    const text = await workbench().hoverAt(line, column + 'group: '.length, /MACs = /);
    assert.match(text, /DWConv lowers M_c\/A to 0\.008× of a standard convolution \(4\.5 vs 576 MACs\/activation\)/);
    for (const pattern of [/block1\/dw/, /depthwise/, /1×128×56×56 → 1×128×56×56/, /M_c\/A/, /MACs = /]) assert.match(text, pattern);
    await workbench().screenshot('caffe-02-finding-and-hover');
    await workbench().dismissHover();
  });

  it('says that a layer type is unknown while it is mistyped, and offers the right one', async () => {
    const { line } = await workbench().find(/name: "stem\/relu"/);
    await workbench().retypeLine(line, 'layer { name: "stem/relu" type: "Relu6" bottom: "stem" top: "stem" }');
    await workbench().waitForSquiggle('warning');
    assert.match(await workbench().waitForCodeLens(/of what is known/), /≥ .* unresolved/);
    await workbench().goToLine(line, 'layer { name: "stem/relu" type: "R'.length);
    const actions = await workbench().codeActions();
    assert.ok(actions.some((title) => /Change the type to ReLU6/.test(title)), actions.join('\n'));
    await workbench().screenshot('caffe-03-unknown-type');
    await workbench().page.keyboard.press('Enter');
    await workbench().waitForText(/type: "ReLU6" bottom: "stem"/);
    await workbench().waitForCodeLens(/^DI 122/);
  });

  it('lists the layers in the outline of the file, blocks first', async () => {
    await workbench().page.keyboard.press('Control+Shift+o');
    const rows = workbench().page.locator('.quick-input-list .monaco-list-row');
    await rows.first().waitFor();
    const texts = (await rows.allInnerTexts()).join('\n');
    for (const name of ['InvertedBottlenecks', 'stem', 'block1', 'block1/dw']) assert.ok(texts.includes(name), texts);
    await workbench().screenshot('caffe-04-symbols');
    await workbench().page.keyboard.press('Escape');
  });

  it('has an Energy Report whose rows lead to their layers', async () => {
    await workbench().clickEmptyPart();
    await workbench().clickCodeLens(/^DI .* MMAC/);
    const report = workbench().webviewFrame();
    await report.locator('table.layers tbody tr').first().waitFor();
    assert.equal(await report.locator('h1').innerText(), 'InvertedBottlenecks');
    await workbench().screenshot('caffe-05-report');
    await report.locator('table.layers tbody tr', { hasText: 'block1/dw' }).first().click();
    const { line } = await workbench().find(/name: "block1\/dw"/);
    assert.equal((await workbench().caret((place) => place.line === line - 1)).line, line - 1);
  });
});
