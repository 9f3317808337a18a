/** What the interpreter's values hide for PyTorch: the registers of a module, the arguments of a layer, the counters of a run. */
import { charge } from '../../base/budget';
import type { Location, Span } from '../../base/span';
import type { LeadingCall, Weight } from '../../graph/graph';
import type { AnyOp, Attrs, WeightSpec } from '../../ops/define';
import type { DType } from '../../tensor/dtype';
import type { Shape, Sizes } from '../../tensor/shape';
import { isUnknown, type Unknown } from '../../base/unknown';
import { firstUnknownIn } from '../python/convert';
import { birth, Cells, undecided, type Born, type CellMap } from '../python/heap/cells';
import type { Interpreter } from '../python/interpreter';
import type { Settled } from '../python/models/settled';
import type { Signature } from '../python/signature';
import type * as ast from '../python/syntax/ast';
import { makeTensor } from '../python/tensor-value';
import type { Application } from '../python/tensors/apply';
import { dict, list, mapEntries, namesOf, type CallArguments, type ClassValue, type DictValue, type InstanceValue, type Names, type NativeState, type TensorValue, type Value } from '../python/values';

export interface ModuleState extends NativeState {
  readonly tag: 'module';
  /** False until `Module.__init__` has run: nothing can be registered before. */
  readonly initialised: boolean;
  readonly modules: DictValue;
  readonly parameters: DictValue;
  readonly buffers: DictValue;
  readonly nonPersistent: ReadonlySet<string>;
  readonly preHooks: readonly Hook[];
  readonly hooks: readonly Hook[];
  /** The call that constructed it. */
  readonly declared: Location;
  readonly from: LeadingCall | undefined;
  readonly node: ast.Call | undefined;
  /** What it was constructed with. */
  readonly madeWith: CallArguments | undefined;
  readonly layer: LayerState | undefined;
}

export interface Hook {
  readonly callee: Value;
  readonly withKeywords: boolean;
}

/** Sizes of a registered weight at the time of a call; undefined when there is none or its rank is unknown. */
export type WeightSizes = (name: string) => Sizes | undefined;

export type LayerCall<A extends Attrs = Attrs> = (layer: LayerInCall<A>, args: CallArguments, interpreter: Interpreter) => Value;

/** A layer about to be applied. */
export interface LayerInCall<A extends Attrs = Attrs> {
  readonly self: ModuleInstance;
  readonly attrs: A;
  readonly parameters: Readonly<Record<string, Value>>;
  /** Applies the layer's operator, with its attributes or others, as one row of this layer. */
  apply(inputs: readonly Value[], more?: { readonly attrs?: A } & Partial<Pick<Application, 'dtypes' | 'inPlace' | 'weights'>>): Value;
}

/** A method that the class's `forward` hands its work to, which a subclass may replace. */
export interface Overridable {
  readonly method: string;
  /** Names of the attributes it is given after the input. */
  readonly given: readonly string[];
}

/** A class of the tables: its operator, and how arguments become attributes. */
export interface LayerDefinition {
  readonly name: string;
  readonly op: AnyOp;
  readonly signature: Signature;
  readonly attrs: (parameters: Readonly<Record<string, Value>>, self: ModuleInstance) => Attrs;
  readonly fromWeights: ((attrs: Attrs, sizes: WeightSizes) => Attrs) | undefined;
  /** The weights that a layer with these attributes works with. */
  readonly weights: (attrs: Attrs, parameters: Readonly<Record<string, Value>>) => readonly WeightSpec[];
  readonly overridable: Overridable | undefined;
  readonly inputCheck: string | undefined;
  readonly isTraining: ((attrs: Attrs, training: boolean) => Attrs) | undefined;
  readonly inputs: number;
  readonly call: LayerCall | undefined;
  readonly inPlace: ((p: Readonly<Record<string, Value>>) => boolean) | undefined;
  readonly hasChildren: boolean;
}

