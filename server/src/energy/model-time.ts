/** Time of a whole model on a stack: the sum over what runs, and no less than the hardware allows. */
import { isFused, leastSeconds, operatorTime, type Execution, type Need, type OperatorTime, type Roof, type StackConstants } from './stack-time';

type CountedNeed = Need & { readonly count?: number };

export interface Run {
  /** Of what runs, in the order given. */
  readonly times: readonly OperatorTime[];
  /** Of the batch, what every run takes anyway included. */
  readonly seconds: number;
  /** Of the batch: what no software gets below on this hardware; 0: not known. */
  readonly leastSeconds: number;
}

/** `needs` are those that the stack does not fuse away. */
export function runOf(needs: readonly CountedNeed[], constants: StackConstants, execution: Execution, batch: number, roof?: Roof): Run {
  const times: OperatorTime[] = [];
  let [seconds, least, ofScales] = [0, 0, 0];
  for (const need of needs) {
    const count = need.count ?? 1;
    const time = operatorTime(need, constants, execution, batch, roof);
    times.push(time);
    seconds += count * time.seconds;
    if (!roof) continue;
    const floor = count * leastSeconds(need, execution, batch, roof);
    least += floor;
    if (need.workClass === 'scale') ofScales += floor;
  }
  // What is missing is traffic of normalisations that the fits put elsewhere.
  const missing = least - seconds;
  if (!roof || missing <= 0 || ofScales <= 0) return { times, seconds: seconds + constants.fixedSeconds, leastSeconds: least };
  const held = times.map((time, i) => {
    const need = needs[i];
    return need?.workClass === 'scale' ? { ...time, seconds: time.seconds + missing * leastSeconds(need, execution, batch, roof) / ofScales, boundBy: 'bandwidth' as const } : time;
  });
  return { times: held, seconds: least + constants.fixedSeconds, leastSeconds: least };
}

/** Of a batch, in seconds. */
export function modelSeconds(needs: readonly CountedNeed[], constants: StackConstants, execution: Execution, batch: number, roof?: Roof): number {
  return runOf(needs.filter(need => !isFused(need, execution)), constants, execution, batch, roof).seconds;
}
