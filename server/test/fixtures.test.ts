/** Every fixture says in its marks what must be shown, and nothing else may be. */
import { strict as assert } from 'node:assert';
import { severityOf } from '../src/features/convert';
import { codeLenses } from '../src/features/code-lens';
import { diagnostics } from '../src/features/diagnostics';
import { inlayHints } from '../src/features/inlay-hints';
import type { Analysis } from '../src/analysis/analysis';
import { analyse, fixtureFiles, fixtureText, prepareParser } from './harness/analyse';
import { readFixture, type Mark } from './harness/markers';

interface Said {
  readonly kind: Mark['kind'];
  readonly line: number;
  readonly columns: readonly [number, number] | undefined;
  readonly text: string;
  readonly severity?: number | undefined;
  readonly rule?: string;
}

function saidBy(analysis: Analysis, withInlays: boolean): Said[] {
  const everything = { start: { line: 0, character: 0 }, end: { line: 100_000, character: 0 } };
  return [
    ...diagnostics(analysis, () => undefined).map((finding): Said => ({
      kind: 'finding', line: finding.range.start.line, columns: [finding.range.start.character, finding.range.end.character],
      text: textOf(finding.message), severity: finding.severity, rule: String(finding.code),
    })),
    ...codeLenses(analysis).map((lens): Said => ({ kind: 'lens', line: lens.range.start.line, columns: undefined, text: lens.command?.title ?? '' })),
    ...(withInlays ? inlayHints(analysis, everything).map((hint): Said => ({ kind: 'inlay', line: hint.position.line, columns: undefined, text: String(hint.label) })) : []),
  ];
}

function textOf(message: string | { readonly value: string }): string {
  return typeof message === 'string' ? message : message.value;
}

function meets(said: Said, mark: Mark): boolean {
  if (said.kind !== mark.kind || said.line !== mark.line || !said.text.includes(mark.text)) return false;
  if (mark.columns && (said.columns?.[0] !== mark.columns[0] || said.columns[1] !== mark.columns[1])) return false;
  if (mark.kind !== 'finding') return true;
  return said.rule === mark.rule && said.severity === severityOf(mark.severity as 'hint' | 'info' | 'warning' | 'error');
}

function show(item: Said | Mark): string {
  return `line ${item.line + 1}${item.columns ? ` [${item.columns.join('–')}]` : ''} ${item.rule ?? item.kind}: ${item.text}`;
}

/** Hints (gaps, unlinked notes) are quiet; a fixture marks those it is about. */
function mustBeMarked(said: Said): boolean {
  return said.kind !== 'finding' || said.severity !== severityOf('hint');
}

describe('fixtures', () => {
  before(prepareParser);
  for (const [folder, name] of [...['pytorch', 'keras'].flatMap(each => fixtureFiles(each, '.py').map(file => [each, file] as const)), ...fixtureFiles('caffe', '.prototxt').map(file => ['caffe', file] as const)]) {
    it(`${folder}/${name}`, () => {
      const fixture = readFixture(name, fixtureText(folder, name));
      const said = saidBy(analyse(fixture.files), fixture.marks.some(mark => mark.kind === 'inlay'));
      const unmet = fixture.marks.filter(mark => !said.some(each => meets(each, mark)));
      const unmarked = said.filter(each => mustBeMarked(each) && !fixture.marks.some(mark => meets(each, mark)));
      assert.deepEqual({ unmet: unmet.map(show), unmarked: unmarked.map(show) }, { unmet: [], unmarked: [] });
    });
  }
});
