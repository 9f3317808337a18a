/** Markdown for hovers: tables and text whose own characters mean nothing. */
import { visible } from '../base/visible';

/** Makes a text from the source harmless inside a paragraph or a table cell. */
export function plain(text: string): string {
  return visible(text.replace(/\s*[\r\n]+\s*/g, ' ')).replace(/[\\`*_{}[\]<>#|~]/g, character => `\\${character}`);
}

/** A code span, whatever the text holds; a table's bars are escaped even inside one. */
export function code(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(run => run.length));
  const fence = '`'.repeat(longest + 1);
  const padding = longest > 0 ? ' ' : '';
  return `${fence}${padding}${visible(text.replace(/\s*[\r\n]+\s*/g, ' ')).replaceAll('|', '\\|')}${padding}${fence}`;
}

export type Alignment = 'left' | 'right';

/** Columns without a single entry are left out. */
export function table(columns: readonly (readonly [title: string, alignment: Alignment])[], rows: readonly (readonly string[])[]): string {
  const used = columns.flatMap((_column, at) => (rows.some(row => (row[at] ?? '') !== '') ? [at] : []));
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    // Editors draw tables without any space between the columns.
    line(used.map(at => (columns[at]?.[1] === 'right' ? `&nbsp;&nbsp;${columns[at][0]}` : `${columns[at]?.[0] ?? ''}&nbsp;&nbsp;`))),
    line(used.map(at => (columns[at]?.[1] === 'right' ? '--:' : ':--'))),
    ...rows.map(row => line(used.map(at => row[at] ?? ''))),
  ].join('\n');
}

export function paragraphs(parts: readonly (string | undefined)[]): string {
  return parts.filter(part => part !== undefined && part !== '').join('\n\n');
}
