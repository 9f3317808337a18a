/** Widths of `forward`'s arguments that the constructor was given under their names: `Critic(state_dim=8, action_dim=4)` reads a state of 8 and an action of 4. */
import type { Interpreter } from '../python/interpreter';
import { numberOf } from '../python/convert';
import type { ModuleInstance } from './state';

/** Names for one and the same thing. */
const alike: readonly (readonly string[])[] = [['z', 'latent', 'noise'], ['obs', 'observation', 'ob'], ['act', 'action']];

/** By the argument's name; of an argument whose width is not stated under its name nothing is said. */
export function statedWidths(interpreter: Interpreter, root: ModuleInstance, names: readonly string[]): ReadonlyMap<string, number> {
  const given = givenNumbers(interpreter, root);
  return new Map(names.flatMap(name => {
    const wanted = plain(name);
    const found = given.find(([stem]) => stem === wanted || alike.some(group => group.includes(stem) && group.includes(wanted)));
    return found ? [[name, found[1]] as const] : [];
  }));
}

function givenNumbers(interpreter: Interpreter, root: ModuleInstance): readonly (readonly [stem: string, value: number])[] {
  const { madeWith } = root.native;
  const init = interpreter.lookupClass(root.cls, '__init__');
  if (!madeWith || init?.kind !== 'function') return [];
  const parameters = init.definition.parameters.slice(1);
  const values = [...madeWith.positional.map((value, index) => [parameters[index]?.name ?? '', value] as const), ...madeWith.keywords];
  return values.flatMap(([name, value]) => {
    const stem = stemOf(name);
    const number = numberOf(value);
    return stem !== undefined && Number.isInteger(number) && number > 0 ? [[stem, number] as const] : [];
  });
}

/** `state` of `state_dim`, `dim_state` and `n_states`. */
function stemOf(parameter: string): string | undefined {
  const name = parameter.toLowerCase();
  const stem = /^(\w+?)_?(?:dims?|size|width|features|space_dim|nc)$/.exec(name)?.[1] ?? /^(?:dim|num|n)_(\w+)$/.exec(name)?.[1];
  return stem === undefined ? undefined : plain(stem);
}

function plain(name: string): string {
  const lower = name.toLowerCase().replace(/_+$/, '');
  return lower.length > 3 && /[^s]s$/.test(lower) ? lower.slice(0, -1) : lower;
}
