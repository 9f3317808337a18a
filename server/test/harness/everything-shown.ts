/** All that a person could be shown of an analysis, as one text: two of them are alike or they are not. */
import type { Analysis } from '../../src/analysis/analysis';
import { codeLenses } from '../../src/features/code-lens';
import { diagnostics } from '../../src/features/diagnostics';
import { inlayHints } from '../../src/features/inlay-hints';
import { reportOf } from '../../src/report/json';

const everything = { start: { line: 0, character: 0 }, end: { line: 100_000, character: 0 } };

export function everythingShown(analysis: Analysis): string {
  return JSON.stringify({
    report: reportOf([analysis], { name: 'joulelint', version: '0' }), names: analysis.names, problems: analysis.problems, texts: [...analysis.texts].sort(),
    found: diagnostics(analysis, () => undefined), lenses: codeLenses(analysis), hints: inlayHints(analysis, everything),
  }, undefined, 1);
}
