/** The Keras frontend: a Python file in, one graph per model out. */
import { pythonFrontend } from '../python/models/frontend';
import { kerasTables } from './index';
import { lowerModel, modelKind, prepare } from './lower-model';
import { findCandidates, namedModel } from './roots';
import { beginRun } from './state';
import { kerasTensors } from './tensor-protocol';

const kerasImport = /^[ \t]*(?:import|from)[ \t]+(?:keras|tensorflow|tf_keras|keras_core|keras_cv|keras_nlp|keras_hub)\b/m;
/** A file may import both, for data or as a backend: its modules decide. */
const torchModules = /\bnn\.Module\b|\btorch\.nn\b|^[ \t]*from[ \t]+torch[ \t]+import[ \t]+nn\b/m;

export const kerasFrontend = pythonFrontend({
  id: 'keras',
  sniff: (uri, text) => uri.endsWith('.py') && kerasImport.test(text) && !torchModules.test(text),
  tables: kerasTables,
  tensors: kerasTensors,
  beginRun,
  prepare,
  candidates: findCandidates,
  named: namedModel,
  lowerModel,
  modelKind,
});
