import { strict as assert } from 'node:assert';
import { fixtureFiles, fixtureText, prepareParser } from '../../../../test/harness/analyse';
import type { FunctionDefinition } from './ast';
import { parseOutline } from './outline';
import { parseModule } from './parse';

/** Long enough to be left out. */
const padding = '    """A text that makes the body long enough to be left out at first, whatever else it holds."""\n';

const sources: readonly (readonly [what: string, text: string])[] = [
  ['a function and what follows it', `def f(a, *b, c=1):\n${padding}    x = a\n    return x\n\ny = f(1)\n`],
  [
    'methods, decorators, nested functions',
    `class A:\n    @property\n    def f(self):\n    ${padding}        def g():\n            yield 1\n        return g\n    size = 3\n    async def h(self) -> int:\n    ${padding}        global z\n        z = await self\nB = A\n`,
  ],
  ['generators', `def f():\n${padding}    for i in range(3):\n        yield i\n`],
  ['a body at the end of the text', `def f():\n${padding}    return [\n  1,\n2]`],
  ['a function that ends in a comment, tabs, carriage returns', `def f():\n\tx = 1 # comment\n\treturn "${'x'.repeat(80)}"\n# here\r\ndef g(\n  a,\n):  # there\r\n${padding}    return a\r\n`],
  ['under a condition', `if x:\n    def f():\n    ${padding}        return 1\nelse:\n    f = None\n`],
  ['long texts with definitions in them', `def f():\n    """\ndef g():\n    pass\n${'x'.repeat(80)}"""\n    return 1\n`],
  ['one line', `def f(): return "${'x'.repeat(100)}"\n`],
  ['letters of more than one unit', `def f():\n${padding}    return "😀"\nlast = "😀"\n`],
  ['what does not parse', `def f(:\n${padding}    return (1\nx = 2\n`],
  ['a body that does not parse', `def f():\n${padding}    return 1 +\nx = 2\n`],
];

describe('outline of Python files', () => {
  before(prepareParser);

  for (const [what, text] of sources) it(`says in the end what reading all says: ${what}`, () => { assert.deepEqual(parseOutline(text).body, parseModule(text).body); });

  it('says in the end what reading all says: the fixtures', () => {
    for (const folder of ['pytorch', 'models', 'samples']) {
      for (const name of fixtureFiles(folder, '.py')) assert.deepEqual(parseOutline(fixtureText(folder, name)).body, parseModule(fixtureText(folder, name)).body, name);
    }
  });

  it('reads a body when it is first asked for, once', () => {
    const [definition] = parseOutline(`def f(a):\n${padding}    return a\n`).body as FunctionDefinition[];
    assert.ok(definition);
    assert.notEqual(Object.getOwnPropertyDescriptor(definition, 'body')?.get, undefined);
    assert.equal(definition.body, definition.body);
    assert.deepEqual([...definition.scope.locals], ['a']);
  });
});
