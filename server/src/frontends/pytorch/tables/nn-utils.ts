/** Parametrised weights, pruning and quantisation stubs: what replaces a weight is registered under the names that PyTorch uses. */
import { isUnknown } from '../../../base/unknown';
import type { Location } from '../../../base/span';
import { elementwise } from '../../../ops/elementwise';
import { activation } from '../../../ops/activation';
import type { Dim, Shape } from '../../../tensor/shape';
import { given, intOf, itemsOf, stringOf } from '../../python/convert';
import type { Interpreter } from '../../python/interpreter';
import { alias, fn, type LibraryEntry, type LibraryTables } from '../../python/library';
import { m } from '../../python/objects/native';
import { bool, none, typeName, type TensorValue, type Value } from '../../python/values';
import { applyOp } from '../../python/tensors/apply';
import { allocateModule, initialiseModule, register } from '../module';
import { cls, rawMethod } from '../../python/objects/native-class';
import { asParameter } from '../parameter';
import { checkValues } from '../demands/check';
import { isModule, newParameter, type ModuleInstance } from '../state';
import { operandsOf } from '../../python/tensors/elementwise';
import { makeTensor, newTensor } from '../../python/tensor-value';
import { birth } from '../../python/heap/cells';

const list = 'torch.nn.utils.parametrize.ParametrizationList';

/** Takes a parameter out of its module and leaves a computed tensor of the same shape under its name. */
function detach(interpreter: Interpreter, module: ModuleInstance, name: string, at: Location): TensorValue {
  const { parameters, layer } = module.native;
  const weight = parameters.entries.get(`s${name}`)?.value;
  if (weight?.kind !== 'tensor') return interpreter.raise('ValueError', `Module '${module.cls.name}' does not have a parameter with name '${name}'`, at);
  interpreter.heap.deleteHashed(parameters, `s${name}`);
  interpreter.heap.set(module.attributes, name, makeTensor(interpreter.builder.source(weight.tensor.shape, weight.tensor.dtype, 'weight')));
  if (layer) interpreter.heap.write(layer, 'attrs', undefined);
  return weight;
}

/** Puts the computed tensor back as a parameter. */
function attach(interpreter: Interpreter, module: ModuleInstance, name: string): void {
  const computed = module.attributes.get(name);
  if (computed?.kind !== 'tensor') return;
  interpreter.heap.delete(module.attributes, name);
  register(interpreter, module.native.parameters, name, asParameter(interpreter, computed));
  if (module.native.layer) interpreter.heap.write(module.native.layer, 'attrs', undefined);
}

function partOf(interpreter: Interpreter, weight: TensorValue, shape: Shape, name: string): TensorValue {
  return newParameter(interpreter, shape, weight.tensor.dtype, weight.weight?.trainable ?? true, name);
}

/** The size along `dim`, 1 elsewhere: one norm per slice. Without a dimension, for which -1 stands too, there is one norm in all. */
function magnitudeShape(shape: Shape, dim: Value): Shape {
  if (!given(dim) || intOf(dim) === -1) return [];
  const axis = intOf(dim) < 0 ? intOf(dim) + shape.length : intOf(dim);
  return shape.map((size, i) => (i === axis ? size : 1));
}

function shapeOf(weight: TensorValue): Shape {
  return isUnknown(weight.tensor.shape) ? [weight.tensor.shape] : weight.tensor.shape;
}

/** Axis that spectral normalisation keeps: transposed convolutions have their outputs second. */
function outputAxis(module: ModuleInstance, dim: Value): number {
  if (given(dim)) return intOf(dim);
  return module.cls.mro.some(ancestor => /^ConvTranspose[123]d$/.test(ancestor.name)) ? 1 : 0;
}

/** Lengths of the two vectors that spectral normalisation keeps: of the matrix of `axis` against the rest. */
function singularShapes(shape: Shape, axis: number): readonly [Dim, Dim] {
  const rest = shape.filter((_, i) => i !== axis).reduce<Dim>((total, size) => (isUnknown(total) ? total : isUnknown(size) ? size : total * size), 1);
  return [shape[axis] ?? 1, rest];
}

function target(interpreter: Interpreter, module: Value, at: Location): ModuleInstance | undefined {
  if (isModule(module)) return module;
  return isUnknown(module) ? undefined : interpreter.raise('AttributeError', `'${typeName(module)}' object has no attribute '_parameters'`, at);
}

