/** Places as people say them: `net.py:7`, `net.ipynb:cell 3:7`. */
interface Line {
  readonly cell?: number;
  readonly line: number;
}

export function placeText(fileName: string, place: Line, column?: number): string {
  return `${fileName}:${cellText(place, ':')}${place.line}${column === undefined ? '' : `:${column}`}`;
}

/** Where the file is plain from what stands around it. */
export function lineText(place: Line): string {
  return `${cellText(place, ', ')}line ${place.line}`;
}

/** In a column of lines. */
export function lineNumberText(place: Line): string {
  return `${cellText(place, ':')}${place.line}`;
}

interface Standing {
  readonly status: string;
  readonly endsAt?: (Line & { readonly isExact: boolean }) | undefined;
}

/** `≥ ` before figures that are bounds: those that end at an error are none. */
export function boundMark({ status, endsAt }: Standing): string {
  return status === 'exact' || endsAt?.isExact ? '' : '≥ ';
}

/** What a reader has to know of a model's figures, in a few words. */
export function statusWords({ status, endsAt }: Standing): string {
  return endsAt ? `${endsAt.isExact ? '' : `${status}, `}up to the error in ${lineText(endsAt)}` : status;
}

function cellText({ cell }: Line, separator: string): string {
  return cell === undefined ? '' : `cell ${cell}${separator}`;
}
