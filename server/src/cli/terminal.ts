/** What the command line writes to: colours only where they are wanted, errors as one line. */
import { visibleInLog } from '../base/visible';
import { isTerminal } from '../host/deep-thread';
import { plain, type Paint } from '../report/paint';

export interface Terminal {
  out(text: string): void;
  /** One line on stderr. */
  error(message: string): void;
  /** One line on stderr that the next one replaces; nothing when stderr is no terminal. */
  progress(message: string): void;
  readonly paint: Paint;
}

const codes = { bold: [1, 22], dim: [2, 22], red: [31, 39], yellow: [33, 39], blue: [34, 39], green: [32, 39] } as const;

export function processTerminal(): Terminal {
  const coloured = wantsColour(process.env, isTerminal('stdout'));
  let shown = 0;
  const clear = (): void => {
    if (shown > 0) process.stderr.write(`\r${' '.repeat(shown)}\r`);
    shown = 0;
  };
  return {
    out: text => {
      clear();
      process.stdout.write(text);
    },
    error: message => {
      clear();
      process.stderr.write(`joulelint: ${visibleInLog(message)}\n`);
    },
    progress: message => {
      if (!isTerminal('stderr')) return;
      clear();
      const text = visibleInLog(message);
      shown = text.length;
      process.stderr.write(text);
    },
    paint: coloured ? (style, text) => `\u001B[${codes[style][0]}m${text}\u001B[${codes[style][1]}m` : plain,
  };
}

/** Source: no-color.org; FORCE_COLOR as Node and many tools read it. */
function wantsColour(environment: Readonly<Record<string, string | undefined>>, isTerminal: boolean | undefined): boolean {
  if (environment['NO_COLOR']) return false;
  if (environment['FORCE_COLOR']) return environment['FORCE_COLOR'] !== '0';
  return isTerminal === true && environment['TERM'] !== 'dumb';
}
