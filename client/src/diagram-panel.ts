/** The model as a diagram of blocks beside its source: live with edits, and every box leads to its line. */
import { randomBytes } from 'node:crypto';
import { type Disposable, type ExtensionContext, Uri, ViewColumn, type WebviewPanel, window, workspace } from 'vscode';
import { blockGraphRequest, type DiagramMessage } from '../../shared/src/protocol';
import type { Server } from './client';
import { diagramPage } from './diagram-page';
import { isSourcePlace, revealPlace } from './reveal';

export interface DiagramPanels extends Disposable {
  open(uri: Uri, model: string | undefined): Promise<void>;
}

/** While somebody types, a diagram that is open follows at this pace. */
const followMilliseconds = 300;

interface OpenDiagram {
  readonly panel: WebviewPanel;
  model: string | undefined;
}

export function createDiagramPanels({ extensionUri }: ExtensionContext, server: Server): DiagramPanels {
  const diagrams = new Map<string, OpenDiagram>();
  const timers = new Map<string, NodeJS.Timeout>();

  const send = async (uri: string, { panel, model }: OpenDiagram): Promise<boolean> => {
    const graph = await server.request(blockGraphRequest, { uri, ...(model === undefined ? {} : { model }) });
    // While a file is half-typed there may be no model for a moment; the last diagram stays.
    if (!graph) return false;
    panel.title = `Diagram: ${graph.model}`;
    await panel.webview.postMessage(graph);
    return true;
  };
  const create = (uri: string, model: string | undefined): OpenDiagram => {
    const dist = Uri.joinPath(extensionUri, 'dist');
    const panel = window.createWebviewPanel('joulelint.diagram', 'Diagram', { viewColumn: ViewColumn.Beside, preserveFocus: true }, {
      enableScripts: true, retainContextWhenHidden: true, localResourceRoots: [dist],
    });
    const diagram: OpenDiagram = { panel, model };
    panel.onDidDispose(() => { diagrams.delete(uri); });
    panel.webview.onDidReceiveMessage((message: unknown) => {
      if (!isDiagramMessage(message)) return;
      if (message.kind === 'ready') void send(uri, diagram);
      else if (message.kind === 'save') void save(message.svg);
      else void revealPlace(message.place);
    });
    const script = panel.webview.asWebviewUri(Uri.joinPath(dist, 'diagram.js')).toString();
    panel.webview.html = diagramPage({ script, source: panel.webview.cspSource, nonce: randomBytes(16).toString('base64') });
    diagrams.set(uri, diagram);
    return diagram;
  };
  const listener = server.onAnalyzed(({ uri }) => {
    const diagram = diagrams.get(uri);
    if (diagram === undefined) return;
    clearTimeout(timers.get(uri));
    timers.set(uri, setTimeout(() => { void send(uri, diagram); }, followMilliseconds));
  });

  return {
    async open(uri, model) {
      const key = uri.toString();
      const present = diagrams.get(key);
      if (present) {
        present.model = model ?? present.model;
        present.panel.reveal(undefined, true);
        await send(key, present);
        return;
      }
      const graph = await server.request(blockGraphRequest, { uri: key, ...(model === undefined ? {} : { model }) });
      if (graph) create(key, model);
      else void window.showInformationMessage('JouleLint: no model was found in this file.');
    },
    dispose() {
      listener.dispose();
      for (const timer of timers.values()) clearTimeout(timer);
      for (const { panel } of [...diagrams.values()]) panel.dispose();
    },
  };
}

async function save(svg: string): Promise<void> {
  const target = await window.showSaveDialog({ filters: { SVG: ['svg'] }, title: 'Save the diagram' });
  if (target) await workspace.fs.writeFile(target, new TextEncoder().encode(svg));
}

/** The page is ours, but what arrives from a webview is checked all the same. */
function isDiagramMessage(message: unknown): message is DiagramMessage {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return false;
  if (message.kind === 'ready') return true;
  if (message.kind === 'save') return 'svg' in message && typeof message.svg === 'string';
  return message.kind === 'reveal' && 'place' in message && isSourcePlace(message.place);
}
