/** A question about energy and time, what is known of devices, and what is answered. */
import type { Device, StackProfile } from './device';
import type { Estimate } from './estimate';

export interface EnergyRequest {
  readonly device: string;
  readonly stack?: string;
  readonly dtype?: string;
  /** Absent: what is usual on such a device. */
  readonly batch?: number;
  /** A device of the user's own, known beside the others. */
  readonly own?: OwnDevice;
}

export interface OwnDevice {
  readonly device: Device;
  readonly profiles: readonly StackProfile[];
}

export interface Catalogue {
  readonly devices: readonly Device[];
  readonly profiles: readonly StackProfile[];
}

export type Answer = { readonly estimate: Estimate } | { readonly problem: string };
