/** Chooses the frontend for a file by looking at it; the order settles files that several would take. */
import type { Frontend } from './frontend';
import { onnxFrontend } from './onnx/frontend';
import { pytorchFrontend } from './pytorch/frontend';

const frontends: readonly Frontend[] = [onnxFrontend, pytorchFrontend];

/** The frontend for a binary file, told by its name alone. */
export function binaryFrontendFor(uri: string): Frontend | undefined {
  return frontends.find(frontend => frontend.readsBytes && frontend.sniff(uri, ''));
}

/** With a stated model, a Python file need not name its framework itself: what it imports may. */
export function frontendFor(uri: string, text: string, modelStated = false): Frontend | undefined {
  return frontends.find(frontend => frontend.sniff(uri, text)) ?? (modelStated && uri.endsWith('.py') ? pytorchFrontend : undefined);
}