/** Set on instances of `torch.nn` layers and of their subclasses. */
export interface LayerState extends Born {
  readonly definition: LayerDefinition;
  /** Constructor arguments by name; assigning `conv.stride = …` later changes them here too. */
  readonly parameters: Names;
  readonly attrs: Attrs | undefined;
  /** Of the weights that `attrs` was worked out with. */
  readonly shapes: readonly unknown[];
  /** What makes it doubtful that the layer runs with the weights it has. */
  readonly misfit: string | undefined;
  /** Names that the program has deleted. */
  readonly deleted: ReadonlySet<string>;
  /** Names its own weights were registered under. */
  readonly weightNames: ReadonlySet<string>;
  /** Spans of the constructor's arguments, by operator attribute. */
  readonly spans: Readonly<Record<string, Span>>;
}

/** A hook of which it is not known whether it was set: calling it makes the figures bounds. */
function joinHooks(a: readonly Hook[], b: readonly Hook[], reason: Unknown): readonly Hook[] {
  const same = a.findIndex((hook, i) => hook !== b[i]);
  return [...(same < 0 ? a : a.slice(0, same)), { callee: reason, withKeywords: false }];
}

const moduleJoins: Born['joins'] = {
  hooks: joinHooks, preHooks: joinHooks,
  ...Object.fromEntries(['initialised', 'modules', 'parameters', 'buffers', 'nonPersistent', 'layer'].map(field => [field, () => undecided])),
};

/** What a layer worked out from its arguments is worked out again. */
const layerJoins: Born['joins'] = { attrs: () => undefined, shapes: () => [], misfit: () => undefined, deleted: () => new Set<string>() };

const noNames: ReadonlySet<string> = new Set();
const noHooks: readonly Hook[] = [];

/** A module with its names, parameters and attributes. */
const wordsPerModule = 160;

export function newModuleState(declared: Location, from: LeadingCall | undefined, madeWith?: CallArguments): ModuleState {
  charge(wordsPerModule);
  return moduleState({
    initialised: false, modules: dict(), parameters: dict(), buffers: dict(), nonPersistent: noNames, preHooks: noHooks, hooks: noHooks,
    declared, from, node: madeWith?.node, madeWith, layer: undefined,
  });
}

/** All of them are made here, so that they are alike for the machine as well: it reads them a good deal faster then. */
export function moduleState(state: Omit<ModuleState, 'tag' | 'born' | 'joins'>): ModuleState {
  const { initialised, modules, parameters, buffers, nonPersistent, preHooks, hooks, declared, from, node, madeWith, layer } = state;
  return { tag: 'module', born: birth(), joins: moduleJoins, initialised, modules, parameters, buffers, nonPersistent, preHooks, hooks, declared, from, node, madeWith, layer };
}

export function layerState({ definition, parameters, attrs, shapes, misfit, deleted, weightNames, spans }: Omit<LayerState, 'born' | 'joins'>): LayerState {
  return { born: birth(), joins: layerJoins, definition, parameters, attrs, shapes, misfit, deleted, weightNames, spans };
}

export type ModuleInstance = InstanceValue & { native: ModuleState };

export function isModule(value: Value | undefined): value is ModuleInstance {
  return value?.kind === 'instance' && value.native?.tag === 'module';
}

/** The number of the next weight. */
export interface WeightCounter extends Born {
  readonly next: number;
}

/** Counters and maps of one interpreter. */
export interface RunState extends Born {
  readonly weights: WeightCounter;
  /** `torch.get_default_dtype()`. */
  readonly defaultDType: DType;
  /** Module → dotted path under the root being evaluated. */
  readonly paths: ReadonlyMap<InstanceValue, string>;
  /** Calls of a module from outside any other module, written out in the file: they tell the model and its inputs. */
  readonly rootCalls: readonly RootCall[];
  /** With which arguments the file calls models of a class: a builder of the same class is fed alike. */
  readonly callsByClass: CellMap<ClassValue, CallArguments>;
  /** Looks at a model that the file is about to call; undefined where nobody asks for such models, or has seen this one. */
  look: ((call: RootCall) => Settled | undefined) | undefined;
  /** Hears of every call of a module while a part is looked for. */
  watch: ((module: ModuleInstance, args: CallArguments) => void) | undefined;
  /** Hooks of every module. */
  readonly preHooks: readonly Hook[];
  readonly hooks: readonly Hook[];
  /** How many modules' calls are running. */
  callDepth: number;
}

export interface RootCall {
  readonly module: ModuleInstance;
  readonly args: CallArguments;
  /** The model and this call of it, as everything stood before the call. */
  readonly made?: Settled | undefined;
}

