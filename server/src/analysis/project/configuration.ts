/** What a project says of itself, read from its file: what fits the schema, and what does not with its place. */
import { amountOf } from '../../../../shared/src/amounts';
import { conform, type Path } from '../../../../shared/src/conform';
import { keysElsewhere, limits, projectSchema, type Limit } from '../../../../shared/src/project-schema';
import { ruleSettingsOf, type JsonSchema, type ProjectSettings, type RuleDescription, type RuleSetting } from '../../../../shared/src/settings';
import { filePatterns, type FilePatterns } from '../../base/patterns';
import type { Span } from '../../base/span';
import { mistakeIn, type EnergyRequest } from '../../energy/answer';
import { devices } from '../../energy/tables.generated';
import type { InputRequest } from '../../frontends/frontend';
import { readInputs } from '../../frontends/python/models/pragma';
import { levelByDefault } from '../../rules/define';
import { allRules } from '../../rules/registry.generated';
import { namesDeviceFile } from '../own-device';
import { isBelow } from './below';
import type { Located } from './located';
import { readJson } from './read-json';
import { readPyproject } from './read-toml';

export const configurationNames = ['joulelint.json', 'pyproject.toml'] as const;

export interface ConfigurationMistake {
  readonly span: Span;
  readonly message: string;
}

/** Settings for the files that fit; `files` undefined: for all. */
export interface Layer {
  readonly files: FilePatterns | undefined;
  readonly settings: ProjectSettings;
  readonly rules: Readonly<Record<string, RuleSetting>>;
}

export interface InputEntry {
  readonly files: FilePatterns | undefined;
  /** Names, in which `*` stands for any letters. */
  readonly models: readonly string[];
  readonly inputs: readonly InputRequest[];
  readonly why: string;
}

export interface Budget {
  readonly files: FilePatterns | undefined;
  readonly models: readonly string[];
  readonly most: readonly { readonly limit: Limit; readonly amount: number; readonly at: Span }[];
  readonly minDi?: { readonly amount: number; readonly at: Span };
  readonly energy: Partial<EnergyRequest>;
}

export interface ProjectConfiguration {
  readonly uri: string;
  /** The folder that patterns start from. */
  readonly folder: string;
  readonly text: string;
  readonly layers: readonly Layer[];
  readonly inputs: readonly InputEntry[];
  readonly budgets: readonly Budget[];
  readonly exclude: FilePatterns;
  readonly baseline?: string;
  readonly tolerance?: number;
  readonly mistakes: readonly ConfigurationMistake[];
}

const descriptions: readonly RuleDescription[] = allRules.map(rule => ({
  id: rule.id, name: rule.name, summary: rule.summary, severity: levelByDefault(rule), options: rule.options,
}));
let schema: JsonSchema | undefined;

export function configurationSchema(): JsonSchema {
  return schema ??= projectSchema(descriptions, devices.map(device => device.id));
}

type Fields = Readonly<Record<string, unknown>>;

/** Undefined: a `pyproject.toml` that says nothing to this product. */
export function readConfiguration(uri: string, text: string, folder = uri.slice(0, uri.lastIndexOf('/'))): ProjectConfiguration | undefined {
  const located = uri.endsWith('.toml') ? readPyproject(text) : readJson(text);
  if (!located) return undefined;
  const { value, faults } = conform(located.value, configurationSchema(), keysElsewhere());
  const mistakes: ConfigurationMistake[] = [...located.mistakes, ...faults.map(({ path, on, message }) => ({ span: located.spanOf(path, on), message }))];
  const found = (value ?? {}) as Fields;
  const reader: Reader = { located, mistakes, name: decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1)) };
  const layers = [layerOf(reader, found, []), ...entriesOf(found, 'overrides').map(({ entry, path }) => layerOf(reader, entry, path))];
  return {
    uri, folder, text, layers,
    inputs: entriesOf(found, 'inputs').flatMap(({ entry, path }) => inputOf(reader, entry, path) ?? []),
    budgets: entriesOf(found, 'budgets').map(({ entry, path }) => budgetOf(reader, entry, path)),
    exclude: filePatterns((found['exclude'] ?? []) as readonly string[]),
    ...(found['baseline'] === undefined ? {} : { baseline: found['baseline'] as string }),
    ...(found['tolerance'] === undefined ? {} : { tolerance: found['tolerance'] as number }),
    mistakes,
  };
}

