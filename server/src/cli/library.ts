/**
 * The analysis for programs in Node: `import { analyze } from 'joulelint'`. It says what the command line says, by the same code: options are those
 * of `joulelint analyze`, and what it would complain of is thrown. The work is done in a thread of its own.
 */
import type { Convention, Mode, Report } from '../../../shared/src/report';
import { answerQuestions, answeringThread } from '../host/answering-thread';
import { plain } from '../report/paint';

export interface AnalyzeOptions {
  /** An expression in the file's own module, `resnet50(num_classes=10)`; absent: every model of the file. */
  readonly model?: string;
  /** `1,3,224,224`, `tokens=1,128:int64`; one for each input. */
  readonly inputs?: readonly string[];
  readonly convention?: Convention;
  readonly mode?: Mode;
  readonly alpha?: number;
  /** k of M_c · (1/DI)^k. */
  readonly exponent?: number;
  readonly batch?: number;
  /** An id of `joulelint devices`, or the path of a device file. */
  readonly device?: string;
  readonly stack?: string;
  readonly dtype?: string;
  /** Folders that imports are looked up in, before the project's own. */
  readonly pythonPath?: readonly string[];
  /** The largest rows by MACs alone. */
  readonly top?: number;
  readonly flops?: boolean;
  /** What training keeps of each layer. */
  readonly train?: boolean;
  readonly optimizer?: 'sgd' | 'momentum' | 'rmsprop' | 'adagrad' | 'adam' | 'adamw' | 'lion';
  /** In what order channels would go by modelled energy. */
  readonly pruning?: boolean;
}

/** What `analyze` complains of; `code` is the exit code of the command line. */
export class AnalyzeError extends Error {
  override readonly name: string = 'AnalyzeError';

  constructor(message: string, readonly code: number) {
    super(message);
  }
}

interface Answer {
  readonly code: number;
  readonly json: string;
  readonly errors: readonly string[];
}

const mark = 'joulelint library';
const ask = answeringThread<readonly string[], Answer>(__filename, mark);

/** Models, layers, findings and problems of a file or folder, or of several: what `joulelint analyze --format json` prints. */
export async function analyze(path: string | readonly string[], options: AnalyzeOptions = {}): Promise<Report> {
  const paths = typeof path === 'string' ? [path] : path;
  const { code, json, errors } = await ask(['--format', 'json', ...argumentsOf(options), '--', ...paths]);
  if (json === '' || code !== 0) throw new AnalyzeError(errors.join('\n') || 'nothing came back', code);
  return JSON.parse(json) as Report;
}

const names: Readonly<Record<keyof AnalyzeOptions, string>> = {
  model: 'model', inputs: 'input', convention: 'convention', mode: 'mode', alpha: 'alpha', exponent: 'exponent', batch: 'batch', device: 'device', stack: 'stack', dtype: 'dtype',
  pythonPath: 'python-path', top: 'top', flops: 'flops', train: 'train', optimizer: 'optimizer', pruning: 'pruning',
};

function argumentsOf(options: AnalyzeOptions): readonly string[] {
  return Object.entries(options).flatMap(([key, value]: [string, unknown]) => {
    const name = Object.hasOwn(names, key) ? names[key as keyof AnalyzeOptions] : undefined;
    if (name === undefined) throw new AnalyzeError(`analyze has no option ${key}; there are ${Object.keys(names).join(', ')}`, 2);
    if (value === undefined || value === false) return [];
    if (value === true) return [`--${name}`];
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    return values.map(each => `--${name}=${String(each)}`);
  });
}

answerQuestions<readonly string[], Answer>(mark, async args => {
  const { answerLibrary } = await import('./answer-library');
  let json = '';
  const errors: string[] = [];
  const code = await answerLibrary(args, { out: text => { json += text; }, error: message => { errors.push(message); }, progress: () => undefined, paint: plain });
  return { code, json, errors };
});