/** A loop may call a model any number of times: the first calls tell enough. */
const mostCallsPerModule = 16;

/** All that goes in is known, but for how many examples there are. */
export function isTelling({ args }: RootCall): boolean {
  const given = [...args.positional, ...args.keywords.map(([, value]) => value)];
  return firstUnknownIn(given) === undefined && tensorsOf(given).every(({ shape }) => !isUnknown(shape) && !shape.slice(1).some(isUnknown));
}

/** Batches of a size that nobody knows: a generator's noise for as many images as the data had. */
export function hasOpenBatch(args: CallArguments): boolean {
  return tensorsOf([...args.positional, ...args.keywords.map(([, value]) => value)]).some(({ shape }) => !isUnknown(shape) && shape[0] !== undefined && isUnknown(shape[0]));
}

export function tensorsOf(values: readonly Value[], seen = new Set<Value>()): readonly TensorValue['tensor'][] {
  return values.flatMap(value => {
    if (value.kind === 'tensor') return [value.tensor];
    if ((value.kind !== 'tuple' && value.kind !== 'list') || seen.has(value)) return [];
    return tensorsOf(value.items, seen.add(value));
  });
}

export function addRootCall(interpreter: Interpreter, { module, args }: RootCall): void {
  const state = runState(interpreter);
  const call = { module, args: asTheyAre(args) };
  const same = state.rootCalls.filter(other => other.module === module);
  if (same.length >= mostCallsPerModule && (same.some(isTelling) || !isTelling(call))) return;
  const made = state.look?.(call);
  interpreter.heap.write(state, 'rootCalls', [...state.rootCalls, { ...call, made }]);
}

/** The call may change what it is given. */
function asTheyAre(args: CallArguments): CallArguments {
  const copies = new Map<Value, Value>();
  const copy = (value: Value): Value => {
    const known = copies.get(value);
    if (known) return known;
    const copied = value.kind === 'tensor' ? { ...value, born: birth() }
      : value.kind === 'list' ? list(value.items.map(copy))
        : value.kind === 'tuple' ? { ...value, items: value.items.map(copy) }
          : value.kind === 'dict' && !value.over ? mapEntries(value, copy) : value;
    copies.set(value, copied);
    return copied;
  };
  return { ...args, positional: args.positional.map(copy), keywords: args.keywords.map(([name, value]) => [name, copy(value)] as const) };
}

export function runState(interpreter: Interpreter): RunState {
  const known = interpreter.frameworkState.get('pytorch') as RunState | undefined;
  if (known) return known;
  const state = interpreter.heap.timeless((): RunState => ({
    born: birth(), joins: { paths: () => undecided, defaultDType: () => undecided, hooks: joinHooks, preHooks: joinHooks },
    weights: { born: birth(), unseen: true, next: 1 }, defaultDType: 'float32', paths: new Map(), rootCalls: [], callsByClass: new Cells(), look: undefined, watch: undefined, callDepth: 0,
    preHooks: noHooks, hooks: noHooks,
  }));
  interpreter.frameworkState.set('pytorch', state);
  return state;
}

/** Whether gradients are worked out for a parameter. */
export function setTrainable(interpreter: Interpreter, parameter: TensorValue, trainable: boolean): void {
  if (parameter.weight) interpreter.heap.write(parameter, 'weight', { ...parameter.weight, trainable });
}

/** An `nn.Parameter`; it is registered, and named, when a module takes it in. */
export function newParameter(interpreter: Interpreter, shape: Shape | Unknown, dtype: DType, trainable: boolean, name = ''): TensorValue {
  const { weights } = runState(interpreter);
  const weight: Weight = { id: weights.next, name, type: { shape, dtype }, trainable };
  interpreter.heap.write(weights, 'next', weights.next + 1);
  return makeTensor(interpreter.builder.source(shape, dtype, 'weight'), undefined, undefined, { weight, attributes: namesOf() });
}

/** Another shape or element type for a parameter that stays the same object. */
export function retypeParameter(interpreter: Interpreter, parameter: TensorValue, shape: Shape | Unknown, dtype: DType): void {
  interpreter.heap.write(parameter, 'tensor', interpreter.builder.source(shape, dtype, parameter.tensor.origin));
  if (parameter.weight) interpreter.heap.write(parameter, 'weight', { ...parameter.weight, type: { shape, dtype } });
}
