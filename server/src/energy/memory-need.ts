/** What a model keeps in memory, counted in elements: whatever the device and its types. */

/** Elements that have to be there at once. */
export interface MemoryNeed {
  readonly weightElements: number;
  /** Largest sum of activations alive at once, of one sample. */
  readonly peakElements: number;
  /** Keys and values of one sample's tokens; absent for what decodes nothing. */
  readonly cacheElements?: number;
}
