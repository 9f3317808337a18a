/** A file of the project around the analysed one, and how a place in it is told. */
import { lineColumnAt, lineIndexOf } from '../../../base/line-index';
import type { Location } from '../../../base/span';

export interface ProjectFile {
  readonly uri: string;
  readonly text: string;
}

export function fileName(uri: string): string {
  return decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
}

/** `model.yaml:3`. */
export function placeIn(file: ProjectFile, offset: number): { readonly at: Location; readonly source: string } {
  return { at: { uri: file.uri, span: { start: offset, end: offset } }, source: `${fileName(file.uri)}:${String(lineColumnAt(lineIndexOf(file.text), offset).line + 1)}` };
}
