/** In the thread of the library: the command `analyze` with a terminal that nobody sees. */
import { analyzeCommand } from './analyze';
import { UnreadableError, UsageError } from './arguments';
import { exitCodes, type ExitCode } from './exit-codes';
import type { Terminal } from './terminal';

export async function answerLibrary(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    return await analyzeCommand(args, terminal);
  } catch (error) {
    terminal.error(error instanceof Error ? error.message : String(error));
    return error instanceof UsageError && !(error instanceof UnreadableError) ? exitCodes.wrongUse : exitCodes.unreadable;
  }
}
