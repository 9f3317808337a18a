/** The Python cells of a notebook, in their order, as one program. */
import type { Span } from '../../../base/span';
import { escapedValue, pythonOf } from './escapes';

export interface CellText {
  /** Of the cell where the editor has documents for cells, else of the notebook. */
  readonly uri: string;
  /** Counted from 1 over all cells, whatever they hold. */
  readonly number: number;
  readonly text: string;
}

/** Where a cell stands in the program. It begins at the beginning of a line, and every character keeps its place in it. */
export interface ProgramCell {
  readonly uri: string;
  readonly number: number;
  readonly span: Span;
}

export interface NotebookProgram {
  readonly text: string;
  readonly cells: readonly ProgramCell[];
}

/** What IPython puts into every notebook's namespace. */
const prelude = `from ipython_session import display, get_ipython, In, Out, _, __, ___, ${escapedValue}\n`;

/** A page break: for the reader of the program nothing reaches from one cell into the next, be it left open as it may. */
const pageBreak = '\f\n';

export function programOf(cells: readonly CellText[]): NotebookProgram {
  let text = prelude;
  const placed = cells.map(({ uri, number, text: source }): ProgramCell => {
    text += pageBreak;
    const start = text.length;
    text += pythonOf(source.replaceAll('\f', ' '));
    const end = text.length;
    text += '\n';
    return { uri, number, span: { start, end } };
  });
  return { text, cells: placed };
}

/** The cell that holds the offset; one between two cells belongs to the earlier. */
export function cellAt(cells: readonly ProgramCell[], offset: number): ProgramCell | undefined {
  let low = 0;
  let high = cells.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if ((cells[middle] as ProgramCell).span.start <= offset) low = middle + 1;
    else high = middle - 1;
  }
  return cells[high];
}
