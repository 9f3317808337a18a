/** A rule's page as Markdown: what the editor shows for a rule's code and the command line prints. */
import type { Rule, RuleExample } from '../rules/define';
import { projectChecks, type ProjectCheck } from '../rules/project-checks';
import { allRules } from '../rules/registry.generated';

export function rulePage(id: string): string | undefined {
  const rule = allRules.find(each => each.id === id);
  const check = projectChecks.find(each => each.id === id);
  return rule ? pageOf(rule) : check && pageOfCheck(check);
}

function pageOfCheck({ id, name, summary, severity, docs }: ProjectCheck): string {
  return `# ${id} ${name}\n\n${summary}\n\nSeverity: ${severity}\n\n## What it finds\n\n${docs.what}\n\n## Why\n\n${docs.why}\n\n## Instead\n\n${docs.instead}\n`;
}

function pageOf(rule: Rule): string {
  const options = Object.entries(rule.options).map(([name, option]) =>
    `- \`${name}\` = ${String(option.default)}${option.unit === undefined ? '' : ` ${option.unit}`}: ${option.description}${option.source === undefined ? ' (the default is ours)' : ` (default: ${option.source})`}`);
  return [
    `# ${rule.id} ${rule.name}`,
    rule.summary,
    `Severity: ${rule.offByDefault ? `off; ${rule.severity} when it is asked for` : rule.severity} · since ${rule.since}`,
    `## What it finds\n\n${rule.docs.what}`,
    `## Why\n\n${rule.docs.why}`,
    `## Instead\n\n${rule.docs.instead}`,
    ...(options.length > 0 ? [`## Options\n\n${options.join('\n')}`] : []),
    `## Examples\n\nA finding:\n\n${fence(rule.examples.firing[0])}\n\nNo finding:\n\n${fence(rule.examples.silent[0])}`,
    `## Ignore or adjust\n\nOn the line itself: \`# joulelint: ignore[${rule.id}] reason\`. Everywhere, in the settings: \`"joulelint.rules": {"${rule.id}": "off"}\`.`,
    `## Sources\n\n${rule.sources.map(source => `- ${source.url === undefined ? source.title : `[${source.title}](${source.url})`}`).join('\n')}`,
  ].join('\n\n').concat('\n');
}

function fence(example: RuleExample): string {
  return `\`\`\`${example.extension === undefined ? 'python' : example.extension}\n${example.source.trim()}\n\`\`\``;
}
