/** The library's answers against those of a real CPython, from the recording alone. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { prepareParser } from './harness/analyse';
import { runPython } from './harness/python';
import { nameOfAnswer, recordedSections, withoutAddresses, type RecordedSection } from './harness/recorded';

const folder = join(process.env.JOULELINT_ROOT ?? '.', 'server', 'test', 'recorded');
const names = readdirSync(folder);
const beside = Object.fromEntries(names.filter(name => !name.endsWith('.py')).map(name => [`file:///p/${name}`, readFileSync(join(folder, name), 'utf8')]));

/** One line of text for every answer that is not CPython's. */
function differences({ source, cases }: RecordedSection): string[] {
  const values = runPython(source, beside);
  const wrong = cases.flatMap(({ line, expression, answer }) => {
    const actual = withoutAddresses(values[nameOfAnswer(line)] ?? 'nothing');
    return actual === answer ? [] : [`line ${line}: ${expression}\n  expected ${answer}\n  actual   ${actual}`];
  });
  return values['problems'] === undefined ? wrong : [...wrong, values['problems']];
}

describe('answers of CPython', () => {
  before(prepareParser);

  for (const name of names.filter(file => file.endsWith('.py'))) {
    for (const section of recordedSections(readFileSync(join(folder, name), 'utf8'))) {
      it(`${name}, line ${section.line}`, () => { assert.equal(differences(section).join('\n'), ''); });
    }
  }

  it('tells an answer that is not CPython\'s, and one that is not there', () => {
    const [section] = recordedSections('x = [1]\nlen(x)\n#> 2\nid(x) > 0 and nowhere\n#> 3\n');
    assert.ok(section);
    const [first, second] = differences(section);
    assert.match(first ?? '', /line 2: len\(x\)\n {2}expected 2\n {2}actual {3}1/);
    assert.match(second ?? '', /line 4: .*\n {2}expected 3\n {2}actual {3}unknown: NameError/);
  });
});
