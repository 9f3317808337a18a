/** The blobs of a network while its layers run in the order of the file: who made each, who has read it, and what is odd about that. */
import type { Location } from '../../base/span';
import type { GraphTensor } from '../../graph/graph';
import type { LayerText, Named } from './network';

/** One version of a blob: an in-place layer makes the next one. */
export interface Blob {
  readonly name: string;
  readonly tensor: GraphTensor;
  /** Where its name stands as a top, or as an input of the network. */
  readonly at: Location;
  /** Undefined for an input of the network. */
  readonly maker: LayerText | undefined;
  readonly makerPath: string;
  /** It brings a label, or is a result: nobody need read it. */
  readonly isFree: boolean;
  /** Layers that read it, in order. */
  readonly readers: { readonly path: string; readonly at: Location }[];
  /** It took the place of another version. */
  readonly inPlace: boolean;
}

export class Blobs {
  readonly versions: Blob[] = [];
  private readonly current = new Map<string, Blob>();

  get(name: string): Blob | undefined {
    return this.current.get(name);
  }

  set(blob: Omit<Blob, 'readers'>): Blob {
    const made = { ...blob, readers: [] };
    this.current.set(blob.name, made);
    this.versions.push(made);
    return made;
  }

  /** The latest names, those that a misspelled one is most likely meant to be. */
  names(): readonly string[] {
    return this.versions.slice(-400).map(blob => blob.name);
  }

  /** The last versions, in the order in which they were made. */
  last(): readonly Blob[] {
    return this.versions.filter(blob => this.current.get(blob.name) === blob);
  }
}

/** Tops and bottoms at the same position are one blob: the layer works in place. */
export function isInPlace(layer: LayerText, position: number): boolean {
  const top: Named | undefined = layer.tops[position];
  return top !== undefined && top.text !== '' && layer.bottoms[position]?.text === top.text;
}
