/**
 * The fixes of an open unit, tried when somebody asks for them and never before: each is an analysis of the edited file, between two slices of which the engine
 * listens, and which ends at once when the unit is edited. What was tried stays known as long as the analysis it belongs to.
 */
import type { Range } from 'vscode-languageserver-types';
import { isHere, type Analysis } from '../analysis/analysis';
import { tryFix, trySafeFixes, type AnalyzeEdited, type Offer } from '../analysis/try-fix';
import type { Replacement } from '../base/edit-text';
import { rangeIn, touches } from '../features/convert';
import type { Finding, Fix } from '../rules/define';

/** What a file may cost that is looked at only for the title of an action. */
const mostMilliseconds = 2_500;
const sliceMilliseconds = 50;

interface EditedRequest {
  readonly uri: string;
  readonly edits: readonly Replacement[];
  readonly isCancelled: () => boolean;
  readonly pauseAfterMilliseconds: number;
}

export interface FixTrials {
  /** For the findings that touch the range, the usual fix of each first. */
  offers(analysis: Analysis, range: Range, isUnwanted: () => boolean): Promise<ReadonlyMap<Finding, readonly Offer[]>>;
  /** All safe ones of the file as one. */
  safe(analysis: Analysis, isUnwanted: () => boolean): Promise<Offer | undefined>;
}

export function createFixTrials(analyze: (request: EditedRequest) => Promise<Analysis | undefined>): FixTrials {
  const tried = new WeakMap<Fix, Offer | null>();
  /** Two at once would undo each other's slices. */
  let last: Promise<unknown> = Promise.resolve();

  const alone = <Result>(run: () => Promise<Result>): Promise<Result> => {
    const mine = last.then(run);
    last = mine.catch(() => undefined);
    return mine;
  };
  const trialOf = (uri: string, isUnwanted: () => boolean, until: number): AnalyzeEdited => async edits => {
    const isCancelled = (): boolean => isUnwanted() || performance.now() > until;
    for (;;) {
      if (isCancelled()) return undefined;
      const edited = await analyze({ uri, edits, isCancelled, pauseAfterMilliseconds: sliceMilliseconds });
      if (isCancelled() || edited?.isPartial !== true) return isCancelled() ? undefined : edited;
      await new Promise(done => { setTimeout(done, 0); });
    }
  };

  return {
    offers: (analysis, range, isUnwanted) => alone(async () => {
      const found = new Map<Finding, readonly Offer[]>();
      const until = performance.now() + mostMilliseconds;
      for (const finding of analysis.findings) {
        const place = finding.fixes && isHere(analysis, finding.at) ? rangeIn(analysis, finding.at) : undefined;
        if (!place || !touches(place, range)) continue;
        const offers: Offer[] = [];
        for (const fix of finding.fixes ?? []) {
          let offer = tried.get(fix);
          if (offer === undefined) {
            offer = await tryFix(analysis, finding, fix, trialOf(analysis.uri, isUnwanted, until)) ?? null;
            // What was given up may yet be tried.
            if (offer || !(isUnwanted() || performance.now() > until)) tried.set(fix, offer);
          }
          if (offer) offers.push(offer);
        }
        found.set(finding, offers);
      }
      return found;
    }),
    safe: (analysis, isUnwanted) => alone(() => trySafeFixes(analysis, analysis.findings, trialOf(analysis.uri, isUnwanted, performance.now() + mostMilliseconds))),
  };
}
