/** A notebook's file: JSON of nbformat 3 or 4. Source: nbformat.readthedocs.io/en/latest/format_description.html. */
import type { CellText } from './program';

export type NotebookReading = { readonly cells: readonly CellText[] } | { readonly mistake: string };

type Json = Readonly<Record<string, unknown>>;

export function isNotebook(uri: string): boolean {
  return uri.endsWith('.ipynb');
}

/** The file itself, and not the Python source that some editors show in its place. */
export function isNotebookText(text: string): boolean {
  return /^\s*\{/.test(text);
}

/** The Python cells of a notebook, or one sentence about why there are none to be had. */
export function readNotebook(uri: string, text: string): NotebookReading {
  if (text.trim() === '') return { mistake: 'the notebook is empty: not even JSON is in it' };
  let notebook: unknown;
  try {
    notebook = JSON.parse(text);
  } catch (error) {
    return { mistake: `the notebook is not valid JSON${whereIn(text, error)}; a merge conflict or a broken download may be the cause` };
  }
  const cells = isObject(notebook) ? cellsOf(notebook) : undefined;
  if (!isObject(notebook) || cells === undefined) return { mistake: 'the notebook has no list of cells: `cells` of nbformat 4 or `worksheets` of nbformat 3' };
  const language = languageOf(notebook);
  if (!/^i?python/i.test(language)) return { mistake: `the notebook is in ${language}; only Python notebooks are read` };
  return {
    cells: cells.flatMap((cell, index): CellText[] => (isPython(cell) ? [{ uri, number: index + 1, text: sourceOf(cell) }] : [])),
  };
}

/** `Unexpected token } in JSON at position 17` names a place, in some versions of it. */
function whereIn(text: string, error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  const position = /position (\d+)/.exec(message)?.[1];
  if (position === undefined) return /end of JSON/.test(message) ? ': it breaks off' : '';
  const line = text.slice(0, Number(position)).split('\n').length;
  return Number(position) >= text.trimEnd().length ? `: it breaks off in line ${line}` : ` (line ${line})`;
}

function cellsOf(notebook: Json): readonly unknown[] | undefined {
  if (Array.isArray(notebook['cells'])) return notebook['cells'];
  const { worksheets } = notebook;
  if (!Array.isArray(worksheets)) return undefined;
  return worksheets.flatMap((sheet: unknown): readonly unknown[] => (isObject(sheet) && Array.isArray(sheet['cells']) ? sheet['cells'] : []));
}

/** A notebook that does not say is taken for Python. */
function languageOf({ metadata }: Json): string {
  const known = isObject(metadata) ? metadata : {};
  const kernel = isObject(known['kernelspec']) ? known['kernelspec'] : {};
  const info = isObject(known['language_info']) ? known['language_info'] : {};
  const stated = [kernel['language'], info['name']].find(name => typeof name === 'string' && name !== '');
  return typeof stated === 'string' ? stated : 'python';
}

/** A code cell, unless it names another language: in nbformat 3 itself, in editors that mix languages in its metadata. */
function isPython(cell: unknown): cell is Json {
  if (!isObject(cell) || cell['cell_type'] !== 'code') return false;
  const metadata = isObject(cell['metadata']) ? cell['metadata'] : {};
  const editor = isObject(metadata['vscode']) ? metadata['vscode'] : {};
  return [cell['language'], editor['languageId']].every(language => typeof language !== 'string' || /^i?python/i.test(language));
}

/** A text, or a list of lines with their line ends. nbformat 3 calls it `input`. */
function sourceOf(cell: Json): string {
  const source = cell['source'] ?? cell['input'];
  if (Array.isArray(source)) return source.filter(line => typeof line === 'string').join('');
  return typeof source === 'string' ? source : '';
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
