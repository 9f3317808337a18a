/** Every setting, declared once: its type, default, reader, and the JSON schema that editors show. */
import { editDistance } from './edit-distance';
import { heatQuantities } from './protocol';
import type { Convention, Mode } from './report';

export type JsonSchema = Readonly<Record<string, unknown>>;

export interface SettingProblem {
  /** Without the `joulelint.` in front. */
  readonly key: string;
  readonly message: string;
}

interface Setting<Value> {
  readonly fallback: Value;
  readonly schema: JsonSchema;
  /** The value, or in words what was expected instead. */
  read(value: unknown): { readonly value: Value } | { readonly expected: string };
}

export const ruleLevels = ['off', 'hint', 'info', 'warning', 'error'] as const;
export type RuleLevel = (typeof ruleLevels)[number];

/** What the user wants of one rule; an absent level is the rule's own. */
export interface RuleSetting {
  readonly level?: RuleLevel;
  readonly options: Readonly<Record<string, number | boolean | string>>;
}

export interface RuleOptionDescription {
  readonly description: string;
  readonly default: number | boolean | string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly choices?: readonly string[];
}

/** As much of a rule as its setting needs. */
export interface RuleDescription {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  readonly severity: RuleLevel;
  readonly options: Readonly<Record<string, RuleOptionDescription>>;
}

const conventions: readonly Convention[] = ['paper', 'graph', 'fused'];
const modes = ['auto', 'eval', 'train'] as const satisfies readonly (Mode | 'auto')[];
export const dtypeChoices = ['auto', 'float32', 'float16', 'bfloat16', 'int16', 'int8', 'int4'] as const;
const traceLevels = ['messages', 'verbose'] as const;

const table = {
  'enable': toggle(true, 'Analyse open files. When off, there are no diagnostics, lenses, hovers and inlay hints.'),
  'alpha': quantity(0.8, { minimum: 0, maximum: 1 },
    'Weight of activation reuse against weight reuse in DI = (α · M_c/A + (1 − α) · M_c/W) / 4.'),
  'exponent': quantity(1, { minimum: 0, maximum: 3 },
    'k of the energy per pass that DI stands for, EPP ∝ M_c · (1/DI)^k.'),
  'convention': choice(conventions, 'paper',
    'How the totals of a network are counted. The reuse figures of a single layer do not depend on it.', {
      paper: 'Comparable with the published networks: normalisations, activation functions and poolings count, in place or not.',
      graph: 'What the framework executes: every operator that allocates memory, once.',
      fused: 'What an inference runtime executes: batch normalisation folded away, activation functions fused into their producer.',
    }),
  'batch': quantity(1, { minimum: 1, integer: true }, 'Batch size that models are evaluated with where the source does not say one.'),
  'inputShape': sizes([3, 224, 224],
    'Input shape without the batch, used only where the source gives no hint. Figures that rest on it say so.'),
  'mode': choice<(typeof modes)[number]>(modes, 'auto', 'Whether models are evaluated as in inference or as in training.', {
    auto: 'As in inference. A Caffe file counted as `paper` is taken in its TRAIN phase, as the published networks were.',
    eval: 'As after `model.eval()`: dropout does nothing, auxiliary heads are not run.',
    train: 'As after `model.train()`.',
  }),
  'inlayHints.enable': toggle(true, 'Show the output shape at the end of each line that applies a layer.'),
  'codeLens.enable': toggle(true, 'Show the figures of a model above its definition.'),
  'heat': choice(['off', ...heatQuantities] as const, 'off', 'Mark each line in the gutter by its share of the model at the caret (*JouleLint: Show Heat in the Gutter*).', {
    off: 'No marks.', energy: 'Energy on the chosen device.', time: 'Time on the chosen device.', macs: 'Multiply–accumulates.',
    activations: 'What the layers read and write.', params: 'Weights.',
  }),
  'onnx.openAsText': toggle(
    true,
    'Opening an `.onnx` file shows its graph as a read-only text, unless another viewer is set up for such files. When off, *Reopen Editor With…* and *JouleLint: Open ONNX File as Text* still do.',
  ),
  'device': text('rtx4090', 'Device that energy and time are said for, by its id (*JouleLint: Select Device*, `joulelint devices`), or the path of a device file of your own, `board.device.json`; empty: for none.'),
  'stack': text('', 'Software on that device, such as `2.9.1 compiled` or `tflite int8`; empty: what is usual there.'),
  'dtype': choice(dtypeChoices, 'auto', 'Element type that energy and memory are said for.', {
    auto: 'What is usual on the device.', float32: '32 bits.', float16: '16 bits, weights as the software keeps them.', bfloat16: '16 bits with the range of 32.',
    int16: '16-bit integers.', int8: '8-bit integers.', int4: '4-bit integers.',
  }),
  'energyBatch': quantity(0, { minimum: 0, integer: true }, 'Batch that energy and time are said for; 0: 64 on a graphics card, 1 elsewhere. Figures are always those of one sample.'),
  'maxFileSizeMegabytes': quantity(2, { minimum: 0.01 }, 'Larger source files are not analysed.'),
  'analysisTimeMilliseconds': quantity(5000, { minimum: 50, integer: true },
    'Longest time that one analysis may take. What is not reached by then is unknown, and the totals are lower bounds.'),
  'pythonPath': texts(
    [],
    'Further folders that imports are looked up in, absolute or relative to the workspace folder. A virtual environment or its interpreter stands for the packages in it. The interpreter chosen for Python in the editor, and `.venv`, `venv` or `env` in the project, are found by themselves.',
  ),
  'trace.server': choice(traceLevels, 'messages',
    'What is logged of the messages between the editor and the language server while the log level of the JouleLint output is Trace.', {
      messages: 'The names of the messages.', verbose: 'The messages with their contents.',
    }),
} satisfies Readonly<Record<string, Setting<unknown>>>;

