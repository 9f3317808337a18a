/** HTML as a tagged template: whatever is put in is escaped, unless it is markup already. */
import { visibleLines } from '../base/visible';

export class Markup {
  constructor(readonly text: string) {}
}

export type Insertable = Markup | string | number | undefined | false | readonly Insertable[];

export function html(parts: TemplateStringsArray, ...values: readonly Insertable[]): Markup {
  let text = parts[0] ?? '';
  values.forEach((value, index) => { text += inserted(value) + (parts[index + 1] ?? ''); });
  return new Markup(text);
}

/** Our own constants only: styles and scripts, which have their own syntax. */
export function verbatim(text: string): Markup {
  return new Markup(text);
}

function inserted(value: Insertable): string {
  if (value instanceof Markup) return value.text;
  if (value === undefined || value === false) return '';
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number') return String(value);
  return value.map(inserted).join('');
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return visibleLines(text).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
