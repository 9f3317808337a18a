/** The Caffe frontend: a prototxt in, one graph out. Nothing is fetched: a network is one file. */
import type { Problem } from '../../base/problem';
import type { Location, Span } from '../../base/span';
import type { Graph, Remark } from '../../graph/graph';
import { unknownNetworkFields } from './fields';
import type { Frontend, InputRequest, LowerRequest, LowerResult } from '../frontend';
import { statedInputs } from '../stated-inputs';
import { lowerNetwork } from './lower';
import { networkOf, outermost, type NetworkText } from './network';
import { stateOf } from './phase';
import { parseText } from './text/parse';

export const caffeFrontend: Frontend = {
  id: 'caffe',
  sniff: (uri, text) => /\.prototxt(\.txt)?$/i.test(uri) || (!/\.(py|ipynb|onnx)$/i.test(uri) && /^\s*layers?\s*:?\s*\{/m.test(text.slice(0, 5000)) && /^\s*type\s*:/m.test(text.slice(0, 5000))),
  lower,
};

function lower(request: LowerRequest): LowerResult {
  const { uri, text, budget } = request;
  const parsed = parseText(text, { step: () => { budget.step(); }, outermost });
  const network = networkOf(parsed.fields);
  const at = (span: Span): Location => ({ uri, span });
  const problems = parsed.errors.filter(error => !error.harmless).map((error): Problem => ({ code: 'syntax', message: error.message, at: at(error.span) }));
  const none = (problem: Problem): LowerResult => ({ graphs: [], models: [], problems: [...problems, problem], missing: [] });
  if (network.layers.length === 0 && network.inputs.length === 0) {
    return problems.length > 0 ? { graphs: [], models: [], problems, missing: [] } : none(notANetwork(request, parsed.fields.map(field => field.name)));
  }
  const name = network.name?.text ?? fileName(uri);
  const { model } = request;
  if (model !== undefined && model !== '' && model !== name) return none({ code: 'no-model', message: `the network of this file is called ${name}, not ${model}` });
  const place = at(network.name?.span ?? network.start ?? { start: 0, end: 0 });
  if (request.listOnly) return { graphs: [], models: [{ name, at: place }], problems, missing: [] };
  const graph = graphOf(request, network, name, place);
  const syntax = parsed.errors.map((error): Remark => ({ code: 'syntax', path: '', message: error.message, at: at(error.span) }));
  const fields = unknownNetworkFields(parsed.fields, at);
  const refused = fields.map((remark): Problem => ({ code: 'unknown-value', message: remark.message, at: remark.at }));
  return { graphs: [{ ...graph, problems: [...refused, ...graph.problems], remarks: [...syntax, ...fields, ...(graph.remarks ?? [])] }], models: [{ name, at: place }], problems, missing: [] };
}

/** TRAIN with Netscope's sizes, which is its own choice, TEST otherwise; the file and the user may say differently. */
function graphOf(request: LowerRequest, network: NetworkText, name: string, at: Location): Graph {
  const dialect = request.shapes ?? 'caffe';
  const stated = request.statedMode === undefined ? undefined : request.statedMode === 'train' ? 'TRAIN' as const : 'TEST' as const;
  return lowerNetwork(network, {
    uri: request.uri, name, at, dialect,
    state: stateOf(network, stated, dialect === 'netscope' ? 'TRAIN' : 'TEST'),
    inputs: statedInputs(request, name, inputsIn(request.text))?.inputs ?? [],
    defaults: { shape: request.defaultInputShape, batch: request.batch },
    budget: request.budget,
  });
}

/** `# joulelint: model NAME input 1,3,224,224`: sizes that the file itself leaves open. */
function inputsIn(text: string): readonly InputRequest[] {
  const stated = /^[ \t]*(?:#|\/\/)\s*joulelint:\s*model\s+.+?\s+input\s+(.+)$/m.exec(text)?.[1];
  return (stated ?? '').trim().split(/\s+/).flatMap(part => {
    const [, name, sizes] = /^(?:([\w/.-]+)=)?(\d+(?:[,x×]\d+)*)(?::\w+)?$/.exec(part) ?? [];
    return sizes === undefined ? [] : [{ shape: sizes.split(/[,x×]/).map(Number), ...(name === undefined ? {} : { name }) }];
  });
}

function notANetwork(request: LowerRequest, fields: readonly string[]): Problem {
  const at = { uri: request.uri, span: { start: 0, end: 0 } };
  const isSolver = fields.some(field => ['base_lr', 'solver_mode', 'lr_policy', 'train_net', 'max_iter'].includes(field));
  return { code: 'no-model', at, message: isSolver ? 'this file configures a solver: the network is in the file that its `net` names' : 'the file has no layers: nothing in it is a Caffe network' };
}

/** Of a network without a name: its file's. */
function fileName(uri: string): string {
  const last = decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1).replace(/%(?![0-9a-fA-F]{2})/g, '%25'));
  return last.replace(/\.prototxt(\.txt)?$/i, '') || 'network';
}
