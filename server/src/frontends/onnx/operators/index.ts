/** Every operator that is understood, by domain and name. */
import type { Operators } from '../call';
import { arithmeticOperators } from './arithmetic';
import { attentionOperators, previewOperators } from './attention';
import { contribOperators } from './contrib';
import { controlOperators } from './control';
import { convolutionOperators } from './convolution';
import { createOperators } from './create';
import { mlOperators, trainingOperators } from './ml';
import { normalizationOperators } from './normalization';
import { productOperators } from './product';
import { recurrentOperators } from './recurrent';
import { reduceOperators } from './reduce';
import { selectOperators } from './select';
import { sequenceOperators } from './sequence';
import { shapeOperators } from './shape';
import { textOperators } from './text';
import { visionOperators } from './vision';

/** The standard domain is `''`. */
export const operators: ReadonlyMap<string, Operators> = new Map<string, Operators>([
  ['', {
    ...arithmeticOperators, ...attentionOperators, ...controlOperators, ...convolutionOperators, ...createOperators, ...normalizationOperators, ...productOperators,
    ...recurrentOperators, ...reduceOperators, ...selectOperators, ...sequenceOperators, ...shapeOperators, ...textOperators, ...visionOperators,
  }],
  ['ai.onnx.preview', previewOperators],
  ['ai.onnx.preview.training', trainingOperators],
  ['ai.onnx.ml', mlOperators],
  ['com.microsoft', contribOperators],
]);
