/** What an editor is told, fit to be shown: no text of the user's steers what shows it. Edits, arguments and pages go out as they are. */
import { mapTexts, visible, visibleLines } from '../base/visible';

/** Members that programs read, or that escape texts themselves. */
const asTheyAre: ReadonlySet<string> = new Set(['edit', 'edits', 'newText', 'changes', 'arguments', 'uri', 'html', 'json', 'data', 'code', 'codeDescription', 'diagnostics']);

/** The only one whose lines are ours: Markdown, in which texts of the user's stand in one line each. */
const ofLines: ReadonlySet<string> = new Set(['contents', 'tooltip']);

export function presentable<Value>(answer: Value): Value {
  const shown = mapTexts(within(answer), visible, key => asTheyAre.has(key) || ofLines.has(key));
  return mapTexts(shown, visibleLines, key => asTheyAre.has(key));
}

/** Hints, lenses, symbols, actions: with more of them in one answer an editor is busy for longer than anybody looks. */
const mostItems = 5000;
/** Of all their texts together. */
const mostCharacters = 4_000_000;

/** An answer of bounded size: the first items of its lists, in the order of the file. */
export function within<Value>(answer: Value): Value {
  const room = { items: mostItems, characters: mostCharacters };
  return reduced(answer, room) as Value;
}

interface Room { items: number; characters: number }

function reduced(value: unknown, room: Room): unknown {
  if (typeof value === 'string') {
    room.characters -= value.length;
    return value;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const kept: unknown[] = [];
    for (const item of value) {
      if (room.items <= 0 || room.characters <= 0) break;
      if (typeof item === 'object') room.items--;
      kept.push(reduced(item, room));
    }
    return kept.length === value.length && kept.every((item, at) => item === value[at]) ? value : kept;
  }
  const entries = Object.entries(value).map(([key, item]) => [key, asTheyAre.has(key) ? item : reduced(item, room)] as const);
  return entries.every(([key, item]) => item === (value as Readonly<Record<string, unknown>>)[key]) ? value : Object.fromEntries(entries);
}
