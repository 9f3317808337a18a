/** `joulelint.json`: JSON in which comments and a comma too many are no fault. */
import { findNodeAtLocation, getNodeValue, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import { depthOf } from '../../base/json-depth';
import type { Located } from './located';

/** Brackets inside each other; a configuration needs six. */
const deepest = 64;

export function readJson(text: string): Located {
  const start = { start: 0, end: Math.min(text.length, text.indexOf('\n') < 0 ? text.length : text.indexOf('\n')) };
  if (depthOf(text) > deepest) return { value: {}, spanOf: () => start, mistakes: [{ span: start, message: 'brackets stand inside each other too deep for a configuration' }] };
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  const value: unknown = root && getNodeValue(root);
  return {
    value: value ?? {},
    mistakes: errors.slice(0, 1).map(({ error, offset, length }) => ({ span: { start: offset, end: Math.max(offset + length, offset) }, message: wordsOf(printParseErrorCode(error)) })),
    spanOf(path, on) {
      for (let length = path.length; root && length >= 0; length--) {
        const node = findNodeAtLocation(root, [...path.slice(0, length)]);
        const key = on === 'key' || length < path.length ? keyOf(node) ?? node : node;
        if (key && length > 0) return { start: key.offset, end: key.offset + key.length };
      }
      return start;
    },
  };
}

function keyOf(node: Node | undefined): Node | undefined {
  return node?.parent?.type === 'property' ? node.parent.children?.[0] : undefined;
}

/** `CommaExpected` → `comma expected`. */
function wordsOf(code: string): string {
  return `this is no JSON: ${code.replace(/(?<=[a-z])[A-Z]/g, letter => ` ${letter.toLowerCase()}`).toLowerCase()}`;
}
