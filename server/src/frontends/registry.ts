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

/** With a stated model, a Python file need not name its framework itself: what it imports may. */
export function frontendFor(uri: string, text: string, modelStated = false): Frontend | undefined {
  // The program that a notebook's cells make is Python source like any other.
  const name = isNotebook(uri) ? `${uri}.py` : uri;
  return frontends.find(frontend => frontend.sniff(name, text)) ?? (modelStated && name.endsWith('.py') ? pytorchFrontend : undefined);
}
