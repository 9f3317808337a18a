/** How often each rule speaks about models that were published and are well: a rule that most of them meet tells nobody anything. */
import { levelByDefault } from '../../src/rules/define';
import { allRules } from '../../src/rules/registry.generated';
import { median } from '../energy/figures';
import { table } from '../generate/markdown';
import type { Judged } from './cases';

/** A rule that speaks about more of them is a hint, or off. */
const often = 1 / 3;

const percent = (share: number): string => `${(100 * share).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`;

export function noiseSection(judged: readonly Judged[]): string {
  const sets = [...new Set(judged.map(({ set }) => set))];
  const rows = allRules.flatMap(rule => {
    const concerned = judged.filter(({ framework }) => rule.frameworks.some(each => each === framework));
    const hit = concerned.filter(({ found }) => found.has(rule.id));
    if (hit.length === 0) return [];
    const counts = hit.map(each => ({ id: each.id, count: each.found.get(rule.id)?.length ?? 0 })).sort((a, b) => b.count - a.count);
    const share = hit.length / concerned.length;
    return [{ share, cells: [
      `[${rule.id}](rules/${rule.id}.md) ${rule.name}`, levelByDefault(rule), `${hit.length} of ${concerned.length}`, percent(share), String(median(counts.map(({ count }) => count))),
      `${counts[0]?.count ?? 0} (${counts[0]?.id ?? ''})`,
    ] }];
  }).sort((a, b) => b.share - a.share);
  const silent = allRules.filter(rule => judged.every(({ found }) => !found.has(rule.id))).map(({ id }) => id);
  const loud = rows.filter(({ share, cells }) => share > often && (cells[1] === 'warning' || cells[1] === 'info'));
  const perModel = (of: readonly Judged[]): string[] => {
    const all = of.map(({ found }) => [...found.values()].flat());
    const most = [...of].sort((a, b) => [...b.found.values()].flat().length - [...a.found.values()].flat().length)[0];
    return [
      String(of.length), String(median(all.map(each => each.filter(level => level === 'warning' || level === 'error').length))),
      String(median(all.map(each => each.filter(level => level === 'info').length))), String(median(all.map(each => each.filter(level => level === 'hint').length))),
      `${most ? [...most.found.values()].flat().length : 0} (${most?.id ?? ''})`,
    ];
  };
  return `## Noise

Recorded models with the settings as they come, each with the input that its record states: ${judged.length} of them could be followed.
They were published and work; what a rule says of most of them is no news.

${table(['rule', 'level', 'models', 'share', 'findings, median', 'worst'], rows.map(({ cells }) => cells))}
${loud.length === 0 ? 'No rule that speaks about more than a third of them is more than a hint.' : `Speaking about more than a third, and more than a hint: ${loud.map(({ cells }) => cells[0] ?? '').join(', ')}.`}
Of none of them speak ${silent.join(', ')}: they are about mistakes, about devices smaller than the default one, or about files that do not state their inputs.

Findings per model:

${table(
    ['set', 'models', 'warnings and errors, median', 'information', 'hints', 'most'],
    [...sets.map(set => [set, ...perModel(judged.filter(each => each.set === set))]), ['all', ...perModel(judged)]],
  )}
`;
}
