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

function cellText({ cell }: Line, separator: string): string {
  return cell === undefined ? '' : `cell ${cell}${separator}`;
}
