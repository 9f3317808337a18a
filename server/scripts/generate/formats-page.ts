/** docs/formats.md: the forms in which a report can be written. */
import type { Declared } from './load';
import { code, table } from './markdown';
import { doNotEdit, type Output } from './outputs';

export function formatsPage({ formats }: Declared): Output {
  const rows = formats.map(({ name, extension, summary, isDefault }) => [code(name), code(`.${extension}`), `${summary}${isDefault ? '; unless another is asked for' : ''}`]);
  const text = `<!-- ${doNotEdit} -->
# Report formats

\`joulelint analyze net.py --format NAME\`, with \`--out FILE\` into a file.

${table(['format', 'file', 'what it is'], rows)}`;
  return { path: 'docs/formats.md', text };
}
