/** Small plots as SVG text: points and lines over linear or logarithmic axes, on a ground of their own so that they are legible on light and dark pages. */

export interface Axis {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
  readonly logarithmic?: boolean;
}

/** Which of the palette's colours; the same series has the same one in every plot. */
export type Hue = 1 | 2 | 3 | 4;

export interface Series {
  readonly name: string;
  readonly hue: Hue;
  readonly points: readonly (readonly [x: number, y: number])[];
  /** line: joined; dots: filled marks; rings: open marks. */
  readonly look: 'line' | 'dashed' | 'dots' | 'rings';
}

export interface Note {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly anchor?: 'start' | 'end';
}

export interface Plot {
  readonly title: string;
  /** What it shows, for those who cannot see it. */
  readonly description: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  readonly notes?: readonly Note[];
}

const width = 720;
const height = 400;
const plot = { left: 64, right: width - 16, top: 44, bottom: height - 74 };
const legendTop = height - 18;

/** Light by default, dark where the reader's system is; the colours differ in lightness too. */
const style = `
.ground { fill: #ffffff; stroke: #d5d9de; } .grid { stroke: #e6e9ec; } .frame { stroke: #9aa1a9; fill: none; }
text { font: 12px system-ui, "Segoe UI", Ubuntu, sans-serif; fill: #444b54; } .title { font-size: 14px; font-weight: 600; fill: #1f2328; }
.end { text-anchor: end; } .middle { text-anchor: middle; } .note { font-size: 11px; paint-order: stroke; stroke: #ffffff; stroke-width: 3px; }
.line { fill: none; stroke-width: 2; } .dashed { stroke-dasharray: 6 4; } .ring { stroke-width: 1.6; }
.h1 { stroke: #1f5fbf; } .h2 { stroke: #c2410c; } .h3 { stroke: #0b7a6f; } .h4 { stroke: #7a45c2; }
.f1 { fill: #1f5fbf; } .f2 { fill: #c2410c; } .f3 { fill: #0b7a6f; } .f4 { fill: #7a45c2; } .ring, .line { fill: none; }
@media (prefers-color-scheme: dark) {
.ground { fill: #1e1f22; stroke: #393c42; } .grid { stroke: #2f3237; } .frame { stroke: #6b727b; }
text { fill: #b9bec5; } .title { fill: #e4e6e9; } .note { stroke: #1e1f22; }
.h1 { stroke: #6ea8ff; } .h2 { stroke: #ff9a5c; } .h3 { stroke: #4fd0bf; } .h4 { stroke: #c3a3ff; }
.f1 { fill: #6ea8ff; } .f2 { fill: #ff9a5c; } .f3 { fill: #4fd0bf; } .f4 { fill: #c3a3ff; } .ring, .line { fill: none; }
}`;

export function svgOf({ title, description, x, y, series, notes = [] }: Plot): string {
  const across = scale(x, plot.left, plot.right);
  const up = scale(y, plot.bottom, plot.top);
  const inside = (px: number, py: number): boolean => px >= plot.left - 1 && px <= plot.right + 1 && py >= plot.top - 1 && py <= plot.bottom + 1;
  const grid = [
    ...x.ticks.map(tick =>
      `<line class="grid" x1="${across(tick)}" x2="${across(tick)}" y1="${plot.top}" y2="${plot.bottom}"/><text class="middle" x="${across(tick)}" y="${plot.bottom + 17}">${tick}</text>`),
    ...y.ticks.map(tick =>
      `<line class="grid" x1="${plot.left}" x2="${plot.right}" y1="${up(tick)}" y2="${up(tick)}"/><text class="end" x="${plot.left - 7}" y="${round(up(tick) + 4)}">${tick}</text>`),
  ];
  const shapes = series.map(({ points, hue, look, name }) => {
    const placed = points.map(([px, py]) => [across(px), up(py)] as const);
    if (look === 'line' || look === 'dashed') {
      return `<path class="line h${hue}${look === 'dashed' ? ' dashed' : ''}" d="${placed.map(([px, py], index) => `${index === 0 ? 'M' : 'L'}${px} ${py}`)
        .join('')}"><title>${escaped(name)}</title></path>`;
    }
    return placed.filter(([px, py]) => inside(px, py)).map(([px, py]) => `<circle cx="${px}" cy="${py}" ${look === 'rings' ? `r="4.5" class="ring h${hue}"` : `r="4.5" class="f${hue}"`}/>`).join('');
  });
  const texts = notes.map(note =>
    `<text class="note${note.anchor === 'end' ? ' end' : ''}" x="${round(across(note.x) + (note.anchor === 'end' ? -8 : 8))}" y="${round(up(note.y) + 4)}">${escaped(note.text)}</text>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description">
<title id="title">${escaped(title)}</title><desc id="description">${escaped(description)}</desc><style>${style}
</style>
<rect class="ground" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>
<text class="title" x="${plot.left}" y="26">${escaped(title)}</text>
${grid.join('\n')}
<path class="frame" d="M${plot.left} ${plot.top}V${plot.bottom}H${plot.right}"/>
<text class="middle" x="${(plot.left + plot.right) / 2}" y="${plot.bottom + 36}">${escaped(x.label)}</text>
<text class="middle" transform="translate(16 ${(plot.top + plot.bottom) / 2}) rotate(-90)">${escaped(y.label)}</text>
${shapes.join('\n')}
${texts.join('\n')}
${legend(series)}
</svg>
`;
}

function legend(series: readonly Series[]): string {
  const slot = (plot.right - plot.left) / Math.max(series.length, 1);
  return series.map(({ name, hue, look }, index) => {
    const at = round(plot.left + index * slot);
    const mark = look === 'dots' ? `<circle class="f${hue}" cx="${round(at + 8)}" cy="${legendTop - 4}" r="4.5"/>`
      : look === 'rings' ? `<circle class="ring h${hue}" cx="${round(at + 8)}" cy="${legendTop - 4}" r="4.5"/>`
        : `<path class="line h${hue}${look === 'dashed' ? ' dashed' : ''}" d="M${at} ${legendTop - 4}h18"/>`;
    return `${mark}<text x="${round(at + 24)}" y="${legendTop}">${escaped(name)}</text>`;
  }).join('\n');
}

function scale({ from, to, logarithmic = false }: Axis, start: number, end: number): (value: number) => number {
  const place = logarithmic ? Math.log : (value: number): number => value;
  return value => round(start + (end - start) * (place(value) - place(from)) / (place(to) - place(from)));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
