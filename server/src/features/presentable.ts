/** What an editor is told, fit to be shown: no text of the user's steers what shows it. Edits, arguments and pages go out as they are. */
import { mapTexts, visible, visibleLines } from '../base/visible';

/** Members that programs read, or that escape texts themselves. */
const asTheyAre: ReadonlySet<string> = new Set(['edit', 'edits', 'newText', 'changes', 'arguments', 'uri', 'html', 'json', 'data', 'code', 'codeDescription', 'diagnostics']);

/** The only one whose lines are ours: Markdown, in which texts of the user's stand in one line each. */
const ofLines: ReadonlySet<string> = new Set(['contents', 'tooltip']);

export function presentable<Value>(answer: Value): Value {
  const shown = mapTexts(answer, visible, key => asTheyAre.has(key) || ofLines.has(key));
  return mapTexts(shown, visibleLines, key => asTheyAre.has(key));
}
