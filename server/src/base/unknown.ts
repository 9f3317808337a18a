/** "Not known" as a value that carries its reason; the first reason survives every later operation. */
import type { Location } from './span';

export interface Unknown {
  readonly kind: 'unknown';
  readonly reason: string;
  readonly at?: Location;
  /** Only a run could tell: a size after a mask, a value read out of a feature map. Nothing of the source is missing. */
  readonly dataDependent?: true;
}

export function unknown(reason: string, at?: Location): Unknown {
  return at ? { kind: 'unknown', reason, at } : { kind: 'unknown', reason };
}

export function dataDependent(reason: string, at?: Location): Unknown {
  return { ...unknown(reason, at), dataDependent: true };
}

export function isUnknown(value: unknown): value is Unknown {
  return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'unknown';
}
