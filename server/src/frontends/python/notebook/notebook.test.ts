import { strict as assert } from 'node:assert';
import { pythonOf } from './escapes';
import { cellAt, programOf } from './program';
import { readNotebook } from './read';

/** Blanks at the ends of lines are not worth writing down. */
const trimmed = (text: string): string => text.replace(/[ \t]+$/gm, '');

const escapes: readonly (readonly [what: string, cell: string, python: string])[] = [
  ['plain Python stays', 'x = 1\nif x != 2:\n    y = x % 3\n', 'x = 1\nif x != 2:\n    y = x % 3\n'],
  ['magics, shell lines and help', '%matplotlib inline\n!pip install torch\nnn.Linear?\n?print\nx = 1', '\n\n\n\nx = 1'],
  ['a shell line over two lines', '!pip install \\\n  torch\nx = 1', '\n\nx = 1'],
  ['shell words with quotes and brackets', "!echo it's (\nx = 1", '\nx = 1'],
  ['inside a block something stands', 'if x:\n    !ls\nelse:\n    %cd ..\n', 'if x:\n    0\nelse:\n    0\n'],
  ['what a shell command gives', 'files = !ls *.py\na, b = %sql x', 'files = ǃ\na, b = ǃ'],
  ['a timed statement runs', '%time net = Net()\n%timeit -n 10 -r3 net(x)\n%time', 'if 1: net = Net()\nif 1:             net(x)\n'],
  ['below %%time stands Python', '%%time\n%%capture out\nnet = Net()', '\n\nnet = Net()'],
  ['below %%bash it does not', '\n%%bash\nclass Foo(\n', '\n\n\n'],
  ['magics without their sign', 'pip install torch\ncd data/sub\nls = 3\nls in x\ncat (x)', '\n\nls = 3\nls in x\ncat (x)'],
  ['an operator at the start of a line is none', 'x = (a\n  % b\n  ! = c)\ny = """\n!no\n%no\n"""\n', 'x = (a\n  % b\n  ! = c)\ny = """\n!no\n%no\n"""\n'],
  ['a string or a comment with a question mark', "x = 'why?'\n# why?\ny = f(x)  # why?", "x = 'why?'\n# why?\ny = f(x)  # why?"],
  ['carriage returns stay', '%cd ..\r\nx = 1\r\n', '\r\nx = 1\r\n'],
];

const notebook = (cells: readonly unknown[], metadata: unknown = {}): string => JSON.stringify({ nbformat: 4, metadata, cells });
const code = (source: unknown, rest: object = {}): object => ({ cell_type: 'code', metadata: {}, source, outputs: [], ...rest });

describe('notebooks', () => {
  for (const [what, cell, python] of escapes) {
    it(`IPython: ${what}`, () => {
      const got = pythonOf(cell);
      assert.equal(trimmed(got).replace(/ +\r/g, '\r'), trimmed(python));
      assert.equal(got.length, cell.length, 'every character keeps its place');
    });
  }

  it('the cells of a file: code in Python, numbered among all', () => {
    const text = notebook([
      { cell_type: 'markdown', source: '# Title' }, code(['a = 1\n', 'b = 2']), code('c = 3'), code('js()', { metadata: { vscode: { languageId: 'javascript' } } }), code(7), 'cell', null,
    ]);
    assert.deepEqual(readNotebook('n.ipynb', text), { cells: [
      { uri: 'n.ipynb', number: 2, text: 'a = 1\nb = 2' }, { uri: 'n.ipynb', number: 3, text: 'c = 3' }, { uri: 'n.ipynb', number: 5, text: '' },
    ] });
  });

  it('nbformat 3 keeps its cells in worksheets', () => {
    const text = JSON.stringify({ nbformat: 3, worksheets: [{ cells: [{ cell_type: 'code', language: 'python', input: ['x = 1'] }, { cell_type: 'code', language: 'ruby', input: 'y' }] }] });
    assert.deepEqual(readNotebook('n.ipynb', text), { cells: [{ uri: 'n.ipynb', number: 1, text: 'x = 1' }] });
  });

  const mistakes: readonly (readonly [text: string, message: RegExp])[] = [
    ['', /^the notebook is empty/],
    ['{"cells": [\n{', /not valid JSON: it breaks off/],
    ['{"cells": [\n<<<<<<< HEAD\n]}', /not valid JSON.*; a merge conflict/],
    ['{}', /no list of cells/], ['[]', /no list of cells/], ['3', /no list of cells/], ['{"cells": 3, "worksheets": {}}', /no list of cells/],
    [notebook([], { kernelspec: { language: 'R' } }), /is in R; only Python/],
    [notebook([], { language_info: { name: 'julia' } }), /is in julia/],
  ];
  for (const [text, message] of mistakes) {
    it(`one sentence for ${JSON.stringify(text.slice(0, 40))}`, () => {
      const reading = readNotebook('n.ipynb', text);
      assert.match('mistake' in reading ? reading.mistake : '', message);
      assert.ok('mistake' in reading && !reading.mistake.includes('\n'));
    });
  }

  it('every offset of the program is in the cell that it came from', () => {
    const texts = ['a = 1', '', '!ls\nb = "\f"', 'c'];
    const { text, cells } = programOf(texts.map((each, index) => ({ uri: `cell:${index}`, number: index + 1, text: each })));
    assert.deepEqual(cells.map(({ span }) => text.slice(span.start, span.end)), ['a = 1', '', '   \nb = " "', 'c']);
    for (const cell of cells) {
      assert.equal(text[cell.span.start - 1], '\n');
      assert.equal(cellAt(cells, cell.span.start), cell);
      assert.equal(cellAt(cells, cell.span.end), cell);
    }
    assert.equal(cellAt(cells, 0), undefined);
  });
});