type Table = typeof table;

export type Settings = { readonly [Key in keyof Table]: Table[Key]['fallback'] } & {
  readonly rules: Readonly<Record<string, RuleSetting>>;
};

export const defaultSettings: Settings = { ...fallbacks(), rules: {} };

/**
 * Reads what an editor or a configuration file holds below `joulelint`, nested (`{inlayHints: {enable}}`) or flat (`{"inlayHints.enable"}`).
 * A wrong key or value becomes a problem, and the default is used.
 */
export function parseSettings(raw: unknown, rules: readonly RuleDescription[]): { settings: Settings; problems: SettingProblem[] } {
  const problems: SettingProblem[] = [];
  const values: Record<string, unknown> = { ...fallbacks() };
  let ruleSettings: Readonly<Record<string, RuleSetting>> = {};
  for (const [key, value] of flatten(raw)) {
    if (value === undefined || value === null) continue;
    if (key === 'rules') {
      ruleSettings = parseRules(value, rules, problems);
      continue;
    }
    const setting = settingNamed(key);
    if (setting === undefined) {
      problems.push({ key, message: `There is no setting joulelint.${key}${suggestion(key, [...Object.keys(table), 'rules'])}` });
      continue;
    }
    const answer = setting.read(value);
    if ('value' in answer) values[key] = answer.value;
    else problems.push({ key, message: `joulelint.${key} must be ${answer.expected}, not ${shown(value)}; ${shown(setting.fallback)} is used.` });
  }
  return { settings: { ...values, rules: ruleSettings } as Settings, problems };
}

/** The `properties` of `contributes.configuration`. */
export function configurationProperties(rules: readonly RuleDescription[]): Record<string, JsonSchema> {
  const properties: Record<string, JsonSchema> = {};
  for (const [key, setting] of Object.entries<Setting<unknown>>(table)) {
    properties[`joulelint.${key}`] = { scope: 'window', default: setting.fallback, ...setting.schema };
  }
  properties['joulelint.rules'] = {
    scope: 'window',
    type: 'object',
    default: {},
    markdownDescription: 'Level and options of single rules, by id: `{"JL101": "off"}` or `{"JL101": {"level": "warning"}}`.',
    additionalProperties: false,
    properties: Object.fromEntries(rules.map((rule) => [rule.id, ruleSchema(rule)])),
  };
  return properties;
}

/** What a project says of itself; the others are matters of an editor, of a machine, or of how much a project may ask for. */
const projectKeys = [
  'alpha', 'convention', 'batch', 'inputShape', 'mode', 'device', 'stack', 'dtype', 'energyBatch', 'pythonPath',
] as const satisfies readonly (keyof Table)[];
export type ProjectSettings = Partial<Pick<Settings, (typeof projectKeys)[number]>>;

