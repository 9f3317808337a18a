/** An `.onnx` file: read once per version of it, shown as a text, analysed like any document, with findings on the text and on the file. */
import { toJson } from '../../../shared/src/json';
import type { Analysis } from '../analysis/analysis';
import type { RulePage } from '../features/diagnostics';
import { diagnostics } from '../features/diagnostics';
import { fileDiagnostics } from '../features/file-diagnostics';
import type { InputRequest } from '../frontends/frontend';
import type { DocumentText, Findings } from './engine';
import { createSlices, type Slice } from './slices';
import type { OpenUnit } from './text-unit';

export interface OnnxUnitOptions {
  readonly uri: string;
  readonly rulePage: RulePage;
  isEnabled(): boolean;
  /** Never fails. The first slice gives the text; with `listOnly` there are no figures. `isSame`: the file is as it was the last time, and what was read and worked out then is used again. */
  analyze(inputs: readonly InputRequest[], how: { readonly listOnly: boolean; readonly isSame: boolean }, slice: Slice): Promise<Analysis>;
  forget(): void;
  isSuperseded(shown: DocumentText): boolean;
  published(findings: Findings): void;
  complete(): void;
  stale(): void;
}

export interface OnnxUnit extends OpenUnit {
  /** The file as it is on disk now. */
  text(): Promise<string>;
  /** The document that shows it has this text; undefined: it is closed. */
  show(document: DocumentText | undefined): void;
  /** Some editor shows the file, whichever that is. */
  setOpen(isOpen: boolean): void;
  /** Until told otherwise, the model is counted with these inputs; none: with those that it declares. */
  setInputs(inputs: readonly InputRequest[]): void;
  /** The file is another on disk. */
  changed(): void;
  /** Neither its text nor the file itself is open anywhere. */
  isIdle(): boolean;
}

export function createOnnxUnit({ uri, rulePage, isEnabled, analyze, forget, isSuperseded, published, complete, stale }: OnnxUnitOptions): OnnxUnit {
  let shown: DocumentText | undefined;
  let isOpen = false;
  let inputs: readonly InputRequest[] = [];
  let isListed = false;
  /** What the file came to when it was last read; undefined while it is being read. */
  let text: string | undefined;
  /** It was read since it changed, and nobody was told the text yet. */
  let isNews = false;
  const waitingForText = new Set<(text: string) => void>();

  const isShown = (): boolean => shown !== undefined && shown.text === text;
  const take = (analysis: Analysis): void => {
    text = textOf(analysis, uri);
    for (const each of waitingForText) each(text);
    waitingForText.clear();
  };
  const publish = (): void => {
    const analysis = slices.newest();
    if (shown) published({ uri: shown.uri, version: shown.version, diagnostics: toJson(analysis && isShown() ? diagnostics(analysis, rulePage) : []) });
    const found = analysis && isOpen ? fileDiagnostics(analysis, rulePage) : [];
    if (found.length > 0 || isListed) published({ uri, diagnostics: toJson(found) });
    isListed = found.length > 0;
  };

  const slices = createSlices({
    async analyze(slice) {
      const isSame = text !== undefined;
      if (isEnabled()) return analyze(inputs, { listOnly: false, isSame }, slice);
      take(await analyze(inputs, { listOnly: true, isSame }, slice));
      return undefined;
    },
    isSuperseded: () => shown !== undefined && isSuperseded(shown),
    begun: take,
    complete(analysis) {
      if (analysis) take(analysis);
      publish();
      complete();
    },
  });
  const readAnew = (): void => {
    text = undefined;
    slices.begin();
  };

  return {
    async text() {
      if (!isNews) readAnew();
      isNews = false;
      return text ?? new Promise(done => { waitingForText.add(done); });
    },
    show(document) {
      shown = document;
      if (!document) {
        if (!isOpen) forget();
        return;
      }
      if (document.text !== text) readAnew();
      else if (slices.isUnderWay()) return;
      else if (slices.newest()) publish();
      else slices.begin();
    },
    setOpen(open) {
      if (open === isOpen) return;
      isOpen = open;
      if (slices.newest()) publish();
      else if (open && !slices.isUnderWay()) readAnew();
    },
    setInputs(wanted) {
      inputs = wanted;
      slices.anew(stale);
    },
    changed() {
      if (!shown && !isOpen) {
        text = undefined;
        return;
      }
      isNews = true;
      readAnew();
    },
    isIdle: () => !shown && !isOpen,
    reads: other => other === uri,
    async analysisFor() {
      if (text === undefined && !slices.isUnderWay()) readAnew();
      const analysis = await slices.current();
      return shown === undefined || isShown() ? analysis : undefined;
    },
    again: () => { slices.again(stale); },
    anew: () => { slices.anew(stale); },
    close() {
      slices.close();
      forget();
      if (shown) published({ uri: shown.uri, diagnostics: toJson([]) });
      if (isListed) published({ uri, diagnostics: toJson([]) });
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
