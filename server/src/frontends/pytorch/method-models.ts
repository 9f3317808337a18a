/** Classes without a forward pass of their own, whose layers other methods put to use: a policy that acts and evaluates. Each of these stands for itself. */
import type { LowerRequest } from '../frontend';
import { birth } from '../python/heap/cells';
import type { Interpreter } from '../python/interpreter';
import type { ModelCandidate } from '../python/models/candidate';
import { isSubclass } from '../python/objects/python-error';
import type * as ast from '../python/syntax/ast';
import { namesOf, type ClassValue, type FunctionValue, type ModuleValue } from '../python/values';
import { asMethod, type AssumedModels } from './assumed-models';
import { hasForward, isOwnKind } from './model-classes';

const most = { classes: 3, methods: 2 };

/** What trains, stores and sets is no pass through the network. */
const aside = /^_|^(training|validation|test|predict)_step$|^(configure|on|log|save|load|init|reset|set|add|freeze|unfreeze|get_(optim|param|config|lr|num)|train|eval|update|learn|fit|optimi[sz]e|loss|backward|forward)(_|$)|loss$/;
const likely = [/^(act|select_action|choose_action|get_action|policy|pi)(_|$)/, /^(evaluate|get_value|value|encode|embed|predict|infer|generate|reconstruct)(_|$)/];

export function* methodModels(interpreter: Interpreter, module: ModuleValue, request: LowerRequest, { definitions, parts, wholes }: AssumedModels): Generator<ModelCandidate> {
  const classes = definitions.filter((definition): definition is ast.ClassDefinition => definition.kind === 'ClassDefinition');
  const base = interpreter.libraryClass('torch.nn.Module');
  const values = [...module.attributes.values()];
  let tried = 0;
  for (const definition of classes) {
    const cls = module.attributes.get(definition.name);
    if (cls?.kind !== 'class' || cls.definition !== definition || !isSubclass(cls, base) || hasForward(interpreter, cls) || !isOwnKind(cls)) continue;
    // What others derive from leaves its forward pass to them.
    const isBase = values.some(other => other.kind === 'class' && other !== cls && other.mro.includes(cls));
    if (isBase || parts.has(definition.name) || wholes.has(definition.name)) continue;
    const methods = definition.body.filter((statement): statement is ast.FunctionDefinition => statement.kind === 'FunctionDefinition' && isPass(statement, request.text));
    if (methods.length === 0) continue;
    if (++tried > most.classes) return;
    for (const method of [...methods].sort((a, b) => rank(a) - rank(b)).slice(0, most.methods)) {
      const function_ = cls.attributes.get(method.name);
      if (function_?.kind === 'function') yield asMethod(interpreter, module, request, definition, withForward(cls, function_), method);
    }
  }
}

/** It is given something and calls what the instance keeps. */
function isPass({ name, parameters, decorators, isAsync, isGenerator, span }: ast.FunctionDefinition, text: string): boolean {
  const isPlain = !isAsync && !isGenerator && !decorators.some(decorator => /property|static|class/.test(text.slice(decorator.span.start, decorator.span.end)));
  const isGiven = parameters.slice(1).some(({ default: fallback, form }) => fallback === undefined && form !== '*' && form !== '**');
  return isPlain && isGiven && !aside.test(name) && /\bself\.\w+(?:\[\w+\])?\(/.test(text.slice(span.start, span.end));
}

function rank({ name }: ast.FunctionDefinition): number {
  const place = likely.findIndex(names => names.test(name));
  return place < 0 ? likely.length : place;
}

/** The class with one of its methods as the forward pass. */
function withForward(cls: ClassValue, method: FunctionValue): ClassValue {
  const mro: ClassValue[] = [];
  const derived: ClassValue = { ...cls, bases: [cls], mro, attributes: namesOf([['forward', method]]), born: birth() };
  mro.push(derived, ...cls.mro);
  return derived;
}