/** Settings as a project's own file may hold them, each with its schema. */
export function projectProperties(rules: readonly RuleDescription[]): Record<string, JsonSchema> {
  const properties = configurationProperties(rules);
  return Object.fromEntries([...projectKeys, 'rules'].map(key => {
    const { scope: _scope, ...schema } = properties[`joulelint.${key}`] ?? {};
    return [key, schema];
  }));
}

/** Settings that are none of a project's. */
export function settingsElsewhere(): readonly string[] {
  return Object.keys(table).filter(key => !projectKeys.some(each => each === key));
}

/** The settings of rules in a value that fits the schema. */
export function ruleSettingsOf(raw: unknown): Record<string, RuleSetting> {
  if (!isObject(raw)) return {};
  return Object.fromEntries(Object.entries(raw).map(([id, value]) => {
    const { level, ...options } = isObject(value) ? value : { level: value };
    return [id, { ...(level === undefined ? {} : { level: level as RuleLevel }), options: options as RuleSetting['options'] }];
  }));
}

function ruleSchema(rule: RuleDescription): JsonSchema {
  const level = { type: 'string', enum: ruleLevels, default: rule.severity };
  const options = Object.entries(rule.options).map(([name, option]) => [name, {
    type: typeof option.default,
    default: option.default,
    description: option.description,
    ...(option.minimum === undefined ? {} : { minimum: option.minimum }),
    ...(option.maximum === undefined ? {} : { maximum: option.maximum }),
    ...(option.choices === undefined ? {} : { enum: option.choices }),
  }] as const);
  return {
    markdownDescription: `**${rule.name}**: ${rule.summary}`,
    anyOf: [level, { type: 'object', properties: { level, ...Object.fromEntries(options) }, additionalProperties: false }],
  };
}

function parseRules(raw: unknown, rules: readonly RuleDescription[], problems: SettingProblem[]): Record<string, RuleSetting> {
  const result: Record<string, RuleSetting> = {};
  if (!isObject(raw)) {
    problems.push({ key: 'rules', message: `joulelint.rules must be an object with rule ids as keys, not ${shown(raw)}.` });
    return result;
  }
  for (const [id, value] of Object.entries(raw)) {
    const key = `rules.${id}`;
    const rule = rules.find((candidate) => candidate.id === id);
    if (rule === undefined) {
      problems.push({ key, message: `There is no rule ${id}${suggestion(id, rules.map((candidate) => candidate.id))}` });
      continue;
    }
    const entries = isObject(value) ? Object.entries(value) : [['level', value] as const];
    let level: RuleLevel | undefined;
    const options: Record<string, number | boolean | string> = {};
    for (const [name, entry] of entries) {
      if (name === 'level') {
        level = ruleLevels.find((candidate) => candidate === entry);
        if (level === undefined) problems.push({ key, message: `The level of ${id} must be one of ${ruleLevels.join(', ')}, not ${shown(entry)}.` });
        continue;
      }
      const option = Object.hasOwn(rule.options, name) ? rule.options[name] : undefined;
      const fault = option === undefined
        ? `${id} has no option ${name}${suggestion(name, ['level', ...Object.keys(rule.options)])}`
        : optionFault(`${id}.${name}`, option, entry);
      if (fault === undefined) options[name] = entry as number | boolean | string;
      else problems.push({ key: `${key}.${name}`, message: fault });
    }
    result[id] = level === undefined ? { options } : { level, options };
  }
  return result;
}

function optionFault(name: string, option: RuleOptionDescription, value: unknown): string | undefined {
  const wrong = (expected: string): string => `${name} must be ${expected}, not ${shown(value)}; ${shown(option.default)} is used.`;
  if (option.choices !== undefined) {
    return option.choices.includes(value as string) ? undefined : wrong(`one of ${option.choices.join(', ')}`);
  }
  if (typeof option.default !== 'number') return typeof value === typeof option.default ? undefined : wrong(`a ${typeof option.default}`);
  const answer = quantity(option.default, option, '').read(value);
  return 'value' in answer ? undefined : wrong(answer.expected);
}

