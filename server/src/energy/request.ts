/** A question about energy and time, what is known of devices, and what is answered. */
import type { Device, StackProfile } from './device';
import type { Estimate } from './estimate';

export interface EnergyRequest {
  readonly device: string;
  readonly stack?: string;
  readonly dtype?: string;
  /** Absent: what is usual on such a device. */
  readonly batch?: number;
}

export interface Catalogue {
  readonly devices: readonly Device[];
  readonly profiles: readonly StackProfile[];
}

export type Answer = { readonly estimate: Estimate } | { readonly problem: string };
