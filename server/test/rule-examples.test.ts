/** The examples of every rule are source files: the firing ones must give the finding where they say, the silent ones none of it. */
import { strict as assert } from 'node:assert';
import type { Finding, RuleExample } from '../src/rules/define';
import { allRules } from '../src/rules/registry.generated';
import { analyse, prepareParser } from './harness/analyse';

function findingsIn(example: RuleExample): { readonly findings: readonly Finding[]; readonly context: string } {
  const { findings, problems, models } = analyse([{ path: `example.${example.extension ?? 'py'}`, text: example.source }], example.settings);
  const context = JSON.stringify({
    problems,
    found: findings.map(({ rule, message }) => `${rule} ${message}`),
    statuses: models.map(({ metrics }) => [metrics.status, ...metrics.reasons.map(({ reason }) => reason)]),
  });
  return { findings, context };
}

describe('rule examples', () => {
  before(prepareParser);

  for (const rule of allRules) {
    rule.examples.firing.forEach((example, index) => {
      it(`${rule.id} speaks (${index + 1})`, () => {
        const { findings, context } = findingsIn(example);
        const finding = findings.find(each => each.rule === rule.id);
        assert.ok(finding, context);
        if (example.message !== undefined) assert.ok(finding.message.includes(example.message), finding.message);
        if (example.fix !== undefined) assert.equal(finding.fixes?.[0]?.title ?? '', example.fix);
        if (example.at !== undefined) assert.equal(example.source.slice(finding.at.span.start, finding.at.span.end), example.at);
      });
    });
    rule.examples.silent.forEach((example, index) => {
      it(`${rule.id} stays silent (${index + 1})`, () => {
        const { findings, context } = findingsIn(example);
        assert.ok(findings.every(each => each.rule !== rule.id), context);
      });
    });
  }
});
