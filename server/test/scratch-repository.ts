/** A git repository that is made for one test, and the command line run in it. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly error: string;
}

export interface ScratchRepository {
  readonly folder: string;
  write(name: string, text: string): void;
  git(...args: readonly string[]): string;
  /** All files, as they are. */
  commit(message: string): void;
  /** `from`: the folder in which the user stands. */
  joulelint(args: readonly string[], from?: string): Ran;
  remove(): void;
}

const root = process.env['JOULELINT_ROOT'] ?? process.cwd();
/** Nobody's own settings play a part. */
export const gitEnvironment = {
  GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@example.org', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@example.org',
};

export function scratchRepository(): ScratchRepository {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'joulelint-scratch-')));
  const environment = { ...process.env, ...gitEnvironment, NO_COLOR: '1' };
  const git = (...args: readonly string[]): string => {
    const { status, stdout, stderr } = spawnSync('git', ['-C', folder, ...args], { encoding: 'utf8', env: environment });
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
    return stdout;
  };
  git('init', '--quiet', '--initial-branch=main');
  return {
    folder, git,
    write(name, text) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    },
    commit(message) {
      git('add', '--all');
      git('commit', '--quiet', '--message', message);
    },
    joulelint(args, from = '.') {
      const now = { ...environment, ...process.env, NO_COLOR: '1' };
      const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'dist', 'cli.js'), ...args], { encoding: 'utf8', cwd: join(folder, from), env: now });
      return { status, out: stdout, error: stderr };
    },
    remove() { rmSync(folder, { recursive: true }); },
  };
}
