/** Puts the caret on a line of a file, or of a cell in its notebook. */
import { commands, Range, TextEditorRevealType, type TextDocumentShowOptions, Uri, ViewColumn, window, workspace } from 'vscode';
import type { SourcePlace } from '../../shared/src/report';
import { textFormOf } from './onnx-editor';

/** Zero-based; without a column, the first character of the line that is no space. */
export async function reveal(uri: Uri, line: number, column?: number): Promise<void> {
  const document = await workspace.openTextDocument(uri);
  const last = Math.min(Math.max(line, 0), document.lineCount - 1);
  const character = column ?? document.lineAt(last).firstNonWhitespaceCharacterIndex;
  const selection = new Range(last, character, last, character);
  const notebook = window.visibleNotebookEditors.find((each) => each.notebook.getCells().some((cell) => cell.document === document));
  // Shown as a text, a cell would come as an editor of its own; opened, it is shown in its notebook.
  if (document.uri.scheme === 'vscode-notebook-cell') {
    const options: TextDocumentShowOptions = { selection, viewColumn: notebook?.viewColumn ?? ViewColumn.One };
    await commands.executeCommand('vscode.open', uri, options);
    return;
  }
  const visible = window.visibleTextEditors.find((editor) => editor.document === document);
  // An editor that already shows the file is used again, so that a report keeps its own column.
  const editor = await window.showTextDocument(document, { selection, viewColumn: visible?.viewColumn ?? ViewColumn.One });
  editor.revealRange(selection, TextEditorRevealType.InCenterIfOutsideViewport);
}

/** What a page says of a line: counted from one, and of an `.onnx` file the text that shows it. */
export function revealPlace({ uri, line, column }: SourcePlace): Promise<void> {
  return reveal(textFormOf(Uri.parse(uri)), line - 1, column === undefined ? undefined : column - 1);
}

/** What arrives from a webview is checked. */
export function isSourcePlace(place: unknown): place is SourcePlace {
  return typeof place === 'object' && place !== null && 'uri' in place && typeof place.uri === 'string'
    && 'line' in place && typeof place.line === 'number' && (!('column' in place) || typeof place.column === 'number');
}
