/** Keras classes and builders that demand arguments nobody states, and layers of the file that no model of it holds. */
import type { Location } from '../../base/span';
import type { LowerRequest } from '../frontend';
import type { Interpreter } from '../python/interpreter';
import { isInputShape } from '../python/models/argument-texts';
import { assumedFor } from '../python/models/assumed-for';
import { AssumedValues, profiles, type AssumedFor } from '../python/models/assumed-values';
import { mayBuildWithArguments } from '../python/models/builders';
import type { BuildAttempt, ModelCandidate } from '../python/models/candidate';
import { customaryFor } from '../python/models/customary';
import { needsOnlySelf } from '../python/models/definitions';
import type { Looked } from '../python/models/dialect';
import { statedUnderArguments, statedUnderName } from '../python/models/settings-files';
import { valuesIn } from '../python/models/settings-values';
import type { ProjectValues } from '../python/models/project-values';
import { isSubclass } from '../python/objects/python-error';
import type * as ast from '../python/syntax/ast';
import { int, tuple, type ClassValue, type FunctionValue, type ModuleValue, type Value } from '../python/values';
import { mayKeepModel, modelKept } from './keepers';

const most = { definitions: 16, stated: 2, profiles: 4 };

type Definition = ast.ClassDefinition | ast.FunctionDefinition;

interface Wanted {
  readonly definition: Definition;
  readonly callee: ClassValue | FunctionValue;
  /** What has to be given; undefined where nothing has. */
  readonly demands: FunctionValue | undefined;
  readonly isLayer: boolean;
  /** A plain class that has a model. */
  readonly keeps?: boolean;
}

/** `taken`: names of definitions that are shown otherwise. */
export function* assumedModels(
  interpreter: Interpreter, module: ModuleValue, syntax: ast.Module, request: LowerRequest, looked: Looked, taken: ReadonlySet<string>,
): Generator<ModelCandidate> {
  const wanted = [...wantedIn(interpreter, module, syntax, request.text)].filter(({ definition }) => !taken.has(definition.name));
  const from = assumedFor(interpreter, module, request, interpreter.libraryClass('keras.Layer'));
  let tried = 0;
  // Models before the layers that they consist of; what is written last uses the others most often.
  for (const each of [...wanted.filter(({ isLayer }) => !isLayer), ...wanted.filter(({ isLayer }) => isLayer).reverse()]) {
    if (looked.parts.has(each.definition.name) || looked.wholes.has(each.definition.name)) continue;
    if (++tried > most.definitions) return;
    yield candidateOf(from, each);
  }
}

function* wantedIn(interpreter: Interpreter, module: ModuleValue, { body }: ast.Module, text: string): Generator<Wanted> {
  const [layer, model] = [interpreter.libraryClass('keras.Layer'), interpreter.libraryClass('keras.Model')];
  for (const definition of body) {
    if (definition.kind === 'FunctionDefinition') {
      const callee = module.attributes.get(definition.name);
      const isBuilder = callee?.kind === 'function' && callee.definition === definition && mayBuildWithArguments(definition) && makesModel(definition, text);
      if (isBuilder) yield { definition, callee, demands: callee, isLayer: false };
    } else if (definition.kind === 'ClassDefinition') {
      const callee = module.attributes.get(definition.name);
      if (callee?.kind !== 'class') continue;
      const init = interpreter.lookupClass(callee, '__init__');
      const demands = init?.kind === 'function' && !needsOnlySelf(init) ? init : undefined;
      if (!isSubclass(callee, layer)) {
        const keeps = mayKeepModel(callee, text.slice(definition.span.start, definition.span.end)) && !asksForOthers(demands?.definition.parameters.slice(1) ?? []);
        if (keeps) yield { definition, callee, demands, isLayer: false, keeps };
        continue;
      }
      if (interpreter.lookupClass(callee, 'call')?.kind !== 'function') continue;
      const isLayer = !isSubclass(callee, model);
      if (demands || isLayer) yield { definition, callee, demands, isLayer };
    }
  }
}

/** Names of what nobody can make up: other models. */
const ofOthers = /^(model|base_model|generator|discriminator|encoder|decoder|gan|hp)$/;
/** Names of the tensor that a model is made from. */
const ofTensors = /^(x|inputs?|tensor|input_tensor|inputs?_layer|layer_in|im(?:g|age)s?_input|image_inputs?)$/;

