/** What every story begins and ends with: a workspace of its own, a fresh VS Code with the package installed, and a picture of what failed. */
import { strict as assert } from 'node:assert';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureEditor } from './editor-cache';
import { type RunningEditor, startEditor } from './start-editor';
import { openPage, type Workbench } from './workbench';

const setUpMilliseconds = 600_000;

export interface StoryBed {
  workbench(): Workbench;
  /** The folder that the editor shows. */
  workspace(): string;
  editor(): RunningEditor;
}

/** To be called inside a `describe`; `fill` lays the files of the story into its folder. */
export function storyBed(fill: (folder: string) => Promise<unknown>): StoryBed {
  let editor: RunningEditor | undefined;
  let opened: Workbench | undefined;
  let folder = '';

  before(async function () {
    this.timeout(setUpMilliseconds);
    folder = await mkdtemp(join(tmpdir(), 'joulelint-story-'));
    await fill(folder);
    const { browser } = await ensureEditor((line) => { console.log(`    ${line}`); });
    editor = await startEditor({ workspace: folder, vsix: 'joulelint.vsix', settings: { 'workbench.colorTheme': 'Default Dark Modern' } });
    opened = await openPage(editor.url, { browser });
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await opened?.screenshot(`failed-${this.currentTest.title.replace(/\W+/g, '-')}`);
  });

  after(async () => {
    await opened?.close();
    await editor?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  return {
    workbench() {
      assert.ok(opened, 'the workbench did not open');
      return opened;
    },
    workspace: () => folder,
    editor() {
      assert.ok(editor, 'the editor did not start');
      return editor;
    },
  };
}
