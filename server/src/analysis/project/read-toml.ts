/** The table `tool.joulelint` of a `pyproject.toml`. */
import { parse, TomlError } from 'smol-toml';
import type { Path } from '../../../../shared/src/conform';
import type { Span } from '../../base/span';
import type { Located } from './located';
import { placesInToml } from './toml-places';

/** Brackets inside each other. */
const deepest = 100;
const table = ['tool', 'joulelint'];
/** Written in any of the ways that TOML has for it. */
const isMentioned = /joulelint/;

/** Undefined: the file says nothing to this product, whatever else is in it. */
export function readPyproject(text: string): Located | undefined {
  if (!isMentioned.test(text)) return undefined;
  const value = valueIn(text);
  if (value instanceof Error) {
    const span = lineSpan(text, value instanceof TomlError ? value.line : 1);
    const why = value instanceof TomlError ? value.message.split('\n')[0]?.replace(/^Invalid TOML document: /, '') ?? '' : 'it nests too deep';
    return { value: {}, spanOf: () => span, mistakes: [{ span, message: `this is no TOML: ${why}` }] };
  }
  if (value === undefined) return undefined;
  const places = placesInToml(text);
  return {
    value, mistakes: [],
    spanOf(path: Path, on) {
      const whole = [...table, ...path];
      for (let length = whole.length; length > 0; length--) {
        const place = places.get(JSON.stringify(whole.slice(0, length)));
        const span = on === 'value' && length === whole.length ? place?.value ?? place?.key : place?.key ?? place?.value;
        if (span) return span;
      }
      return { start: 0, end: 0 };
    },
  };
}

function valueIn(text: string): unknown {
  try {
    const tool = parse(text, { maxDepth: deepest })['tool'];
    return typeof tool === 'object' && 'joulelint' in tool ? tool['joulelint'] : undefined;
  } catch (error) {
    if (error instanceof TomlError || error instanceof RangeError) return error;
    throw error;
  }
}

function lineSpan(text: string, line: number): Span {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const start = starts[line - 1] ?? 0;
  return { start, end: (starts[line] ?? text.length + 1) - 1 };
}