function toggle(fallback: boolean, description: string): Setting<boolean> {
  return {
    fallback,
    schema: { type: 'boolean', markdownDescription: description },
    read: (value) => (typeof value === 'boolean' ? { value } : { expected: 'true or false' }),
  };
}

function quantity(
  fallback: number,
  bounds: { readonly minimum?: number; readonly maximum?: number; readonly integer?: boolean },
  description: string,
): Setting<number> {
  const { minimum = -Infinity, maximum = Infinity, integer = false } = bounds;
  const noun = integer ? 'a whole number' : 'a number';
  const expected = Number.isFinite(maximum) && Number.isFinite(minimum) ? `${noun} from ${minimum} to ${maximum}`
    : Number.isFinite(minimum) ? `${noun} of at least ${minimum}`
    : Number.isFinite(maximum) ? `${noun} of at most ${maximum}` : noun;
  return {
    fallback,
    schema: {
      type: integer ? 'integer' : 'number',
      ...(Number.isFinite(minimum) ? { minimum } : {}),
      ...(Number.isFinite(maximum) ? { maximum } : {}),
      markdownDescription: description,
    },
    read: (value) => (typeof value === 'number' && value >= minimum && value <= maximum && (!integer || Number.isSafeInteger(value))
      ? { value } : { expected }),
  };
}

function choice<Choice extends string>(
  choices: readonly Choice[],
  fallback: Choice,
  description: string,
  meanings: Readonly<Record<Choice, string>>,
): Setting<Choice> {
  return {
    fallback,
    schema: {
      type: 'string', enum: choices, markdownEnumDescriptions: choices.map((each) => meanings[each]), markdownDescription: description,
    },
    read: (value) => {
      const found = choices.find((each) => each === value);
      return found === undefined ? { expected: `one of ${choices.join(', ')}` } : { value: found };
    },
  };
}

function sizes(fallback: readonly number[], description: string): Setting<readonly number[]> {
  return {
    fallback,
    schema: { type: 'array', items: { type: 'integer', minimum: 1 }, minItems: 1, markdownDescription: description },
    read: (value) => (Array.isArray(value) && value.length > 0 && value.every((size) => Number.isSafeInteger(size) && size > 0)
      ? { value: value as number[] } : { expected: 'a list of positive whole numbers' }),
  };
}

function text(fallback: string, description: string): Setting<string> {
  return {
    fallback,
    schema: { type: 'string', markdownDescription: description },
    read: (value) => (typeof value === 'string' ? { value } : { expected: 'a text' }),
  };
}

function texts(fallback: readonly string[], description: string): Setting<readonly string[]> {
  return {
    fallback,
    schema: { type: 'array', items: { type: 'string' }, markdownDescription: description },
    read: (value) => (Array.isArray(value) && value.every((item) => typeof item === 'string')
      ? { value: value as string[] } : { expected: 'a list of texts' }),
  };
}

function fallbacks(): { [Key in keyof Table]: Table[Key]['fallback'] } {
  const entries = Object.entries<Setting<unknown>>(table).map(([key, setting]) => [key, setting.fallback]);
  return Object.fromEntries(entries) as { [Key in keyof Table]: Table[Key]['fallback'] };
}

function settingNamed(key: string): Setting<unknown> | undefined {
  return Object.entries<Setting<unknown>>(table).find(([name]) => name === key)?.[1];
}

/** `{inlayHints: {enable: true}}` becomes `inlayHints.enable`; the rules stay whole. */
function flatten(raw: unknown): (readonly [string, unknown])[] {
  if (!isObject(raw)) return [];
  const groups = new Set(Object.keys(table).filter((key) => key.includes('.')).map((key) => key.slice(0, key.indexOf('.'))));
  return Object.entries(raw).flatMap(([key, value]) => (groups.has(key) && isObject(value)
    ? Object.entries(value).map(([inner, innerValue]) => [`${key}.${inner}`, innerValue] as const)
    : [[key, value] as const]));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}

/** Ends a sentence: with `; did you mean alpha?` when a known name is at most two letters away. */
function suggestion(name: string, known: readonly string[]): string {
  const nearest = known.map((each) => ({ each, distance: editDistance(name.toLowerCase(), each.toLowerCase()) }))
    .sort((left, right) => left.distance - right.distance)[0];
  return nearest !== undefined && nearest.distance <= 2 ? `; did you mean ${nearest.each}?` : '.';
}
