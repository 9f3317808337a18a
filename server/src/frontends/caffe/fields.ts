/** Fields whose names Caffe does not know: it refuses the whole file, so a slip of the pen is told with the name that was meant. */
import type { Location, Span } from '../../base/span';
import type { Remark } from '../../graph/graph';
import { messageNamed, type LayerText } from './network';
import { messages, type MessageName } from './schema';
import { didYouMean, nearestName } from './suggestion';
import type { Field } from './text/message';

/** Of a network and of a layer, today's and those of 2014. Source: caffe.proto, NetParameter, LayerParameter, V1LayerParameter. */
const ofNetwork = 'name input input_shape input_dim force_backward state debug_info layer layers'.split(' ');
const ofLayer = 'name type bottom top phase loss_weight param blobs propagate_down include exclude blobs_lr weight_decay blob_share_mode'.split(' ');

const knownMessages: ReadonlySet<string> = new Set(Object.keys(messages));

/** Only near misses at the top: other fields there belong to other kinds of files. */
export function unknownNetworkFields(fields: readonly Field[], at: (span: Span) => Location): readonly Remark[] {
  return fields.filter(field => !ofNetwork.includes(field.name)).slice(0, 20).flatMap(field => unknown(field, 'a network', ofNetwork, '', at, false));
}

/** Of the layer and of its parameter message. Forks have further messages, and further fields in known ones: those are left alone. */
export function unknownLayerFields(layer: LayerText, message: MessageName | undefined, path: string, at: (span: Span) => Location): readonly Remark[] {
  const own = layer.fields.filter(field => !ofLayer.includes(field.name) && !knownMessages.has(field.name));
  const remarks = own.flatMap(field => unknown(field, 'a layer', field.name.endsWith('_param') ? [...knownMessages] : ofLayer, path, at, false));
  if (message === undefined) return remarks;
  const known = messages[message].split(' ');
  const inside = messageNamed(layer.fields, message)?.fields ?? [];
  return [...remarks, ...inside.filter(field => !known.includes(field.name)).flatMap(field => unknown(field, `\`${message}\``, known, path, at, true))];
}

function unknown(field: Field, owner: string, known: readonly string[], path: string, at: (span: Span) => Location, sayOthers: boolean): readonly Remark[] {
  const nearest = nearestName(field.name, known);
  const place = at(field.nameSpan);
  const remark = { code: 'parameter' as const, path, at: place, message: `\`${field.name}\` is no field of ${owner}${didYouMean(nearest)}` };
  if (nearest !== undefined) return [{ ...remark, fix: { title: `Change ${field.name} to ${nearest}`, edits: [{ at: place, newText: nearest }] } }];
  // A fork may know it: what it does to the layer is not known here.
  return sayOthers ? [{ ...remark, severity: 'hint', message: `\`${field.name}\` is no field of ${owner} that is known here: it is left out of account` }] : [];
}
