/** Reads one parameter message of a layer with Caffe's types and defaults; what is wrong is told with its place, and reads as unknown. */
import type { Span } from '../../base/span';
import { groupByName, valueOf } from './network';
import { isMessage, type Field, type Message, type TextValue } from './text/message';

/** Something wrong with a value; `span` is the value, or the name of the message that lacks it. */
export type Complain = (message: string, span: Span) => void;

export class Parameters<Name extends string> {
  private readonly byName: ReadonlyMap<string, readonly Field[]>;

  constructor(
    private readonly message: Message | undefined,
    /** As the file has it: `convolution_param`. */
    private readonly name: string,
    /** Where the layer is, when it lacks the whole message. */
    private readonly layer: Span,
    private readonly complain: Complain,
  ) {
    this.byName = groupByName(message?.fields ?? []);
  }

  has(name: Name): boolean {
    return this.byName.has(name);
  }

  /** A whole number of at least `least`. */
  int(name: Name, fallback: number, least = 0): number {
    const value = this.values(name).at(-1);
    return value === undefined ? fallback : this.checked(name, value, least);
  }

  /** One that Caffe cannot do without. */
  required(name: Name, least = 1): number {
    const value = this.values(name).at(-1);
    if (value !== undefined) return this.checked(name, value, least);
    this.complain(`\`${this.name}\` has no \`${name}\``, this.message?.nameSpan ?? this.layer);
    return NaN;
  }

  /** May be negative: an axis that counts from the end. */
  axis(name: Name, fallback: number): number {
    return this.int(name, fallback, -Infinity);
  }

  ints(name: Name, least = 0): readonly number[] {
    return this.values(name).map(value => this.checked(name, value, least));
  }

  number(name: Name, fallback: number): number {
    const value = this.values(name).at(-1);
    if (value === undefined) return fallback;
    if (value.kind !== 'number' && value.kind !== 'nothing') this.complain(`\`${name}\` must be a number, not \`${value.text}\``, value.span);
    return value.value;
  }

  numbers(name: Name): readonly number[] {
    return this.values(name).map(({ value }) => value);
  }

  flag(name: Name, fallback: boolean): boolean {
    const value = this.values(name).at(-1);
    if (value === undefined) return fallback;
    const known = flags.get(value.text.toLowerCase());
    if (known === undefined && value.kind !== 'nothing') this.complain(`\`${name}\` must be true or false, not \`${value.text}\``, value.span);
    return known ?? fallback;
  }

  /** An enumerator by name, or by its number (the position in `choices`, from `first` on). */
  choice<Choice extends string>(name: Name, choices: readonly Choice[], fallback: Choice, first = 0): Choice {
    const value = this.values(name).at(-1);
    if (value === undefined) return fallback;
    const found = value.kind === 'number' ? choices[value.value - first] : choices.find(choice => choice === value.text);
    if (found === undefined && value.kind !== 'nothing') this.complain(`\`${name}\` must be one of ${choices.join(', ')}, not \`${value.text}\``, value.span);
    return found ?? fallback;
  }

  text(name: Name): string | undefined {
    return this.values(name).at(-1)?.text;
  }

  blocks(name: Name): readonly Message[] {
    return (this.byName.get(name) ?? []).flatMap(({ value }) => (isMessage(value) ? [value] : []));
  }

  /** The `dim` entries of a shape; may hold 0 and -1. */
  dims(message: Message, least: number): readonly number[] {
    return message.fields.filter(field => field.name === 'dim').flatMap(valueOf).map(value => this.checked('dim', value, least));
  }

  /** The value of the first of these fields that is there. */
  span(...names: readonly Name[]): Span | undefined {
    for (const name of names) {
      const field = this.byName.get(name)?.at(-1);
      if (field) return field.value.span;
    }
    return undefined;
  }

  fieldNames(): readonly Field[] {
    return this.message?.fields ?? [];
  }

  private values(name: Name): readonly TextValue[] {
    return (this.byName.get(name) ?? []).flatMap(valueOf);
  }

  private checked(name: string, value: TextValue, least: number): number {
    if (value.kind === 'number' && Number.isSafeInteger(value.value) && value.value >= least) return value.value;
    if (value.kind === 'nothing') return NaN;
    const wanted = value.kind !== 'number' || !Number.isInteger(value.value) ? 'a whole number' : value.value > least ? 'a smaller number' : `at least ${least}`;
    this.complain(`\`${name}\` must be ${wanted}, not \`${value.text}\``, value.span);
    return NaN;
  }
}

const flags: ReadonlyMap<string, boolean> = new Map([['true', true], ['false', false], ['t', true], ['f', false], ['1', true], ['0', false]]);