function newModule(interpreter: Interpreter, qualifiedName: string, at: Location): ModuleInstance {
  const made = allocateModule(interpreter.libraryClass(qualifiedName), { positional: [], keywords: [], at }, interpreter);
  return initialiseModule(made, interpreter, at);
}

/** `module.parametrizations.<name>`: made when it is not there yet. Undefined `originals`: the weight as it is. */
function parametrise(
  interpreter: Interpreter, module: ModuleInstance, name: string, step: Value,
  originals: ((weight: TensorValue) => readonly (readonly [string, TensorValue])[]) | undefined, at: Location,
): ModuleInstance {
  const { modules, layer } = module.native;
  const known = modules.entries.get('sparametrizations')?.value;
  const all = isModule(known) ? known : newModule(interpreter, 'torch.nn.ModuleDict', at);
  if (all !== known) register(interpreter, modules, 'parametrizations', all);
  // Its parts count as the layer's own weights.
  if (layer && !layer.definition.hasChildren) interpreter.heap.write(module.native, 'layer', { ...layer, born: birth(), attrs: undefined, definition: { ...layer.definition, hasChildren: true } });
  const present = all.native.modules.entries.get(`s${name}`)?.value;
  const steps = isModule(present) ? present : newModule(interpreter, list, at);
  if (steps !== present) {
    register(interpreter, all.native.modules, name, steps);
    const weight = detach(interpreter, module, name, at);
    for (const [key, original] of originals?.(weight) ?? [['original', weight] as const]) register(interpreter, steps.native.parameters, key, original);
  }
  register(interpreter, steps.native.modules, String(steps.native.modules.entries.size), step);
  return steps;
}

function isParametrised(module: Value, name: string | undefined): boolean {
  const all = isModule(module) ? module.native.modules.entries.get('sparametrizations')?.value : undefined;
  return isModule(all) && (name === undefined ? all.native.modules.entries.size > 0 : all.native.modules.entries.has(`s${name}`));
}

function unparametrise(interpreter: Interpreter, module: ModuleInstance, name: string): void {
  const all = module.native.modules.entries.get('sparametrizations')?.value;
  if (!isModule(all)) return;
  interpreter.heap.deleteHashed(all.native.modules, `s${name}`);
  if (all.native.modules.entries.size === 0) interpreter.heap.deleteHashed(module.native.modules, 'sparametrizations');
  attach(interpreter, module, name);
}

function removeParts(interpreter: Interpreter, module: ModuleInstance, name: string, suffixes: readonly string[]): void {
  const { parameters, buffers } = module.native;
  for (const suffix of suffixes) {
    for (const registered of [parameters, buffers]) interpreter.heap.deleteHashed(registered, `s${name}_${suffix}`);
  }
  attach(interpreter, module, name);
}

