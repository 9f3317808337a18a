import { strict as assert } from 'node:assert';
import { compare, fixed, tally } from './compare';
import { outputs, sections } from './page';
import { asDisplayed } from './reference';

/** Everything else equals the printed digit. */
const explained: Readonly<Record<string, string>> = {
  'paper 1, Table II, 1.0-G-SqNxt-23': 'M_c/W',
  'paper 1, Table II, 1.0-SqNxt-23': 'A/W M_c/W',
  'Table 7, AlexNet': 'M_c/W M_c/A AI_c DI d_f',
  'Table 7, NiN': 'M_c/W M_c/A AI_c DI',
  'Table 7, Inception-V2': 'M_c/W M_c/A AI_c DI d_f',
  'Table 7, Inception-V3': 'M_c/W AI_c DI A/W',
  'Table 7, 1.0-SqNxt-23': 'M_c/W DI d_f A/W',
  'Table 7, 1.0-G-SqNxt-23': 'M_c/W DI d_f',
};

describe('the papers, recomputed', () => {
  const all = sections();
  const cells = all.flatMap(section => section.cells);

  it('equals every printed figure to the digit, but for those that are explained', () => {
    const expected = Object.entries(explained).flatMap(([place, columns]) => columns.split(' ').map(column => `${place}, ${column}`));
    assert.deepEqual(cells.filter(cell => cell.verdict === 'explained').map(cell => cell.place), expected);
    // The published figures of MobileNet-V2 lack a layer.
    assert.deepEqual(cells.filter(cell => cell.verdict !== 'explained' && cell.verdict !== 'equal').map(cell => `${cell.place}: ${cell.computed}`),
      ['Table 5, MobileNet-V2, median: 35', 'Table 5, MobileNet-V2, variance: 4440']);
  });

  it('covers the tables in full', () => {
    const counts = Object.fromEntries(all.filter(section => section.cells.length > 0).map(section => [/Table \w+|Eq/.exec(section.title)?.[0], section.cells.length]));
    assert.deepEqual(counts, { 'Table II': 72, 'Table IV': 6, 'Table 2': 8, 'Table 3': 16, 'Table 5': 12, 'Table 7': 150, 'Eq': 50, 'Table 6': 16, 'Table 9': 24, 'Table 4': 2 });
  });

  it('writes the page with every plot that it shows', () => {
    const files = new Map(outputs().map(output => [output.path, output.text ?? '']));
    const page = files.get('docs/reproduction.md') ?? '';
    const shown = [...page.matchAll(/\]\((reproduction\/[^)]*)\)/g)].map(match => `docs/${match[1] ?? ''}`);
    assert.deepEqual(shown.sort(), [...files.keys()].filter(path => path.endsWith('.svg')).sort());
    for (const [path, text] of files) assert.doesNotMatch(text, /NaN|Infinity|undefined/, path);
    // Every link in the table of contents leads to a heading.
    for (const [, title = '', anchor = ''] of page.matchAll(/\| \[([^\]]*)\]\(#([^)]*)\)/g)) {
      assert.ok(page.includes(`\n## ${title}\n`), title);
      assert.match(anchor, /^[a-z0-9_-]+$/);
    }
  });
});

describe('comparison with a printed figure', () => {
  it('rounds as printed', () => {
    assert.equal(compare('', 24.135, '24.14').verdict, 'equal');
    assert.equal(compare('', -0.1803, '-0.18').verdict, 'equal');
    assert.equal(compare('', 26_892, '26900').verdict, 'equal');
    assert.equal(compare('', 26_849, '26900').verdict, 'differs');
    assert.equal(compare('', 0.755, '0.76').verdict, 'equal');
    assert.equal(compare('', 0.748, '0.76', { tolerance: 0.0121 }).verdict, 'close');
    assert.equal(compare('', 71.12, '72.89', { fromPapersInputs: 72.885 }).verdict, 'explained');
    assert.equal(compare('', 71.12, '72.89', { fromPapersInputs: 72.8 }).verdict, 'differs');
    assert.equal(fixed(-89.605, 2), '-89.61');
  });

  it('counts the verdicts', () => {
    assert.equal(tally([compare('', 1, '1'), compare('', 2, '1'), compare('', 3, '1', { fromPapersInputs: 1 })]), '1 of 3 cells equal, 1 explained, 1 differ');
  });

  it('shows totals as the counting tool does', () => {
    assert.deepEqual([15_470_264_320, 2_045_360, 717_280, 512].map(asDisplayed).map(value => Math.round(value)), [15_470_000_000, 2_050_000, 717_280, 512]);
  });
});
