/** Building a layer: its weights are made once, on the first call or when the program asks for it. */
import { isUnknown } from '../../base/unknown';
import type { Sizes } from '../../tensor/shape';
import type { Interpreter } from '../python/interpreter';
import { native, none, trueValue, type CallArguments, type InstanceValue, type Value } from '../python/values';
import { isLayer, type KerasInstance } from './state';
import { shapesOf, shapeTuple, tensorsIn } from './structures';

/** Makes the weights on the first call, from the shapes that come in. */
export function buildFor(interpreter: Interpreter, self: KerasInstance, args: CallArguments): void {
  if (isBuilt(self)) return;
  const build = interpreter.lookupClass(self.cls, 'build');
  const { definition } = self.native;
  if (definition && build?.kind === 'native') {
    definition.build(self, definition.inputsOf(args).map(tensor => sizesOfTensor(tensor.tensor.shape)), interpreter, args.at);
  } else if (build?.kind === 'function') {
    const shapeOf = (value: Value): Value => shapesOf(value, tensor => shapeTuple(tensor, [true]));
    const names = build.definition.parameters.slice(1).filter(parameter => parameter.form !== '*' && parameter.form !== '**').map(parameter => parameter.name);
    if (names.length > 1) {
      interpreter.call(interpreter.attribute(self, 'build', args.at), { positional: [], keywords: shapesByName(interpreter, self, names, args, shapeOf), at: args.at });
    } else if (names.length === 1 || build.definition.parameters.length > 1) {
      const input = args.positional[0] ?? args.keywords[0]?.[1] ?? none;
      interpreter.callMethod(self, 'build', [shapeOf(input)], args.at);
    } else interpreter.callMethod(self, 'build', [], args.at);
  }
  interpreter.heap.set(self.attributes, 'built', trueValue);
}

/** What `layer.build` is: the class's method, after which the layer is built. Source: `Layer.__new__` of Keras 3. */
const buildThrough = native('Layer.build', ({ positional: [self = none, ...positional], keywords, at }, interpreter) => {
  if (!isLayer(self)) return none;
  const build = interpreter.lookupClass(self.cls, 'build');
  if (build) interpreter.call(build, { positional: [self, ...positional], keywords, at });
  interpreter.heap.set(self.attributes, 'built', trueValue);
  return none;
});

/** Gives a layer whose class builds in Python its own `build`, so that whoever calls it builds the layer for good. */
export function wrapBuild(interpreter: Interpreter, self: InstanceValue): void {
  if (interpreter.lookupClass(self.cls, 'build')?.kind === 'function') interpreter.heap.set(self.attributes, 'build', { kind: 'method', self, callee: buildThrough });
}

/** `build(query_shape, value_shape)` is given the shapes of `call`'s arguments of those names. */
function shapesByName(interpreter: Interpreter, self: KerasInstance, names: readonly string[], args: CallArguments, shapeOf: (value: Value) => Value): CallArguments['keywords'] {
  const call = interpreter.lookupClass(self.cls, 'call');
  const parameters = call?.kind === 'function' ? call.definition.parameters.slice(1).map(parameter => parameter.name) : [];
  return names.flatMap((name, i): [string, Value][] => {
    const wanted = name.replace(/_shape$/, '');
    const place = parameters.indexOf(wanted);
    const value = args.keywords.find(([given]) => given === wanted)?.[1] ?? args.positional[place >= 0 ? place : i];
    return value && tensorsIn(value).length > 0 ? [[name, shapeOf(value)]] : [];
  });
}

function isBuilt(self: KerasInstance): boolean {
  const built = self.attributes.get('built');
  return built?.kind === 'bool' && built.value;
}

function sizesOfTensor(shape: Parameters<typeof isUnknown>[0] | Sizes): Sizes {
  if (isUnknown(shape)) return [];
  return (shape as readonly unknown[]).map(dim => (typeof dim === 'number' ? dim : NaN));
}
