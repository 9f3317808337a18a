/** "Not known" as a value that carries its reason; the first reason survives every later operation. */
import type { Location } from './span';

export interface Unknown {
  readonly kind: 'unknown';
  readonly reason: string;
  readonly at?: Location;
  /** Only a run could tell: a size after a mask, a value read out of a feature map. Nothing of the source is missing. */
  readonly dataDependent?: true;
  /** Worked out, but no figure to be shown: negative, broken, or too large to be exact. */
  readonly uncountable?: true;
  /** The name that nothing is known of. */
  readonly subject?: string;
}

export function unknown(reason: string, at?: Location): Unknown {
  return at ? { kind: 'unknown', reason, at } : { kind: 'unknown', reason };
}

/** A name that the tables do not have. */
export function notModelled(name: string, at?: Location, remark = ''): Unknown {
  return { ...unknown(`\`${name}\` is not modelled${remark}`, at), subject: name };
}

export function dataDependent(reason: string, at?: Location): Unknown {
  return { ...unknown(reason, at), dataDependent: true };
}

export function isUnknown(value: unknown): value is Unknown {
  return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'unknown';
}
