/** Modules of which programs use one or two names: `decimal`, `pprint`, `shlex`, `difflib`, `locale`, `ast`. */
import { isUnknown } from '../../../base/unknown';
import { fn, type LibraryEntry } from '../library';
import { list, none, str, type Value } from '../values';
import { logger } from './logging';

export const smallModuleEntries: readonly LibraryEntry[] = [
  fn('pprint.pprint(object, *args, **kwargs)', () => none),
  fn('decimal.getcontext()', () => logger(none)),
  fn('locale.setlocale(category, locale=None)', () => none),
  fn('shlex.split(s, comments=False, posix=True)', (p, interpreter, { at }) => interpreter.callMethod(p.s, 'split', [], at)),
  fn('difflib.get_close_matches(word, possibilities, n=3, cutoff=0.6)', () => list([])),
  fn('ast.literal_eval(node_or_string)', (p, interpreter, { at }) =>
    (isUnknown(p.node_or_string) ? p.node_or_string : interpreter.callWith(interpreter.libraryValue('json.loads'), [literalText(p.node_or_string)], at))),
];

/** Python literals that are JSON but for quotes and constants; good enough for lists, tuples, numbers and strings. */
function literalText(value: Value): Value {
  if (value.kind !== 'str') return value;
  return str(value.value.replace(/\bTrue\b/g, 'true').replace(/\bFalse\b/g, 'false').replace(/\bNone\b/g, 'null').replaceAll("'", '"').replaceAll('(', '[')
    .replaceAll(')', ']').replace(/,\s*([\]}])/g, '$1'));
}
