/** What a notebook's cells find in their namespace without importing it, and what they import of IPython itself. */
import { unknown } from '../../../base/unknown';
import { entry, type LibraryEntry } from '../library';
import { none } from '../values';
import { raw } from '../objects/native';

const earlier = 'what ran before in this session is not followed';

const session = ['In', 'Out', '_', '__', '___'];
const shows = ['display', 'clear_output', 'update_display', 'display_html', 'display_markdown', 'display_png', 'display_svg', 'display_javascript', 'set_matplotlib_formats'];
const shown = ['HTML', 'Image', 'Markdown', 'Audio', 'Video', 'SVG', 'IFrame', 'YouTubeVideo', 'Javascript', 'Math', 'Latex', 'JSON', 'Pretty', 'Code', 'FileLink', 'FileLinks', 'DisplayHandle'];

const nothing = (name: string): LibraryEntry => entry(name, () => raw(name, () => none));
const open = (name: string, reason: string): LibraryEntry => entry(name, () => raw(name, ({ at }) => unknown(reason, at)));

export const notebookEntries: readonly LibraryEntry[] = [
  nothing('ipython_session.display'),
  open('ipython_session.get_ipython', 'the session of a notebook is not followed'),
  ...session.map(name => entry(`ipython_session.${name}`, () => unknown(earlier))),
  entry('ipython_session.ǃ', () => unknown('what a magic or a shell command gives is not known without running it')),
  open('IPython.get_ipython', 'the session of a notebook is not followed'),
  nothing('IPython.embed'),
  ...shows.map(name => nothing(`IPython.display.${name}`)),
  ...shown.map(name => open(`IPython.display.${name}`, `what \`IPython.display.${name}\` shows is no part of a model`)),
];
