/** Entry point of the extension: makes the parts, joins them, starts the server. */
import { type ExtensionContext, window } from 'vscode';
import { createServer } from './client';
import { registerCommands } from './commands';
import { createComparisons } from './compare';
import { createDiagramPanels } from './diagram-panel';
import { createFocusedModels } from './focused-model';
import { createHeatGutter } from './heat-gutter';
import { registerOnnxEditor } from './onnx-editor';
import { createReportPanels } from './report-panel';
import { registerRulePages } from './rule-page';
import { createStatusBar } from './status-bar';

export async function activate(context: ExtensionContext): Promise<void> {
  const output = window.createOutputChannel('JouleLint', { log: true });
  const server = createServer(context, output);
  const models = createFocusedModels(server);
  const reports = createReportPanels(context, server);
  const diagrams = createDiagramPanels(context, server);
  const statusBar = createStatusBar(server, models);
  const heat = createHeatGutter(server, models);
  const comparisons = createComparisons(server, models);
  context.subscriptions.push(output, statusBar, heat, comparisons, reports, diagrams, registerRulePages(server), ...registerOnnxEditor(server), server);
  context.subscriptions.push(...registerCommands({
    extension: context, server, output, models, reports, heat, comparisons, diagrams,
    refresh: () => {
      statusBar.refresh();
      heat.refresh();
    },
  }));
  await server.start().catch((error: unknown) => {
    output.error(`The server did not start: ${error instanceof Error ? error.message : String(error)}`);
    void window.showErrorMessage('JouleLint: the language server did not start. "JouleLint: Show Log" says why.');
  });
}
