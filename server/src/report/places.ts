/** Where a row or a finding stands in the source, as attributes that the page's script turns into a jump. */
import type { LayerRow, SourcePlace } from '../../../shared/src/report';
import { html, type Markup } from './markup';

export interface Files {
  /** ` data-file=… data-line=…`, or nothing when the place is unknown. */
  place(row: Pick<LayerRow, 'declared' | 'applied'>): Markup | undefined;
  at(place: SourcePlace): Markup;
  /** Every file named so far; call it last. */
  names(): string;
}

/** A file's name is written once, however many rows point into it. */
export function createFiles(): Files {
  const uris: string[] = [];
  const at = ({ uri, line, column }: SourcePlace): Markup => {
    if (!uris.includes(uri)) uris.push(uri);
    return html` data-file="${uris.indexOf(uri)}" data-line="${line}"${column === undefined ? undefined : html` data-column="${column}"`}`;
  };
  return {
    at,
    place(row) {
      const where = row.declared ?? row.applied;
      return where === undefined ? undefined : at(where);
    },
    names: () => JSON.stringify(uris),
  };
}
