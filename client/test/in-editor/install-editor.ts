/** Fills the editor cache on its own, so that a later test run starts at once. */
import { ensureEditor } from './editor-cache';

void ensureEditor((line) => { console.log(line); }).then(
  (editor) => { console.log(`VS Code server: ${editor.serverMain}\nNode: ${editor.node}\nBrowser: ${editor.browser}`); },
  (error: unknown) => { console.error(error); process.exitCode = 1; },
);
