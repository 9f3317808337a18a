/**
 * `npm run mutate-rules [-- JLnnn...]`: turns every comparison of every rule around and moves its thresholds, one at a time, and runs the rule's own examples on it.
 * A change that no example notices could be made by accident.
 */
import { mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawnSync } from 'node:child_process';
import * as esbuild from 'esbuild';
import ts from 'typescript';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');
const rules = join(root, 'server', 'src', 'rules');
const opposite = { '<': '>=', '>': '<=', '<=': '>', '>=': '<', '===': '!==', '!==': '===' };
/** Thresholds move so far that an example on either side must notice. */
const factors = [1000, 0.001];

/** What the page and the tests are made of is no part of the check. */
const isText = name => ['examples', 'docs', 'sources', 'summary', 'advice'].includes(name);

function spotsIn(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const spots = [];
  const add = (node, newText, what) => spots.push({ start: node.getStart(source), end: node.getEnd(), newText, what, line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1 });
  const visit = node => {
    if (ts.isPropertyAssignment(node) && isText(node.name.getText(source))) return;
    if (ts.isBinaryExpression(node)) {
      const operator = node.operatorToken.getText(source);
      if (opposite[operator] && !isGuard(node, source) && !isCondition(node)) add(node.operatorToken, opposite[operator], `${node.getText(source).slice(0, 80)}: ${operator} → ${opposite[operator]}`);
    }
    if (ts.isPropertyAssignment(node) && node.name.getText(source) === 'default' && ts.isNumericLiteral(node.initializer)) {
      const value = Number(node.initializer.text.replaceAll('_', ''));
      if (value > 0) for (const factor of factors) add(node.initializer, String(value * factor), `${node.parent.parent.name?.getText(source) ?? 'default'} × ${factor}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return spots;
}

/** Whether a value is there is for the types to hold. */
function isGuard({ left, right }, source) {
  return [left, right].some(side => ['undefined', 'null'].includes(side.getText(source)) || ts.isTypeOfExpression(side) || /^'(?:number|string|function)'$/.test(side.getText(source)));
}

/** A loop that never ends notices nothing. */
function isCondition(node) {
  for (let at = node; at.parent; at = at.parent) {
    if ((ts.isForStatement(at.parent) && at.parent.condition === at) || (ts.isWhileStatement(at.parent) && at.parent.expression === at)) return true;
  }
  return false;
}

const wanted = process.argv.slice(2);
const files = readdirSync(rules).filter(name => /^JL\d+.*\.ts$/.test(name) && (wanted.length === 0 || wanted.some(id => name.startsWith(id)))).sort();
const mutants = files.flatMap(name => {
  const text = readFileSync(join(rules, name), 'utf8');
  return spotsIn(name, text).map(({ start, end, newText, what, line }) => ({ name, line, what, text: text.slice(0, start) + newText + text.slice(end) }));
});

const outfile = join(root, 'out', 'scripts', `mutate-rules.${process.pid}.cjs`);
mkdirSync(dirname(outfile), { recursive: true });
const list = `${mutants.map((_, i) => `import { rule as rule${i} } from 'mutant:${i}';`).join('\n')}
import { judge } from './run';
void judge([${mutants.map(({ name, line, what }, i) => `{ file: ${JSON.stringify(name)}, line: ${line}, what: ${JSON.stringify(what)}, rule: rule${i} }`).join(',\n')}]).then(code => { process.exitCode = code; });`;
await esbuild.build({
  absWorkingDir: root, stdin: { contents: list, resolveDir: join(root, 'server', 'scripts', 'mutants'), loader: 'ts' }, outfile, bundle: true, platform: 'node', target: 'node20', format: 'cjs', packages: 'external', logLevel: 'warning',
  plugins: [{
    name: 'mutants',
    setup(build) {
      build.onResolve({ filter: /^mutant:/ }, ({ path }) => ({ path, namespace: 'mutants' }));
      build.onLoad({ filter: /.*/, namespace: 'mutants' }, ({ path }) => ({
        contents: mutants[Number(path.slice('mutant:'.length))].text, loader: 'ts', resolveDir: rules,
      }));
    },
  }],
});
const { status } = spawnSync(process.execPath, [outfile], { cwd: root, stdio: 'inherit', env: { ...process.env, JOULELINT_ROOT: root } });
rmSync(outfile, { force: true });
process.exitCode = status ?? 1;
