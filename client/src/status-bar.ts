/** The status bar item: name, DI, counting convention, and energy with its device, of the focused model; a click offers others. */
import { type Disposable, MarkdownString, StatusBarAlignment, window } from 'vscode';
import { commandIds } from '../../shared/src/protocol';
import type { Server } from './client';
import type { FocusedModels } from './focused-model';
import { followEditor } from './follow-editor';

/** Languages whose files may have models. */
const analysed: ReadonlySet<string> = new Set(['python', 'onnx-text', 'prototxt']);

/** A call with its arguments may be long. */
const longestName = 24;

export function createStatusBar(server: Server, models: FocusedModels): Disposable & { refresh(): void } {
  const item = window.createStatusBarItem('joulelint.focusedModel', StatusBarAlignment.Right, 90);
  item.name = 'JouleLint: focused model';
  item.command = commandIds.selectModel;

  const following = followEditor(server, async isCurrent => {
    const editor = models.editor();
    const model = editor !== undefined && analysed.has(editor.document.languageId) ? await models.focused(editor) : undefined;
    // A later question may have been answered first.
    if (!isCurrent()) return;
    if (model === undefined) {
      item.hide();
      return;
    }
    const name = model.name.length > longestName ? `${model.name.slice(0, longestName - 1)}…` : model.name;
    item.text = `$(pulse) ${name} · ${model.di} · ${model.convention}${model.energy === undefined ? '' : ` · ${model.energy}`}`;
    item.tooltip = new MarkdownString(`**${model.name}**\n\n${model.figures}\n\nClick to select a model, a counting convention or a device.`);
    item.accessibilityInformation = { label: `JouleLint: ${model.name}, ${model.figures}`, role: 'button' };
    item.show();
  });
  return {
    refresh: following.refresh,
    dispose() {
      following.dispose();
      item.dispose();
    },
  };
}
