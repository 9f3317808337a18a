/** Every fixture cut at every line, and at every character of its last lines: no throw, no internal error. */
import { strict as assert } from 'node:assert';
import { codeLenses } from '../src/features/code-lens';
import { diagnostics } from '../src/features/diagnostics';
import { hover } from '../src/features/hover';
import { analyse, fixtureFiles, fixtureText, prepareParser } from './harness/analyse';

function check(path: string, text: string): void {
  const analysis = analyse([{ path, text }]);
  for (const problem of [...analysis.problems, ...analysis.models.flatMap(model => model.problems)]) assert.notEqual(problem.code, 'internal', problem.message);
  diagnostics(analysis, () => undefined);
  codeLenses(analysis);
  hover(analysis, text.length >> 1);
}

describe('truncation', function () {
  this.timeout(60_000);
  before(prepareParser);
  for (const folder of ['pytorch', 'keras', 'caffe', 'models', 'samples']) {
    for (const name of ['.py', '.prototxt'].flatMap(extension => fixtureFiles(folder, extension))) {
      it(`${folder}/${name} cut anywhere`, () => {
        const text = fixtureText(folder, name);
        const lines = text.split('\n');
        for (let end = 0; end < lines.length; end++) check(name, lines.slice(0, end).join('\n'));
        const tail = text.length - Math.min(text.length, 120);
        for (let end = tail; end < text.length; end += 3) check(name, text.slice(0, end));
      });
    }
  }
});
