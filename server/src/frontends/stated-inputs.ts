/** What is stated of a model's inputs: with the request, in a comment of its file, by the project. */
import { matchesModel } from '../base/patterns';
import type { InputRequest, LowerRequest } from './frontend';

export interface Stated {
  readonly inputs: readonly InputRequest[];
  /** One clause: where it is stated. */
  readonly why: string;
}

export function statedInputs({ inputs, projectInputs = [] }: Pick<LowerRequest, 'inputs' | 'projectInputs'>, model: string, inFile: readonly InputRequest[] | undefined): Stated | undefined {
  if (inputs && inputs.length > 0) return { inputs, why: 'given with the request' };
  if (inFile && inFile.length > 0) return { inputs: inFile, why: 'a comment in the file' };
  return projectInputs.filter(({ models }) => models.length === 0 || models.some(pattern => matchesModel(pattern, model))).at(-1);
}
