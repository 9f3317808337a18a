/** Remarks on single layers, in words: an unknown type, a blob that is not there, work in place on what others read. */
import { counted } from '../../base/format';
import type { Location } from '../../base/span';
import type { Problem } from '../../base/problem';
import type { Remark, RemarkCode } from '../../graph/graph';
import type { LayerText } from './network';
import type { Phase } from './phase';
import { typesOf2014 } from './schema';
import { didYouMean, nearestName } from './suggestion';

/** More than anyone reads: a file that is no network would have one for each of its lines. */
const maxRemarks = 500;

const refused: ReadonlySet<RemarkCode> = new Set<RemarkCode>(['missing-blob', 'repeated-blob', 'parameter', 'layer-type']);

/** The remarks on a network, each once. */
export class Remarks {
  readonly all: Remark[] = [];
  private readonly said = new Set<string>();
  private readonly parameters = new Map<string, Remark>();

  /** A message may be come by several times over. */
  add(remark: Remark): void {
    if (remark.code === 'parameter' && !this.parameters.has(remark.path)) this.parameters.set(remark.path, remark);
    const key = `${remark.at.span.start} ${remark.message}`;
    if (this.all.length >= maxRemarks || this.said.has(key)) return;
    this.said.add(key);
    this.all.push(remark);
  }

  /** What Caffe itself would refuse: no figure of such a file is exact. */
  refusals(): readonly Problem[] {
    return this.all.filter(({ code, severity }) => refused.has(code) && severity === undefined).map(({ message, at }) => ({ code: 'unknown-value', message, at }));
  }

  /** What is wrong with the parameters of a layer, if anything. */
  onParametersOf(path: string): Remark | undefined {
    return this.parameters.get(path);
  }
}

export function onUnknownType(layer: LayerText, path: string, at: Location, known: readonly string[]): Remark {
  const consequence = 'what it makes is unknown, and the totals are lower bounds';
  if (layer.type === '') return { code: 'layer-type', path, at, message: `this layer has no type: ${consequence}` };
  if (layer.type === 'Python') return { code: 'layer-type', path, at, message: `a Python layer: ${consequence}`, severity: 'hint' };
  // The format of 2014 has words, today's has texts.
  const nearest = nearestName(layer.type, layer.typeIsWord ? Object.keys(typesOf2014) : known, true);
  const message = `the layer type \`${layer.type}\` is not known: ${consequence}${didYouMean(nearest)}`;
  if (nearest === undefined) return { code: 'layer-type', path, at, message };
  return { code: 'layer-type', path, at, message, fix: { title: `Change the type to ${nearest}`, edits: [{ at, newText: layer.typeIsWord ? nearest : `"${nearest}"` }] } };
}

export interface MissingBlob {
  /** The layer makes the same figures without it. */
  readonly isLabel: boolean;
  readonly phase: Phase;
  /** Names of the blobs that are there. */
  blobs(): readonly string[];
  /** A layer elsewhere in the file that makes it. */
  readonly maker?: { readonly at: Location; readonly isAhead: boolean; readonly takesPart: boolean };
}

export function onMissingBlob(name: string, layer: LayerText, path: string, at: Location, { isLabel, phase, blobs, maker }: MissingBlob): Remark {
  const nearest = maker ? undefined : nearestName(name, blobs());
  const message = maker && !maker.takesPart ? `the layer that makes \`${name}\` does not take part in the ${phase} phase`
    : maker?.isAhead ? `\`${name}\` is made further down: layers run in the order of the file`
    : `no layer before makes \`${name}\`${didYouMean(nearest)}`;
  return {
    code: 'missing-blob', path, at,
    message: isLabel ? `${message}; ${layer.type} adds no figures of its own` : message,
    ...(isLabel ? { severity: 'hint' as const } : {}),
    ...(maker ? { related: [{ at: maker.at, message: 'it is made here' }] } : {}),
    ...(nearest === undefined ? {} : { fix: { title: `Read the blob ${nearest}`, edits: [{ at, newText: `"${nearest}"` }] } }),
  };
}

/** Readers of a blob that a message names. */
const maxNamed = 3;

export function onSharedBlob(name: string, type: string, path: string, at: Location, others: readonly { readonly path: string; readonly at: Location }[]): Remark {
  const named = others.slice(0, maxNamed).map(({ path: reader }) => `\`${reader}\``);
  const readers = [...named, ...(others.length > maxNamed ? [counted(others.length - maxNamed, 'other layer')] : [])].join(' and ');
  return {
    code: 'in-place', path, at,
    message: `\`${path}\` works in place on \`${name}\`, which ${readers} ${others.length === 1 ? 'reads' : 'read'} before: ${others.length === 1 ? 'that one gets' : 'those get'} the values without ${type}, later layers those with it, and Caffe keeps both in memory`,
    related: others.slice(0, maxNamed).map(({ at: place, path: reader }) => ({ at: place, message: `\`${reader}\` reads it here` })),
  };
}
