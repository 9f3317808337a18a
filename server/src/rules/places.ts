/** Where on a layer's source a finding stands: on the argument at fault, not on the whole line. */
import type { Location } from '../base/span';
import type { Site } from '../graph/graph';

/** The first of those arguments that the source spells out, else the construction of the layer. */
export function argumentOf(site: Site, ...attrs: readonly string[]): Location {
  for (const attr of attrs) {
    const span = site.argument[attr];
    if (span) return { uri: site.declared.uri, span };
  }
  return site.declared;
}

/** `torch.nn.Conv2d` → `Conv2d` */
export function shortType(type: string): string {
  return type.slice(type.lastIndexOf('.') + 1);
}
