/** docs/rules/JLnnn.md, the page that the editor and `joulelint rule` show, and the index docs/rules.md. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { levelByDefault, type Rule } from '../../src/rules/define';
import { dialects } from './coverage';
import type { Declared } from './load';
import { code, table } from './markdown';
import { doNotEdit, root, type Output } from './outputs';

const folder = 'docs/rules';

export function rulePages({ rules, rulePage }: Declared): Output[] {
  const pages = rules.map(rule => ({ path: `${folder}/${rule.id}.md`, text: `<!-- ${doNotEdit} -->\n${rulePage(rule.id) ?? ''}` }));
  return [index(rules), ...pages, ...leftovers(new Set(pages.map(output => output.path)))];
}

/** Pages of rules that are no more. */
function leftovers(wanted: ReadonlySet<string>): Output[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder)).map(name => `${folder}/${name}`).filter(path => !wanted.has(path)).map(path => ({ path, text: undefined }));
}

function index(rules: readonly Rule[]): Output {
  const rows = rules.map(rule => [`[${rule.id}](rules/${rule.id}.md)`, code(rule.name), levelByDefault(rule), frameworksOf(rule), rule.summary]);
  const text = `<!-- ${doNotEdit} -->
# Rules

${table(['rule', 'name', 'severity', 'frameworks', 'what it finds'], rows)}`;
  return { path: 'docs/rules.md', text };
}

function frameworksOf(rule: Rule): string {
  return rule.frameworks.length === Object.keys(dialects).length ? 'all' : rule.frameworks.map(name => dialects[name]).join(', ');
}
