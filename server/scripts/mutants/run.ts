/** Puts each changed rule in the place of the right one and runs its examples. */
import { defaultSettings } from '../../../shared/src/settings';
import type { Analysis } from '../../src/analysis/analysis';
import type { Rule, RuleExample } from '../../src/rules/define';
import { allRules } from '../../src/rules/registry.generated';
import { runRules } from '../../src/rules/run';
import { analyse, prepareParser } from '../../test/harness/analyse';

/** Some changes make no difference, and some are noticed by other tests than the examples; fewer than this are a sign of examples that are missing. */
const leastNoticed = 0.85;

const analyses = new Map<RuleExample, Analysis>();

/** What the rules find, over an analysis that is made once. */
function isAsStated(rule: Rule, stated: Rule, example: RuleExample, fires: boolean): boolean {
  let analysis = analyses.get(example);
  if (!analysis) analyses.set(example, analysis = analyse([{ path: `example.${example.extension ?? 'py'}`, text: example.source }], example.settings));
  const { uri, energy, texts } = analysis;
  const place = allRules.indexOf(stated);
  const rules = allRules as Rule[];
  rules[place] = rule;
  try {
    const { findings } = runRules({
      // Other objects: nothing is known of them from the run before.
      uri, models: analysis.models.map(({ graph, metrics }) => ({ graph, metrics: { ...metrics } })), settings: { ...defaultSettings, ...example.settings }.rules,
      ...(energy ? { energy } : {}), text: each => texts.get(each), complete: analysis.models.length > 0 && analysis.models.every(({ metrics }) => metrics.status === 'exact'),
    });
    const found = findings.find(each => each.rule === stated.id);
    if (!fires || !found) return fires === (found !== undefined);
    if (example.fix !== undefined && (found.fixes?.[0]?.title ?? '') !== example.fix) return false;
    return (example.message === undefined || found.message.includes(example.message)) && (example.at === undefined || example.source.slice(found.at.span.start, found.at.span.end) === example.at);
  } catch {
    return false;
  } finally {
    rules[place] = stated;
  }
}

interface Mutant {
  readonly file: string;
  readonly line: number;
  readonly what: string;
  readonly rule: Rule;
}

export async function judge(mutants: readonly Mutant[]): Promise<number> {
  await prepareParser();
  const holds = (rule: Rule, stated: Rule): boolean =>
    stated.examples.firing.every(example => isAsStated(rule, stated, example, true)) && stated.examples.silent.every(example => isAsStated(rule, stated, example, false));
  for (const rule of allRules) if (!holds(rule, rule)) throw new Error(`${rule.id}: its examples do not hold as it is`);
  const missed = mutants.filter(({ rule }) => {
    const stated = allRules.find(each => each.id === rule.id);
    return stated !== undefined && holds(rule, stated);
  });
  for (const { file, line, what } of missed) console.log(`${file}:${line}: no example notices ${what}`);
  console.log(`${mutants.length - missed.length} of ${mutants.length} changes are noticed`);
  return missed.length <= (1 - leastNoticed) * mutants.length ? 0 : 1;
}
