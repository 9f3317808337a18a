/** The command line: `joulelint analyze net.py`. */
import { runInDeepThread } from './host/deep-thread';

const args = process.argv.slice(2);
runInDeepThread(__filename, args, () => { void import('./cli/run').then(({ runCommandLine }) => runCommandLine(args)); }, args[0] === 'mcp');
