/** Every operator that is understood, by domain and name. */
import type { Operators } from '../call';
import { arithmeticOperators } from './arithmetic';
import { convolutionOperators } from './convolution';
import { normalizationOperators } from './normalization';
import { productOperators } from './product';
import { shapeOperators } from './shape';

/** The standard domain is `''`. */
export const operators: ReadonlyMap<string, Operators> = new Map<string, Operators>([
  ['', { ...arithmeticOperators, ...convolutionOperators, ...normalizationOperators, ...productOperators, ...shapeOperators }],
]);
