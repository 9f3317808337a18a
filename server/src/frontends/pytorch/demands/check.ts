/** Holds the arguments of a call against the tables of demands. What is not known meets them all. */
import type { Location } from '../../../base/span';
import type { Interpreter } from '../../python/interpreter';
import type { Signature } from '../../python/signature';
import { argumentSpan, type CallArguments, type Value } from '../../python/values';
import { asSequence } from '../parameter-types';
import { callingRows } from './calling';
import { parseDemands, refusalOf, type ParameterDemand } from './language';
import { makingRows } from './making';
import { callingRelations, makingRelations, type Relation } from './relations';

/** What is demanded of one function, or of one layer when it is made or called. */
export interface Demands {
  readonly parameters: ReadonlyMap<string, ParameterDemand>;
  readonly relations: readonly Relation[];
}

/** The arguments by parameter name, and where each of them is written. */
export interface Checked {
  readonly name: string;
  readonly values: Readonly<Record<string, Value>>;
  readonly placeOf: (parameter: string) => Location;
  readonly when: 'made' | 'called';
  /** Of the rows: one may stand for an overload without the parameter, and is not looked at by itself. */
  readonly defaults: ReadonlyMap<string, Value>;
}

type Table = ReadonlyMap<string, Demands>;

const prefixes: readonly (readonly [short: string, long: string])[] = [['nn.', 'torch.nn.'], ['F.', 'torch.nn.functional.'], ['T.', 'torch.Tensor.']];

function qualified(name: string): string {
  const found = name.startsWith('torch.') ? undefined : prefixes.find(([short]) => name.startsWith(short));
  return found ? found[1] + name.slice(found[0].length) : name;
}

/** `Conv{}d` is three names, and `{}` in what belongs to it their number. */
function eachOf(names: string): { readonly name: string; readonly rank: string }[] {
  return names.split(' ').flatMap(name => (name.includes('{}') ? ['1', '2', '3'].map(rank => ({ name: qualified(name.replaceAll('{}', rank)), rank })) : [{ name: qualified(name), rank: '' }]));
}

/** The names that a row stands for. */
export function namesOf(names: string): string[] {
  return eachOf(names).map(({ name }) => name);
}

function tableOf(rows: readonly (readonly [string, string])[], relations: readonly (readonly [string, Relation])[]): Table {
  const table = new Map<string, { parameters: Map<string, ParameterDemand>; relations: Relation[] }>();
  const at = (name: string): { parameters: Map<string, ParameterDemand>; relations: Relation[] } => {
    const known = table.get(name) ?? { parameters: new Map<string, ParameterDemand>(), relations: [] };
    table.set(name, known);
    return known;
  };
  for (const [names, text] of rows) {
    for (const { name, rank } of eachOf(names)) for (const [parameter, demand] of parseDemands(text.replaceAll('{}', rank))) at(name).parameters.set(parameter, demand);
  }
  for (const [names, relation] of relations) for (const { name } of eachOf(names)) at(name).relations.push(relation);
  return table;
}

let tables: Readonly<Record<Checked['when'], Table>> | undefined;

/** Undefined: nothing is demanded. */
export function demandsOn(name: string, when: Checked['when']): Demands | undefined {
  tables ??= { made: tableOf(makingRows, makingRelations), called: tableOf(callingRows, callingRelations) };
  return tables[when].get(name);
}

/** Raises what the framework raises for the first demand that is certainly not met. */
export function checkDemands({ parameters, relations }: Demands, { name, values, placeOf, when, defaults }: Checked, interpreter: Interpreter): void {
  const short = name.slice(name.lastIndexOf('.') + 1);
  for (const [parameter, demand] of parameters) {
    const value = values[parameter];
    const refusal = value && value !== defaults.get(parameter) ? refusalOf(value, demand) : undefined;
    if (!refusal) continue;
    interpreter.raise(refusal.of === 'type' ? 'TypeError' : when === 'made' ? 'ValueError' : 'RuntimeError', `${short}(): \`${parameter}\` ${refusal.message}`, placeOf(parameter));
  }
  for (const relation of relations) {
    const broken = relation(values, interpreter);
    if (broken) interpreter.raise(when === 'made' ? 'ValueError' : 'RuntimeError', `${short}(): ${broken.message}`, placeOf(broken.parameter));
  }
}

/** The arguments of a function of the tables, a `*rest` of them as the sequence that it stands for. */
export function checkCall(demands: Demands, name: string, { parameters, defaults }: Signature, bound: Readonly<Record<string, Value>>, args: CallArguments, interpreter: Interpreter): void {
  const rest = parameters.find(({ form }) => form === '*')?.name;
  const others = rest === undefined ? undefined : bound[rest];
  const values = rest === undefined || others === undefined ? bound : { ...bound, [rest]: asSequence(others) };
  const placeOf = (parameter: string): Location => {
    const index = parameters.findIndex(each => each.name === parameter);
    const span = argumentSpan(args, index, parameter);
    return span ? { ...args.at, span } : args.at;
  };
  checkDemands(demands, { name, values, placeOf, when: 'called', defaults }, interpreter);
}

/** Arguments of a function that is no row of the tables. */
export function checkValues(name: string, values: Readonly<Record<string, Value>>, interpreter: Interpreter, at: Location): void {
  const demands = demandsOn(name, 'called');
  if (demands) checkDemands(demands, { name, values, placeOf: () => at, when: 'called', defaults: new Map() }, interpreter);
}
