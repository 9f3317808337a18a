/** Where on a layer's source a finding stands: on the argument at fault, not on the whole line. */
import type { Location } from '../base/span';
import type { Site } from '../graph/graph';

/** The first of those arguments that the source spells out, else the construction of the layer; of a layer that another file makes, in the call that leads there. */
export function argumentOf(site: Site, ...attrs: readonly string[]): Location {
  const { at, argument } = site.from ?? { at: site.declared, argument: site.argument };
  for (const attr of attrs) {
    const span = argument[attr];
    if (span) return { uri: at.uri, span };
  }
  return at;
}

/** `torch.nn.Conv2d` → `Conv2d` */
export function shortType(type: string): string {
  return type.slice(type.lastIndexOf('.') + 1);
}
