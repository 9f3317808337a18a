/** What crosses between whoever uses an engine and the worker that it runs in: plain data, the same over threads of Node and workers of a browser. */
import type { EngineDescription, EngineOptions, Findings, Unit } from '../engine/engine';

export type ToWorker =
  /** `flags`: by slot, the newest revision of a unit that was announced. */
  | { readonly kind: 'start'; readonly options: EngineOptions; readonly flags: SharedArrayBuffer | undefined }
  | { readonly kind: 'settings'; readonly settings: unknown }
  | { readonly kind: 'unit'; readonly unit: Unit; readonly isOwn: boolean; readonly slot: number | undefined }
  | { readonly kind: 'close'; readonly uri: string }
  | { readonly kind: 'show-files'; readonly uris: readonly string[] }
  | { readonly kind: 'files-changed'; readonly uris: readonly string[] }
  | { readonly kind: 'inputs'; readonly id: number; readonly uri: string; readonly shape: string }
  | { readonly kind: 'request'; readonly id: number; readonly method: string; readonly parameters: unknown; readonly unit: string | undefined }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'stop'; readonly id: number };

export type FromWorker =
  | { readonly kind: 'started'; readonly description: EngineDescription }
  | { readonly kind: 'answer'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'failed'; readonly id: number | undefined; readonly reason: string }
  | { readonly kind: 'published'; readonly unit: string; readonly findings: Findings }
  | { readonly kind: 'analyzed'; readonly unit: string; readonly revision: number }
  | { readonly kind: 'stale' }
  | { readonly kind: 'said'; readonly to: 'log' | 'user'; readonly message: string }
  | { readonly kind: 'working'; readonly unit: string | undefined };

/** One end of a channel. Messages arrive in the order in which they were posted. */
export interface Port<Sent, Received> {
  /** Buffers that are handed over, not copied. */
  post(message: Sent, handOver?: readonly ArrayBuffer[]): void;
  receive(listener: (message: Received) => void): void;
}
