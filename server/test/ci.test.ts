/** The GitHub Action and the pre-commit hook, by what they declare: their entry points run on a scratch repository. */
import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { gitEnvironment, scratchRepository, type Ran, type ScratchRepository } from './scratch-repository';

const root = process.env['JOULELINT_ROOT'] ?? process.cwd();
const net = (width: number): string => `import torch
from torch import nn

model = nn.Sequential(nn.Conv2d(3, ${width}, 3), nn.ReLU())
model(torch.randn(1, 3, 32, 32))
`;

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: { readonly steps: readonly { readonly run?: string; readonly shell?: string; readonly env?: Readonly<Record<string, string>> }[] };
}

interface Hook {
  readonly id: string;
  readonly entry: string;
  readonly files: string;
}

describe('continuous integration', function () {
  this.timeout(60_000);
  let scratch: ScratchRepository;
  let base = '';
  beforeEach(() => {
    scratch = scratchRepository();
    scratch.write('models/net.py', net(64));
    scratch.write('.gitignore', '*.md\n*.sarif\n');
    scratch.commit('first');
    base = scratch.git('rev-parse', 'HEAD').trim();
  });
  afterEach(() => { scratch.remove(); });

  const run = (command: string, environment: NodeJS.ProcessEnv): Ran => {
    const { status, stdout, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8', cwd: scratch.folder, env: { ...process.env, ...gitEnvironment, NO_COLOR: '1', ...environment } });
    return { status, out: stdout, error: stderr };
  };

  /** As the runner does it: inputs or their defaults, what the event says, and then each step that runs something. */
  const runAction = (inputs: Readonly<Record<string, string>>, baseCommit: string): Ran => {
    const action = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as Action;
    for (const name of Object.keys(inputs)) assert.ok(name in action.inputs, name);
    const value = (expression: string): string => {
      const name = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression)?.[1];
      if (name === undefined) {
        assert.match(expression, /^\$\{\{ github\.event\./);
        return baseCommit;
      }
      return inputs[name] ?? action.inputs[name]?.default ?? assert.fail(expression);
    };
    const [step, ...others] = action.runs.steps.filter(each => each.run !== undefined);
    assert.ok(step?.run && others.length === 0);
    const environment = Object.fromEntries(Object.entries(step.env ?? {}).map(([name, expression]) => [name, value(expression)]));
    return run(step.run, { ...environment, GITHUB_ACTION_PATH: root, GITHUB_STEP_SUMMARY: join(scratch.folder, 'summary.md') });
  };

  it('the action: a commit that makes a model more expensive fails with an annotation at it, and passes when it is mended', () => {
    scratch.write('models/net.py', net(80));
    scratch.commit('wider');
    const failed = runAction({ paths: 'models', sarif: 'out.sarif' }, base);
    assert.equal(failed.status, 1, failed.error);
    assert.match(failed.out, new RegExp(`^::error file=models/net\\.py,line=4,endLine=4,col=1,endColumn=1,title=JL905 costs-more::model costs more than in ${base}: 1\\.94 MMAC \\(\\+25 %25, was 1\\.56 MMAC\\)`, 'm'));
    assert.match(readFileSync(join(scratch.folder, 'summary.md'), 'utf8'), /^## JouleLint: failed\n[^]*1\.94 M \(\+25 %\)/);
    assert.equal((JSON.parse(readFileSync(join(scratch.folder, 'out.sarif'), 'utf8')) as { version: string }).version, '2.1.0');
    scratch.write('models/net.py', net(64));
    scratch.commit('as it was');
    const passed = runAction({ paths: 'models' }, base);
    assert.equal(passed.status, 0, passed.out);
    assert.doesNotMatch(passed.out, /::error/);
    assert.match(readFileSync(join(scratch.folder, 'summary.md'), 'utf8'), /^## JouleLint: passed\n/);
  });

  it('the action without a commit to compare with, and with inputs that are no words for a shell', () => {
    assert.equal(runAction({}, '0'.repeat(40)).status, 0);
    assert.equal(runAction({ since: '' }, base).status, 0);
    const gone = runAction({ paths: '.' }, 'f'.repeat(40));
    assert.equal(gone.status, 0);
    assert.match(gone.out, /^::notice title=JouleLint::the commit f+ cannot be fetched/);
    assert.equal(runAction({ paths: '$(touch owned)\n`touch owned`' }, base).status, 3);
    assert.ok(!existsSync(join(scratch.folder, 'owned')));
    scratch.write('joulelint.json', '{"budgets": [{"maxMacs": 1}]}');
    assert.match(runAction({ paths: '.', since: '' }, base).out, /^::error file=models\/net\.py.*title=JL904 over-budget::model: 1\.56 MMAC is 1555200× its limit of 1 MAC$/m);
  });

  it('the hook: a commit that makes a model more expensive is refused, and passes when it is mended', () => {
    const [hook] = parse(readFileSync(join(root, '.pre-commit-hooks.yaml'), 'utf8')) as Hook[];
    assert.equal(hook?.id, 'joulelint');
    const pattern = new RegExp(hook.files);
    const commit = (): Ran => {
      const staged = scratch.git('diff', '--cached', '--name-only').split('\n').filter(name => pattern.test(name));
      const [program = '', ...args] = hook.entry.split(' ');
      return run(['"$ENTRY"', ...args, ...staged].join(' '), { ENTRY: join(root, program) });
    };
    scratch.write('models/net.py', net(72));
    scratch.write('readme.txt', 'no model');
    scratch.git('add', '--all');
    const refused = commit();
    assert.equal(refused.status, 1, refused.error);
    assert.match(refused.out, /^models\/net\.py:4:1 {2}error JL905 {2}model costs more than in HEAD: 1\.75 MMAC \(\+12\.5 %, was 1\.56 MMAC\)/);
    scratch.write('models/net.py', net(48));
    scratch.git('add', '--all');
    assert.equal(commit().status, 0);
  });

  it('the hook in a repository without a commit', () => {
    const empty = scratchRepository();
    try {
      empty.write('net.py', net(8));
      const { status, out, error } = empty.joulelint(['check', '--since', 'HEAD', 'net.py']);
      assert.equal(status, 0, error);
      assert.match(out, /^passed: /m);
      rmSync(join(empty.folder, '.git'), { recursive: true });
      const outside = empty.joulelint(['check', '--since', 'HEAD', 'net.py']);
      assert.equal(outside.status, 2);
      assert.match(outside.error, /is in no git repository/);
    } finally {
      empty.remove();
    }
  });
});
