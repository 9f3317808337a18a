/** Who may come in when: nothing before `initialize`, nothing after `shutdown`, and only parameters of the shape that their method has. */
import type { Message } from 'vscode-languageserver/node';

export interface Refusal {
  readonly code: number;
  readonly message: string;
}

const invalidRequest = -32_600;
const invalidParameters = -32_602;
const notInitialized = -32_002;

type Shape = (value: unknown) => boolean;

const text: Shape = value => typeof value === 'string';
const number: Shape = value => typeof value === 'number';
const key: Shape = value => text(value) || number(value);
const listOf = (item: Shape): Shape => value => Array.isArray(value) && value.every(item);
const optional = (shape: Shape): Shape => value => value === undefined || value === null || shape(value);
const object = (members: Readonly<Record<string, Shape>>): Shape => value =>
  typeof value === 'object' && value !== null && Object.entries(members).every(([name, shape]) => shape((value as Readonly<Record<string, unknown>>)[name]));

const position = object({ line: number, character: number });
const range = object({ start: position, end: position });
const named = object({ uri: text });
const inDocument = object({ textDocument: named });
const byAddress = object({ uri: text });
const opened = object({ uri: text, languageId: text, version: number, text });
const contentChanges = listOf(object({ text, range: optional(range) }));
const cells = listOf(object({ document: text }));

/** Methods that take anything are not listed. */
const shapes: Readonly<Record<string, Shape>> = {
  'initialize': object({ capabilities: object({}), workspaceFolders: optional(listOf(named)) }),
  'textDocument/hover': object({ textDocument: named, position }),
  'textDocument/codeLens': inDocument,
  'textDocument/documentSymbol': inDocument,
  'textDocument/inlayHint': object({ textDocument: named, range }),
  'textDocument/codeAction': object({ textDocument: named, range }),
  'textDocument/didOpen': object({ textDocument: opened }),
  'textDocument/didChange': object({ textDocument: object({ uri: text, version: number }), contentChanges }),
  'textDocument/didClose': inDocument,
  'notebookDocument/didOpen': object({ notebookDocument: object({ uri: text, cells }), cellTextDocuments: listOf(opened) }),
  'notebookDocument/didChange': object({
    notebookDocument: named,
    change: object({
      cells: optional(object({
        structure: optional(object({ array: object({ start: number, deleteCount: number, cells: optional(cells) }), didOpen: optional(listOf(opened)), didClose: optional(listOf(named)) })),
        textContent: optional(listOf(object({ document: object({ uri: text, version: number }), changes: contentChanges }))),
      })),
    }),
  }),
  'notebookDocument/didClose': object({ notebookDocument: named }),
  'workspace/didChangeWatchedFiles': object({ changes: listOf(named) }),
  'workspace/didChangeConfiguration': object({}),
  '$/cancelRequest': object({ id: key }),
  '$/progress': object({ token: key }),
  '$/setTrace': object({ value: text }),
  'window/workDoneProgress/cancel': object({ token: key }),
  'joulelint/models': byAddress,
  'joulelint/report': byAddress,
  'joulelint/setInputShape': byAddress,
  'joulelint/rule': object({ rule: text }),
  'joulelint/onnxText': byAddress,
  'joulelint/onnxInput': object({ uri: text, shape: text }),
  'joulelint/openOnnxFiles': object({ uris: listOf(text) }),
};

export interface Gate {
  /** Undefined: the message may pass. A notification that is refused is dropped. */
  refusal(message: Message): Refusal | undefined;
}

export function createGate(): Gate {
  let state: 'new' | 'running' | 'shut down' = 'new';
  return {
    refusal(message) {
      const { method, params } = message as Message & { readonly method?: string; readonly params?: unknown };
      // An answer, or the last word.
      if (method === undefined || method === 'exit') return undefined;
      if (state === 'shut down') return { code: invalidRequest, message: `${method} came after shutdown` };
      if (method === 'initialize' ? state === 'running' : state === 'new') {
        return state === 'new' ? { code: notInitialized, message: `${method} came before initialize` } : { code: invalidRequest, message: 'the server is initialized already' };
      }
      const shape = Object.hasOwn(shapes, method) ? shapes[method] : undefined;
      if (shape && !shape(params)) return { code: invalidParameters, message: `the parameters of ${method} have another shape` };
      if (method === 'initialize') state = 'running';
      if (method === 'shutdown') state = 'shut down';
      return undefined;
    },
  };
}
