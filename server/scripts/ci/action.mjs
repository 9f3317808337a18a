#!/usr/bin/env node
/** The step of the GitHub Action: its inputs come as variables, annotations go to the log, a summary to the job's page. */
import { spawnSync } from 'node:child_process';
import { joulelint } from './joulelint.mjs';

const input = name => (process.env[`JOULELINT_${name}`] ?? '').trim();
const option = (name, value) => (value === '' ? [] : [`--${name}=${value}`]);

const git = (...args) => spawnSync('git', args, { stdio: ['ignore', 'ignore', 'ignore'] }).status === 0;
const isThere = revision => git('cat-file', '-e', `${revision}^{commit}`);

/** Where a pull request begins; a shallow checkout is told of it first. */
function revision() {
  const since = input('SINCE');
  if (since !== 'base' || input('BASELINE') !== '') return input('BASELINE') === '' ? since : '';
  const base = input('BASE');
  // A branch that has just been made began from nothing.
  if (!/[1-9a-f]/.test(base) || !/^[0-9a-f]{7,64}$/.test(base)) return '';
  if (!isThere(base)) git('fetch', '--no-tags', '--depth=1', 'origin', base);
  if (isThere(base)) return base;
  console.log(`::notice title=JouleLint::the commit ${base} cannot be fetched: nothing is compared with what was before`);
  return '';
}

const paths = input('PATHS').split('\n').map(path => path.trim()).filter(path => path !== '');
const { GITHUB_STEP_SUMMARY: summary = '' } = process.env;

process.exitCode = joulelint([
  'check', '--format=github',
  ...option('since', revision()), ...option('baseline', input('BASELINE')), ...option('config', input('CONFIG')), ...option('tolerance', input('TOLERANCE')), ...option('device', input('DEVICE')),
  ...(input('REQUIRE_MODELS') === 'true' ? ['--require-models'] : []),
  ...option('also', summary === '' ? '' : `markdown=${summary}`),
  ...option('also', input('MARKDOWN') === '' ? '' : `markdown=${input('MARKDOWN')}`),
  ...option('also', input('SARIF') === '' ? '' : `sarif=${input('SARIF')}`),
  '--', ...(paths.length === 0 ? ['.'] : paths),
]);
