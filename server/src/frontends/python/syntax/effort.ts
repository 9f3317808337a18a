/** What the repair of a text that does not parse may cost, in characters that the parser is given for it: the same on any machine. */
export class Effort {
  private left: number;

  /** Of a text of so many characters. */
  constructor(length: number) {
    this.left = atLeast + length;
  }

  /** Whether so much may be read once more; it counts as read. */
  take(characters: number): boolean {
    this.left -= characters + charactersPerCall;
    return this.left >= 0;
  }
}

/** For a half-typed statement of any usual length. */
const atLeast = 400_000;
/** The parser is set up for each text anew. */
const charactersPerCall = 40;
