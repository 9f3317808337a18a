/** What a user sees in a Keras file: figures above the model, squiggles in a layer of their own, shapes, and a hover. */
import { strict as assert } from 'node:assert';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ensureEditor } from './editor-cache';
import { type RunningEditor, startEditor } from './start-editor';
import { openPage, type Workbench } from './workbench';

describe('a Keras file in a real VS Code', function () {
  let editor: RunningEditor | undefined;
  let opened: Workbench | undefined;
  let workspace: string;

  const workbench = (): Workbench => {
    assert.ok(opened, 'the workbench did not open');
    return opened;
  };

  before(async function () {
    this.timeout(600_000);
    workspace = await mkdtemp(join(tmpdir(), 'joulelint-story-'));
    await cp(resolve('test-fixtures/samples'), workspace, { recursive: true });
    const { browser } = await ensureEditor((line) => { console.log(`    ${line}`); });
    editor = await startEditor({ workspace, vsix: 'joulelint.vsix', settings: { 'workbench.colorTheme': 'Default Dark Modern' } });
    opened = await openPage(editor.url, { browser });
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await opened?.screenshot(`failed-${this.currentTest.title.replace(/\W+/g, '-')}`);
  });

  after(async function () {
    await opened?.close();
    await editor?.stop();
    await rm(workspace, { recursive: true, force: true });
  });

  it('underlines a depthwise convolution inside a layer of the user', async () => {
    await workbench().quickInput('Control+p', 'keras_unet.py');
    await workbench().waitForSquiggle('info');
    const problems = await workbench().problems();
    assert.ok(problems.some((problem) => /DWConv lowers M_c\/A/.test(problem)), problems.join('\n'));
    await workbench().closeBottomPanel();
    await workbench().screenshot('40-keras');
  });

  it('explains a layer in a hover', async () => {
    const code = workbench().page.locator('.view-line span:not(:has(span))').filter({ hasText: 'DepthwiseConv2D' }).first();
    await code.hover();
    const hover = workbench().page.locator('.monaco-hover:not(.hidden) .hover-contents');
    const text = await workbench().poll('a filled hover', async () => /1×128×128×32[\s\S]*/.exec((await hover.allInnerTexts()).join('\n'))?.[0]);
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
