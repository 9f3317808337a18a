/** The page of the diagram: draws what the editor sends, opens and closes blocks, zooms, and tells which line a box leads to. */
import { blockMeasures, diagramOf, mostBoxes, openAtFirst, type BlockGraph, type BlockMeasure, type Box } from '../../shared/src/block-graph';
import type { DiagramMessage } from '../../shared/src/protocol';
import { drawing } from './draw';
import { layoutOf } from './layout';

declare function acquireVsCodeApi(): { postMessage(message: DiagramMessage): void; getState(): unknown; setState(state: unknown): void };

const editor = acquireVsCodeApi();
const stage = required('stage');
const measureSelect = required('measure') as HTMLSelectElement;
const status = required('status');
const zoomStep = 1.2;

let graph: BlockGraph | undefined;
let open = new Set<string>();
let boxes = new Map<string, Box>();
let scale = 1;

const titles: Readonly<Record<BlockMeasure, string>> = { energy: 'Energy', time: 'Time', macs: 'MACs', activations: 'Activations', params: 'Weights' };

function measure(): BlockMeasure {
  return blockMeasures.find(each => each === measureSelect.value) ?? 'macs';
}

function take(next: BlockGraph): void {
  const isOther = graph?.model !== next.model;
  graph = next;
  const known = blockMeasures.filter(each => next.layers.some(layer => (layer.measures[each] ?? 0) > 0));
  const chosen = known.includes(measure()) && measureSelect.options.length > 0 ? measure() : known[0] ?? 'macs';
  const titleOf = (each: BlockMeasure): string => (each === 'energy' || each === 'time' ? `${titles[each]} on ${next.device ?? 'the device'}` : titles[each]);
  measureSelect.replaceChildren(...known.map(each => new Option(titleOf(each), each, false, each === chosen)));
  if (isOther) {
    open = new Set(openAtFirst(next, chosen));
    scale = 0;
  }
  required('title').textContent = next.model;
  draw();
}

function draw(focus?: string): void {
  if (!graph) return;
  const diagram = diagramOf(graph, open);
  boxes = new Map(diagram.boxes.map(box => [box.key, box]));
  const shown = { measure: measure(), total: graph.layers.reduce((sum, layer) => sum + (layer.measures[measure()] ?? 0), 0) };
  const layout = layoutOf(diagram);
  const svg = drawing(layout, shown);
  stage.replaceChildren(svg);
  // At first as wide as the page, but no larger than it reads.
  if (scale === 0) scale = Math.min(1, (stage.clientWidth - 16) / Math.max(1, layout.width));
  svg.setAttribute('width', String(layout.width * scale));
  svg.setAttribute('height', String(layout.height * scale));
  status.textContent = `${diagram.boxes.length} of ${graph.layers.length} boxes; a click leads to the line, ⊞ or Space opens a block`;
  if (focus !== undefined) (stage.querySelector(`[data-key="${CSS.escape(focus)}"]`) as SVGElement | null)?.focus();
}

function toggle(key: string): void {
  if (!graph) return;
  const next = new Set(open);
  if (next.has(key)) next.delete(key);
  else next.add(key);
  if (diagramOf(graph, next).boxes.length > mostBoxes) {
    status.textContent = `Open, this block would bring the diagram to more than ${mostBoxes} boxes; close others first.`;
    return;
  }
  open = next;
  draw(key);
}

function zoom(factor: number, at?: { readonly x: number; readonly y: number }): void {
  const before = { x: stage.scrollLeft + (at?.x ?? stage.clientWidth / 2), y: stage.scrollTop + (at?.y ?? stage.clientHeight / 2) };
  const next = Math.min(4, Math.max(0.05, scale * factor));
  const ratio = next / scale;
  scale = next;
  const svg = stage.querySelector('svg');
  if (!svg) return;
  for (const side of ['width', 'height'] as const) svg.setAttribute(side, String(Number(svg.getAttribute(side)) * ratio));
  stage.scrollLeft = before.x * ratio - (at?.x ?? stage.clientWidth / 2);
  stage.scrollTop = before.y * ratio - (at?.y ?? stage.clientHeight / 2);
}

function keyAt(target: EventTarget | null): { readonly key: string; readonly element: Element } | undefined {
  const found = target instanceof Element ? target.closest('[data-key]') : null;
  const key = found?.getAttribute('data-key');
  return found && key ? { key, element: found } : undefined;
}

function reveal(key: string): void {
  const place = boxes.get(key)?.place ?? graph?.blocks.find(block => block.id === key)?.place;
  if (place) editor.postMessage({ kind: 'reveal', place });
}

stage.addEventListener('click', event => {
  const at = keyAt(event.target);
  if (!at) return;
  const opens = event.target instanceof Element && event.target.closest('.opens, .frame-name') !== null;
  if (opens) toggle(at.key);
  else reveal(at.key);
});
stage.addEventListener('dblclick', event => {
  const at = keyAt(event.target);
  if (at?.element.matches('.block, .repeat')) toggle(at.key);
});
stage.addEventListener('keydown', event => {
  const at = keyAt(event.target);
  if (!at || (event.key !== 'Enter' && event.key !== ' ')) return;
  event.preventDefault();
  if (event.key === ' ' && at.element.matches('.block, .repeat, .frame')) toggle(at.key);
  else reveal(at.key);
});
stage.addEventListener('wheel', event => {
  if (!event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  const { left, top } = stage.getBoundingClientRect();
  zoom(event.deltaY < 0 ? zoomStep : 1 / zoomStep, { x: event.clientX - left, y: event.clientY - top });
}, { passive: false });

measureSelect.addEventListener('change', () => { draw(); });
required('in').addEventListener('click', () => { zoom(zoomStep); });
required('out').addEventListener('click', () => { zoom(1 / zoomStep); });
required('fit').addEventListener('click', () => {
  scale = 0;
  draw();
});
required('close').addEventListener('click', () => {
  open = new Set();
  draw();
});
required('save').addEventListener('click', () => {
  const svg = stage.querySelector('svg');
  if (svg) editor.postMessage({ kind: 'save', svg: standalone(svg) });
});
window.addEventListener('message', ({ data }: MessageEvent<BlockGraph>) => { take(data); });
editor.postMessage({ kind: 'ready' });

/** With the colours that it has in this theme, since outside there is none. */
function standalone(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = svg.querySelectorAll('rect, path, text');
  for (const [i, each] of copy.querySelectorAll('rect, path, text').entries()) {
    const original = originals[i];
    if (!original) continue;
    const style = getComputedStyle(original);
    for (const name of ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'font-family', 'font-size', 'font-weight', 'text-anchor']) each.setAttribute(name, style.getPropertyValue(name));
  }
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('style', `background: ${getComputedStyle(document.body).backgroundColor}`);
  return copy.outerHTML;
}

function required(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no ${id}.`);
  return found;
}
