/** Time of a whole model on a stack: the sum over what runs. */
import { isFused, operatorTime, type Execution, type Need, type StackConstants } from './stack-time';

/** Of a batch, in seconds. */
export function modelSeconds(needs: readonly (Need & { readonly count?: number })[], constants: StackConstants, execution: Execution, batch: number): number {
  let seconds = constants.fixedSeconds;
  for (const need of needs) if (!isFused(need, execution)) seconds += (need.count ?? 1) * operatorTime(need, constants, execution, batch).seconds;
  return seconds;
}
