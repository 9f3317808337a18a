/** What a notebook's cells find in their namespace without importing it. */
import { unknown } from '../../../base/unknown';
import { entry, type LibraryEntry } from '../library';
import { none } from '../values';
import { raw } from './native';

const earlier = 'what ran before in this session is not followed';

const names: readonly string[] = ['In', 'Out', '_', '__', '___'];

export const notebookEntries: readonly LibraryEntry[] = [
  entry('ipython_session.display', () => raw('display', () => none)),
  entry('ipython_session.get_ipython', () => raw('get_ipython', ({ at }) => unknown('the session of a notebook is not followed', at))),
  ...names.map(name => entry(`ipython_session.${name}`, () => unknown(earlier))),
  entry('ipython_session.ǃ', () => unknown('what a magic or a shell command gives is not known without running it')),
];
