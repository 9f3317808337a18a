/** All function tables in one list. */
import type { TorchRow } from '../rows';
import { arithmeticRows } from './arithmetic';
import { combineRows } from './combine';
import { createRows } from './create';
import { factorisationRows } from './factorisations';
import { functionalRows } from './functional';
import { kernelRows } from './kernels';
import { linearAlgebraRows } from './linear-algebra';
import { reduceRows } from './reduce';
import { regionRows } from './region';
import { selectRows } from './select';
import { shapeRows } from './shape';
import { sizeRows } from './size-arithmetic';
import { specialFunctionRows } from './special-functions';
import { statisticsRows } from './statistics';
import { tensorRows } from './tensor';
import { writeRows } from './write';

export const allRows: readonly TorchRow[] = [
  ...arithmeticRows, ...shapeRows, ...reduceRows, ...createRows, ...selectRows, ...linearAlgebraRows, ...functionalRows, ...regionRows, ...tensorRows,
  ...combineRows, ...writeRows, ...specialFunctionRows, ...statisticsRows, ...factorisationRows, ...sizeRows, ...kernelRows,
];
