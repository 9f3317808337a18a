/** Edits that rules propose. Each looks at the source text alone and gives up where a call is not written plainly; whether the result fits is shown by analysing it. */
import type { Location } from '../base/span';
import type { Framework, Node, Site } from '../graph/graph';
import { argumentEdit } from './argument-edit';
import type { ArgumentChange, Edit, Remedy, SourceText } from './define';

type About = Omit<Remedy, 'edits'>;

/** Attributes of operators that say which size a layer takes, and the parameter's name in PyTorch. */
export const sizeKeywords: Readonly<Record<string, string>> = { inChannels: 'in_channels', inFeatures: 'in_features', channels: 'num_features' };

/** One argument of the call that makes a layer. */
export function setArgument(site: Site, change: ArgumentChange, about: About): Remedy {
  return {
    ...about,
    edits: ({ uri, text }) => {
      const edit = argumentEdit(text, uri, site, change);
      return edit && [edit];
    },
  };
}

/** An argument that is written out gets another value, and so do normalisations that state it; what else follows from it changes along. */
export function changeWidth(site: Site, attr: string, value: number, about: About, norms: readonly Node[] = []): Remedy {
  return { isFollowed: true, isUnproven: true, ...about, edits: ({ uri, text }) => {
    const written = (at: Site, name: string): Edit | undefined => (at.argument[name] ? argumentEdit(text, uri, at, { attr: name, keyword: name, value: String(value) }) : undefined);
    const edits = [written(site, attr), ...norms.map(norm => written(norm.site, 'channels'))];
    // Layers of one call are edited once.
    return edits.every(edit => edit !== undefined) ? [...new Map(edits.map(edit => [edit.at.span.start, edit])).values()] : undefined;
  } };
}

/** Two layers become the first one, which gives what the second gave; an identity stays where that one was. */
export function mergeInto(first: Site, second: Site, attr: string, value: number, about: About): Remedy {
  return { isFollowed: true, isUnproven: true, ...about, edits: source => {
    const width = first.argument[attr] ? argumentEdit(source.text, source.uri, first, { attr, keyword: attr, value: String(value) }) : undefined;
    const call = callAt(source, second.declared);
    return width && call && !/\bname\s*=/.test(call.text) ? [width, { at: second.declared, newText: `${call.prefix}Identity()` }] : undefined;
  } };
}

/** Two layers change places, where no name stands for either: in a list of layers, or in calls one after the other. */
export function swap(first: Site, second: Site, about: About): Remedy {
  return { isFollowed: true, isUnproven: true, ...about, edits: source => {
    const [left, right] = [callAt(source, first.declared), callAt(source, second.declared)];
    if (!left || !right || !isNameless(source, first.declared) || !isNameless(source, second.declared)) return undefined;
    return [{ at: first.declared, newText: right.text }, { at: second.declared, newText: left.text }];
  } };
}

/** What flattens a map of this rank averages it instead. */
export function poolInsteadOf(flatten: Node, framework: Framework, spatialRank: number, about: About): Remedy {
  return { isFollowed: true, isUnproven: true, ...about, edits: source => {
    const at = flatten.site.declared;
    if (at.uri !== source.uri) return undefined;
    const text = source.text.slice(at.span.start, at.span.end);
    const newText = framework === 'keras' ? pooledInKeras(text, spatialRank) : pooledInTorch(source, at, text, spatialRank);
    return newText === undefined ? undefined : [{ at, newText }];
  } };
}

function pooledInKeras(text: string, rank: number): string | undefined {
  const [, prefix] = /^((?:\w+\.)+)Flatten\(\s*\)$/.exec(text) ?? [];
  return prefix === undefined ? undefined : `${prefix}GlobalAveragePooling${rank}D()`;
}

function pooledInTorch(source: SourceText, at: Location, text: string, rank: number): string | undefined {
  const [, prefix] = /^((?:\w+\.)+)Flatten\(\s*\)$/.exec(text) ?? [];
  if (prefix !== undefined) {
    const both = `${prefix}AdaptiveAvgPool${rank}d(1), ${text}`;
    return isElement(source, at) ? both : `${prefix}Sequential(${both})`;
  }
  const [, flattened] = /^torch\.flatten\((\w+), *(?:start_dim=)?1\)$/.exec(text) ?? /^(\w+)\.(?:view|reshape|flatten)\(/.exec(text) ?? [];
  // Its result is known to be the flattened map, however that is written.
  return flattened === undefined ? undefined : `${flattened}.mean((${Array.from({ length: rank }, (_, i) => i + 2).join(', ')}${rank === 1 ? ',' : ''}))`;
}

interface Call {
  readonly text: string;
  /** Of its name, with the dot. */
  readonly prefix: string;
}

/** A call written out with the module that its name comes from. */
function callAt({ uri, text }: SourceText, at: Location): Call | undefined {
  const written = text.slice(at.span.start, at.span.end);
  const [, prefix] = /^((?:\w+\.)+)\w+\(/.exec(written) ?? [];
  return at.uri === uri && prefix !== undefined && written.endsWith(')') ? { text: written, prefix } : undefined;
}

const around = ({ text }: SourceText, { span }: Location): readonly [string, string] => [text.slice(0, span.start).trimEnd().slice(-1), text.slice(span.end).trimStart().slice(0, 1)];

/** Stands in a list of layers. */
function isElement(source: SourceText, at: Location): boolean {
  const [before, after] = around(source, at);
  return '([,'.includes(before) && before !== '' && ')],'.includes(after) && after !== '';
}

/** Or is called where it is made. */
function isNameless(source: SourceText, at: Location): boolean {
  return isElement(source, at) || source.text[at.span.end] === '(';
}

