/** What every part of the reproduction hands over: Markdown, the cells it compared, and its plots. */
import type { Cell } from './compare';
import type { Plot } from './plot';

export interface Section {
  readonly title: string;
  readonly text: string;
  readonly cells: readonly Cell[];
  /** By file name. */
  readonly plots?: Readonly<Record<string, Plot>>;
}

export function image(name: string, plot: Plot): string {
  return `![${plot.description.replace(/[[\]]/g, '')}](reproduction/${name})\n`;
}
