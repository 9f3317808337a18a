/** `.onnx` files in the editor: their texts, their analyses, and what of them belongs into the list of problems whoever shows the file. */
import type { Diagnostic } from 'vscode-languageserver-types';
import type { Analysis } from '../analysis/analysis';
import type { InputRequest } from '../frontends/frontend';
import { fileDiagnostics } from '../features/file-diagnostics';
import type { RulePage } from '../features/diagnostics';

export interface OnnxFilesOptions {
  readonly rulePage: RulePage;
  /** Reads the file anew. Never throws. With `listOnly` there is a text, and no figures. */
  analyze(uri: string, options: { readonly listOnly: boolean; readonly inputs?: readonly InputRequest[] }): Promise<Analysis>;
  isEnabled(): boolean;
  publish(uri: string, diagnostics: readonly Diagnostic[]): void;
}

export interface OnnxFiles {
  /** What the file is now, as a text. */
  text(uri: string): Promise<string>;
  /** Of the file whose text the editor shows; undefined when the file is another by now, and its text about to be asked for. */
  analysisShown(uri: string, text: string): Promise<Analysis | undefined>;
  /** Of a file that no text document shows. */
  analysisOf(uri: string): Promise<Analysis | undefined>;
  /** Until told otherwise, the model is counted with these inputs; none: with those that it declares. */
  setInputs(uri: string, inputs: readonly InputRequest[]): void;
  /** The files that some editor shows. */
  setOpen(uris: readonly string[]): void;
  changed(uris: readonly string[]): void;
  settingsChanged(): void;
}

/** After what the editor is waiting for. */
const laterMilliseconds = 60;

export function createOnnxFiles({ rulePage, analyze, isEnabled, publish }: OnnxFilesOptions): OnnxFiles {
  const analyses = new Map<string, Analysis>();
  const stated = new Map<string, readonly InputRequest[]>();
  const open = new Set<string>();
  const published = new Set<string>();

  const read = async (uri: string): Promise<Analysis> => {
    const analysis = await analyze(uri, { listOnly: false, inputs: stated.get(uri) ?? [] });
    analyses.set(uri, analysis);
    tell(uri, analysis);
    return analysis;
  };
  /** The file of an open editor is read when nobody is waiting. */
  const readLater = (uri: string): void => {
    setTimeout(() => { if (isEnabled() && open.has(uri) && !analyses.has(uri)) void read(uri); }, laterMilliseconds);
  };
  const tell = (uri: string, analysis: Analysis | undefined): void => {
    if (!open.has(uri) && !published.has(uri)) return;
    const found = analysis !== undefined && open.has(uri) ? fileDiagnostics(analysis, rulePage) : [];
    if (found.length > 0) published.add(uri);
    else published.delete(uri);
    publish(uri, found);
  };
  const close = (uri: string): void => {
    open.delete(uri);
    analyses.delete(uri);
    if (published.has(uri)) tell(uri, undefined);
  };

  return {
    async text(uri) {
      // The figures of a large model take longer than its text, and nobody needs them before the text is there.
      analyses.delete(uri);
      readLater(uri);
      return textOf(await analyze(uri, { listOnly: true }), uri);
    },
    async analysisShown(uri, text) {
      if (!isEnabled()) return undefined;
      const known = analyses.get(uri);
      if (known !== undefined && textOf(known, uri) === text) return known;
      const analysis = await read(uri);
      return textOf(analysis, uri) === text ? analysis : undefined;
    },
    analysisOf: async uri => (isEnabled() ? analyses.get(uri) ?? read(uri) : undefined),
    setInputs(uri, inputs) {
      stated.set(uri, inputs);
      analyses.delete(uri);
    },
    setOpen(uris) {
      for (const uri of [...open]) if (!uris.includes(uri)) close(uri);
      const added = uris.filter(uri => !open.has(uri));
      for (const uri of added) {
        open.add(uri);
        const known = analyses.get(uri);
        if (known) tell(uri, isEnabled() ? known : undefined);
        // Of a file in somebody else's viewer nobody will ask.
        else readLater(uri);
      }
    },
    changed(uris) {
      for (const uri of uris) {
        if (analyses.delete(uri)) readLater(uri);
      }
    },
    settingsChanged() {
      for (const uri of [...analyses.keys()]) {
        analyses.delete(uri);
        if (isEnabled()) readLater(uri);
        else tell(uri, undefined);
      }
    },
  };
}

/** A file that is no model is shown as the reason why. */
function textOf(analysis: Analysis, uri: string): string {
  const text = analysis.texts.get(uri);
  if (text !== undefined && text !== '') return text;
  const name = decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
  const reasons = analysis.problems.map(problem => `#   ${problem.message}`);
  return [`# ${name} cannot be shown as an ONNX model:`, ...(reasons.length > 0 ? reasons : ['#   no reason is known']), ''].join('\n');
}
