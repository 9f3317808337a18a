/** What a project may say of itself, in `joulelint.json` or below `[tool.joulelint]` of `pyproject.toml`: one JSON Schema, which readers, editors and documentation follow. */
import { amountPattern, type AmountKind } from './amounts';
import { projectProperties, settingsElsewhere, type JsonSchema, type RuleDescription } from './settings';

/** How each limit of a budget is written, and what it holds. */
export const limits = {
  maxMacs: { kind: 'count', examples: ['4.2 GMAC'], what: 'multiply–accumulates' },
  maxParams: { kind: 'count', examples: ['25.6 M'], what: 'weights' },
  maxPeakActivations: { kind: 'count', examples: ['3.2 M'], what: 'activations that are in memory at the same time' },
  maxMemory: { kind: 'bytes', examples: ['8 MB', '512 KiB'], what: 'bytes for weights and the activations at the peak, in the element type of the device' },
  maxEnergy: { kind: 'millijoules', examples: ['31 mJ'], what: 'millijoules per sample on the device' },
  maxTime: { kind: 'milliseconds', examples: ['12 ms'], what: 'milliseconds per sample on the device' },
} as const satisfies Readonly<Record<string, { readonly kind: AmountKind; readonly examples: readonly string[]; readonly what: string }>>;
export type Limit = keyof typeof limits;

/** Numbers of layers, of files, of anything that one entry could be repeated for, stay within reason. */
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

function budgetsSchema(devices: readonly string[]): JsonSchema {
  const amounts = Object.entries(limits).map(([name, { kind, examples, what }]) => [name, {
    markdownDescription: `Most ${what}.`,
    anyOf: [{ type: 'number', minimum: 0 }, { type: 'string', pattern: amountPattern(kind), examples }],
  }] as const);
  return {
    type: 'array',
    markdownDescription: 'Limits that `joulelint check` holds models to. Every entry that fits a model counts.',
    items: {
      type: 'object', additionalProperties: false, allOrNothing: true,
      properties: {
        files, models,
        ...Object.fromEntries(amounts),
        minDi: { type: 'number', markdownDescription: 'Least data-reuse and intensity index (DI) of the whole model.' },
        device: deviceSchema('Device for `maxEnergy`, `maxTime` and `maxMemory`; absent: the one that is chosen for the file.', devices),
        stack: { ...text, markdownDescription: 'Software on that device.' },
        batch: { type: 'integer', minimum: 1, markdownDescription: 'Batch that energy and time are said for.' },
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
      budgets: budgetsSchema(devices),
      exclude: {
        type: 'array', items: { ...text, examples: ['third_party/**'] },
        markdownDescription: 'Files that are not looked at, as patterns of `.gitignore` from the folder of the configuration.',
      },
      overrides: {
        type: 'array',
        markdownDescription: 'Other settings for some files; of several entries that fit the later ones count more.',
        items: { type: 'object', additionalProperties: false, required: ['files'], allOrNothing: false, properties: { files, ...own, rules: { ...own['rules'] } } },
      },
      baseline: { ...text, markdownDescription: 'File of known findings and figures that `joulelint check` compares with, from the folder of the configuration.' },
      tolerance: { type: 'number', minimum: 0, maximum: 10, default: 0.01, markdownDescription: 'Part by which a figure may grow over the baseline; 0.01 is one percent.' },
    },
  };
}

/** Words for keys that the editor's settings have and a project has not. */
export function keysElsewhere(): Readonly<Record<string, string>> {
  return Object.fromEntries(settingsElsewhere().flatMap(key => [key, key.slice(0, key.includes('.') ? key.indexOf('.') : undefined)])
    .map(key => [key, 'it is a setting of the editor (or of the machine), not of a project']));
}
