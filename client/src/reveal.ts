/** Puts the caret on a line of a file, or of a cell in its notebook. */
import { NotebookRange, type NotebookDocument, Range, Selection, type TextEditor, TextEditorRevealType, type Uri, ViewColumn, window, workspace } from 'vscode';

/** Zero-based; without a column, the first character of the line that is no space. */
export async function reveal(uri: Uri, line: number, column?: number): Promise<void> {
  const editor = await editorOf(uri);
  if (editor === undefined) return;
  const { document } = editor;
  const last = Math.min(Math.max(line, 0), document.lineCount - 1);
  const character = column ?? document.lineAt(last).firstNonWhitespaceCharacterIndex;
  editor.selection = new Selection(last, character, last, character);
  editor.revealRange(new Range(last, 0, last, 0), TextEditorRevealType.InCenterIfOutsideViewport);
}

async function editorOf(uri: Uri): Promise<TextEditor | undefined> {
  for (const notebook of workspace.notebookDocuments) {
    const cell = notebook.getCells().findIndex((each) => each.document.uri.toString() === uri.toString());
    if (cell >= 0) return cellEditor(notebook, cell, uri);
  }
  const document = await workspace.openTextDocument(uri);
  // An editor that already shows the file is used again, so that a report keeps its own column.
  return window.showTextDocument(document, { viewColumn: visibleEditor(uri)?.viewColumn ?? ViewColumn.One });
}

async function cellEditor(notebook: NotebookDocument, cell: number, uri: Uri): Promise<TextEditor | undefined> {
  const visible = window.visibleNotebookEditors.find((each) => each.notebook === notebook);
  const selection = new NotebookRange(cell, cell + 1);
  const shown = await window.showNotebookDocument(notebook, { viewColumn: visible?.viewColumn ?? ViewColumn.One, selections: [selection] });
  shown.revealRange(selection);
  return visibleEditor(uri);
}

function visibleEditor(uri: Uri): TextEditor | undefined {
  return window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri.toString());
}
