/** Where a piece of syntax stands, given the frame it runs in. */
import type { Location, Span } from '../../../base/span';
import type { Frame } from '../environment';

export function locationOf(frame: Frame, span: Span): Location {
  return { uri: frame.module.uri ?? '', span };
}
