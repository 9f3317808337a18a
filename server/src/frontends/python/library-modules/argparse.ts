/** What `argparse` gives for an argument that only a command line could supply. */
import { unknown } from '../../../base/unknown';
import { fn, type LibraryEntry } from '../library';

/** What `argparse` gives for an argument that only a command line could supply. */
export const argumentEntries: readonly LibraryEntry[] = [
  fn('_joulelint_arguments.missing(name)', (p, _i, { at }) => unknown(`the argument \`${p.name.kind === 'str' ? p.name.value : ''}\` comes from the command line`, at)),
];
