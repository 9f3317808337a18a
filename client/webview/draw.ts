/** A placed diagram as SVG, made of elements: no text of the model is ever read as markup. */
import type { BlockMeasure, Box, Frame, Measures } from '../../shared/src/block-graph';
import { boxHeight, type Layout, type Placed } from './layout';

const svgNamespace = 'http://www.w3.org/2000/svg';
/** Of dark blue over grey to yellow, as cividis goes: told apart with any colour vision; the number beside says the same. */
const colours = ['#00224e', '#35456c', '#666970', '#948e77', '#c8b866', '#fee838'] as const;
/** Lower ends of the colours, as shares of the model. */
const steps = [0, 0.01, 0.03, 0.08, 0.16, 0.32] as const;
const characterWidth = 7.2;

export interface Shown {
  readonly measure: BlockMeasure;
  /** Of the whole model. */
  readonly total: number;
}

export function drawing({ width, height, boxes, frames, lines }: Layout, shown: Shown): SVGSVGElement {
  const svg = element('svg', { viewBox: `0 0 ${width} ${height}`, role: 'group', 'aria-label': 'The model as blocks', class: 'diagram' });
  svg.append(arrowHead());
  for (const frame of [...frames].sort((left, right) => right.width * right.height - left.width * left.height)) svg.append(frameOf(frame));
  for (const points of lines) svg.append(element('path', { class: 'edge', d: pathThrough(points), 'marker-end': 'url(#arrow)' }));
  for (const box of boxes) svg.append(boxOf(box, shown));
  return svg;
}

export function shareOf(measures: Measures, { measure, total }: Shown): number | undefined {
  const value = measures[measure];
  return value === undefined || total === 0 ? undefined : value / total;
}

/** `12 %`, `0.4 %`; nothing for nothing. */
export function percentText(share: number | undefined): string {
  if (share === undefined || share === 0) return '';
  return share < 0.001 ? '< 0.1 %' : `${Number((share * 100).toPrecision(2))} %`;
}

function boxOf({ thing, x, y, width, height }: Placed<Box>, shown: Shown): SVGElement {
  const share = shareOf(thing.measures, shown);
  const isBlock = thing.kind === 'block' || thing.kind === 'repeat';
  const title = `${thing.name}${thing.times > 1 ? ` ×${thing.times}` : ''}`;
  const percent = percentText(share);
  const type = thing.type === thing.name ? '' : thing.type;
  const words = [title, type, `gives ${thing.output}`, percent === '' ? '' : `${percent} of the ${shown.measure}`, isBlock ? 'Space opens it' : ''].filter(text => text !== '');
  const group = element('g', {
    class: `box ${thing.kind}`, transform: `translate(${x} ${y})`, tabindex: '0', role: 'button', 'data-key': thing.key, 'aria-label': words.join(', '),
    ...(thing.kind === 'repeat' || thing.kind === 'block' ? { 'aria-expanded': 'false' } : {}),
  });
  if (thing.times > 1) group.append(element('rect', { class: 'behind', x: '5', y: '5', width: String(width), height: String(height), rx: '5' }));
  group.append(element('rect', { class: 'face', width: String(width), height: String(height), rx: '5' }));
  group.append(element('rect', { class: 'heat', width: '8', height: String(height), rx: '3', fill: colours[stepOf(share ?? 0)] ?? colours[0] }));
  const room = Math.floor((width - 24) / characterWidth);
  group.append(label(title, 16, 19, 'name', room - percent.length - 2), label(type, 16, 33, 'type', room), label(thing.output, 16, 47, 'shape', room));
  if (percent !== '') group.append(label(percent, width - 8, 19, 'share', room));
  if (isBlock) group.append(label('⊞', width - 8, boxHeight - 8, 'opens', 2));
  const tip = element('title', {});
  tip.textContent = words.join('\n');
  group.append(tip);
  return group;
}

function frameOf({ thing, x, y, width, height }: Placed<Frame>): SVGElement {
  const group = element('g', {
    class: 'frame', transform: `translate(${x} ${y})`, tabindex: '0', role: 'button', 'aria-expanded': 'true', 'data-key': thing.key,
    'aria-label': `${thing.name}, ${thing.type}, Space closes it`,
  });
  const title = `⊟ ${thing.name}${thing.type === '' ? '' : ` · ${thing.type}`}`;
  group.append(element('rect', { width: String(width), height: String(height), rx: '8' }), label(title, 8, 14, 'frame-name', Math.floor(width / characterWidth)));
  return group;
}

function stepOf(share: number): number {
  return steps.findLastIndex(from => share >= from);
}

function label(text: string, x: number, y: number, name: string, most: number): SVGElement {
  const made = element('text', { x: String(x), y: String(y), class: name });
  made.textContent = text.length > most && most > 1 ? `${text.slice(0, most - 1)}…` : text;
  return made;
}

function pathThrough(points: readonly { readonly x: number; readonly y: number }[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let path = `M${first.x} ${first.y}`;
  // Through the middles between the points, so that a line bends without corners.
  for (const [i, point] of rest.entries()) {
    const next = rest[i + 1];
    path += next ? ` Q${point.x} ${point.y} ${(point.x + next.x) / 2} ${(point.y + next.y) / 2}` : ` L${point.x} ${point.y}`;
  }
  return path;
}

function arrowHead(): SVGElement {
  const definitions = element('defs', {});
  const marker = element('marker', { id: 'arrow', viewBox: '0 0 8 8', refX: '7', refY: '4', markerWidth: '7', markerHeight: '7', orient: 'auto' });
  marker.append(element('path', { d: 'M0 0L8 4L0 8z', class: 'head' }));
  definitions.append(marker);
  return definitions;
}

function element<Name extends keyof SVGElementTagNameMap>(name: Name, attributes: Readonly<Record<string, string>>): SVGElementTagNameMap[Name] {
  const made = document.createElementNS(svgNamespace, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
