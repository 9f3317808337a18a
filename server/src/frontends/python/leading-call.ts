/** Which line of the analysed file leads to what happens in another one. */
import type { Location, Span } from '../../base/span';
import type { LeadingCall } from '../../graph/graph';
import { camelCase } from './camel-case';
import type { Calling } from './environment';
import type { Interpreter } from './interpreter';
import type * as ast from './syntax/ast';

type Running = Pick<Interpreter, 'frames' | 'analysedFile'>;

/** The innermost call in the analysed file, of those that run; undefined for a place in that file itself. */
export function leadingCall(running: Running, at: Location): LeadingCall | undefined {
  const call = callInFile(running, at);
  return call && { at: call.at, argument: call.node ? keywordSpans(call.node) : noSpans };
}

export function leadingLine(running: Running, at: Location): Location | undefined {
  return callInFile(running, at)?.at;
}

function callInFile({ frames, analysedFile }: Running, at: Location): Calling | undefined {
  if (analysedFile === undefined || at.uri === analysedFile) return undefined;
  for (let i = frames.length - 1; i >= 0; i--) {
    const call = frames[i]?.call;
    if (call?.at.uri === analysedFile) return call;
  }
  return undefined;
}

const noSpans: Readonly<Record<string, Span>> = {};

/** Names that operators have other words for. */
const attributes: Readonly<Record<string, string>> = { kernel_size: 'kernel', filters: 'outChannels', units: 'outFeatures' };

function keywordSpans({ args }: ast.Call): Readonly<Record<string, Span>> {
  const spans: Record<string, Span> = {};
  for (const { keyword, span } of args) if (keyword !== undefined) spans[attributes[keyword] ?? camelCase(keyword)] = span;
  return spans;
}
