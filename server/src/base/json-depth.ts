/** How deep brackets stand inside each other, before anything follows them. */

/** At most; brackets in texts count as well, which no configuration has so many of. */
export function depthOf(text: string): number {
  let depth = 0;
  let most = 0;
  for (const letter of text) {
    if (letter === '{' || letter === '[') most = Math.max(most, ++depth);
    else if (letter === '}' || letter === ']') depth--;
  }
  return most;
}
