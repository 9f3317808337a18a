/** Reads the product's declarations by bundling them in memory: they are TypeScript, and half of them may just have been generated. */
import Module from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { configurationProperties } from '../../../shared/src/settings';
import type { configurationSchema } from '../../src/analysis/project/configuration';
import type { AnyOp } from '../../src/ops/define';
import type { Format } from '../../src/report/define-format';
import type { rulePage } from '../../src/report/rule-page';
import type { Rule } from '../../src/rules/define';
import type { ProjectCheck } from '../../src/rules/project-checks';
import { root } from './outputs';

/** What the documentation is made from. */
export interface Declared {
  readonly ops: readonly AnyOp[];
  readonly rules: readonly Rule[];
  readonly rulePage: typeof rulePage;
  readonly formats: readonly Format[];
  readonly configurationProperties: typeof configurationProperties;
  readonly configurationSchema: typeof configurationSchema;
  readonly projectChecks: readonly ProjectCheck[];
}

const sources: Readonly<Record<keyof Declared, readonly [path: string, name: string]>> = {
  ops: ['server/src/ops/registry.generated.ts', 'allOps'],
  rules: ['server/src/rules/registry.generated.ts', 'allRules'],
  rulePage: ['server/src/report/rule-page.ts', 'rulePage'],
  formats: ['server/src/report/formats/registry.generated.ts', 'allFormats'],
  configurationProperties: ['shared/src/settings.ts', 'configurationProperties'],
  configurationSchema: ['server/src/analysis/project/configuration.ts', 'configurationSchema'],
  projectChecks: ['server/src/rules/project-checks.ts', 'projectChecks'],
};

export async function load(): Promise<Declared> {
  const contents = Object.entries(sources).map(([key, [path, name]]) => `export { ${name} as ${key} } from './${path}';`).join('\n');
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    absWorkingDir: root, bundle: true, write: false, platform: 'node', target: 'node20', format: 'cjs', packages: 'external', logLevel: 'warning',
  });
  const declarations = new Module(join(root, 'declarations.cjs'));
  declarations.paths = [join(root, 'node_modules')];
  // Node's own loader of CommonJS text; the bundle never touches the disk.
  (declarations as Module & { _compile(code: string, file: string): void })._compile(outputFiles[0]?.text ?? '', join(root, 'declarations.cjs'));
  return declarations.exports as Declared;
}
