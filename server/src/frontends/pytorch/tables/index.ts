/** All function tables in one list. */
import type { TorchRow } from '../rows';
import { arithmeticRows } from './arithmetic';
import { createRows } from './create';
import { functionalRows } from './functional';
import { linearAlgebraRows } from './linear-algebra';
import { rareRows } from './rare';
import { reduceRows } from './reduce';
import { regionRows } from './region';
import { seldomRows } from './seldom';
import { selectRows } from './select';
import { shapeRows } from './shape';
import { tensorRows } from './tensor';

export const allRows: readonly TorchRow[] = [...arithmeticRows, ...shapeRows, ...reduceRows, ...createRows, ...selectRows, ...linearAlgebraRows, ...functionalRows, ...regionRows, ...rareRows, ...tensorRows, ...seldomRows];
