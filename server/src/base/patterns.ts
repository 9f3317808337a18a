/** Patterns for files and names. Source for files: git-scm.com/docs/gitignore. The time grows with the product of the lengths, whatever the pattern. */

/** `*` stands for any letters, `?` for one. */
export function matchesName(pattern: string, name: string): boolean {
  return matchesPart([...pattern].map(partOf), [...name]);
}

/** A model by its name, or by what makes it: `resnet*` is also `resnet50(num_classes=10)`. */
export function matchesModel(pattern: string, name: string): boolean {
  return matchesName(pattern, name) || (name.includes('(') && matchesName(pattern, name.slice(0, name.indexOf('('))));
}

interface FilePattern {
  readonly isNegated: boolean;
  readonly isFolder: boolean;
  /** Undefined: any number of folders. */
  readonly parts: readonly (readonly Part[] | undefined)[];
}

/** What one letter of a name may be; `any` is any number of letters. */
type Part = 'any' | ((letter: string) => boolean);

export interface FilePatterns {
  /** `path`: from the patterns' folder, with `/` between its steps. */
  matches(path: string, isFolder?: boolean): boolean;
  /** What the last pattern says that fits the path itself, whatever holds for the folders above it; undefined: none does. */
  decides(path: string, isFolder: boolean): boolean | undefined;
}

/** Patterns as in a `.gitignore`: the last one that fits decides, what lies in a folder that fits is in, too. */
export function filePatterns(lines: readonly string[]): FilePatterns {
  const patterns = lines.flatMap(line => filePattern(line) ?? []);
  const decided = (steps: readonly string[], isFolder: boolean): boolean | undefined => {
    for (let i = patterns.length - 1; i >= 0; i--) {
      const pattern = patterns[i];
      if (pattern && (isFolder || !pattern.isFolder) && matchesSteps(pattern.parts, steps)) return !pattern.isNegated;
    }
    return undefined;
  };
  const stepsOf = (path: string): readonly string[] => path.split('/').filter(step => step !== '');
  return {
    decides: (path, isFolder) => decided(stepsOf(path), isFolder),
    matches(path, isFolder = false) {
      const steps = stepsOf(path);
      for (let length = 1; length < steps.length; length++) if (decided(steps.slice(0, length), true) === true) return true;
      return decided(steps, isFolder) === true;
    },
  };
}

function filePattern(line: string): FilePattern | undefined {
  let text = line.replace(/(?<!\\) +$/, '');
  if (text.startsWith('#')) return undefined;
  const isNegated = text.startsWith('!');
  if (isNegated) text = text.slice(1);
  const isFolder = text.endsWith('/');
  const steps = text.split('/').filter(step => step !== '' && step !== '.');
  if (steps.length === 0) return undefined;
  // A slash at the beginning or in the middle ties the pattern to its folder.
  const isTied = text.slice(0, -1).includes('/');
  return { isNegated, isFolder, parts: [...(isTied ? [] : [undefined]), ...steps.map(step => (step === '**' ? undefined : partsOf(step)))] };
}

function partsOf(step: string): readonly Part[] {
  const letters = [...step];
  const parts: Part[] = [];
  for (let i = 0; i < letters.length; i++) {
    const letter = letters[i] ?? '';
    const close = letter === '[' ? letters.indexOf(']', i + 2) : -1;
    if (letter === '\\' && i + 1 < letters.length) {
      const next = letters[++i];
      parts.push(each => each === next);
    } else if (close > 0) {
      parts.push(classOf(letters.slice(i + 1, close)));
      i = close;
    } else parts.push(partOf(letter));
  }
  return parts;
}

function partOf(letter: string): Part {
  if (letter === '*') return 'any';
  return letter === '?' ? () => true : each => each === letter;
}

/** `[a-z]`, `[!0-9]`. */
function classOf(letters: readonly string[]): Part {
  const isNot = letters[0] === '!' || letters[0] === '^';
  const inside = isNot ? letters.slice(1) : letters;
  return each => {
    for (let i = 0; i < inside.length; i++) {
      const [from = '', dash, to] = [inside[i], inside[i + 1], inside[i + 2]];
      if (dash === '-' && to !== undefined) {
        if (from <= each && each <= to) return !isNot;
        i += 2;
      } else if (from === each) return !isNot;
    }
    return isNot;
  };
}

/** A `**` at the end is what lies inside, not the folder itself. */
function matchesSteps(parts: FilePattern['parts'], steps: readonly string[]): boolean {
  if (parts.length > 1 && parts.at(-1) === undefined) return runs(parts.slice(0, -1), steps.length, (part, at) => matchesPart(part, [...steps[at] ?? '']), true);
  return runs(parts, steps.length, (part, at) => matchesPart(part, [...steps[at] ?? '']), false);
}

function matchesPart(parts: readonly Part[], letters: readonly string[]): boolean {
  return runs(parts.map(part => (part === 'any' ? undefined : part)), letters.length, (part, at) => part(letters[at] ?? ''), false);
}

/** Whether the parts, of which `undefined` stands for any number of items, make up all items, or (`hasRest`) all but one and more at the end. */
function runs<Item>(parts: readonly (Item | undefined)[], length: number, fits: (part: Item, at: number) => boolean, hasRest: boolean): boolean {
  let reached = new Set([0]);
  for (const part of parts) {
    const next = new Set<number>();
    const first = Math.min(...reached);
    if (part === undefined) for (let at = first; at <= length; at++) next.add(at);
    else for (const at of reached) if (at < length && fits(part, at)) next.add(at + 1);
    if (next.size === 0) return false;
    reached = next;
  }
  return hasRest ? Math.min(...reached) < length : reached.has(length);
}
