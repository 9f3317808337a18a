/** What a call is given, as a text: two calls of the same text are given the same, as far as anybody can tell. */
import type { Interpreter } from '../interpreter';
import { leadingLine } from '../leading-call';
import type { CellMap } from '../heap/cells';
import type { CallArguments, ClassValue, DictEntry, DictValue, InstanceValue, ListValue, Value } from '../values';

export interface Given {
  readonly text: string;
  /** What was made since and stands for what it holds, in the order in which it is met. */
  readonly made: readonly object[];
}

/** Longer ones are told apart one by one for longer than the call takes. */
const mostParts = 64;
const longestText = 200;

/** Undefined where something is given that the call might tell from its like. `since`: what is older has not changed. */
export function givenTo(interpreter: Interpreter, cls: ClassValue, { positional, keywords, at, node, implicit = 0 }: CallArguments, since: number): Given | undefined {
  const teller = new Teller(interpreter, since);
  // What is made within keeps the line of the analysed file that led to it.
  teller.say(`${numberOf(cls)} ${node ? numberOf(node) : 0} ${implicit} ${at.uri} ${at.span.start} ${at.span.end} ${leadingLine(interpreter, at)?.span.start ?? ''}`);
  for (const value of positional) if (!teller.tell(value)) return undefined;
  for (const [name, value] of keywords) {
    teller.say(`${name}=`);
    if (!teller.tell(value)) return undefined;
  }
  return teller;
}

let lastNumber = 0;
const numbers = new WeakMap<object, number>();

function numberOf(thing: object): number {
  let number = numbers.get(thing);
  if (number === undefined) numbers.set(thing, number = ++lastNumber);
  return number;
}

class Teller implements Given {
  text = '';
  readonly made: object[] = [];
  private parts = 0;

  constructor(private readonly interpreter: Interpreter, private readonly since: number) {}

  say(text: string): void {
    this.text += `${text},`;
  }

  /** False where that cannot be told. */
  tell(value: Value): boolean {
    if (++this.parts > mostParts) return false;
    switch (value.kind) {
      case 'none': this.text += 'N,'; return true;
      case 'ellipsis': case 'notimplemented': this.say(value.kind); return true;
      case 'bool': this.text += value.value ? 'T,' : 'F,'; return true;
      case 'int': this.text += `i${value.value},`; return true;
      case 'float': this.text += `f${Object.is(value.value, -0) ? '-0' : value.value},`; return true;
      case 'str': case 'bytes': this.say(`${value.kind}${value.value.length}:${value.value}`); return value.value.length <= longestText;
      case 'range': this.say(`r${value.start}:${value.stop}:${value.step}`); return true;
      case 'function': case 'class': case 'module': case 'tensor': return value.born < this.since && this.old(value);
      case 'native': return this.interpreter.findLibraryValue(value.name) === value && this.old(value);
      case 'tuple': return this.several(`(${value.cls ? numberOf(value.cls) : ''}`, value.items);
      case 'method': return this.several('m', [value.self, value.callee]);
      case 'list': return value.born < this.since ? this.old(value) : this.list(value);
      case 'dict': return this.dict(value);
      case 'instance': return value.born < this.since ? this.old(value) : this.instance(value, value);
      default: return false;
    }
  }

  private old(value: object): boolean {
    this.text += `#${numberOf(value)},`;
    return true;
  }

  private several(kind: string, values: readonly Value[]): boolean {
    this.say(`${kind} ${values.length}`);
    return values.length <= mostParts && values.every(value => this.tell(value));
  }

  /** False: it was met before, and is not looked into again. */
  private meets(value: object): boolean {
    const place = this.made.indexOf(value);
    if (place < 0) this.made.push(value);
    else this.say(`@${place}`);
    return place < 0;
  }

  private list(value: ListValue): boolean {
    return value.doubtfulLength === undefined && (!this.meets(value) || this.several('[', value.items));
  }

  private dict(value: DictValue): boolean {
    const entries = value.entries as CellMap<string, DictEntry>;
    if (entries.born < this.since) return this.old(entries);
    if (value.over ?? value.factory ?? value.flavour ?? value.attributes ?? entries.doubtful) return false;
    if (!this.meets(value)) return true;
    this.say(`{${entries.size}`);
    for (const { key, value: held } of entries.values()) if (key.kind !== 'str' || !this.tell(key) || !this.tell(held)) return false;
    return true;
  }

  /** What a library made of what it was given: `partial(…)`. */
  private instance({ cls, attributes, native, payload }: InstanceValue, value: InstanceValue): boolean {
    if (native ?? payload ?? attributes.doubtful) return false;
    if (cls.born >= this.since || !this.meets(value)) return cls.born < this.since;
    this.say(`o${numberOf(cls)} ${attributes.size}`);
    for (const [name, held] of attributes) {
      this.say(name);
      if (!this.tell(held)) return false;
    }
    return true;
  }
}
