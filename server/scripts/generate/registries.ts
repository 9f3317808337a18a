/** The registries of operators, rules and report formats: one import per file found. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { doNotEdit, root, type Output } from './outputs';

function modulesIn(folder: string, wanted: (name: string) => boolean): string[] {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter(name => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.endsWith('.generated.ts') && wanted(name))
    .map(name => name.slice(0, -'.ts'.length))
    .sort();
}

function identifier(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function opFiles(): string[] {
  return modulesIn('server/src/ops', name => name !== 'define.ts' && name !== 'registry.ts' && !name.startsWith('_'));
}

/** Every value that `defineOp` made and a file of ops/ exports, alone or in a list. Files that start with `_` are helpers. */
export function opRegistry(): Output {
  const names = opFiles();
  const text = `// ${doNotEdit}
${names.map(name => `import * as ${identifier(name)}Module from './${name}';\n`).join('')}import type { AnyOp } from './define';

const modules: readonly object[] = [${names.map(name => `\n  ${identifier(name)}Module,`).join('')}
];

function isOp(value: unknown): value is AnyOp {
  return typeof value === 'object' && value !== null && 'kind' in value && 'shape' in value && 'examples' in value;
}

export const allOps: readonly AnyOp[] = modules.flatMap(module => Object.values(module).flat()).filter(isOp);
`;
  return { path: 'server/src/ops/registry.generated.ts', text };
}

/** Every `export const rule` of rules/JLxxx-name.ts. */
export function ruleRegistry(): Output {
  const names = modulesIn('server/src/rules', name => /^JL\d{3}-/.test(name));
  const id = (name: string): string => name.slice(0, 5);
  const text = `// ${doNotEdit}
${names.map(name => `import { rule as ${id(name)} } from './${name}';\n`).join('')}import type { Rule } from './define';

export const allRules: readonly Rule[] = [${names.map(id).join(', ')}];
`;
  return { path: 'server/src/rules/registry.generated.ts', text };
}

/** Every `export const format` of report/formats/. */
export function formatRegistry(): Output {
  const names = modulesIn('server/src/report/formats', () => true);
  const text = `// ${doNotEdit}
${names.map(name => `import { format as ${identifier(name)} } from './${name}';\n`).join('')}import type { Format } from '../define-format';

export const allFormats: readonly Format[] = [${names.map(identifier).join(', ')}];
`;
  return { path: 'server/src/report/formats/registry.generated.ts', text };
}
