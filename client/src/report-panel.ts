/** The Energy Report: a webview whose page the server renders; a chosen row reveals its line in the source. */
import { randomBytes } from 'node:crypto';
import { type Disposable, type ExtensionContext, Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import { reportRequest, type ReportMessage, type ReportResult } from '../../shared/src/protocol';
import type { Server } from './client';
import { isSourcePlace, revealPlace } from './reveal';

interface OpenReport {
  readonly panel: WebviewPanel;
  /** One per panel: later versions of the page are put into the page that is already there. */
  readonly nonce: string;
  model: string | undefined;
  shown: string;
}

export interface ReportPanels extends Disposable {
  open(uri: Uri, model: string | undefined): Promise<void>;
}

/** While somebody types, a report that is open follows at this pace. */
const followMilliseconds = 300;

export function createReportPanels(context: ExtensionContext, server: Server): ReportPanels {
  const reports = new Map<string, OpenReport>();
  const timers = new Map<string, NodeJS.Timeout>();

  const fetchReport = (uri: string, report: OpenReport): Promise<ReportResult | null | undefined> => server.request(reportRequest, {
    uri, nonce: report.nonce, ...(report.model === undefined ? {} : { model: report.model }),
  });

  const update = async (uri: string, report: OpenReport): Promise<void> => {
    const result = await fetchReport(uri, report);
    // While a file is half-typed there may be no model for a moment; the last report stays.
    if (result === undefined || result === null || result.html === report.shown) return;
    report.panel.title = result.title;
    const first = report.shown === '';
    report.shown = result.html;
    if (first) report.panel.webview.html = result.html;
    // Replacing the whole page would flash and lose the scroll position, the sort order and the focus.
    else await report.panel.webview.postMessage({ kind: 'content', html: result.html });
  };

  const create = (uri: string, model: string | undefined): OpenReport => {
    const panel = window.createWebviewPanel('joulelint.report', 'Energy Report', { viewColumn: ViewColumn.Beside, preserveFocus: true }, {
      enableScripts: true, retainContextWhenHidden: true, localResourceRoots: [], enableFindWidget: true,
    });
    const icon = (theme: string): Uri => Uri.joinPath(context.extensionUri, 'media', `report-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    const report: OpenReport = { panel, nonce: randomBytes(16).toString('base64'), model, shown: '' };
    panel.onDidDispose(() => { reports.delete(uri); });
    panel.webview.onDidReceiveMessage((message: unknown) => {
      if (!isReportMessage(message)) return;
      if (message.kind === 'reveal') void revealPlace(message.place);
      else {
        report.model = message.model;
        void update(uri, report);
      }
    });
    reports.set(uri, report);
    return report;
  };

  const listener = server.onAnalyzed(({ uri }) => {
    const report = reports.get(uri);
    if (report === undefined) return;
    clearTimeout(timers.get(uri));
    timers.set(uri, setTimeout(() => { void update(uri, report); }, followMilliseconds));
  });

  return {
    async open(uri, model) {
      const key = uri.toString();
      const present = reports.get(key);
      const report = present ?? create(key, model);
      if (model !== undefined) report.model = model;
      if (present !== undefined) present.panel.reveal(undefined, true);
      await update(key, report);
      if (report.shown === '') {
        report.panel.dispose();
        void window.showInformationMessage('JouleLint: no model was found in this file.');
      }
    },
    dispose() {
      listener.dispose();
      for (const timer of timers.values()) clearTimeout(timer);
      for (const report of [...reports.values()]) report.panel.dispose();
    },
  };
}

/** The page is ours, but what arrives from a webview is checked all the same. */
function isReportMessage(message: unknown): message is ReportMessage {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return false;
  if (message.kind === 'model') return 'model' in message && typeof message.model === 'string';
  return message.kind === 'reveal' && 'place' in message && isSourcePlace(message.place);
}
