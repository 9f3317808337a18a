/** Values for arguments that nobody states: by annotation, by what the file says of the name, and by custom. One object for one attempt to build a model. */
import type { Location } from '../../../base/span';
import { unknown } from '../../../base/unknown';
import type { Built } from '../../../graph/graph';
import { stringOf } from '../convert';
import { moduleFrame } from '../environment';
import type { Interpreter } from '../interpreter';
import { demandedFields } from '../library-modules/dataclasses';
import { raw, instanceOf, nativeClass } from '../objects/native';
import { objectClass } from '../objects/object';
import { openClass } from '../objects/open-class';
import { isSubclass, PythonError } from '../objects/python-error';
import type * as ast from '../syntax/ast';
import { bool, dictOfNames, float, int, list, none, str, tuple, type ClassValue, type FunctionValue, type ModuleValue, type Value } from '../values';
import type { Project } from './project';
import type { ProjectValues } from './project-values';
import type { SettingsFiles } from './settings-files';
import { countMet, isTree, pathsRead, treeOfValue, type SettingsTree } from './settings-values';
import { byType, comparedTexts, isHolder, isInputShape, isPlaceholder, settingsNames, shown, shownValue, typeOf, usedAs } from './argument-texts';
import { customaryFor, plainName, type Customary, type CustomaryValue, type Role } from './customary';

/** What was assumed, as a person would write it: `dim` and `512`. */
export interface Assumption {
  readonly name: string;
  readonly value: string;
}

/** Values that go together; the next is tried when the program refuses those of the one before. */
export interface Profile {
  readonly name: string;
  /** Instead of the customary number. */
  readonly numbers?: Partial<Record<Role, number>>;
  /** How many entries lists have. */
  readonly listLength?: number;
}

export const profiles: readonly Profile[] = [
  { name: 'customary' },
  // A sum with what went in needs as many channels as come out.
  { name: 'alike', numbers: { input: 64, output: 64, width: 64 } },
  // Bottlenecks: the inner width is a fourth.
  { name: 'narrow within', numbers: { input: 256, output: 64, width: 64 } },
  { name: 'image in and out', numbers: { input: 3, output: 3 } },
  { name: 'three stages', listLength: 3 },
  { name: 'wide alike', numbers: { input: 512, output: 512, width: 512 } },
];

const blockNames = /^(block|block_type|block_cls|block_class|block_fn|blocktype|block_layer)$/;
const settingsClass = /(config|configs|cfg|hparams|hyper_?param\w*|args|arguments|params|settings|options)$/i;

/** Classes whose instances are made by making them, not by assuming them. */
export interface AssumedFor {
  readonly interpreter: Interpreter;
  readonly module: ModuleValue;
  readonly text: string;
  /** What parts of a model are instances of. */
  readonly partClass: ClassValue;
  /** Looked at when it is asked for. */
  files(): Project;
  /** What the project has as defaults for names that are read off settings; looked for when it is asked. */
  project(settings: string): ProjectValues | undefined;
  readonly settings: () => SettingsFiles;
  /** What stands for an argument from which a model is made, the tensor that goes in; undefined where it is none. */
  readonly tensorFor?: (name: string, at: Location) => { readonly value: Value; readonly written: string } | undefined;
  /** What an input's shape most likely is; that of an image, channels first, where nothing is said. */
  readonly inputShape?: readonly number[];
}

const deepest = 4;

export class AssumedValues {
  private readonly made = new Map<string, Assumption>();
  private readonly byName = new Map<string, Value>();
  private readonly settingsMade = new Map<string, Value>();
  private readonly written = new Map<string, string>();
  private given: ProjectValues | undefined;
  private depth = 0;
  /** Names that nothing is customary for. */
  readonly lacking: string[] = [];
  /** Where values come from that the program itself states. */
  readonly sources = new Set<string>();

  /** `withAbsent`: arguments whose default is None or empty get values, too. */
  constructor(private readonly from: AssumedFor, readonly profile: Profile, private readonly isPart: boolean, private readonly withAbsent = false, private readonly ofProject?: () => ProjectValues) {}

  get assumptions(): readonly Assumption[] {
    return [...this.made.values()];
  }

  /** How the person sees it: `GPT(GPTConfig())`, `Block(dim=512, heads=8)`. */
  builtAs(name: string): Built {
    const assumed = this.assumptions;
    const expression = `${name}(${[...this.written].map(([key, text]) => `${key}=${text}`).join(', ')})`;
    const { given } = this;
    if (assumed.length === 0 && given) return { expression, origin: 'project', why: given.phrase, assumed, at: given.at };
    if (assumed.length === 0) return { expression, origin: 'signature', why: this.sources.size === 0 ? 'from its signature' : `with the defaults of ${[...this.sources].join(', ')}`, assumed };
    return { expression, origin: 'assumed', why: `nobody states ${assumed.map(each => each.name).slice(0, 6).join(', ')}${assumed.length > 6 ? ' …' : ''}: customary values${given ? `; the rest as in ${given.source}` : ''}`, assumed, ...(given ? { at: given.at } : {}) };
  }

