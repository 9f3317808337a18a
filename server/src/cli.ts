/** The command line: `joulelint analyze net.py`. */
import { runCommandLine } from './cli/run';

void runCommandLine(process.argv.slice(2));
