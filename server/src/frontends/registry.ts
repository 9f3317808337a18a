/** Chooses the frontend for a file by looking at it; the order settles files that several would take. */
import { caffeFrontend } from './caffe/frontend';
import type { Frontend } from './frontend';
import { kerasFrontend } from './keras/frontend';
import { onnxFrontend } from './onnx/frontend';
import { isNotebook } from './python/notebook/read';
import { pytorchFrontend } from './pytorch/frontend';

const frontends: readonly Frontend[] = [onnxFrontend, kerasFrontend, pytorchFrontend, caffeFrontend];

/** The frontend for a binary file, told by its name alone. */
export function binaryFrontendFor(uri: string): Frontend | undefined {
  return frontends.find(frontend => frontend.readsBytes && frontend.sniff(uri, ''));
}

interface Hints {
  readonly modelStated?: boolean;
  /** Texts of the modules that the file imports, the nearest first. */
  readonly imported?: () => Iterable<string>;
}

/** Classes that make a model of what they import: the framework need not be named again. */
const derives = /\bdef forward\(|^class[ \t]+\w+\((?:\w+\.)?[A-Z]\w*[^]*\bsuper\(/m;

/** With a stated model, a Python file need not name its framework itself: what it imports may. */
export function frontendFor(uri: string, text: string, { modelStated = false, imported }: Hints = {}): Frontend | undefined {
  // The program that a notebook's cells make is Python source like any other.
  const name = isNotebook(uri) ? `${uri}.py` : uri;
  const sniffed = frontends.find(frontend => frontend.sniff(name, text));
  if (sniffed || !name.endsWith('.py')) return sniffed;
  for (const module of imported?.() ?? []) {
    if (kerasFrontend.sniff('module.py', module)) return kerasFrontend;
    if (!pytorchFrontend.sniff('module.py', module)) continue;
    if (derives.test(text)) return pytorchFrontend;
    break;
  }
  return modelStated ? pytorchFrontend : undefined;
}
