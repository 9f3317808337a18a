/** Which model of a file the user means: the one chosen by hand, else the one around the caret, else the first. */
import { type TextEditor, type Uri, window } from 'vscode';
import { modelsRequest, type ModelSummary } from '../../shared/src/protocol';
import type { Server } from './client';

export interface FocusedModels {
  /** The editor that commands and status bar speak of: the active one, or while a report has the focus, the one that was active before. */
  editor(): TextEditor | undefined;
  of(uri: Uri): Promise<readonly ModelSummary[]>;
  focused(editor: TextEditor): Promise<ModelSummary | undefined>;
  choose(uri: Uri, model: string): void;
}

export function createFocusedModels(server: Server): FocusedModels {
  const chosen = new Map<string, string>();
  const models = async (uri: Uri): Promise<readonly ModelSummary[]> => (await server.request(modelsRequest, { uri: uri.toString() })) ?? [];
  let last: TextEditor | undefined;
  return {
    editor() {
      if (window.activeTextEditor !== undefined) last = window.activeTextEditor;
      else if (last !== undefined && !window.visibleTextEditors.includes(last)) last = undefined;
      return last;
    },
    of: models,
    async focused(editor) {
      const all = await models(editor.document.uri);
      const line = editor.selection.active.line;
      const uri = editor.document.uri.toString();
      return all.find((model) => model.name === chosen.get(uri))
        ?? all.find((model) => model.uri === uri && model.line <= line && line <= model.endLine)
        ?? all[0];
    },
    choose(uri, model) {
      chosen.set(uri.toString(), model);
    },
  };
}
