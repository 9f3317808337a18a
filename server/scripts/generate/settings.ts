/** package.json's `contributes.configuration` and docs/settings.md, from the declared settings and rules. */
import type { JsonSchema } from '../../../shared/src/settings';
import { levelByDefault } from '../../src/rules/define';
import { schemaFile } from './configuration-page';
import { deviceSchemaFile } from './device-schema';
import type { Declared } from './load';
import { code, table } from './markdown';
import { doNotEdit, readIfPresent, type Output } from './outputs';

export function settingsOutputs({ configurationProperties, rules }: Declared): Output[] {
  const properties = configurationProperties(rules.map(rule => ({ ...rule, severity: levelByDefault(rule) })));
  return [manifest(properties), page(properties)];
}

function manifest(properties: Readonly<Record<string, JsonSchema>>): Output {
  const current = JSON.parse(readIfPresent('package.json') ?? '{}') as { contributes: Record<string, unknown> };
  const jsonValidation = [{ fileMatch: ['joulelint.json'], url: `./${schemaFile}` }, { fileMatch: ['*.device.json'], url: `./${deviceSchemaFile}` }];
  const contributes = { ...current.contributes, configuration: { title: 'JouleLint', properties }, jsonValidation };
  return { path: 'package.json', text: `${JSON.stringify({ ...current, contributes }, null, 2)}\n` };
}

function page(properties: Readonly<Record<string, JsonSchema>>): Output {
  const rows = Object.entries(properties).map(([name, schema]) => [code(name), valuesOf(schema), code(JSON.stringify(schema['default'])), describe(schema)]);
  const text = `<!-- ${doNotEdit} -->
# Settings

A wrong key or value is reported where it stands, and the default is used. The levels and options of each rule are on [its page](rules.md).

${table(['setting', 'values', 'default', 'meaning'], rows)}`;
  return { path: 'docs/settings.md', text };
}

function valuesOf(schema: JsonSchema): string {
  if (Array.isArray(schema['enum'])) return schema['enum'].map(value => code(String(value))).join(', ');
  const { minimum, maximum, items } = schema;
  if (schema['type'] === 'array') return `list of ${String((items as JsonSchema)['type'])}s`;
  const bounds = minimum === undefined && maximum === undefined ? '' : maximum === undefined ? `, at least ${String(minimum)}` : `, ${String(minimum ?? '')} to ${String(maximum)}`;
  return `${String(schema['type'])}${bounds}`;
}

function describe(schema: JsonSchema): string {
  const meanings = schema['markdownEnumDescriptions'];
  const choices = Array.isArray(schema['enum']) && Array.isArray(meanings)
    ? schema['enum'].map((value, index) => `${code(String(value))}: ${String(meanings[index])}`)
    : [];
  return [String(schema['markdownDescription'] ?? schema['description'] ?? ''), ...choices].join('<br>');
}
