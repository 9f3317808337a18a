/** Functions whose bodies are read when they are first asked for. */
import type { FunctionDefinition, Parameter } from './ast';

export type FunctionBody = Pick<FunctionDefinition, 'body' | 'isGenerator' | 'scope'>;

/** How to read the body that was left out at this offset of the text that is lowered; undefined where none was. */
export type BodyLater = (start: number) => ((parameters: readonly Parameter[]) => FunctionBody) | undefined;

export function laterFunction(head: Omit<FunctionDefinition, keyof FunctionBody>, read: () => FunctionBody): FunctionDefinition {
  let known: FunctionBody | undefined;
  const whole = (): FunctionBody => (known ??= read());
  return {
    ...head,
    get body() { return whole().body; },
    get isGenerator() { return whole().isGenerator; },
    get scope() { return whole().scope; },
  };
}
