/** `npm run reproduce [-- --data DIR] [--check]`: writes docs/reproduction.md, the papers' tables recomputed. `--check` only says what is stale. */
import { commit } from './generate/outputs';
import { outputs } from './reproduce/page';
import { recount } from './reproduce/recount';

async function main(args: readonly string[]): Promise<number> {
  const check = args.includes('--check');
  const at = args.indexOf('--data');
  const folder = at < 0 ? undefined : args[at + 1];
  if (at >= 0 && folder === undefined) {
    console.error('reproduce: --data needs the folder that holds caffe/*.prototxt');
    return 2;
  }
  if (folder !== undefined) {
    const { networks, differences } = await recount(folder);
    for (const difference of differences) console.error(difference);
    if (differences.length > 0) return 1;
    console.log(`${networks} of ${networks} networks counted from their definitions: every count is the committed one`);
  }
  const stale = commit(outputs(), check);
  if (stale.length === 0) console.log('docs/reproduction.md is up to date');
  for (const path of stale) console.log(check ? `stale: ${path} (run \`npm run reproduce\`)` : `wrote ${path}`);
  return check && stale.length > 0 ? 1 : 0;
}

void main(process.argv.slice(2)).then(code => { process.exitCode = code; });
