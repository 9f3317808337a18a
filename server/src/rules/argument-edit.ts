/** The edit that gives one argument of a call another value, where the text shows that nothing else would change. */
import type { Location } from '../base/span';
import type { Site } from '../graph/graph';
import type { ArgumentChange, Edit } from './define';

/** Undefined where the value is worked out somewhere else, or the call is not written plainly enough to add an argument. */
export function argumentEdit(text: string, uri: string, { declared, argument }: Site, { attr, keyword, value }: ArgumentChange): Edit | undefined {
  if (declared.uri !== uri) return undefined;
  const place = (start: number, end: number): Location => ({ uri, span: { start, end } });
  const span = argument[attr];
  if (span) {
    const written = text.slice(span.start, span.end);
    const [, name = '', old = ''] = /^(\w+\s*=\s*)?(.*)$/s.exec(written) ?? [];
    return isLiteral(old) ? { at: place(span.start, span.end), newText: name + value } : undefined;
  }
  const call = text.slice(declared.span.start, declared.span.end);
  // What is unpacked may hold the argument already; a comment would swallow what is added.
  if (!call.endsWith(')') || !call.includes('(') || /\*|#|"|'/.test(call)) return undefined;
  const before = call.slice(0, -1).trimEnd();
  const end = declared.span.start + before.replace(/,$/, '').length;
  const comma = before.endsWith('(') ? '' : ', ';
  return { at: place(end, declared.span.start + before.length), newText: `${comma}${keyword}=${value}` };
}

function isLiteral(text: string): boolean {
  return /^(?:[\d\s+*/()-]*\d[\d\s+*/()-]*|True|False|None|"[^"]*"|'[^']*')$/.test(text.trim());
}