  /** A call of the class or function with a value for every argument that it demands. */
  call(callee: Value, definition: FunctionValue | undefined, at: Location, isMethod: boolean): Value {
    const keywords = definition ? this.argumentsOf(definition, isMethod, at) : [];
    if (this.depth === 0) for (const [name, value] of keywords) this.written.set(name, this.textOf(name, value));
    return this.from.interpreter.call(callee, { positional: [], keywords, at });
  }

  /** An argument as it would be written. */
  private textOf(name: string, value: Value): string {
    const assumed = this.made.get(name);
    if (assumed) return assumed.value;
    if (value.kind === 'int' || value.kind === 'float' || value.kind === 'bool' || value.kind === 'none' || (value.kind === 'str' && value.value.length <= 20)) return shownValue(value);
    if (value.kind === 'instance' && !value.cls.isNative) return `${value.cls.name}(…)`;
    return '…';
  }

  private argumentsOf(definition: FunctionValue, isMethod: boolean, at: Location): (readonly [string, Value])[] {
    const parameters = definition.definition.parameters.slice(isMethod ? 1 : 0);
    if (this.depth === 0 && this.ofProject) return this.withStated(parameters, this.given = this.ofProject(), definition.module, at);
    const isWanted = ({ default: fallback }: ast.Parameter): boolean => fallback === undefined || (this.withAbsent && this.depth === 0 && isPlaceholder(fallback));
    return parameters.filter(parameter => isWanted(parameter) && parameter.form !== '*' && parameter.form !== '**')
      .map(parameter => [parameter.name, this.value(parameter, definition.module, at)] as const);
  }

  /** Of all parameters those that are stated, and a value for every other that is demanded. */
  private withStated(parameters: readonly ast.Parameter[], { values }: ProjectValues, module: ModuleValue, at: Location): (readonly [string, Value])[] {
    const given = new Map([...values].flatMap(([name, value]) => (isTree(value) ? [] : [[name, value] as const])));
    const taken = parameters.filter(({ form }) => form !== '*' && form !== '**').flatMap((parameter): (readonly [string, Value])[] => {
      const value = given.get(parameter.name);
      if (value) return [[parameter.name, value]];
      return parameter.default === undefined ? [[parameter.name, this.value(parameter, module, at)]] : [];
    });
    const known = new Set(taken.map(([name]) => name));
    const takesMore = parameters.some(({ form }) => form === '**');
    return takesMore ? [...taken, ...[...given].filter(([name]) => !known.has(name))] : taken;
  }

  private value(parameter: ast.Parameter, module: ModuleValue, at: Location): Value {
    const tensor = this.from.tensorFor?.(parameter.name, at);
    if (tensor) {
      this.made.set(parameter.name, { name: parameter.name, value: tensor.written });
      return tensor.value;
    }
    const annotated = parameter.annotation && this.annotation(parameter.annotation, module);
    const made = annotated?.kind === 'class' ? this.instanceOf(annotated, parameter.name, at) : undefined;
    if (made) return made;
    const block = blockNames.test(parameter.name) ? this.blockClass(parameter.name, module) : undefined;
    if (block) return block;
    const namesake = annotated ? undefined : this.namesake(parameter.name, module, at);
    if (namesake) return namesake;
    if (settingsNames.test(plainName(parameter.name))) return this.settings(parameter.name, module, at);
    return this.named(parameter.name, at, typeOf(annotated));
  }

  /** The kind of block that a network is given to be made of. */
  private blockClass(name: string, module: ModuleValue): Value | undefined {
    const blocks = [...module.attributes].filter(([key, value]) => value.kind === 'class' && isSubclass(value, this.from.partClass) && /block|bottleneck/i.test(key));
    const [found] = [...blocks.filter(([, value]) => value.kind === 'class' && value.attributes.has('expansion')), ...blocks];
    if (found) this.made.set(name, { name, value: found[0] });
    return found?.[1];
  }

  /** `encoder` is an Encoder where there is such a class. */
  private namesake(name: string, module: ModuleValue, at: Location): Value | undefined {
    const plain = plainName(name).replaceAll('_', '');
    const found = [...module.attributes].find(([key, value]) => value.kind === 'class' && key.toLowerCase() === plain && key !== name && isSubclass(value, this.from.partClass));
    return found?.[1].kind === 'class' ? this.instanceOf(found[1], name, at) : undefined;
  }

