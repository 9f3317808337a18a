/** An accelerator whose data movement is planned: what an access costs at each level, and how much fits there. */

/** Picojoules per access to a word of `wordBits`, and per multiply-accumulate at that width. */
export interface AccessCosts {
  readonly mac: number;
  readonly registerFile: number;
  /** From one processing element to another. */
  readonly array: number;
  readonly buffer: number;
  readonly dram: number;
}

export interface Hierarchy {
  readonly wordBits: number;
  readonly processingElements: number;
  readonly macsPerSecond: number;
  /** Words of all register files together. */
  readonly registerWords: number;
  readonly bufferWords: number;
  readonly picojoules: AccessCosts;
  /** Absent: not known; the time is then that of the arithmetic alone. */
  readonly dramWordsPerSecond?: number;
  /** Drawn whatever it does. */
  readonly idleWatts?: number;
  readonly source: string;
}
