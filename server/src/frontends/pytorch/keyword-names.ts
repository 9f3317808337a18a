/** Names under which PyTorch takes an argument besides the one in the documented signature: those of NumPy, of its schemas, of what is mostly given by position. */
import type { Signature } from '../python/signature';
import { none, type CallArguments } from '../python/values';
import { recordedKeywordNames } from './keyword-names.generated';

let table: ReadonlyMap<string, string> | undefined;

/** By the other name: the parameter of the signature; `*rest` where it takes all that follow. Undefined: there are none. */
export function keywordNamesOf(name: string): ReadonlyMap<string, string> | undefined {
  table ??= new Map(recordedKeywordNames.trim().split('\n').map(line => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]));
  const line = table.get(name);
  return line === undefined ? undefined : new Map(line.split(' ').map(item => item.split(':') as [string, string]));
}

/** The arguments under the names of the signature. */
export function renamedArguments(name: string, { parameters }: Signature, args: CallArguments): CallArguments {
  const isOther = (keyword: string): boolean => !parameters.some(parameter => parameter.name === keyword && parameter.form !== '*' && parameter.form !== '**');
  const others = args.keywords.some(([keyword]) => isOther(keyword)) ? keywordNamesOf(name) : undefined;
  if (!others) return args;
  const positional = [...args.positional];
  const keywords = new Map(args.keywords.map(([keyword, value]) => [(isOther(keyword) ? others.get(keyword) : undefined) ?? keyword, value]));
  const rest = [...keywords.keys()].find(keyword => keyword.startsWith('*'));
  if (rest !== undefined) {
    // What stands before the rest is given by position, too.
    for (const { name: own, form } of parameters) {
      if (form === '*') break;
      const value = keywords.get(own);
      if (value) positional.push(value);
      keywords.delete(own);
    }
    positional.push(keywords.get(rest) ?? none);
    keywords.delete(rest);
  }
  return { ...args, positional, keywords: [...keywords] };
}