  /** What stands behind the colon, where that is a class. */
  private annotation(node: ast.Expression, module: ModuleValue): Value | undefined {
    const { interpreter } = this.from;
    try {
      const value = interpreter.evaluate(moduleFrame(module), node);
      const named = stringOf(value);
      return named === undefined ? value : module.attributes.get(named);
    } catch (error) {
      if (!(error instanceof PythonError)) throw error;
      return undefined;
    }
  }

  /** An instance of a part, or of a class that holds settings. */
  private instanceOf(cls: ClassValue, name: string, at: Location): Value | undefined {
    const { interpreter, partClass } = this.from;
    if (cls.isNative || this.depth >= deepest) return undefined;
    const isPart = isSubclass(cls, partClass);
    if (isPart && !interpreter.lookupClass(cls, 'forward')) return undefined;
    const init = interpreter.lookupClass(cls, '__init__');
    this.depth++;
    try {
      const value = init?.kind === 'function' ? this.call(cls, init, at, true) : this.record(cls, at);
      if (!isPart) this.sources.add(cls.name);
      return value;
    } catch (error) {
      if (!(error instanceof PythonError)) throw error;
      return undefined;
    } finally {
      this.depth--;
    }
  }

  /** A dataclass: its fields are its arguments. */
  private record(cls: ClassValue, at: Location): Value {
    const keywords = demandedFields(cls).map(({ name, type }) => [name, this.named(name, at, typeOf(type))] as const);
    return this.from.interpreter.call(cls, { positional: [], keywords, at });
  }

  private settings(name: string, module: ModuleValue, at: Location): Value {
    const known = this.settingsMade.get(name);
    if (known) return known;
    const value = this.stated(name, module, at) ?? this.openSettings(name, at);
    this.settingsMade.set(name, value);
    return value;
  }

  /** A class of settings with defaults, or a dict of them, in the module. */
  private stated(name: string, module: ModuleValue, at: Location): Value | undefined {
    const one = this.oneOfSeveral(name, module);
    if (one) return one;
    const isSubscripted = new RegExp(`\\b${name}\\[['"]`).test(this.from.text);
    if (isSubscripted) {
      const found = [...module.attributes].find(([key, value]) => value.kind === 'dict' && settingsClass.test(key.replace(/_?\d+[kmb]?$/i, '')) && value.entries.size > 1);
      if (found) this.sources.add(found[0]);
      return found?.[1];
    }
    for (const [key, value] of module.attributes) {
      if (value.kind !== 'class' || value.isNative || !settingsClass.test(key) || isSubclass(value, this.from.partClass)) continue;
      const made = this.instanceOf(value, name, at);
      if (made) return made;
    }
    return undefined;
  }

  /** `CONFIGS = {'base': …, 'large': …}`: the first of those that answer most of what the file asks. */
  private oneOfSeveral(name: string, module: ModuleValue): Value | undefined {
    const paths = pathsRead(this.from.text, name);
    let best: { readonly value: Value; readonly met: number; readonly source: string } | undefined;
    for (const [key, held] of module.attributes) {
      if (held.kind !== 'dict' || !settingsClass.test(key)) continue;
      const entries = [...held.entries.values()].map(entry => ({ ...entry, tree: treeOfValue(entry.value) }));
      if (entries.some(({ tree }) => tree === undefined)) continue;
      for (const { key: label, value, tree = new Map() } of entries) {
        const met = countMet(tree, paths);
        if (met > (best?.met ?? 0)) best = { value, met, source: `${key}['${stringOf(label) ?? ''}']` };
      }
    }
    if (best) this.sources.add(best.source);
    return best?.value;
  }

