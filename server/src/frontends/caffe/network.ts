/** The network that a prototxt describes: name, inputs, state, and layers in the order of the file. */
import type { Span } from '../../base/span';
import { fieldSpan, isMessage, type Field, type Message, type TextValue } from './text/message';
import { typesOf2014 } from './schema';

export interface Named {
  readonly text: string;
  readonly span: Span;
}

export interface LayerText {
  readonly name: Named | undefined;
  /** As Caffe names it today. */
  readonly type: string;
  readonly typeSpan: Span;
  /** Written as an enumerator. */
  readonly typeIsWord: boolean;
  readonly bottoms: readonly Named[];
  readonly tops: readonly Named[];
  readonly fields: readonly Field[];
  /** The whole block, from its keyword on. */
  readonly span: Span;
  /** The keyword itself. */
  readonly keyword: Span;
}

export interface InputText {
  readonly name: Named;
  /** As many as there are: four of `input_dim`, any number in an `input_shape`. */
  readonly dims: readonly TextValue[];
  /** The sizes are there, but not all of them. */
  readonly isCut: boolean;
}

export interface NetworkText {
  readonly name: Named | undefined;
  /** Of `input:`; the shapes follow from `input_shape` or four `input_dim` each. */
  readonly inputs: readonly InputText[];
  readonly state: Message | undefined;
  readonly layers: readonly LayerText[];
  /** The first layer that was left out, since there are too many of them. */
  readonly excess: Span | undefined;
  /** The first field that belongs to a network. */
  readonly start: Span | undefined;
}

/** The largest published networks have some thousands. */
export const maxLayers = 20_000;

/** Fields that stand at the top only. */
export const outermost: ReadonlySet<string> = new Set(['layer', 'layers']);

export function networkOf(fields: readonly Field[]): NetworkText {
  const byName = groupByName(fields);
  const of = (name: string): readonly Field[] => byName.get(name) ?? [];
  const inputs = of('input').flatMap(textOf);
  const shapes = of('input_shape').flatMap(field => (isMessage(field.value) ? [numbersIn(field.value.fields, 'dim')] : []));
  const dims = of('input_dim').flatMap(({ value }) => (isMessage(value) ? [] : [value]));
  const blocks = fields.filter(field => outermost.has(field.name));
  const layers = blocks.slice(0, maxLayers).flatMap(field => (isMessage(field.value) ? [layerOf(field, field.value)] : []));
  const first = fields.find(field => ['name', 'input', 'layer', 'layers'].includes(field.name));
  return {
    name: of('name').flatMap(textOf).at(-1),
    inputs: inputs.map((name, index): InputText => {
      const own = shapes[index] ?? dims.slice(4 * index, 4 * index + 4);
      return { name, dims: own, isCut: shapes[index] === undefined && own.length % 4 !== 0 };
    }),
    state: messageAt(of('state')),
    layers,
    excess: blocks[maxLayers]?.nameSpan,
    start: first && first.nameSpan,
  };
}

function layerOf(field: Field, message: Message): LayerText {
  const byName = groupByName(message.fields);
  const of = (name: string): readonly Field[] => byName.get(name) ?? [];
  const type = of('type').flatMap(valueOf).at(-1);
  const written = type?.text ?? '';
  return {
    name: of('name').flatMap(textOf).at(-1),
    type: (Object.hasOwn(typesOf2014, written) ? typesOf2014[written] : undefined) ?? written,
    typeIsWord: type?.kind === 'word',
    typeSpan: type?.span ?? field.nameSpan,
    bottoms: of('bottom').flatMap(textOf),
    tops: of('top').flatMap(textOf),
    fields: message.fields,
    span: fieldSpan(field),
    keyword: field.nameSpan,
  };
}

export function groupByName(fields: readonly Field[]): ReadonlyMap<string, readonly Field[]> {
  const groups = new Map<string, Field[]>();
  for (const field of fields) {
    const group = groups.get(field.name);
    if (group) group.push(field);
    else groups.set(field.name, [field]);
  }
  return groups;
}

/** Several messages of one name are read as one, the later ones last. */
function messageAt(fields: readonly Field[]): Message | undefined {
  const parts = fields.flatMap(field => (isMessage(field.value) ? [field.value] : []));
  const [first] = parts;
  return first && { ...first, fields: parts.flatMap(part => part.fields) };
}

export function messageNamed(fields: readonly Field[], name: string): Message | undefined {
  return messageAt(fields.filter(field => field.name === name));
}

export function messagesNamed(fields: readonly Field[], name: string): readonly Message[] {
  return fields.flatMap(field => (field.name === name && isMessage(field.value) ? [field.value] : []));
}

export function numbersIn(fields: readonly Field[], name: string): readonly TextValue[] {
  return fields.flatMap(field => (field.name === name ? valueOf(field) : []));
}

export function valueOf(field: Field): readonly TextValue[] {
  return isMessage(field.value) ? [] : [field.value];
}

function textOf(field: Field): readonly Named[] {
  return valueOf(field).filter(({ kind }) => kind !== 'nothing').map(({ text, span }) => ({ text, span }));
}
