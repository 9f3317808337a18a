/** `npm run reproduce [-- --data DIR] [--check]`: writes docs/reproduction.md, the papers' tables recomputed. `--check` only says what is stale. */
import { commit } from './generate/outputs';
import { outputs } from './reproduce/page';

const check = process.argv.includes('--check');
const stale = commit(outputs(), check);
for (const path of stale) console.log(check ? `stale: ${path} (run \`npm run reproduce\`)` : `wrote ${path}`);
process.exitCode = check && stale.length > 0 ? 1 : 0;
