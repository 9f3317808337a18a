/** What a check came to, in words: for the terminal and for a pull request. */
import type { CheckReport, FigureChange, HeldLimit } from '../../../../shared/src/check-report';
import type { Model, Severity } from '../../../../shared/src/report';
import { changeText, counted } from '../../base/format';

const severities: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

/** `2 findings (1 error, 1 hint) in 3 models of 2 files; 4 limits kept, 1 broken; 12 findings were there before`. */
export function checkSummary({ findings, models, check: { files, limits, known, against } }: CheckReport): string {
  const by = severities.flatMap(severity => {
    const count = findings.filter(finding => finding.severity === severity).length;
    return count === 0 ? [] : [counted(count, severity)];
  });
  const what = findings.length === 0 ? 'no findings' : `${counted(findings.length, 'finding')} (${by.join(', ')})`;
  return [
    `${what} in ${counted(models.length, 'model')} of ${counted(files, 'file')}`,
    ...(limits.length === 0 ? [] : [limitsSummary(limits)]),
    ...(known === 0 ? [] : [`${counted(known, 'finding')} ${known === 1 ? 'was' : 'were'} there in ${against ?? ''} and ${known === 1 ? 'is' : 'are'} not listed`]),
  ].join('; ');
}

export function limitsSummary(limits: readonly HeldLimit[]): string {
  const count = (wanted: (limit: HeldLimit) => boolean): number => limits.filter(wanted).length;
  const broken = count(({ verdict, assuming }) => verdict === 'over' && assuming === undefined);
  const kept = count(({ verdict }) => verdict === 'within');
  const open = limits.length - broken - kept;
  return [`${counted(kept, 'limit')} kept`, ...(broken === 0 ? [] : [`${broken} broken`]), ...(open === 0 ? [] : [`${open} that cannot be told`])].join(', ');
}

/** `4.2 GMAC (+24 %)` where it is not what it was. */
export function withChange(text: string, model: Model, figure: string, { changes }: CheckReport['check']): string {
  const change = changes.find(each => each.uri === model.uri && each.model === model.name && each.line === model.line)?.changes.find(each => each.figure === figure);
  return change ? `${text} (${changeWords(change)})` : text;
}

function changeWords({ before, after }: FigureChange): string {
  return changeText(before, after, 'count');
}
