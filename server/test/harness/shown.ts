/** What the editor shows of a fixture, in the words of its marks: a newcomer's feature gets a row here and a kind of mark. */
import type { CodeAction, Command, DocumentSymbol, Range, TextEdit } from 'vscode-languageserver-types';
import type { Analysis } from '../../src/analysis/analysis';
import type { Awaitable } from '../../src/base/host';
import { codeActions } from '../../src/features/code-actions';
import { codeLenses } from '../../src/features/code-lens';
import { offsetIn } from '../../src/features/convert';
import { diagnostics } from '../../src/features/diagnostics';
import { documentSymbols } from '../../src/features/document-symbols';
import { hover } from '../../src/features/hover';
import { inlayHints } from '../../src/features/inlay-hints';
import { offersOf } from './analyse';
import type { Mark } from './markers';

export interface Said {
  readonly kind: Mark['kind'];
  readonly line: number;
  readonly columns: readonly [number, number] | undefined;
  readonly text: string;
  readonly severity?: number | undefined;
  readonly rule?: string;
  readonly becomes?: string | undefined;
}

interface Row {
  /** `always`: everything shown must be marked. `where-marked`: only in a file that has such a mark. `at-marks`: shown when asked for at a place, and asked for at the marks. */
  readonly asked: 'always' | 'where-marked' | 'at-marks';
  shown(analysis: Analysis, mark: Mark | undefined): Awaitable<readonly Omit<Said, 'kind'>[]>;
}

const everywhere: Range = { start: { line: 0, character: 0 }, end: { line: 100_000, character: 0 } };

const rows: Readonly<Record<Mark['kind'], Row>> = {
  finding: {
    asked: 'always',
    shown: analysis => diagnostics(analysis, () => undefined).map(({ range, message, severity, code }) => ({ ...placed(range), text: textOf(message), severity, rule: String(code) })),
  },
  lens: { asked: 'always', shown: analysis => codeLenses(analysis).map(({ range, command }) => ({ line: range.start.line, columns: undefined, text: command?.title ?? '' })) },
  inlay: { asked: 'where-marked', shown: analysis => inlayHints(analysis, everywhere).map(({ position, label }) => ({ line: position.line, columns: undefined, text: String(label) })) },
  symbol: { asked: 'where-marked', shown: analysis => documentSymbols(analysis).flatMap(symbol => symbolsOf(symbol, [])) },
  hover: { asked: 'at-marks', shown: hoverAt },
  action: { asked: 'at-marks', shown: actionsAt },
};

export async function saidBy(analysis: Analysis, marks: readonly Mark[]): Promise<Said[]> {
  const said: Said[] = [];
  for (const [kind, { asked, shown }] of Object.entries(rows) as [Mark['kind'], Row][]) {
    const own = marks.filter(mark => mark.kind === kind);
    const places = asked === 'at-marks' ? distinctPlaces(own) : asked === 'always' || own.length > 0 ? [undefined] : [];
    for (const place of places) said.push(...(await shown(analysis, place)).map(each => ({ kind, ...each })));
  }
  return said;
}

function distinctPlaces(marks: readonly Mark[]): readonly Mark[] {
  return [...new Map(marks.map(mark => [`${mark.line} ${String(mark.columns)}`, mark])).values()];
}

function placed(range: Range): Pick<Said, 'line' | 'columns'> {
  return { line: range.start.line, columns: [range.start.character, range.end.character] };
}

function textOf(message: string | { readonly value: string }): string {
  return typeof message === 'string' ? message : message.value;
}

/** `Net > conv1 Conv2d → 8×30×30`: the names that lead there, then the detail. */
function symbolsOf(symbol: DocumentSymbol, above: readonly string[]): Omit<Said, 'kind'>[] {
  const names = [...above, symbol.name];
  const own = { line: symbol.selectionRange.start.line, columns: undefined, text: [names.join(' > '), symbol.detail].join(' ').trim() };
  return [own, ...(symbol.children ?? []).flatMap(child => symbolsOf(child, names))];
}

function hoverAt(analysis: Analysis, mark: Mark | undefined): Omit<Said, 'kind'>[] {
  if (!mark?.columns) return [];
  const offset = offsetIn(analysis, { line: mark.line, character: mark.columns[0] });
  const contents = offset === undefined ? undefined : hover(analysis, offset)?.contents;
  const text = typeof contents === 'object' && 'value' in contents ? contents.value.replace(/\s+/g, ' ') : '';
  return [{ line: mark.line, columns: mark.columns, text }];
}

async function actionsAt(analysis: Analysis, mark: Mark | undefined): Promise<Omit<Said, 'kind'>[]> {
  if (!mark?.columns) return [];
  const [start, end] = mark.columns.map(character => ({ line: mark.line, character }));
  if (!start || !end) return [];
  return (await codeActions(analysis, { start, end }, () => undefined, offersOf(analysis))).map(action => ({
    line: mark.line, columns: mark.columns, text: action.title, becomes: lineAfter(analysis, action, mark.line),
  }));
}

/** The line once the action's edits are in; undefined for an action without edits. */
function lineAfter(analysis: Analysis, action: CodeAction | Command, line: number): string | undefined {
  const edits: readonly TextEdit[] | undefined = 'edit' in action ? action.edit?.changes?.[analysis.uri] : undefined;
  if (!edits) return undefined;
  const here = edits.filter(({ range }) => range.start.line === line && range.end.line === line).sort((a, b) => b.range.start.character - a.range.start.character);
  const before = analysis.texts.get(analysis.uri)?.split('\n')[line] ?? '';
  return here.reduce((text, { range, newText }) => text.slice(0, range.start.character) + newText + text.slice(range.end.character), before).trim();
}
