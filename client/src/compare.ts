/** Compares the open file with its last commit, with what is saved, or one of its models with another: a page of Markdown beside it. */
import { commands, type Disposable, EventEmitter, extensions, type QuickPickItem, type TextEditor, Uri, ViewColumn, window, workspace } from 'vscode';
import { compareRequest, type CompareParameters } from '../../shared/src/protocol';
import type { Server } from './client';
import type { FocusedModels } from './focused-model';

const scheme = 'joulelint-comparison';
const previewEditor = 'vscode.markdown.preview.editor';

export interface Comparisons extends Disposable {
  withHead(): Promise<void>;
  /** Asks with what. */
  choose(): Promise<void>;
}

/** As much as is used of the API of the editor's own extension for git. */
interface GitApi {
  getRepository(uri: Uri): { show(ref: string, path: string): Promise<string> } | null;
}

interface Pick extends QuickPickItem {
  run(): Promise<void>;
}

export function createComparisons(server: Server, models: FocusedModels): Comparisons {
  const pages = new Map<string, string>();
  const changed = new EventEmitter<Uri>();
  const provider = workspace.registerTextDocumentContentProvider(scheme, { onDidChange: changed.event, provideTextDocumentContent: uri => pages.get(uri.path) ?? '' });

  const show = async (editor: TextEditor, question: Omit<CompareParameters, 'uri'>): Promise<void> => {
    const result = await server.request(compareRequest, { uri: editor.document.uri.toString(), ...question });
    if (!result) {
      void window.showInformationMessage('JouleLint: one of the two has no model that could be followed, so there is nothing to compare.');
      return;
    }
    const page = Uri.from({ scheme, path: `/${result.title.replace(/[/\\?#]/g, ' ')}.md` });
    pages.set(page.path, result.markdown);
    changed.fire(page);
    await commands.executeCommand('vscode.openWith', page, previewEditor, ViewColumn.Beside);
  };
  const withHead = async (editor: TextEditor): Promise<void> => {
    const text = await headText(editor.document.uri);
    if (text === undefined) void window.showInformationMessage('JouleLint: git has no committed version of this file.');
    else await show(editor, { against: { text, name: 'HEAD' } });
  };
  const withSaved = async (editor: TextEditor): Promise<void> => {
    const bytes = await workspace.fs.readFile(editor.document.uri).then(read => read, () => undefined);
    if (bytes === undefined) void window.showInformationMessage('JouleLint: this file has not been saved yet.');
    else await show(editor, { against: { text: new TextDecoder().decode(bytes), name: 'as saved' } });
  };

  return {
    async withHead() {
      const editor = editorWithModels(models);
      if (editor) await withHead(editor);
    },
    async choose() {
      const editor = editorWithModels(models);
      if (!editor) return;
      const focused = await models.focused(editor);
      const others = (await models.of(editor.document.uri)).filter(model => model.name !== focused?.name);
      const picks: Pick[] = [
        { label: 'The last commit', description: 'git HEAD, all models of this file', run: () => withHead(editor) },
        { label: 'The saved file', description: 'what the unsaved edits change', run: () => withSaved(editor) },
        ...(focused ? others.map((model): Pick => ({
          label: model.name, description: `from ${model.name} to ${focused.name}`, detail: model.figures, run: () => show(editor, { model: focused.name, against: { model: model.name } }),
        })) : []),
      ];
      const pick = await window.showQuickPick(picks, { title: `Compare ${focused?.name ?? 'this file'} with …`, placeHolder: 'Totals, memory, energy and the layers that differ' });
      await pick?.run();
    },
    dispose() {
      provider.dispose();
      changed.dispose();
    },
  };
}

function editorWithModels(models: FocusedModels): TextEditor | undefined {
  const editor = models.editor();
  if (editor === undefined) void window.showInformationMessage('JouleLint: open a file with a model first.');
  return editor;
}

/** Undefined where the file is in no repository, in no commit, or where the editor has no git. */
async function headText(uri: Uri): Promise<string | undefined> {
  try {
    const git = extensions.getExtension<{ getAPI(version: 1): GitApi }>('vscode.git');
    const api = (git?.isActive ? git.exports : await git?.activate())?.getAPI(1);
    return await api?.getRepository(uri)?.show('HEAD', uri.fsPath);
  } catch {
    return undefined;
  }
}
