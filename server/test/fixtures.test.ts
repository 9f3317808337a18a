/** Every fixture says in its marks what must be shown, and nothing else may be. */
import { strict as assert } from 'node:assert';
import { severityOf } from '../src/features/convert';
import { analyse, fixtureFiles, fixtureText, prepareParser } from './harness/analyse';
import { readFixture, type Fixture, type Mark } from './harness/markers';
import { saidBy, type Said } from './harness/shown';

function meets(said: Said, mark: Mark): boolean {
  if (said.kind !== mark.kind || said.line !== mark.line || !said.text.includes(mark.text)) return false;
  if (mark.columns && (said.columns?.[0] !== mark.columns[0] || said.columns[1] !== mark.columns[1])) return false;
  // Nothing after `hover:` means that nothing is shown.
  if (mark.kind === 'hover') return mark.text !== '' || said.text === '';
  if (mark.kind === 'action') return mark.becomes === undefined || said.becomes === mark.becomes;
  if (mark.kind !== 'finding') return true;
  return said.rule === mark.rule && said.severity === severityOf(mark.severity as 'hint' | 'info' | 'warning' | 'error');
}

function show(item: Said | Mark): string {
  const becomes = item.becomes === undefined ? '' : ` => ${item.becomes}`;
  return `line ${item.line + 1}${item.columns ? ` [${item.columns.join('–')}]` : ''} ${item.rule ?? item.kind}: ${item.text}${becomes}`;
}

/** A hover is not among the unmarked: a mark it does not meet tells what it says. */
function instead(mark: Mark, said: readonly Said[]): string {
  const shown = mark.kind === 'hover' && said.find(each => each.kind === 'hover' && each.line === mark.line && each.columns?.[0] === mark.columns?.[0]);
  return shown ? `; it says: ${shown.text}` : '';
}

/** Hints (gaps, unlinked notes) are quiet; a fixture marks those it is about. A place has one hover, of which a mark quotes a part. */
function mustBeMarked(said: Said): boolean {
  return said.kind !== 'hover' && (said.kind !== 'finding' || said.severity !== severityOf('hint'));
}

async function compare({ files, marks }: Fixture): Promise<{ readonly unmet: string[]; readonly unmarked: string[] }> {
  const said = await saidBy(analyse(files), marks);
  return {
    unmet: marks.filter(mark => !said.some(each => meets(each, mark))).map(mark => show(mark) + instead(mark, said)),
    unmarked: said.filter(each => mustBeMarked(each) && !marks.some(mark => meets(each, mark))).map(show),
  };
}

const fixtures = [
  ...['pytorch', 'keras'].flatMap(folder => fixtureFiles(folder, '.py').map(name => [folder, name] as const)),
  ...fixtureFiles('caffe', '.prototxt').map(name => ['caffe', name] as const),
];

describe('fixtures', () => {
  before(prepareParser);

  for (const [folder, name] of fixtures) {
    it(`${folder}/${name}`, async () => { assert.deepEqual(await compare(readFixture(name, fixtureText(folder, name))), { unmet: [], unmarked: [] }); });
  }

  it('fail both ways: a mark that nothing meets, and what nothing marks', async () => {
    const marked = (...marks: readonly string[]): Fixture => readFixture('net.py', ['import torch.nn as nn', 'model = nn.Sequential(nn.Linear(4, 5))', ...marks, ''].join('\n'));
    assert.deepEqual(await compare(marked('# <- lens: 25 params')), { unmet: [], unmarked: [] });
    assert.deepEqual((await compare(marked())).unmarked.length, 1);
    const wrong = await compare(marked('# <- lens: 26 params', '#     $0 hover: 26', '# <- symbol: net', '#                     ^^^^^^^^^ 💡 Make it faster'));
    assert.equal(wrong.unmet.length, 4);
    assert.equal(wrong.unmarked.filter(line => line.includes('symbol')).length, 2);
    assert.throws(() => marked('#   ^^^ hover: a range has none'), /says nothing known/);
  });
});
