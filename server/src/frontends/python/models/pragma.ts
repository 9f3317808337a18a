/** The comment `# joulelint: model EXPR input SHAPE`: which model to analyse, with which inputs. */
import type { InputRequest } from '../../frontend';

export interface Pragma {
  readonly expression: string;
  readonly inputs: readonly InputRequest[] | undefined;
}

/** Reads a comment's text (after `#`); undefined when it is no model pragma. Shapes: `1,3,224,224`, optionally `name=…` and `:int64`, several separated by spaces. */
export function readPragma(comment: string): Pragma | undefined {
  const match = /^\s*joulelint:\s*model\s+(.+?)(?:\s+input\s+(.+))?\s*$/.exec(comment);
  if (!match?.[1]) return undefined;
  return { expression: match[1].trim(), inputs: match[2] ? readInputs(match[2]) : undefined };
}

export function readInputs(text: string): readonly InputRequest[] | undefined {
  const inputs: InputRequest[] = [];
  for (const part of text.trim().split(/\s+/)) {
    const input = readInput(part);
    if (!input) return undefined;
    inputs.push(input);
  }
  return inputs.length > 0 ? inputs : undefined;
}

/** `x=1,3,224,224:float32`; `×` and `x` between digits serve as commas too. */
export function readInput(text: string): InputRequest | undefined {
  const match = /^(?:([A-Za-z_]\w*)=)?\(?\[?([1-9]\d*(?:[,x×][1-9]\d*)*),?\)?\]?(?::(\w+))?$/.exec(text.trim());
  if (!match?.[2]) return undefined;
  return {
    shape: match[2].split(/[,x×]/).map(Number),
    ...(match[1] ? { name: match[1] } : {}),
    ...(match[3] ? { dtype: match[3] } : {}),
  };
}