const parametrizations: readonly LibraryEntry[] = [
  cls(list, { bases: ['torch.nn.ModuleList'], allocate: allocateModule }),
  ...['_WeightNorm', '_SpectralNorm', '_Orthogonal'].map(name => cls(`torch.nn.utils.parametrizations.${name}`, { bases: ['torch.nn.Module'], allocate: allocateModule })),
  fn('torch.nn.utils.parametrize.register_parametrization(module, tensor_name, parametrization, *, unsafe=False)', ({ module, tensor_name, parametrization }, interpreter, { at }) => {
    const name = stringOf(tensor_name);
    const owner = target(interpreter, module, at);
    if (owner && name !== undefined) parametrise(interpreter, owner, name, parametrization, undefined, at);
    return module;
  }),
  fn('torch.nn.utils.parametrize.remove_parametrizations(module, tensor_name, leave_parametrized=True)', ({ module, tensor_name }, interpreter) => {
    if (isModule(module)) unparametrise(interpreter, module, stringOf(tensor_name) ?? '');
    return module;
  }),
  fn('torch.nn.utils.parametrize.is_parametrized(module, tensor_name=None)', ({ module, tensor_name }) => bool(isParametrised(module, stringOf(tensor_name)))),
  fn('torch.nn.utils.parametrizations.weight_norm(module, name="weight", dim=0)', ({ module, name, dim }, interpreter, { at }) => {
    checkValues('torch.nn.utils.parametrizations.weight_norm', { dim }, interpreter, at);
    const owner = target(interpreter, module, at);
    if (owner) {
      parametrise(interpreter, owner, stringOf(name) ?? 'weight', newModule(interpreter, 'torch.nn.utils.parametrizations._WeightNorm', at), weight => [
        ['original0', partOf(interpreter, weight, magnitudeShape(shapeOf(weight), dim), 'original0')], ['original1', partOf(interpreter, weight, shapeOf(weight), 'original1')],
      ], at);
    }
    return module;
  }),
  fn('torch.nn.utils.parametrizations.spectral_norm(module, name="weight", n_power_iterations=1, eps=1e-12, dim=None)', ({ module, name, dim }, interpreter, { at }) => {
    const owner = target(interpreter, module, at);
    const text = stringOf(name) ?? 'weight';
    const weight = owner?.native.parameters.entries.get(`s${text}`)?.value;
    if (owner) {
      const step = newModule(interpreter, 'torch.nn.utils.parametrizations._SpectralNorm', at);
      if (weight?.kind === 'tensor' && shapeOf(weight).length > 1) {
        const [rows, columns] = singularShapes(shapeOf(weight), outputAxis(owner, dim));
        register(interpreter, step.native.buffers, '_u', newTensor(interpreter, [rows], weight.tensor.dtype));
        register(interpreter, step.native.buffers, '_v', newTensor(interpreter, [columns], weight.tensor.dtype));
      }
      parametrise(interpreter, owner, text, step, undefined, at);
    }
    return module;
  }),
  fn('torch.nn.utils.parametrizations.orthogonal(module, name="weight", orthogonal_map=None, *, use_trivialization=True)', ({ module, name }, interpreter, { at }) => {
    const owner = target(interpreter, module, at);
    if (owner) parametrise(interpreter, owner, stringOf(name) ?? 'weight', newModule(interpreter, 'torch.nn.utils.parametrizations._Orthogonal', at), undefined, at);
    return module;
  }),
];

const normalised: readonly LibraryEntry[] = [
  fn('torch.nn.utils.weight_norm(module, name="weight", dim=0)', ({ module, name, dim }, interpreter, { at }) => {
    checkValues('torch.nn.utils.weight_norm', { dim }, interpreter, at);
    const owner = target(interpreter, module, at);
    const text = stringOf(name) ?? 'weight';
    if (!owner) return module;
    const weight = detach(interpreter, owner, text, at);
    register(interpreter, owner.native.parameters, `${text}_g`, partOf(interpreter, weight, magnitudeShape(shapeOf(weight), dim), `${text}_g`));
    register(interpreter, owner.native.parameters, `${text}_v`, partOf(interpreter, weight, shapeOf(weight), `${text}_v`));
    return module;
  }),
  fn('torch.nn.utils.spectral_norm(module, name="weight", n_power_iterations=1, eps=1e-12, dim=None)', ({ module, name, dim }, interpreter, { at }) => {
    const owner = target(interpreter, module, at);
    const text = stringOf(name) ?? 'weight';
    if (!owner) return module;
    const weight = detach(interpreter, owner, text, at);
    const [rows, columns] = singularShapes(shapeOf(weight), outputAxis(owner, dim));
    register(interpreter, owner.native.parameters, `${text}_orig`, partOf(interpreter, weight, shapeOf(weight), `${text}_orig`));
    register(interpreter, owner.native.buffers, `${text}_u`, newTensor(interpreter, [rows], weight.tensor.dtype));
    register(interpreter, owner.native.buffers, `${text}_v`, newTensor(interpreter, [columns], weight.tensor.dtype));
    return module;
  }),
  fn('torch.nn.utils.remove_weight_norm(module, name="weight")', ({ module, name }, interpreter, { at }) => {
    const text = stringOf(name) ?? 'weight';
    if (!isModule(module)) return module;
    if (!module.native.parameters.entries.has(`s${text}_g`)) return interpreter.raise('ValueError', `weight_norm of '${text}' not found in ${module.cls.name}`, at);
    removeParts(interpreter, module, text, ['g', 'v']);
    return module;
  }),
  fn('torch.nn.utils.remove_spectral_norm(module, name="weight")', ({ module, name }, interpreter, { at }) => {
    const text = stringOf(name) ?? 'weight';
    if (!isModule(module)) return module;
    if (!module.native.parameters.entries.has(`s${text}_orig`)) return interpreter.raise('ValueError', `spectral_norm of '${text}' not found in ${module.cls.name}`, at);
    removeParts(interpreter, module, text, ['orig', 'u', 'v']);
    return module;
  }),
];

