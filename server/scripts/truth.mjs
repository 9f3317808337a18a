// `npm run truth [-- SET...]`: holds the built command line against recorded models, where the collection lies beside this checkout.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Sets whose sources come from package registries alone, the most telling first. `transformers` is run by name: two of its references
 * list a tied weight in both rows that read it, where a weight counts in the first alone (docs/limits.md), so that set cannot pass whole.
 */
const obtainable = ['caffe', 'onnx', 'torchvision', 'timm-1.0', 'keras-applications', 'keras-io'];
/** Sets that lie beside the checkout as a whole. */
const atHand = ['caffe', 'onnx'];
/** Cases in which the reference leaves something out that is counted here (docs/limits.md). */
const disputed = ['gemma3-vision-attention_fp32.onnx'];
/** Sources that take longer to come are left out; all of it together stays below the limit, whatever is slow. */
const fetchSeconds = 90;
const totalSeconds = 8 * 60;

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');
const tools = join(root, '..', 'shared', 'tools');
const begun = performance.now();
const secondsLeft = () => totalSeconds - (performance.now() - begun) / 1000;

/** Ends the whole group when the time is over: the script's own children would go on. */
function node(script, args, seconds) {
  return new Promise(done => {
    const lines = [];
    const child = spawn(process.execPath, [join(tools, script), ...args], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
    const timer = setTimeout(() => {
      try { process.kill(-child.pid, 'SIGKILL'); } catch { /* it has just ended */ }
    }, Math.max(0, seconds) * 1000);
    child.stdout.setEncoding('utf8').on('data', text => lines.push(text));
    child.on('error', () => done({ status: 1, output: '' }));
    child.on('close', (status, signal) => {
      clearTimeout(timer);
      done({ status: status ?? 1, isLate: signal === 'SIGKILL', output: lines.join('') });
    });
  });
}

/** Recorded tests of single operators or layers: every one by itself, against what it really gave. */
const unitTests = { onnx: 'onnx-nodes', 'keras-applications': 'keras-layers' };
function recordedTests(name) {
  return new Promise(done => {
    const child = spawn(process.execPath, ['build.mjs', 'run', `server/test/truth/${name}.ts`, '--brief'], { cwd: root, stdio: 'inherit' });
    child.on('error', () => done(1));
    child.on('close', status => done(status ?? 1));
  });
}

if (!existsSync(join(tools, 'score.mjs'))) {
  console.log('truth: no ../shared beside this checkout: skipped');
} else if (!existsSync(join(root, 'dist', 'cli.js'))) {
  console.error('truth: dist/cli.js is missing; run npm run build');
  process.exitCode = 2;
} else {
  const sets = process.argv.length > 2 ? process.argv.slice(2) : obtainable;
  const tables = [];
  const failed = [];
  for (const set of sets) {
    const fetched = atHand.includes(set) ? { output: '' } : await node('get-corpora.mjs', ['--set', set], Math.min(fetchSeconds, secondsLeft()));
    if (fetched.isLate) console.log(`truth: the sources of ${set} took longer than ${fetchSeconds} s to fetch; what is there is scored`);
    else if (/^absent/m.test(fetched.output)) console.log(`truth: ${set}: ${/^absent.*$/m.exec(fetched.output)?.[0] ?? ''}`);
    if (secondsLeft() < 5) {
      console.log(`truth: no time left for ${set}: skipped`);
      continue;
    }
    const scored = await node('score.mjs', ['--set', set, '--list', '--timeout', String(Math.floor(secondsLeft()))], secondsLeft() + 5);
    const [head, ...rows] = scored.output.split('\n').filter(line => /^set\s|\s\d+\s+\d+\s+\d+\s+\d+\s+\d+\s/.test(line));
    for (const line of scored.output.split('\n')) if (line !== head && !rows.includes(line) && line !== '' && !line.startsWith('all: ')) console.log(line);
    if (tables.length === 0 && head !== undefined) tables.push(head);
    tables.push(...rows);
    const wrong = scored.output.split('\n').filter(line => line.includes(': WRONG'));
    if (scored.status !== 0 && !(wrong.length > 0 && wrong.every(line => disputed.some(name => line.includes(name))))) failed.push(set);
    const unit = unitTests[set];
    if (unit !== undefined && (await recordedTests(unit)) !== 0) failed.push(unit);
  }
  console.log(tables.join('\n'));
  console.log(`truth: ${((performance.now() - begun) / 1000).toFixed(0)} s${failed.length > 0 ? `; failed: ${failed.join(', ')}` : ''}`);
  if (failed.length > 0) process.exitCode = 1;
}
