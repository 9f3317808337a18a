/**
 * What a class makes of the same arguments, as long as nothing else has changed: a network has hundreds of blocks that are alike. The third of them, and every
 * further one, is a copy of the second. Only where that cannot be told from constructing it again: in a trial that has changed nothing of what it found
 * (the heap knows), and where constructing it left no trace but what it made.
 */
import type { Budget } from '../../../base/budget';
import type { Standing } from '../heap/heap';
import type { Interpreter } from '../interpreter';
import { identitiesTold, type CallArguments, type ClassValue, type Value } from '../values';
import { givenTo, type Given } from './given';
import { replicaOf, type Numbers } from './replica';

/** What was made of it, as it was before anything was done with it. */
interface Template {
  readonly value: Value;
  readonly since: number;
  readonly given: Given['made'];
  readonly first: Numbers;
  readonly taken: Numbers;
  readonly steps: number;
  readonly words: number;
  /** Definitions of the analysed file that took part. */
  readonly participants: ReadonlySet<number>;
}

/** Made once; or made so quickly that copying it is no gain, or in a way that cannot be repeated. */
type Known = Template | 'once' | 'never';

const fewestSteps = 40;
/** For each thing that is copied: layers of the framework are made as fast as copied, and what pays is what the program itself works out. */
const fewestStepsPerThing = 12;
/** More kinds of blocks than the largest networks have. */
const most = 2_000;
/** A class that is always made of something else is not asked about for ever. */
const mostInVain = 200;

export class Constructions {
  private known = new Map<string, Known>();
  private inVain = new Map<ClassValue, number>();
  private run: object | undefined;
  private writes = 0;

  forget(): void {
    this.known.clear();
    this.inVain.clear();
    this.run = undefined;
  }

  /** What `make` makes of the class and the arguments, or a copy of it. */
  make(interpreter: Interpreter, cls: ClassValue, args: CallArguments, make: () => Value): Value {
    if (!mayRepeat(interpreter) || (this.inVain.get(cls) ?? 0) > mostInVain) return make();
    const standing = interpreter.heap.standing();
    if (!standing || cls.born >= standing.since) return make();
    if (standing.run !== this.run || standing.writes !== this.writes || this.known.size > most) {
      this.forget();
      this.run = standing.run;
      this.writes = standing.writes;
    }
    const given = givenTo(interpreter, cls, args, standing.since);
    const known = given && this.known.get(given.text);
    if (!given || known === 'never') return make();
    if (known === undefined) {
      this.known.set(given.text, 'once');
      this.inVain.set(cls, (this.inVain.get(cls) ?? 0) + 1);
      return make();
    }
    return (known === 'once' ? undefined : repeat(interpreter, known, given)) ?? this.record(interpreter, cls, args, given, standing, make);
  }

  private record(interpreter: Interpreter, cls: ClassValue, args: CallArguments, given: Given, standing: Standing, make: () => Value): Value {
    const { participants: outer, budget } = interpreter;
    if (!outer) return make();
    const participants = new Set<number>();
    const before = tracesOf(interpreter, budget);
    const first = numbersOf(interpreter);
    interpreter.participants = { uri: outer.uri, offsets: participants };
    let value: Value;
    try {
      value = make();
    } finally {
      interpreter.participants = outer;
      for (const offset of participants) outer.offsets.add(offset);
    }
    const after = tracesOf(interpreter, budget);
    const [steps, words] = [after.steps - before.steps, after.words - before.words];
    const isRepeatable = steps >= fewestSteps && words >= 0 && after.outside === before.outside && mayRepeat(interpreter)
      && isSame(interpreter.heap.standing(), standing) && givenTo(interpreter, cls, args, standing.since)?.text === given.text;
    const copy = isRepeatable ? budget.repeat(0, 0, () => replicaOf(interpreter, value, { since: standing.since, first, now: first, same: given.made.map(each => [each, each]) })) : undefined;
    const now = numbersOf(interpreter);
    const taken = { weights: now.weights - first.weights, tensors: now.tensors - first.tensors, storages: now.storages - first.storages };
    const pays = copy !== undefined && steps >= fewestStepsPerThing * copy.things;
    if (!pays) this.inVain.set(cls, (this.inVain.get(cls) ?? 0) + 1);
    this.known.set(given.text, pays ? { value: copy.value, since: standing.since, given: given.made, first, taken, steps, words, participants } : 'never');
    return value;
  }
}

/** Undefined where it does not go: nothing has happened then. */
function repeat(interpreter: Interpreter, template: Template, { made }: Given): Value | undefined {
  const { since, first, taken, participants } = template;
  const now = numbersOf(interpreter);
  const same = template.given.map((each, i): [object, object] => [each, made[i] ?? each]);
  const copy = interpreter.budget.repeat(template.steps, template.words, () => replicaOf(interpreter, template.value, { since, first, now, same }));
  if (!copy) return undefined;
  interpreter.builder.skip(taken);
  interpreter.tensors.replicas?.numberWeights(interpreter, taken.weights);
  for (const offset of participants) interpreter.participants?.offsets.add(offset);
  return copy.value;
}

/** Nothing is going on around it that it could notice, but what the heap tells. */
function mayRepeat({ tensors, participants, builder, departures, openForks, modules }: Interpreter): boolean {
  return tensors.replicas !== undefined && participants !== undefined && !builder.recording && departures.mark === 0 && openForks.size === 0 && modules.guards === 0;
}

function isSame(a: Standing | undefined, b: Standing): boolean {
  return a !== undefined && a.run === b.run && a.writes === b.writes && a.since === b.since;
}

function numbersOf(interpreter: Interpreter): Numbers {
  return { ...interpreter.builder.numbers, weights: interpreter.tensors.replicas?.weightsNumbered(interpreter) ?? 0 };
}

function tracesOf({ traces, loops }: Interpreter, { stepsUsed, wordsUsed }: Budget): { readonly steps: number; readonly words: number; readonly outside: number } {
  return { steps: stepsUsed, words: wordsUsed, outside: traces + loops.noticed + identitiesTold() };
}