function prune(interpreter: Interpreter, module: Value, name: Value, at: Location): Value {
  const text = stringOf(name);
  if (!isModule(module) || text === undefined || module.native.parameters.entries.has(`s${text}_orig`)) return module;
  const weight = detach(interpreter, module, text, at);
  register(interpreter, module.native.parameters, `${text}_orig`, weight);
  register(interpreter, module.native.buffers, `${text}_mask`, newTensor(interpreter, weight.tensor.shape, weight.tensor.dtype));
  return module;
}

const pruning: readonly LibraryEntry[] = [
  ...['identity', 'random_unstructured', 'l1_unstructured', 'random_structured', 'ln_structured', 'custom_from_mask'].map(name =>
    fn(
      `torch.nn.utils.prune.${name}(module, name, *args, **kwargs)` as 'torch.nn.utils.prune.f(module, name, *args, **kwargs)',
      ({ module, name: weight }, interpreter, { at }) => prune(interpreter, module, weight, at),
    )),
  fn('torch.nn.utils.prune.global_unstructured(parameters, pruning_method, importance_scores=None, **kwargs)', ({ parameters }, interpreter, { at }) => {
    for (const pair of itemsOf(parameters) ?? []) {
      const [module = none, name = none] = itemsOf(pair) ?? [];
      prune(interpreter, module, name, at);
    }
    return none;
  }),
  fn('torch.nn.utils.prune.remove(module, name)', ({ module, name }, interpreter) => {
    if (isModule(module)) removeParts(interpreter, module, stringOf(name) ?? '', ['orig', 'mask']);
    return module;
  }),
  fn('torch.nn.utils.prune.is_pruned(module)', ({ module }) => bool(isModule(module) && [...module.native.parameters.entries.keys()].some(key => key.endsWith('_orig')))),
  ...['BasePruningMethod', 'L1Unstructured', 'RandomUnstructured', 'LnStructured', 'RandomStructured'].map(name => cls(`torch.nn.utils.prune.${name}`)),
];

/** Arithmetic that quantisation can observe: the same operators as methods of a module. */
const floatFunctional = 'torch.ao.nn.quantized.FloatFunctional';

type Method<P> = (p: P, interpreter: Interpreter, args: Parameters<Parameters<typeof m>[1]>[2]) => Value;

function arithmetic(name: 'add' | 'multiply', withRelu = false): Method<{ readonly x: Value; readonly y: Value }> {
  return ({ x, y }, interpreter, args) => {
    const { tensors, attrs } = operandsOf([x, y]);
    const made = applyOp(interpreter, args, { op: elementwise, type: floatFunctional, attrs: { function: name, ...attrs }, inputs: tensors });
    return withRelu ? applyOp(interpreter, args, { op: activation, type: floatFunctional, attrs: { function: 'relu' }, inputs: [made] }) : made;
  };
}

/** What an observer will look at once the model is prepared: until then an identity, with a row of its own. Source: torch/ao/nn/quantized/modules/functional_modules.py. */
function observed<P>(compute: Method<P>): Method<P & { readonly self: Value }> {
  return (p, interpreter, args) => interpreter.callWith(interpreter.attribute(p.self, 'activation_post_process', args.at), [compute(p, interpreter, args)], args.at);
}

function library(name: string): (interpreter: Interpreter, positional: readonly Value[], at: Location) => Value {
  return (interpreter, positional, at) => interpreter.callWith(interpreter.libraryValue(name), positional, at);
}

const quantisers = ['torch.quantization', 'torch.ao.quantization'];

