/** docs/rules/JLnnn.md, the page that the editor and `joulelint rule` show, and the index docs/rules.md. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { levelByDefault, type Rule } from '../../src/rules/define';
import type { ProjectCheck } from '../../src/rules/project-checks';
import { dialects } from './coverage';
import type { Declared } from './load';
import { code, table } from './markdown';
import { doNotEdit, root, type Output } from './outputs';

const folder = 'docs/rules';

export function rulePages({ rules, rulePage, projectChecks }: Declared): Output[] {
  const pages = [...rules, ...projectChecks].map(rule => ({ path: `${folder}/${rule.id}.md`, text: `<!-- ${doNotEdit} -->\n${rulePage(rule.id) ?? ''}` }));
  return [index(rules, projectChecks), ...pages, ...leftovers(new Set(pages.map(output => output.path)))];
}

/** Pages of rules that are no more. */
function leftovers(wanted: ReadonlySet<string>): Output[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder)).map(name => `${folder}/${name}`).filter(path => !wanted.has(path)).map(path => ({ path, text: undefined }));
}

function index(rules: readonly Rule[], checks: readonly ProjectCheck[]): Output {
  const rows = rules.map(rule => [`[${rule.id}](rules/${rule.id}.md)`, code(rule.name), levelByDefault(rule), frameworksOf(rule), rule.summary]);
  const text = `<!-- ${doNotEdit} -->
# Rules

${table(['rule', 'name', 'severity', 'frameworks', 'what it finds'], rows)}
## Of a project

${table(['check', 'name', 'severity', 'what it finds'], checks.map(({ id, name, severity, summary }) => [`[${id}](rules/${id}.md)`, code(name), severity, summary]))}`;
  return { path: 'docs/rules.md', text };
}

function frameworksOf(rule: Rule): string {
  return rule.frameworks.length === Object.keys(dialects).length ? 'all' : rule.frameworks.map(name => dialects[name]).join(', ');
}
