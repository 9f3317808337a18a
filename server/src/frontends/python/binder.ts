/** The one argument binder: user functions and library signatures bind by the same rules and fail with Python's own messages. */
import { work } from '../../base/budget';
import type { Interpreter } from './interpreter';
import type * as ast from './syntax/ast';
import { Cells } from './heap/cells';
import { dictOfNames, tuple, type CallArguments, type Names, type Value } from './values';

export interface Bindable {
  readonly name: string;
  readonly parameters: readonly ast.Parameter[];
  readonly defaults: ReadonlyMap<string, Value>;
}

/** Arguments that are compared with a parameter in one step; the usual few cost nothing. */
const argumentsPerStep = 64;

/** Parameter name → value, `*rest` as a tuple and `**rest` as a dict. Raises TypeError as Python does. */
export function bindArguments(target: Bindable, args: CallArguments, interpreter: Interpreter): Names {
  const bound = new Cells<string, Value>();
  const { parameters } = target;
  work((args.positional.length + parameters.length + args.keywords.length * (1 + parameters.length)) / argumentsPerStep);
  let next = 0;
  let restName: string | undefined;
  let keywordRest: string | undefined;
  for (const parameter of parameters) {
    if (parameter.form === '*') restName = parameter.name;
    else if (parameter.form === '**') keywordRest = parameter.name;
    else if (parameter.form !== 'keyword-only' && next < args.positional.length) {
      const value = args.positional[next++];
      if (value) bound.set(parameter.name, value);
    }
  }
  if (restName !== undefined && restName !== '') bound.set(restName, tuple(args.positional.slice(next)));
  else if (next < args.positional.length) {
    const most = parameters.filter(parameter => parameter.form === 'normal' || parameter.form === 'positional-only').length;
    interpreter.raise('TypeError', `${target.name}() takes ${most} positional argument${most === 1 ? '' : 's'} but ${args.positional.length} were given`, args.at);
  }
  const extra: [string, Value][] = [];
  for (const [name, value] of args.keywords) {
    if (!takesKeyword(parameters, name)) {
      if (keywordRest === undefined) interpreter.raise('TypeError', `${target.name}() got an unexpected keyword argument '${name}'`, args.at);
      extra.push([name, value]);
      continue;
    }
    if (bound.has(name)) interpreter.raise('TypeError', `${target.name}() got multiple values for argument '${name}'`, args.at);
    bound.set(name, value);
  }
  if (keywordRest !== undefined) bound.set(keywordRest, { ...dictOfNames(extra), isKeywords: true });
  for (const parameter of parameters) {
    if (bound.has(parameter.name) || parameter.form === '*' || parameter.form === '**') continue;
    const fallback = target.defaults.get(parameter.name);
    if (fallback) bound.set(parameter.name, fallback);
    else interpreter.raise('TypeError', `${target.name}() missing required argument '${parameter.name}'`, args.at);
  }
  return bound;
}

function takesKeyword(parameters: readonly ast.Parameter[], keyword: string): boolean {
  for (const { name, form } of parameters) if (name === keyword && form !== '*' && form !== '**' && form !== 'positional-only') return true;
  return false;
}
