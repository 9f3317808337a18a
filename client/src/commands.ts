/** The commands of the palette; lenses and code actions call the same ones with a file and a model. */
import { commands, type Disposable, type ExtensionContext, type LogOutputChannel, QuickPickItemKind, Range, Uri, window, workspace, WorkspaceEdit } from 'vscode';
import type { QuickPickItem } from 'vscode';
import { commandIds, onnxInputRequest, onnxScheme, setInputShapeRequest } from '../../shared/src/protocol';
import type { Server } from './client';
import type { Comparisons } from './compare';
import type { DiagramPanels } from './diagram-panel';
import type { FocusedModels } from './focused-model';
import type { HeatGutter } from './heat-gutter';
import { textFormOf } from './onnx-editor';
import { selectDevice } from './device-picker';
import type { ReportPanels } from './report-panel';
import { reveal } from './reveal';
import { openRule } from './rule-page';

export interface CommandContext {
  readonly extension: ExtensionContext;
  readonly server: Server;
  readonly output: LogOutputChannel;
  readonly models: FocusedModels;
  readonly reports: ReportPanels;
  readonly heat: HeatGutter;
  readonly comparisons: Comparisons;
  readonly diagrams: DiagramPanels;
  /** Called after a choice that changes which figures are in focus. */
  refresh(): void;
}

/** What a lens or a code action passes; from the palette there is nothing. */
interface Target {
  readonly uri: Uri;
  readonly model: string | undefined;
}

const conventions = [
  { name: 'paper', detail: 'comparable with the published networks' },
  { name: 'graph', detail: 'what the framework executes' },
  { name: 'fused', detail: 'what an inference runtime executes' },
] as const;

/** `1,3,224,224`, optionally `name=` before and `:int64` after; several inputs are separated by blanks. */
const shapePattern = /^\s*(?:\w+=)?\d+(?:,\d+)*(?::\w+)?(?:\s+(?:\w+=)?\d+(?:,\d+)*(?::\w+)?)*\s*$/;

export function registerCommands(context: CommandContext): Disposable[] {
  const table: Readonly<Record<string, (uri?: unknown, model?: unknown) => Promise<void>>> = {
    [commandIds.energyReport]: (uri, model) => energyReport(context, uri, model),
    [commandIds.setInputShape]: (uri, model) => setInputShape(context, uri, model),
    [commandIds.openRule]: (rule) => openRule(rule),
    [commandIds.selectModel]: () => selectModel(context),
    [commandIds.selectDevice]: async () => {
      await selectDevice(context.server, context.models.editor(), context.extension);
      context.refresh();
    },
    [commandIds.showDiagram]: (uri, model) => showDiagram(context, uri, model),
    [commandIds.compareWithHead]: () => context.comparisons.withHead(),
    [commandIds.compareWith]: () => context.comparisons.choose(),
    [commandIds.selectHeat]: () => context.heat.choose(),
    [commandIds.restartServer]: () => context.server.restart(),
    [commandIds.showLog]: () => {
      context.output.show(true);
      return Promise.resolve();
    },
  };
  return Object.entries(table).map(([id, action]) => commands.registerCommand(id, action));
}

async function showDiagram(context: CommandContext, uri: unknown, model: unknown): Promise<void> {
  const target = await targetOf(context, uri, model);
  if (target !== undefined) await context.diagrams.open(target.uri, target.model);
}

async function energyReport(context: CommandContext, uri: unknown, model: unknown): Promise<void> {
  const target = await targetOf(context, uri, model);
  if (target !== undefined) await context.reports.open(target.uri, target.model);
}

async function setInputShape(context: CommandContext, uri: unknown, model: unknown): Promise<void> {
  const target = await targetOf(context, uri, model);
  if (target === undefined) return;
  const all = await context.models.of(target.uri);
  const known = all.find((each) => each.name === target.model);
  // A class that could not be made has no figures, and can be stated all the same.
  const summary = known ?? (target.model === undefined ? all[0] : { name: target.model, inputs: ['1,3,224,224'] });
  if (summary === undefined) {
    void window.showInformationMessage('JouleLint: no model was found in this file.');
    return;
  }
  const shape = await window.showInputBox({
    title: `Input shape of ${summary.name}`,
    prompt: 'With the batch, for example 1,3,224,224. Several inputs are separated by blanks; name=1,16:int64 names one and sets its data type.',
    value: summary.inputs.join(' '),
    validateInput: (value) => (shapePattern.test(value) ? undefined : 'Write sizes with commas between them, for example 1,3,224,224.'),
  });
  if (shape === undefined) return;
  if (target.uri.scheme === onnxScheme) {
    const refusal = await context.server.request(onnxInputRequest, { uri: target.uri.toString(), shape });
    if (typeof refusal === 'string') void window.showWarningMessage(`JouleLint: ${refusal}`);
    return;
  }
  const result = await context.server.request(setInputShapeRequest, { uri: target.uri.toString(), model: summary.name, shape: shape.trim() });
  if (result === undefined) return;
  if (result.refusal !== undefined) {
    void window.showWarningMessage(`JouleLint: ${result.refusal}`);
    return;
  }
  const edit = new WorkspaceEdit();
  for (const { range, newText } of result.edits) {
    edit.replace(Uri.parse(result.uri), new Range(range.start.line, range.start.character, range.end.line, range.end.character), newText);
  }
  await workspace.applyEdit(edit);
}

interface ModelPick extends QuickPickItem {
  readonly action?: () => Promise<void>;
}

async function selectModel(context: CommandContext): Promise<void> {
  const editor = context.models.editor();
  if (editor === undefined) return;
  const uri = editor.document.uri;
  const models = await context.models.of(uri);
  const current = workspace.getConfiguration('joulelint', uri).get<string>('convention');
  const picks: ModelPick[] = [
    { label: 'Models of this file', kind: QuickPickItemKind.Separator },
    ...models.map((model): ModelPick => ({
      label: model.name,
      description: `line ${model.line + 1}`,
      detail: model.figures,
      action: () => {
        context.models.choose(uri, model.name);
        return reveal(Uri.parse(model.uri), model.line, 0);
      },
    })),
    { label: 'Counting convention of the totals', kind: QuickPickItemKind.Separator },
    ...conventions.map((convention): ModelPick => ({
      label: `${convention.name === current ? '$(check) ' : ''}${convention.name}`,
      description: convention.detail,
      action: () => Promise.resolve(workspace.getConfiguration('joulelint', uri).update('convention', convention.name)),
    })),
  ];
  picks.push({ label: 'Energy', kind: QuickPickItemKind.Separator }, {
    label: 'Select device …', description: models[0]?.device ?? 'none', action: () => selectDevice(context.server, editor, context.extension),
  });
  const pick = await window.showQuickPick(picks, {
    title: 'JouleLint', placeHolder: models.length === 0 ? 'No model was found in this file.' : 'Select a model or a counting convention', matchOnDetail: true,
  });
  await pick?.action?.();
  context.refresh();
}

async function targetOf(context: CommandContext, uri: unknown, model: unknown): Promise<Target | undefined> {
  if (typeof uri === 'string') return { uri: textFormOf(Uri.parse(uri)), model: typeof model === 'string' ? model : undefined };
  // From a menu on a file, or on its editor.
  if (uri instanceof Uri) return { uri: textFormOf(uri), model: undefined };
  const editor = context.models.editor();
  if (editor === undefined) {
    void window.showInformationMessage('JouleLint: open a file with a model first.');
    return undefined;
  }
  return { uri: editor.document.uri, model: (await context.models.focused(editor))?.name };
}
