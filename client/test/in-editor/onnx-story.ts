/** What a user sees of an ONNX file, in a real VS Code: its graph as a text, with everything that a source has. */
import { strict as assert } from 'node:assert';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mobileNetFile } from './onnx-network';
import { storyBed } from './story-bed';

const file = 'mobile_net.onnx';
const tab = 'mobile_net.onnxtxt';

describe('ONNX files in a real VS Code', () => {
  const { workbench, workspace } = storyBed(async (folder) => {
    await writeFile(join(folder, file), mobileNetFile());
    await writeFile(join(folder, 'pointer.onnx'), 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n');
  });

  it('shows the graph as a text after a click in the Explorer', async () => {
    const { page } = workbench();
    await page.locator('.explorer-folders-view .monaco-list-row', { hasText: file }).click();
    await page.locator(`.tab.active[data-resource-name="${tab}"]`).waitFor();
    await workbench().waitForText(/^mobile_net \(float\[N,3,224,224\] image\) => \(float\[N,1000\] logits\) <$/);
    await page.locator(`.tab[data-resource-name="${file}"]`).waitFor({ state: 'detached' });
    await workbench().clickEmptyPart();
  });

  it('has the figures of the model above its name, and the size that stands for the open batch', async () => {
    const lens = await workbench().waitForCodeLens(/MAC/);
    assert.match(lens, /^DI [\d.]+ · [\d.]+ MMAC · 467 k params · peak [\d.]+ k act\. · assuming 1×3×224×224 · [\d.]+ [µm]J \([\d.]+–[\d.]+\) on RTX 4090, batch 64$/);
    await workbench().screenshot('21-onnx-lens');
  });

  it('colours what the text is made of', async () => {
    const colours = await workbench().page.locator('.monaco-editor .view-line span[class*="mtk"]').evaluateAll((spans) => new Set(spans.map((span) => span.className)).size);
    assert.ok(colours >= 5, `${colours} colours`);
  });

  it('folds the initializers', async () => {
    const header = await workbench().find(/^mobile_net /);
    await workbench().goToLine(header.line);
    await workbench().page.keyboard.press('Control+Shift+[');
    const node = await workbench().find(/Conv </);
    assert.ok(node.line > header.line + 20, 'the initializers stand between the header and the nodes');
  });

  it('shows output shapes behind the nodes', async () => {
    assert.match(await workbench().waitForText(/Conv <.*group = 8> .*depthwise/), /1×8×112×112$/);
    await workbench().screenshot('22-onnx-nodes');
  });

  it('underlines the group attribute of a depthwise convolution and says why', async () => {
    await workbench().waitForSquiggle('info');
    const { line, column } = await workbench().find(/group = 16>/);
    const text = await workbench().hoverAt(line, column + 2, /DWConv/);
    assert.match(text, /DWConv lowers M_c\/A to 0\.\d+× of a standard convolution/);
    await workbench().screenshot('23-onnx-finding');
    await workbench().dismissHover();
  });

  it('explains the node in a hover', async () => {
    const { line, column } = await workbench().find(/Conv <.*group = 8>/);
    const text = await workbench().hoverAt(line, column + 1, /MACs = /);
    for (const pattern of [/depthwise/, /1×8×112×112 → 1×8×112×112/, /M_c\/A/, /MACs = /]) assert.match(text, pattern);
    await workbench().screenshot('24-onnx-hover');
    await workbench().dismissHover();
  });

  it('lists the findings on the text and, once per rule, on the file', async () => {
    const problems = await workbench().problems();
    assert.ok(problems.some((problem) => problem.startsWith(tab)), problems.join('\n'));
    assert.ok(problems.some((problem) => problem.startsWith(file)), problems.join('\n'));
    assert.ok(problems.some((problem) => /one of \d+ layers.*JL101/.test(problem)), problems.join('\n'));
    await workbench().screenshot('25-onnx-problems');
    await workbench().closeBottomPanel();
  });

  it('opens the Energy Report from the button in the title', async () => {
    await workbench().page.locator('.editor-actions a[aria-label*="Energy Report"]').first().click();
    const report = workbench().webviewFrame();
    await report.locator('table.layers tbody tr').first().waitFor();
    assert.equal(await report.locator('h1').innerText(), 'mobile_net');
    await workbench().screenshot('26-onnx-report');
  });

  it('leads from a row of the report to its node', async () => {
    await workbench().webviewFrame().locator('table.layers tbody tr', { hasText: 'head/classifier' }).first().click();
    await workbench().waitForText(/^ {2}\["head\/classifier"\] logits = Gemm/);
  });

  it('follows the file on disk', async () => {
    const bytes = mobileNetFile();
    const renamed = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1').replaceAll('head/classifier', 'head/other_name');
    await writeFile(join(workspace(), file), Buffer.from(renamed, 'latin1'));
    await workbench().waitForText(/\["head\/other_name"\] logits = Gemm/);
  });

  it('counts with the input that the user states', async () => {
    await workbench().runCommand('JouleLint: Set Input Shape');
    await workbench().quickText('2,3,96,96');
    await workbench().waitForText(/Gemm <.* *2×1000$/);
    await workbench().page.keyboard.press('Control+Home');
    await workbench().waitForCodeLens(/15\.5 MMAC .* act\. · \d/);
  });

  it('is there again when the window is loaded anew', async () => {
    await workbench().page.reload();
    await workbench().page.locator(`.tab[data-resource-name="${tab}"]`).first().click();
    // Where the text is scrolled to is the window's own business.
    await workbench().waitForText(/ = (Conv|Gemm) </);
    await workbench().page.keyboard.press('Control+Home');
    await workbench().waitForCodeLens(/MAC .* assuming 1×3×224×224 · \d/);
  });

  it('says why a file is no model', async () => {
    await workbench().runCommand('View: Close All Editors');
    await workbench().poll('no problems', async () => ((await workbench().statusBarTexts()).some((text) => /^0\s*0(\s*0)?$/.test(text)) ? true : undefined));
    await workbench().page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'pointer.onnx' }).click();
    await workbench().waitForText(/Git LFS pointer.*git lfs pull/);
    await workbench().waitForSquiggle('error');
    await workbench().screenshot('27-onnx-pointer');
  });
});
