/** A small table of the page: names in front, figures behind. */
import { html, type Insertable, type Markup } from './markup';

export function simpleTable(head: readonly string[], rows: readonly (readonly Insertable[])[], caption: string): Markup {
  return html`<div class="scroller" role="region" aria-label="${caption}" tabindex="0"><table class="published"><caption>${caption}</caption><thead><tr>${head.map((title, i) => html`<th scope="col" class="${i === 0 ? 'text' : 'number'}">${title}</th>`)}</tr></thead>
<tbody>${rows.map(cells => html`<tr>${cells.map((cell, i) => html`<td class="${i === 0 ? 'text' : 'number'}">${cell}</td>`)}</tr>`)}</tbody></table></div>`;
}