/** It makes a model, and is given none of these. */
function makesModel({ span, parameters }: ast.FunctionDefinition, text: string): boolean {
  return /\b(?:Model|Sequential)\(/.test(text.slice(span.start, span.end)) && !asksForOthers(parameters);
}

function asksForOthers(parameters: readonly ast.Parameter[]): boolean {
  return parameters.some(({ name, default: fallback }) => fallback === undefined && ofOthers.test(name));
}

function candidateOf(from: AssumedFor, wanted: Wanted): ModelCandidate {
  const { definition, demands, isLayer, keeps } = wanted;
  const at: Location = { uri: from.module.uri ?? '', span: definition.nameSpan };
  // What its constructor alone makes is remembered under the class, and is another model.
  const remembered = keeps && !demands ? {} : { definition: definition.name };
  const parameters = demands?.definition.parameters.slice(demands.name === '__init__' ? 1 : 0) ?? [];
  const asked = parameters.filter(({ default: fallback, form }) => fallback === undefined && form !== '*' && form !== '**').map(({ name }) => name);
  return {
    name: definition.name, at, declaredInputs: undefined, optional: true, isModule: definition.kind === 'ClassDefinition', ...remembered, isPart: isLayer,
    demands: `${definition.name}(${asked.join(', ')})`, build: () => from.module,
    attempts: { [Symbol.iterator]: () => attemptsFor(from, wanted, asked, at) },
  };
}

function* attemptsFor(from: AssumedFor, wanted: Wanted, asked: readonly string[], at: Location): Generator<BuildAttempt> {
  const { interpreter, settings } = from;
  const { definition, callee, demands } = wanted;
  if (!demands) {
    const built = { expression: `${definition.name}()`, origin: 'signature' as const, why: 'from its signature', assumed: [] };
    yield { build: () => made(from, wanted, () => interpreter.callWith(callee, [], at)), built: () => built };
    return;
  }
  for (const stated of [...statedUnderName(settings(), definition.name)].slice(0, most.stated)) yield attempt(from, wanted, 0, at, () => valuesIn(interpreter, stated, at));
  const byNames = statedUnderArguments(settings(), asked, asked);
  if (byNames) yield attempt(from, wanted, 0, at, () => valuesIn(interpreter, byNames, at));
  const takesTensor = !wanted.isLayer && asked.some(name => ofTensors.test(name));
  const takesShape = takesTensor || asked.some(name => customaryFor(name)?.role === 'shape' || isInputShape(name, from.text));
  for (const inputShape of takesShape ? shapesFor(from.text) : [[224, 224, 3]]) {
    const given: AssumedFor = { ...from, inputShape, ...(takesTensor ? { tensorFor: tensorsOf(interpreter, inputShape) } : {}) };
    for (let profile = 0; profile < (takesShape ? 1 : most.profiles); profile++) yield attempt(given, wanted, profile, at);
  }
}

/** `keras.Input`s where the names of arguments say that they are tensors. */
function tensorsOf(interpreter: Interpreter, shape: readonly number[]): NonNullable<AssumedFor['tensorFor']> {
  return (name, at) => (ofTensors.test(name)
    ? { value: interpreter.callWith(interpreter.libraryValue('keras.Input'), [tuple(shape.map(int))], at), written: `Input((${shape.join(', ')}${shape.length === 1 ? ',' : ''}))` }
    : undefined);
}

/** An image, a sequence of features, features: in the order in which the layers of the file suggest them. */
function shapesFor(text: string): readonly (readonly number[])[] {
  const [image, sequence, vector] = [[224, 224, 3], [128, 64], [64]];
  if (/2D|applications|Rescaling/.test(text)) return [image, sequence, vector];
  return /LSTM|GRU|RNN|1D|Attention|TimeDistributed/.test(text) ? [sequence, image, vector] : [vector, sequence, image];
}

/** What calling the definition gives, or the model that the instance keeps. */
function made({ interpreter, text }: AssumedFor, { definition, callee, demands, keeps }: Wanted, call: () => Value): Value {
  return keeps && callee.kind === 'class' && definition.kind === 'ClassDefinition' ? modelKept(interpreter, callee, definition, text, call, demands === undefined) : call();
}

function attempt(from: AssumedFor, wanted: Wanted, profile: number, at: Location, stated?: () => ProjectValues): BuildAttempt {
  const { definition, callee, demands, isLayer } = wanted;
  const fresh = (): AssumedValues => new AssumedValues(from, profiles[profile] ?? { name: 'customary' }, isLayer, false, stated);
  let values = fresh();
  return {
    build: (): Value => {
      values = fresh();
      return made(from, wanted, () => values.call(callee, demands, at, callee.kind === 'class'));
    },
    built: () => values.builtAs(definition.name),
    ...(stated ? { isOfProject: true } : {}),
  };
}