  /** An object that answers every name that something is customary for. */
  private openSettings(name: string, at: Location, tree?: SettingsTree): Value {
    const answer = (key: Value, fallback?: Value): Value => {
      const text = stringOf(key);
      if (text === undefined || (text.startsWith('__') && text.endsWith('__'))) return { kind: 'notimplemented' };
      if (fallback) return fallback;
      return isHolder(name.slice(name.lastIndexOf('.') + 1), text, this.from.text) ? this.nested(`${name}.${text}`, at) : this.named(text, at);
    };
    const stated = tree ?? this.treeFor(name);
    const held = (key: Value, fallback?: Value): Value => {
      const value = stated?.get(stringOf(key) ?? '');
      return value === undefined ? answer(key, fallback) : isTree(value) ? this.nested(`${name}.${stringOf(key) ?? ''}`, at, value) : value;
    };
    const cls = openClass(nativeClass('joulelint.Settings', [objectClass], [
      ['__getattr__', raw('Settings.__getattr__', ({ positional: [, key = none] }) => held(key), true)],
      ['__getitem__', raw('Settings.__getitem__', ({ positional: [, key = none] }) => held(key), true)],
      ['__contains__', raw('Settings.__contains__', ({ positional: [, key = none] }) => bool(stated?.has(stringOf(key) ?? '') ?? false), true)],
      ['get', raw('Settings.get', ({ positional: [, key = none, fallback = none] }) => held(key, fallback), true)],
      ['keys', raw('Settings.keys', () => list([...stated?.keys() ?? []].map(str)), true)],
      ['to_dict', raw('Settings.to_dict', () => dictOfNames([]), true)],
    ]));
    const made = instanceOf(cls, []);
    // What the project states is there; what is only customary is not, when the program asks.
    for (const [key, value] of stated ?? []) this.from.interpreter.heap.set(made.attributes, key, isTree(value) ? this.nested(`${name}.${key}`, at, value) : value);
    return made;
  }

  /** What the project states under the names that the file reads off its settings. */
  private treeFor(name: string): SettingsTree | undefined {
    const project = this.from.project(name);
    if (project) this.given = project;
    return project?.values;
  }

  private nested(path: string, at: Location, tree: SettingsTree = new Map()): Value {
    const known = this.settingsMade.get(path) ?? this.openSettings(path, at, tree);
    this.settingsMade.set(path, known);
    return known;
  }

  /** An `input_size` that is cut into patches. */
  private isOfImage(name: string): boolean {
    return name === 'input_size' && /\bpatch_size\b/.test(this.from.text);
  }

  private get isFirst(): boolean {
    return this.profile === profiles[0];
  }

  /** The same name has the same value throughout. */
  private named(name: string, at: Location, type?: string): Value {
    const known = this.byName.get(name);
    if (known) return known;
    const value = this.stateless(name, at, type);
    this.byName.set(name, value);
    return value;
  }

  private stateless(name: string, at: Location, type: string | undefined): Value {
    const given = this.given?.values.get(name);
    if (given && !isTree(given)) return given;
    const custom = customaryFor(this.from.inputShape && isInputShape(name, this.from.text) ? 'input_shape' : this.isOfImage(name) ? 'image_size' : name);
    const usage = type ?? usedAs(name, this.from.text);
    const choices = usage === undefined || usage === 'str' ? comparedTexts(name, this.from.text) : [];
    const isChoice = choices.length > 0 && !(this.isFirst && typeof custom?.value === 'string');
    const value = isChoice ? choices[profiles.indexOf(this.profile) % choices.length] : custom ? this.adapted(custom, usage) : byType(usage);
    if (value !== undefined) {
      const made = this.assume(name, value);
      return made.kind === 'list' && new RegExp(`\\bisinstance\\(${name}, ?tuple\\)`).test(this.from.text) ? tuple(made.items) : made;
    }
    this.lacking.push(name);
    return unknown(`nobody states \`${name}\`, and no value is customary for it`, at);
  }

  private adapted(custom: CustomaryValue, type: string | undefined): Customary {
    const { profile, isPart } = this;
    const { inputShape } = this.from;
    if (inputShape && custom.role === 'shape') return inputShape;
    const usual = isPart && custom.inPart !== undefined ? custom.inPart : custom.value;
    const number = typeof usual === 'number' && custom.role ? profile.numbers?.[custom.role] : undefined;
    const value = number ?? usual;
    if (type === 'list' && typeof value === 'number') {
      const grows = custom.role === 'width' || custom.role === 'input' || custom.role === 'output';
      const length = profile.listLength ?? 4;
      return Array.from({ length }, (_, i) => (grows ? (number ?? 64) * 2 ** i : value > 4 ? 2 : value));
    }
    if (type === 'bool' && typeof value === 'number') return false;
    if (type === 'int' && Array.isArray(value)) return (value as readonly Customary[])[0] ?? 2;
    return Array.isArray(value) && profile.listLength !== undefined ? (value as readonly Customary[]).slice(0, profile.listLength) : value;
  }

  private assume(name: string, value: Customary): Value {
    this.made.set(name, { name, value: shown(value) });
    return this.asPython(value);
  }

  private asPython(value: Customary): Value {
    if (value === null) return none;
    switch (typeof value) {
      case 'boolean': return bool(value);
      case 'number': return Number.isInteger(value) ? int(value) : float(value);
      case 'string': return str(value);
      default: return 'library' in value ? this.from.interpreter.libraryValue(value.library) : list(value.map(item => this.asPython(item)));
    }
  }
}
