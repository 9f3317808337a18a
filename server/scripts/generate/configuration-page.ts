/** The JSON Schema of `joulelint.json`, and docs/configuration.md. */
import { limits } from '../../../shared/src/project-schema';
import type { JsonSchema } from '../../../shared/src/settings';
import type { Declared } from './load';
import { code, table } from './markdown';
import { doNotEdit, type Output } from './outputs';

export const schemaFile = 'grammars/joulelint.schema.json';

export function configurationOutputs({ configurationSchema }: Declared): Output[] {
  const schema = configurationSchema();
  return [{ path: schemaFile, text: `${JSON.stringify(withRulesOnce(schema), null, 2)}\n` }, { path: 'docs/configuration.md', text: page(schema) }];
}

/** Every rule with its options stands in it once. */
function withRulesOnce(schema: JsonSchema): JsonSchema {
  const rules = (schema['properties'] as Readonly<Record<string, unknown>>)['rules'];
  const text = JSON.stringify(schema, (key, value: unknown) => (key === 'rules' && value !== rules && JSON.stringify(value) === JSON.stringify(rules) ? { $ref: '#/properties/rules' } : value));
  return JSON.parse(text) as JsonSchema;
}

function page(schema: JsonSchema): string {
  const properties = schema['properties'] as Readonly<Record<string, JsonSchema>>;
  const rows = Object.entries(properties).filter(([name]) => !name.startsWith('$')).map(([name, each]) => [code(name), valuesOf(name, each), describe(each)]);
  const budgets = Object.entries(limits).map(([name, { examples, what }]) => [code(name), `${examples.map(each => code(JSON.stringify(each))).join(', ')} or a number`, `most ${what}`]);
  return `<!-- ${doNotEdit} -->
# Configuration of a project

What JouleLint is told of a project lies in its repository, in one of two files with the same keys:

\`\`\`jsonc
// joulelint.json (comments are allowed)
{
  "convention": "graph",
  "device": "rpi4",
  "inputs": [{ "files": "src/detector/**", "models": "Detector", "shapes": "1,3,640,640" }],
  "rules": { "JL101": "off", "JL324": { "level": "warning" } },
  "budgets": [{ "models": "resnet*", "maxMacs": "4.2 GMAC", "maxParams": "26 M" }],
  "exclude": ["third_party/"],
  "overrides": [{ "files": "tests/**", "rules": { "JL101": "off" } }]
}
\`\`\`

\`\`\`toml
# pyproject.toml
[tool.joulelint]
convention = "graph"
device = "rpi4"
exclude = ["third_party/"]

[tool.joulelint.rules]
JL101 = "off"

[[tool.joulelint.inputs]]
files = "src/detector/**"
models = "Detector"
shapes = "1,3,640,640"

[[tool.joulelint.budgets]]
models = "resnet*"
maxMacs = "4.2 GMAC"
\`\`\`

**Which file counts.** The nearest one above the analysed file: in the editor within the folder of the workspace, on the command line within the repository. In one folder \`joulelint.json\` goes before \`pyproject.toml\`, and a \`pyproject.toml\` without the table is passed over. Files above the nearest one are not read. \`--config FILE\` names another one, \`--no-config\` none. A link that leads out of the project is not followed.

**What counts more.** Options of the command line, then the file (in it, later \`overrides\`), then the settings of the editor, then the defaults. Options of a rule are taken one by one: an override that changes the level of a rule leaves its thresholds. Software goes with its device: who names a \`device\` without a \`stack\` means what is usual on it.

**Mistakes.** A wrong key or value is reported where it stands as an error (JL903), with the nearest right word, and the default is used; a wrong entry of \`inputs\`, \`budgets\` or \`overrides\` is left out. The editor follows the file while it is written. For \`joulelint.json\` VS Code also completes keys and explains them; other editors find the schema in \`${schemaFile}\`.

## Keys

${table(['key', 'values', 'meaning'], rows)}
Settings of the editor and of the machine (\`enable\`, \`pythonPath\` outside the project, limits of size and time …) are no matter of a project: [settings](settings.md). Folders of \`pythonPath\` lie in the project. Levels and options of rules are on [their pages](rules.md).

Patterns of files are those of \`.gitignore\`, from the folder of the file: \`models/\` is everything in any folder of that name, \`/models/*.py\` the files of one. Patterns of models are names, in which \`*\` stands for any letters; \`resnet*\` is also \`resnet50(num_classes=10)\`.

## Budgets

\`joulelint check\` holds every model that fits an entry's \`files\` and \`models\` to its limits ([continuous integration](ci.md)).

${table(['key', 'values', 'limit'], [...budgets, [code('minDi'), 'a number', 'least data-reuse and intensity index (DI) of the whole model']])}
\`maxEnergy\` and \`maxTime\` are per sample, on the entry's \`device\`, \`stack\` and \`batch\` or else on those chosen for the file.
`;
}

function valuesOf(name: string, schema: JsonSchema): string {
  if (name === 'rules') return 'level, or a table with `level` and options, by rule';
  if (name === 'device') return 'id of a device (`joulelint devices`)';
  const { items, minimum, maximum, type } = schema;
  if (Array.isArray(schema['enum'])) return schema['enum'].map(value => code(String(value))).join(', ');
  if (type === 'array') {
    const item = items as JsonSchema;
    return item['type'] === 'object' ? `list of tables: ${Object.keys(item['properties'] as object).slice(0, 12).map(code).join(', ')}${name === 'overrides' ? ' …' : ''}` : `list of ${item['type'] === 'integer' ? 'whole numbers' : 'texts'}`;
  }
  return `${type === 'string' ? 'text' : type === 'integer' ? 'whole number' : String(type)}${minimum === undefined ? '' : maximum === undefined ? `, at least ${String(minimum)}` : `, ${String(minimum)} to ${String(maximum)}`}`;
}

function describe(schema: JsonSchema): string {
  const meanings = schema['markdownEnumDescriptions'];
  const choices = Array.isArray(schema['enum']) && Array.isArray(meanings) ? schema['enum'].map((value, index) => `${code(String(value))}: ${String(meanings[index])}`) : [];
  return [String(schema['markdownDescription'] ?? schema['description'] ?? ''), ...choices].join('<br>');
}