const quantisation: readonly LibraryEntry[] = [
  ...['QuantStub', 'DeQuantStub'].flatMap(name => [
    cls(`torch.ao.quantization.${name}`, {
      bases: ['torch.nn.Module'], allocate: allocateModule,
      attributes: [rawMethod('__init__', (self, { at }, interpreter) => { initialiseModule(self, interpreter, at); return none; }), m(`${name}.forward(self, x)`, ({ x }) => x)],
    }),
    ...['torch.quantization', 'torch.ao.quantization.stubs', 'torch.quantization.stubs'].map(module => alias(`${module}.${name}`, `torch.ao.quantization.${name}`)),
  ]),
  cls('torch.ao.quantization.QuantWrapper', {
    bases: ['torch.nn.Module'], allocate: allocateModule,
    attributes: [
      m('QuantWrapper.__init__(self, module)', ({ self, module }, interpreter, { at }) => {
        if (self.kind !== 'instance') return none;
        const made = initialiseModule(self, interpreter, at);
        for (const [name, stub] of [['quant', 'QuantStub'], ['dequant', 'DeQuantStub']] as const) {
          register(interpreter, made.native.modules, name, library(`torch.ao.quantization.${stub}`)(interpreter, [], at));
        }
        register(interpreter, made.native.modules, 'module', module);
        return none;
      }),
      m('QuantWrapper.forward(self, X)', ({ self, X }, interpreter, { at }) => interpreter.callWith(interpreter.attribute(self, 'module', at), [X], at)),
    ],
  }),
  alias('torch.quantization.QuantWrapper', 'torch.ao.quantization.QuantWrapper'),
  cls(floatFunctional, {
    bases: ['torch.nn.Module'], allocate: allocateModule,
    attributes: [
      rawMethod('__init__', (self, { at }, interpreter) => {
        const made = initialiseModule(self, interpreter, at);
        register(interpreter, made.native.modules, 'activation_post_process', library('torch.nn.Identity')(interpreter, [], at));
        return none;
      }),
      m('FloatFunctional.add(self, x, y)', observed(arithmetic('add'))), m('FloatFunctional.add_scalar(self, x, y)', arithmetic('add')),
      m('FloatFunctional.mul(self, x, y)', observed(arithmetic('multiply'))), m('FloatFunctional.mul_scalar(self, x, y)', arithmetic('multiply')),
      m('FloatFunctional.add_relu(self, x, y)', observed(arithmetic('add', true))),
      m('FloatFunctional.cat(self, x, dim=0)', observed(({ x, dim }, interpreter, { at }) => library('torch.cat')(interpreter, [x, dim], at))),
      m('FloatFunctional.matmul(self, x, y)', ({ x, y }, interpreter, { at }) => library('torch.matmul')(interpreter, [x, y], at)),
    ],
  }),
  ...['torch.nn.quantized', 'torch.ao.nn.quantized'].flatMap(module => [
    'FloatFunctional', 'FXFloatFunctional', 'QFunctional',
  ].filter(name => `${module}.${name}` !== floatFunctional).map(name => alias(`${module}.${name}`, floatFunctional))),
  // Observers change nothing of the float model that is counted.
  ...quantisers.flatMap(module => [
    ...['prepare', 'prepare_qat', 'convert', 'quantize', 'quantize_qat', 'propagate_qconfig_', 'add_quant_dequant', 'fuse_modules', 'fuse_modules_qat', 'quantize_dynamic'].map(name =>
      fn(`${module}.${name}(model, *args, **kwargs)` as 'torch.quantization.f(model, *args, **kwargs)', ({ model }) => model)),
    ...['get_default_qconfig', 'get_default_qat_qconfig', 'get_default_qconfig_mapping', 'get_default_qat_qconfig_mapping', 'float_qparams_weight_only_qconfig'].map(name =>
      fn(`${module}.${name}(*args, **kwargs)` as 'torch.quantization.f(*args, **kwargs)', (_p, interpreter) => library(`${module}.QConfig`)(interpreter, [], { uri: '', span: { start: 0, end: 0 } }))),
    ...['QConfig', 'QConfigMapping', 'FakeQuantize', 'MinMaxObserver', 'MovingAverageMinMaxObserver', 'HistogramObserver', 'PerChannelMinMaxObserver'].map(name =>
      cls(`${module}.${name}`, { attributes: [rawMethod('__init__', () => none), rawMethod('with_args', self => self)] })),
    ...['default_qconfig', 'default_dynamic_qconfig', 'default_qat_qconfig', 'float16_dynamic_qconfig'].map((name): LibraryEntry => ({
      name: `${module}.${name}`,
      make: interpreter => library(`${module}.QConfig`)(interpreter, [], { uri: '', span: { start: 0, end: 0 } }),
    })),
    ...['enable_observer', 'disable_observer', 'enable_fake_quant', 'disable_fake_quant'].map(name => fn(`${module}.${name}(mod)` as 'torch.quantization.f(mod)', () => none)),
  ]),
];

export const nnUtilsTables: LibraryTables = { sources: [], entries: [...parametrizations, ...normalised, ...pruning, ...quantisation] };
