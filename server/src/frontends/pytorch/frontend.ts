/** The PyTorch frontend: a Python file in, one graph per model out. */
import { pythonFrontend } from '../python/models/frontend';
import { pytorchTables } from './index';
import { keptGradients } from './kept-gradients';
import { lowerModel, modelKind } from './lower-model';
import { findCandidates, lookAtCalls } from './roots';
import { runState } from './state';
import { torchTensors } from './tensor-protocol';

export const pytorchFrontend = pythonFrontend({
  id: 'pytorch',
  sniff: (uri, text) => uri.endsWith('.py') && /\b(torch|timm|nn\.Module|einops)\b/.test(text),
  tables: pytorchTables,
  tensors: torchTensors,
  beginRun: interpreter => {
    const state = runState(interpreter);
    interpreter.heap.write(state, 'rootCalls', []);
    interpreter.heap.clear(state.callsByClass);
    state.callDepth = 0;
    state.look = undefined;
    state.watch = undefined;
  },
  prepare: (interpreter, request, lookNow) => { runState(interpreter).look = lookNow && lookAtCalls(request.text, lookNow); },
  candidates: findCandidates,
  lowerModel,
  modelKind,
  remarks: (syntax, { uri, text }) => keptGradients(syntax, uri, text),
});
