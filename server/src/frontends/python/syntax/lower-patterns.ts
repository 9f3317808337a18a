/** Patterns of `match` statements. */
import type { Expression, Pattern } from './ast';
import { lowerExpression } from './lower-expressions';
import type { Lowering } from './lowering';

/** What stands between `case` and `:`. Several patterns, or one before a comma, are a sequence. */
export function lowerCasePatterns(low: Lowering, clause: number): Pattern {
  const patterns = low.named(clause).filter(child => low.kind(child) === 'case_pattern');
  const first = patterns[0];
  if (first === undefined) return unreadable(low, clause);
  if (patterns.length === 1 && !low.has(clause, ',')) return lowerPattern(low, first);
  return { kind: 'SequencePattern', elements: patterns.map(pattern => lowerPattern(low, pattern)) };
}

function lowerPattern(low: Lowering, node: number): Pattern {
  if (low.isBroken(node) || !low.enter(node)) return unreadable(low, node);
  const pattern = lowerEntered(low, node);
  low.leave();
  return pattern;
}

function lowerEntered(low: Lowering, node: number): Pattern {
  const children = low.named(node);
  const first = children[0];
  switch (low.kind(node)) {
    case 'case_pattern':
      if (first === undefined) return { kind: 'CapturePattern', name: undefined }; // `_`
      return low.has(node, '-') ? negative(low, node, first) : lowerPattern(low, first);
    case 'as_pattern': {
      const name = children[1] === undefined ? '' : low.textOf(children[1]);
      low.scope.bind(name);
      return { kind: 'AsPattern', pattern: first === undefined ? unreadable(low, node) : lowerPattern(low, first), name };
    }
    case 'dotted_name': return lowerName(low, node);
    case 'splat_pattern': return { kind: 'StarPattern', name: capture(low, first) };
    case 'union_pattern': return { kind: 'OrPattern', alternatives: alternatives(low, node) };
    case 'list_pattern': return { kind: 'SequencePattern', elements: children.map(child => lowerPattern(low, child)) };
    case 'tuple_pattern':
      if (first !== undefined && children.length === 1 && !low.has(node, ',') && !isStar(low, first)) return lowerPattern(low, first);
      return { kind: 'SequencePattern', elements: children.map(child => lowerPattern(low, child)) };
    case 'dict_pattern': return lowerMapping(low, node);
    case 'class_pattern': return lowerClass(low, children, node);
    default: return { kind: 'ValuePattern', value: low.kind(node) === 'complex_pattern' ? low.missing(node) : lowerExpression(low, node) };
  }
}

function unreadable(low: Lowering, node: number): Pattern {
  return { kind: 'ValuePattern', value: low.missing(node) };
}

function negative(low: Lowering, node: number, number: number): Pattern {
  return { kind: 'ValuePattern', value: { kind: 'Unary', span: low.span(node), operator: '-', operand: lowerExpression(low, number) } };
}

function isStar(low: Lowering, pattern: number): boolean {
  return low.child(pattern, 'splat_pattern') !== undefined;
}

function capture(low: Lowering, name: number | undefined): string | undefined {
  const text = name === undefined ? '_' : low.textOf(name);
  if (text === '_') return undefined;
  low.scope.bind(text);
  return text;
}

/** One name captures; a dotted one is a value to compare with. */
function lowerName(low: Lowering, node: number): Pattern {
  if (!low.textOf(node).includes('.')) return { kind: 'CapturePattern', name: capture(low, node) };
  return { kind: 'ValuePattern', value: dottedName(low, node) };
}

function dottedName(low: Lowering, node: number): Expression {
  if (low.holeAt(node)) return low.missing(node);
  let value: Expression | undefined;
  const start = low.start(node);
  for (const match of low.textOf(node).matchAll(/[^\s.\\]+/g)) {
    const nameSpan = low.between(start + match.index, start + match.index + match[0].length);
    value = value
      ? { kind: 'Attribute', span: { start: value.span.start, end: nameSpan.end }, object: value, name: match[0], nameSpan }
      : { kind: 'Name', span: nameSpan, id: match[0] };
  }
  return value ?? low.missing(node);
}

/** `-1 | 'a' | _`: the sign and the wildcard are tokens of the union itself. */
function alternatives(low: Lowering, node: number): Pattern[] {
  const found: Pattern[] = [];
  let minus: number | undefined;
  for (const child of low.children(node)) {
    if (low.kind(child) === '-') minus = child;
    else if (low.kind(child) === '_') found.push({ kind: 'CapturePattern', name: undefined });
    else if (low.isNamed(child)) {
      found.push(minus === undefined ? lowerPattern(low, child) : negative(low, child, child));
      minus = undefined;
    }
  }
  return found;
}

function lowerMapping(low: Lowering, node: number): Pattern {
  const entries: { readonly key: Expression; readonly value: Pattern }[] = [];
  let rest: string | undefined;
  let key: Expression | undefined;
  let minus = false;
  for (const child of low.children(node)) {
    if (low.kind(child) === '-') minus = true;
    if (!low.isNamed(child)) continue;
    if (low.kind(child) === 'splat_pattern') {
      rest = capture(low, low.named(child)[0]);
    } else if (key) {
      entries.push({ key, value: lowerPattern(low, child) });
      key = undefined;
    } else {
      const value = low.kind(child) === 'dotted_name' ? dottedName(low, child) : lowerExpression(low, child);
      key = minus ? { kind: 'Unary', span: value.span, operator: '-', operand: value } : value;
      minus = false;
    }
  }
  return { kind: 'MappingPattern', entries, rest };
}

function lowerClass(low: Lowering, children: readonly number[], node: number): Pattern {
  const [type, ...args] = children;
  const positional: Pattern[] = [];
  const keyword: { readonly name: string; readonly value: Pattern }[] = [];
  for (const argument of args) {
    const named = low.child(argument, 'keyword_pattern');
    if (named === undefined) {
      positional.push(lowerPattern(low, argument));
      continue;
    }
    const [name, value] = low.named(named);
    // `_` and a sign are tokens, not nodes.
    const pattern: Pattern = value === undefined ? { kind: 'CapturePattern', name: undefined }
      : low.has(named, '-') ? negative(low, named, value) : lowerPattern(low, value);
    keyword.push({ name: name === undefined ? '' : low.textOf(name), value: pattern });
  }
  return { kind: 'ClassPattern', type: type === undefined ? low.missing(node) : dottedName(low, type), positional, keyword };
}
