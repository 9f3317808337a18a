/** Names on the command line that the analysed file does not have, and which of its own may be meant. */
import { nearest } from '../../../shared/src/edit-distance';
import type { Analysis } from '../analysis/analysis';
import { visibleInLog } from '../base/visible';
import type { InputRequest } from '../frontends/frontend';
import { UsageError } from './arguments';
import { displayName } from './paths';

/** A model or an input that the file does not have was meant otherwise: figures of something else are no answer. */
export function refuseUnknownNames({ uri, models, problems, texts }: Analysis, model: string | undefined, inputs: readonly InputRequest[]): void {
  const met = [...problems, ...models.flatMap(each => each.problems)];
  const undefinedName = model === undefined ? undefined : met.map(({ message }) => /^NameError: name '(\w+)' is not defined/.exec(message)?.[1]).find(name => name !== undefined && new RegExp(`\\b${name}\\b`).test(model));
  if (undefinedName !== undefined && models.every(each => each.graph.nodes.length === 0)) {
    const near = nearest(undefinedName, [...(texts.get(uri) ?? '').matchAll(/^(?:class|def)\s+(\w+)|^(\w+)\s*=/gm)].map(match => match[1] ?? match[2] ?? ''));
    throw new UsageError(`--model ${model ?? ''}: ${displayName(uri)} has no ${undefinedName}${near === undefined ? '; --list-models tells what it has' : `; did you mean ${near}?`}`);
  }
  for (const { name } of inputs) {
    if (name === undefined || models.length === 0 || models.some(({ graph }) => graph.inputs.some(input => input.name === name))) continue;
    const [first] = models;
    const why = met.find(({ message }) => message.endsWith(`, not \`${name}\``))?.message ?? `${first?.graph.name ?? ''} takes ${first?.graph.inputs.map(input => input.name).join(', ') ?? ''}`;
    throw new UsageError(`--input names ${name}, which is no input: ${visibleInLog(why)}`);
  }
}