interface Reader {
  readonly located: Located;
  readonly mistakes: ConfigurationMistake[];
  readonly name: string;
}

/** Entries of a list that fit, each with the path at which it stands in the file. */
function entriesOf(found: Fields, key: string): readonly { readonly entry: Fields; readonly path: Path }[] {
  return ((found[key] ?? []) as readonly (Fields | undefined)[]).flatMap((entry, index) => (entry ? [{ entry, path: [key, index] }] : []));
}

function layerOf(reader: Reader, { files, rules, ...rest }: Fields, path: Path): Layer {
  const { inputs: _inputs, budgets: _budgets, exclude: _exclude, overrides: _overrides, baseline: _baseline, tolerance: _tolerance, $schema: _schema, ...settings } = rest;
  const { device, stack, ...others } = settings;
  const request = typeof device === 'string' && device.trim() !== '' ? { device, ...(typeof stack === 'string' && stack !== '' ? { stack } : {}) } : undefined;
  // Software goes with its device: what was chosen for another one is no longer meant.
  const chosen = device === undefined ? stack === undefined ? {} : { stack } : { device, stack: stack ?? '' };
  const isKnown = request === undefined || tellMistake(reader, request, path);
  return {
    files: patternsOf(files), rules: ruleSettingsOf(rules),
    settings: { ...others, ...(isKnown ? chosen : {}) } as ProjectSettings,
  };
}

/** What is in the file shows when a model is analysed for it. */
function fileMistake(path: string): string | undefined {
  return isBelow(path) ? undefined : 'the device file of a project lies in its folder, or below it';
}

/** True: there is such a device, and such a software on it. */
function tellMistake({ located, mistakes }: Reader, request: EnergyRequest, path: Path): boolean {
  const isFile = namesDeviceFile(request.device);
  const wrongDevice = isFile ? fileMistake(request.device) : mistakeIn({ device: request.device });
  const mistake = wrongDevice ?? (isFile ? undefined : mistakeIn(request));
  if (mistake === undefined) return true;
  mistakes.push({ span: located.spanOf([...path, wrongDevice === undefined ? 'stack' : 'device'], 'value'), message: mistake });
  return false;
}

function inputOf({ located, mistakes, name }: Reader, entry: Fields, path: Path): InputEntry | undefined {
  const shapes = textsOf(entry['shapes']);
  const read = shapes.map(shape => readInputs(shape));
  const wrong = read.findIndex(each => each === undefined);
  if (wrong < 0) return { files: patternsOf(entry['files']), models: textsOf(entry['models']), inputs: read.flatMap(each => each ?? []), why: `stated in ${name}` };
  const at = [...path, 'shapes', ...(Array.isArray(entry['shapes']) ? [wrong] : [])];
  mistakes.push({ span: located.spanOf(at, 'value'), message: `a shape is written as 1,3,224,224 or name=1,128:int64, not ${JSON.stringify(shapes[wrong])}` });
  return undefined;
}

function budgetOf(reader: Reader, entry: Fields, path: Path): Budget {
  const at = (key: string): Span => reader.located.spanOf([...path, key], 'key');
  const most = Object.entries(limits).flatMap(([limit, { kind }]) => {
    const amount = entry[limit] === undefined ? undefined : amountOf(kind, entry[limit]);
    return amount === undefined ? [] : [{ limit: limit as Limit, amount, at: at(limit) }];
  });
  const { device, stack, batch, minDi } = entry;
  const energy = {
    ...(typeof device === 'string' ? { device } : {}), ...(typeof stack === 'string' ? { stack } : {}), ...(typeof batch === 'number' ? { batch } : {}),
  };
  const isKnown = typeof device !== 'string' || tellMistake(reader, { ...energy, device }, path);
  const ofDevice = (limit: Limit): boolean => limit === 'maxEnergy' || limit === 'maxTime';
  return {
    files: patternsOf(entry['files']), models: textsOf(entry['models']), energy,
    most: isKnown ? most : most.filter(({ limit }) => !ofDevice(limit)),
    ...(typeof minDi === 'number' ? { minDi: { amount: minDi, at: at('minDi') } } : {}),
  };
}

function patternsOf(files: unknown): FilePatterns | undefined {
  return files === undefined ? undefined : filePatterns(textsOf(files));
}

function textsOf(value: unknown): readonly string[] {
  return value === undefined ? [] : Array.isArray(value) ? value as readonly string[] : [value as string];
}
