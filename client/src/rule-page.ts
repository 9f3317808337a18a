/** Shows the pages of the rules: the server has their text, so nothing is fetched from anywhere. */
import { commands, type Disposable, Uri, ViewColumn, workspace } from 'vscode';
import { ruleRequest, ruleScheme } from '../../shared/src/protocol';
import type { Server } from './client';

/** The manifest's defaults open the scheme in this editor, too, so that a click on a rule's code shows a page and not its source. */
const previewEditor = 'vscode.markdown.preview.editor';

export function registerRulePages(server: Server): Disposable {
  return workspace.registerTextDocumentContentProvider(ruleScheme, {
    async provideTextDocumentContent(uri) {
      const rule = uri.path.replace(/^\/|\.md$/g, '');
      return await server.request(ruleRequest, { rule }) ?? `There is no rule ${rule}.`;
    },
  });
}

export async function openRule(rule: unknown): Promise<void> {
  if (typeof rule !== 'string' || !/^JL\d{3}$/.test(rule)) return;
  await commands.executeCommand('vscode.openWith', Uri.from({ scheme: ruleScheme, path: `/${rule}.md` }), previewEditor, ViewColumn.Beside);
}
