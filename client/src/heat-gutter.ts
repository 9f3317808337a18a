/** Where the joules go, in the gutter: each line with a bar for its share, by energy, time, MACs, activations or weights; off unless asked for. */
import { type Disposable, MarkdownString, OverviewRulerLane, Range, StatusBarAlignment, type TextEditor, type TextEditorDecorationType, Uri, window, workspace } from 'vscode';
import type { QuickPickItem } from 'vscode';
import { commandIds, heatRequest, type Heat, type HeatLine, type HeatQuantity } from '../../shared/src/protocol';
import type { Server } from './client';
import type { FocusedModels } from './focused-model';
import { followEditor } from './follow-editor';

/** Lower ends of the steps; each doubles, since a few lines hold most of a model and many hold little. */
const steps = [0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4] as const;
/** From dark blue to yellow, as cividis goes: told apart with any colour vision; the bar's length says the same. */
const colours = ['#35456c', '#4f576c', '#666970', '#7d7c78', '#a69d75', '#cbba69', '#fee838'] as const;

const quantities: readonly { readonly quantity: HeatQuantity; readonly label: string; readonly description: string }[] = [
  { quantity: 'energy', label: 'Energy', description: 'on the chosen device' },
  { quantity: 'time', label: 'Time', description: 'on the chosen device' },
  { quantity: 'macs', label: 'MACs', description: 'multiply–accumulates' },
  { quantity: 'activations', label: 'Activations', description: 'what layers read and write' },
  { quantity: 'params', label: 'Weights', description: 'parameters' },
];

export interface HeatGutter extends Disposable {
  /** Asks which quantity, or none, and keeps the answer in the settings. */
  choose(): Promise<void>;
  refresh(): void;
}

export function createHeatGutter(server: Server, models: FocusedModels): HeatGutter {
  const decorations = steps.map((_from, step) => decorationOf(step));
  const legend = window.createStatusBarItem('joulelint.heat', StatusBarAlignment.Right, 89);
  legend.name = 'JouleLint: heat';
  legend.command = commandIds.selectHeat;

  const following = followEditor(server, async isCurrent => {
    const editor = models.editor();
    const quantity = editor && chosenFor(editor);
    const model = editor && quantity ? await models.focused(editor) : undefined;
    const heat = editor && quantity ? await server.request(heatRequest, { uri: editor.document.uri.toString(), quantity, ...(model ? { model: model.name } : {}) }) : undefined;
    // A later question may have been answered first.
    if (!isCurrent()) return;
    if (editor) paint(editor, decorations, heat ?? undefined);
    if (heat) {
      legend.text = `$(flame) ${heat.title}`;
      legend.tooltip = legendOf(heat);
      legend.show();
    } else {
      legend.hide();
    }
  });
  const configured = workspace.onDidChangeConfiguration(change => { if (change.affectsConfiguration('joulelint')) following.refresh(); });
  return {
    refresh: following.refresh,
    choose: () => choose(models.editor()),
    dispose() {
      for (const each of [following, configured, ...decorations, legend]) each.dispose();
    },
  };
}

function chosenFor({ document }: TextEditor): HeatQuantity | undefined {
  const chosen = workspace.getConfiguration('joulelint', document.uri).get<string>('heat');
  return quantities.find(({ quantity }) => quantity === chosen)?.quantity;
}

/** A bar in the gutter as long as the step is high, and a mark in the overview ruler for what holds a tenth and more. */
function decorationOf(step: number): TextEditorDecorationType {
  const colour = colours[step] ?? colours[0];
  const width = Math.round(((step + 1) / steps.length) * 16);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16"><rect x="${16 - width}" y="3" width="${width}" height="10" rx="1" fill="${colour}" stroke="#888" stroke-width="0.5"/></svg>`;
  const isHot = (steps[step] ?? 0) >= 0.1;
  return window.createTextEditorDecorationType({
    gutterIconPath: Uri.parse(`data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`), gutterIconSize: 'contain',
    ...(isHot ? { overviewRulerColor: colour, overviewRulerLane: OverviewRulerLane.Left } : {}),
  });
}

function paint(editor: TextEditor, decorations: readonly TextEditorDecorationType[], heat: Heat | undefined): void {
  const uri = editor.document.uri.toString();
  const lines = (heat?.lines ?? []).filter(line => line.uri === uri);
  for (const [step, decoration] of decorations.entries()) {
    editor.setDecorations(decoration, lines.filter(line => stepOf(line) === step).map(({ line }) => new Range(line, 0, line, 0)));
  }
}

function stepOf({ share }: HeatLine): number {
  return steps.findLastIndex(from => share >= from);
}

const linesInLegend = 5;

function legendOf(heat: Heat): MarkdownString {
  const hottest = [...heat.lines].sort((left, right) => right.share - left.share).slice(0, linesInLegend);
  const text = new MarkdownString();
  text.appendText(`The longer and brighter the bar beside a line, the larger its share of the ${heat.title} of ${heat.model}. A line that calls a block has the share of the whole block.`);
  text.appendMarkdown('\n\n');
  for (const { line, text: said } of hottest) {
    text.appendText(`Line ${line + 1}: ${said}`);
    text.appendMarkdown('\n\n');
  }
  text.appendText('Click for another quantity, or none.');
  return text;
}

interface HeatPick extends QuickPickItem {
  readonly quantity: HeatQuantity | 'off';
}

async function choose(editor: TextEditor | undefined): Promise<void> {
  const configuration = workspace.getConfiguration('joulelint', editor?.document.uri);
  const current = configuration.get<string>('heat') ?? 'off';
  const picks: HeatPick[] = [...quantities, { quantity: 'off' as const, label: 'Nothing', description: 'no bars in the gutter' }].map(pick => ({
    ...pick, label: `${pick.quantity === current ? '$(check) ' : ''}${pick.label}`,
  }));
  const pick = await window.showQuickPick(picks, { title: 'Heat in the gutter', placeHolder: 'Mark each line by its share of a model\'s …' });
  if (pick) await configuration.update('heat', pick.quantity === 'off' ? undefined : pick.quantity);
}
