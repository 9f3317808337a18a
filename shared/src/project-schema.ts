/** What a project may say of itself, in `joulelint.json` or below `[tool.joulelint]` of `pyproject.toml`: one JSON Schema, which readers, editors and documentation follow. */
import { projectProperties, settingsElsewhere, type JsonSchema, type RuleDescription } from './settings';

/** Longer ones nobody writes by hand. */
const longestPattern = 300;

const text = { type: 'string', maxLength: longestPattern } as const;

function patterns(description: string, examples: readonly string[]): JsonSchema {
  const one = { ...text, examples };
  return { markdownDescription: description, anyOf: [one, { type: 'array', items: one, minItems: 1 }] };
}

const files = patterns('Files it is said of, as patterns of `.gitignore` from the folder of the configuration; absent: all.', ['models/**']);
const models = patterns('Models it is said of, by name; `*` stands for any letters. Absent: all.', ['resnet*']);

function inputsSchema(): JsonSchema {
  const shape = { ...text, examples: ['1,3,224,224', 'tokens=1,128:int64'] };
  return {
    type: 'array',
    markdownDescription: 'Input shapes of models whose source states none. A comment in the file, and `--input`, count more; of several entries the last one that fits counts.',
    items: {
      type: 'object', additionalProperties: false, required: ['shapes'], allOrNothing: true,
      properties: {
        files, models,
        shapes: {
          markdownDescription: 'A shape for each input: `1,3,224,224`, with `name=` before it and `:int64` behind it where they are needed.',
          anyOf: [shape, { type: 'array', items: shape, minItems: 1 }],
        },
      },
    },
  };
}

function deviceSchema(description: string, devices: readonly string[]): JsonSchema {
  // Any text, so that the words about a wrong one are those that `--device` has; the list is for completion.
  return { markdownDescription: description, anyOf: [{ type: 'string', enum: devices }, text] };
}

/** `rules`: those that there are, with their options. `devices`: ids, for completion. */
export function projectSchema(rules: readonly RuleDescription[], devices: readonly string[]): JsonSchema {
  const { device, ...settings } = projectProperties(rules);
  // The same rules, as another value: who writes the schema out tells the two apart.
  const own: Record<string, JsonSchema> = { ...settings, device: { ...device, anyOf: deviceSchema('', devices)['anyOf'], type: undefined } };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'JouleLint',
    description: 'What JouleLint is told of a project: joulelint.json, or [tool.joulelint] of pyproject.toml.',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { type: 'string', description: 'Address of this schema, for editors.' },
      ...own,
      inputs: inputsSchema(),
      exclude: {
        type: 'array', items: { ...text, examples: ['third_party/**'] },
        markdownDescription: 'Files that are not looked at, as patterns of `.gitignore` from the folder of the configuration.',
      },
      overrides: {
        type: 'array',
        markdownDescription: 'Other settings for some files; of several entries that fit the later ones count more.',
        items: { type: 'object', additionalProperties: false, required: ['files'], allOrNothing: false, properties: { files, ...own, rules: { ...own['rules'] } } },
      },
    },
  };
}

/** Words for keys that the editor's settings have and a project has not. */
export function keysElsewhere(): Readonly<Record<string, string>> {
  return Object.fromEntries(settingsElsewhere().flatMap(key => [key, key.slice(0, key.includes('.') ? key.indexOf('.') : undefined)])
    .map(key => [key, 'it is a setting of the editor (or of the machine), not of a project']));
}
