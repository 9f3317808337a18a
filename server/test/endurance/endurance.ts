/**
 * `npm run endurance [-- --edits N --cycles N]`: a day's work in an editor, over stdio: ten thousand edits of a file, two thousand files opened and closed.
 * The server's memory afterwards must be at most 1.3 times what it was after the first 200 of each, and no longer grow towards the end.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startStdioClient, type StdioClient } from '../stdio-client';

const root = process.env['JOULELINT_ROOT'] ?? process.cwd();
const mostGrowth = 1.3;
/** Of the last quarter, against the one before it. */
const mostGrowthAtEnd = 1.05;
const settled = 200;
/** With a small heap rubbish is collected before it has grown to many times what lives: what is left to grow is what stays. */
const heapMegabytes = 160;
const samples = ['lenet5.py', 'depthwise_block.py'].map(name => readFileSync(join(root, 'test-fixtures', 'samples', name), 'utf8'));

/** Resident memory of the server, in MB; the smallest of a few, as rubbish comes and goes. */
function megabytes({ process: id }: StdioClient): number {
  const text = readFileSync(`/proc/${id ?? 0}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(text)?.[1] ?? 0) / 1024;
}

type Change = readonly [text: string, edited: string];

/** What people type: a digit of a size, a comment, half a line, a further layer; each is undone by the next. */
function edits(text: string): readonly Change[] {
  const line = text.indexOf('\n', text.indexOf('super().__init__()'));
  const after = (added: string): string => `${text.slice(0, line)}${added}${text.slice(line)}`;
  return [
    [text, text.replace(/Linear\((\d)/, 'Linear(1$1')], [text, `${text}# a remark\n`], [text, after('\n        self.further = nn.Linear(')], [text, after('\n        self.further = nn.Linear(8, 8)')],
    [text, text.replaceAll('self.', 'this.')], [text, `import math\n${text}`],
  ];
}

async function edit(client: StdioClient, count: number, sample: (done: number) => void): Promise<void> {
  const uri = 'file:///endurance/edited.py';
  const [text = ''] = samples;
  client.open(uri, text);
  const all = edits(text);
  for (let version = 2; version < count + 2; version++) {
    const [original, edited] = all[Math.floor(version / 2) % all.length] ?? [text, text];
    // No text is the same as one before: what is remembered by text must be forgotten in time.
    client.change(uri, version, [{ text: version % 2 === 0 ? `${edited}\n# ${version}\n` : original }]);
    if (version % 5 === 0) {
      await client.analyzed(uri, version);
      await client.connection.sendRequest('textDocument/codeLens', { textDocument: { uri } });
    }
    if (version % settled === 0) sample(version);
  }
  client.close(uri);
}

async function openAndClose(client: StdioClient, count: number, sample: (done: number) => void): Promise<void> {
  for (let cycle = 1; cycle <= count; cycle++) {
    const uri = `file:///endurance/file${cycle}.py`;
    client.open(uri, `${samples[cycle % samples.length] ?? ''}\n# ${cycle}\n`);
    await client.analyzed(uri, 1);
    await client.connection.sendRequest('textDocument/hover', { textDocument: { uri }, position: { line: 12, character: 20 } });
    client.close(uri);
    if (cycle % (settled / 4) === 0) sample(cycle);
  }
}

const median = (values: readonly number[]): number => [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

/** Complaints, if memory grows. */
function judge(what: string, taken: readonly number[]): number {
  const quarter = Math.max(1, Math.floor(taken.length / 4));
  const first = Math.max(...taken.slice(0, 2));
  const [before, last] = [median(taken.slice(-2 * quarter, -quarter)), median(taken.slice(-quarter))];
  const isFlat = last <= first * mostGrowth && last <= before * mostGrowthAtEnd;
  console.log(`${what}: ${first.toFixed(0)} MB after the first, ${before.toFixed(0)} MB in the third quarter, ${last.toFixed(0)} MB in the last; ${isFlat ? 'flat' : 'IT GROWS'}`);
  if (!isFlat) console.log(`  ${taken.map(each => each.toFixed(0)).join(' ')}`);
  return isFlat ? 0 : 1;
}

async function main(args: readonly string[]): Promise<number> {
  const option = (name: string, fallback: number): number => (args.includes(`--${name}`) ? Number(args[args.indexOf(`--${name}`) + 1]) : fallback);
  let failed = 0;
  for (const [what, count, run] of [['edits', option('edits', 10_000), edit], ['files opened and closed', option('cycles', 2000), openAndClose]] as const) {
    const client = await startStdioClient({}, ['--no-worker'], [`--max-old-space-size=${heapMegabytes}`]);
    const taken: number[] = [];
    await run(client, count, () => { taken.push(megabytes(client)); });
    failed += judge(`${count} ${what}`, taken);
    await client.stop();
  }
  return failed;
}

void main(process.argv.slice(2)).then(failed => { process.exitCode = failed > 0 ? 1 : 0; });
