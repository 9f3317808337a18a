/** Runs the stories in mocha's own process, because mocha's command line does not read TypeScript. */
import Mocha from 'mocha';

async function main(): Promise<number> {
  const mocha = new Mocha({ ui: 'bdd', reporter: 'spec', timeout: 120_000, slow: 10_000, bail: false });
  const pattern = process.argv[2];
  if (pattern !== undefined) mocha.grep(pattern);
  // Makes `describe` and `it` known before the suites' files are evaluated.
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await import('./story');
  await import('./notebook-story');
  await import('./onnx-story');
  await import('./caffe-story');
  await import('./keras-story');
  await import('./blocks-story');
  await import('./report-story');
  return new Promise((done) => { mocha.run(done); });
}

void main().then(
  (failures) => { process.exitCode = failures === 0 ? 0 : 1; },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
