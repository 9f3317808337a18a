/** Variants of a source text that nobody would write: the same seed and number always give the same one. */

/** A small generator of evenly spread numbers (mulberry32), so that every variant can be made again. */
export class Random {
  constructor(private state: number) {}

  /** From 0 up to, not including, 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  below(end: number): number {
    return Math.floor(this.next() * end);
  }

  pick<Value>(values: readonly Value[], otherwise: Value): Value {
    return values[this.below(values.length)] ?? otherwise;
  }
}

/** One generator per variant: neighbouring numbers must not give neighbouring sequences. */
export function randomOf(seed: number, variant: number): Random {
  const mixed = new Random((Math.imul(seed, 0x9e3779b1) ^ Math.imul(variant + 1, 0x85ebca6b)) | 0);
  return new Random(Math.floor(mixed.next() * 4294967296) | 0);
}

const numbers = [
  '0', '-1', '1', '2', '3', '7', '1000003', '2147483648', '9007199254740993', '99999999999999999999', '10**400', '2**10000', '1e308', '1e400', '0.5',
  '-0.0', '1j', 'float("nan")', 'None', 'True', '(1, 2)', '[]', '"same"',
];
const operators = ['+', '-', '*', '/', '//', '%', '**', '@', '<<', '>>', '&', '|', '^', '==', '!=', '<', '<=', ' in ', ' is ', ' and ', ' or ', '=', ',', '.', ':', ':=', '->'];
const brackets = ['(', ')', '[', ']', '{', '}', '"', '\'', '"""', '\\', '#'];
const characters = ['\0', '\u0001', '\t', '\f', '\r', '\r\n', '\u00a0', '\u2028', '\ufeff', '\ud800', '\udfff', '\u{1f525}', 'é', 'ß', '\u202e', '`', '$', '?', '!', '\u007f'];
const expressions = [
  'range(10**12)', '"x" * 10**10', '[0] * 10**9', '[[0] * 9999] * 9999', 'lambda *a, **k: a', '*x', '**x', 'self', 'self.forward', 'super()', 'type',
  'object()', 'print', 'torch', 'nn', 'nn.Module', 'nn.Module()',
  'x.shape', 'x.size(0)', 'x[None]', 'x[..., ::-1]', 'x.view(-1, 0)', 'x.reshape(-1, -1)', 'torch.zeros(0)', 'torch.zeros(10**9, 10**9)',
  'torch.arange(10**9)', 'nn.Linear(0, 0)', 'nn.Conv2d(0, -1, 0)', 'nn.Conv2d(3, 4, 3, groups=0)',
  'nn.Sequential()', 'x.split(0, 99)', '{}', 'yield', 'await x', '(yield from x)', '[i for i in iter(int, 1)]', 'next(iter([]))', '"%s %d" % x',
  'f"{x!r:>{10**9}}"', '"{0.a[b]}".format(x)', 'eval("x")', 'getattr(self, "forward")', 'int("x")', 'sum(x)', 'sorted([x, 1])', 'dict(**{1: 2})',
];
const statements = [
  'while True: pass', 'for i in iter(int, 1): pass', 'def forward(self, x): return self.forward(x)', 'raise', 'return', 'yield', 'break', 'continue',
  'del x', 'del self', 'global x', 'nonlocal x', 'import torch as nn', 'from . import *', 'from .... import x', 'import os.path as x',
  'from torch.nn import *',
  'assert False', 'pass', 'x = x', 'x += x', 'self.x = self', 'self = None', 'nn = None', 'x, *y = x', 'x: int', 'try: x\nexcept: pass',
  'with x as y: pass', 'match x:\n  case [a, *b]: pass', 'class A(A): pass', 'class nn: pass', '@property', '@x', 'async def f(): await x',
  'lambda: 0', 'x = [*range(10**8)]', 'a = []; a.append(a); print(a)',
  'layer {',
  'layers { type: NONE }',
  'layer { type: "Slice" bottom: "data" top: "a" top: "a" }',
  'layer { name: "x" type: "Concat" bottom: "x" top: "x" }',
  'input_dim: -1',
  'input_shape { dim: 1e99 }',
  'include { phase: TEST not_stage: "" }',
  'convolution_param { num_output: 4294967295 kernel_size: [1, 2, 3, 4] group: 0 }',
  'reshape_param { shape { dim: -1 dim: -1 dim: 0 } axis: -9 }',
  'top: ""',
  'param { name: "w" }',
  'spp_param { pyramid_height: 1000000 }',
  'type: "constructor"',
];
const comments = [
  '# joulelint: model', '# joulelint: model Net() input (1, 3, 224, 224)', '# joulelint: model (((  input (',
  '# joulelint: model x input (0, -1, 99999999999999999999)', '# joulelint: input (2, 3)', '# joulelint: ignore', '# joulelint: ignore[JL101',
  '# joulelint: ignore[JL999]', '# type: ignore', '# -*- coding: latin-1 -*-',
];

type Change = (text: string, random: Random, other: string) => string;

/** Strings, numbers, names, white space and single signs; whatever is left is a token of its own. */
function tokensOf(text: string): string[] {
  return text.match(/"[^"\n]*"|'[^'\n]*'|\d[\w.]*|\w+|[ \t]+|\n|[^\s\w]/g) ?? [];
}

function tokenWise(change: (tokens: string[], at: number, random: Random) => void): Change {
  return (text, random) => {
    const tokens = tokensOf(text);
    if (tokens.length === 0) return text;
    for (let times = 1 + random.below(3); times > 0; times--) change(tokens, visible(tokens, random), random);
    return tokens.join('');
  };
}

/** White space is seldom worth touching: the changes of lines see to it. */
function visible(tokens: readonly string[], random: Random): number {
  for (let attempt = 0; attempt < 8; attempt++) {
    const at = random.below(tokens.length);
    if (/\S/.test(tokens[at] ?? '')) return at;
  }
  return random.below(tokens.length);
}

function replacing(pattern: RegExp, replacement: (random: Random, matches: readonly string[]) => string): Change {
  return (text, random) => {
    const matches = [...text.matchAll(pattern)];
    const match = random.pick<RegExpMatchArray | undefined>(matches, undefined);
    if (match?.index === undefined) return text;
    return text.slice(0, match.index) + replacement(random, matches.map(each => each[0])) + text.slice(match.index + match[0].length);
  };
}

function lineWise(change: (lines: string[], at: number, random: Random) => void): Change {
  return (text, random) => {
    const lines = text.split('\n');
    change(lines, random.below(lines.length), random);
    return lines.join('\n');
  };
}

function inserting(values: readonly string[]): Change {
  return (text, random) => {
    const at = random.below(text.length + 1);
    return text.slice(0, at) + random.pick(values, '') + text.slice(at);
  };
}

const indentationOf = (line: string): string => /^[ \t]*/.exec(line)?.[0] ?? '';
const depths = [30, 300, 3000, 20_000];

const deepExpressions: readonly ((times: number) => string)[] = [
  times => '('.repeat(times) + ')'.repeat(times), times => '['.repeat(times), times => `x${'.a'.repeat(times)}`, times => `x${'()'.repeat(times)}`,
  times => `1${' + 1'.repeat(times)}`, times => `${'-'.repeat(times)}1`, times => `${'not '.repeat(times)}x`,
  times => `${'lambda: '.repeat(times)}0`,
  times => `x${' if x else x'.repeat(times)}`,
  times => `x${'[0]'.repeat(times)}`,
  times => `nn.Sequential(${'nn.Sequential('.repeat(times)}${')'.repeat(times)})`,
  times => `f"${'{x}'.repeat(times)}"`,
  times => '"a" '.repeat(times),
  times => `x${' < x'.repeat(times)}`,
];

const changes: readonly Change[] = [
  (text, random) => text.slice(0, random.below(text.length + 1)),
  (text, random) => text.slice(0, text.length - random.below(Math.min(text.length, 400) + 1)),
  (text, random) => { const from = random.below(text.length + 1); return text.slice(0, from) + text.slice(from + random.below(200)); },
  (text, random, other) => {
    const from = random.below(other.length + 1);
    const at = random.below(text.length + 1);
    return text.slice(0, at) + other.slice(from, from + random.below(400)) + text.slice(at);
  },
  tokenWise((tokens, at) => { tokens.splice(at, 1); }),
  tokenWise((tokens, at) => { tokens.splice(at, 0, tokens[at] ?? ''); }),
  tokenWise((tokens, at, random) => { const to = visible(tokens, random); [tokens[at], tokens[to]] = [tokens[to] ?? '', tokens[at] ?? '']; }),
  tokenWise((tokens, at, random) => { tokens[at] = random.pick(expressions, ''); }),
  replacing(/\b[A-Za-z_]\w*/g, (random, matches) => random.pick(matches, 'x')),
  replacing(/\b[A-Za-z_]\w*/g, (random, matches) => random.pick(matches, 'x')),
  replacing(/(?<==\s*)[\w.]+/g, random => random.pick(expressions, 'x')),
  replacing(/(?<=[(,]\s*)[\w.]+(?=\s*[,)])/g, random => random.pick(expressions, 'x')),
  replacing(/\b\d[\w.]*/g, random => random.pick(numbers, '0')),
  replacing(/\b\d[\w.]*/g, random => random.pick(numbers, '0')),
  replacing(/[-+*/%@<>=&|^,.:]/g, random => random.pick(operators, '+')),
  replacing(/(?<=[=(,]\s*)\w+/g, random => random.pick(deepExpressions, () => '0')(random.pick(depths, 30))),
  inserting(brackets),
  replacing(/[()[\]{}"']/g, random => (random.next() < 0.5 ? '' : random.pick(brackets, '('))),
  (text, random) => {
    const at = random.below(text.length + 1);
    return text.slice(0, at) + Array.from({ length: 1 + random.below(12) }, () => String.fromCharCode(random.below(random.next() < 0.8 ? 256 : 65536))).join('') + text.slice(at);
  },
  inserting(characters),
  lineWise((lines, at, random) => { lines[at] = random.pick(['', ' ', '  ', '\t', '        ', ' \t '], '') + (lines[at] ?? '').replace(/^[ \t]*/, random.next() < 0.5 ? '' : '$&'); }),
  lineWise((lines, at, random) => { for (let line = at; line < Math.min(lines.length, at + random.below(12)); line++) lines[line] = `    ${lines[line] ?? ''}`; }),
  lineWise((lines, at, random) => { lines.splice(at, 1 + random.below(3)); }),
  lineWise((lines, at, random) => { lines.splice(at, 0, lines[random.below(lines.length)] ?? ''); }),
  lineWise((lines, at, random) => { const to = random.below(lines.length); [lines[at], lines[to]] = [lines[to] ?? '', lines[at] ?? '']; }),
  lineWise((lines, at, random) => { const indentation = indentationOf(lines[at] ?? ''); lines.splice(at, 0, random.pick(statements, '').split('\n').map(line => indentation + line).join('\n')); }),
  lineWise((lines, at, random) => { const indentation = indentationOf(lines[at] ?? ''); lines.splice(at, 0, indentation + random.pick(comments, '')); }),
  lineWise((lines, at, random) => { lines.splice(at, 0, Array.from({ length: random.pick([20, 200, 2000], 20) }, (_, level) => `${' '.repeat(level)}if x:`).join('\n')); }),
  text => text.replaceAll('\n', '\r\n'),
];

/** One to four changes, one after the other; `other` lends pieces to it. */
export function mutate(text: string, other: string, random: Random): string {
  let mutated = text;
  for (let times = 1 + random.below(4); times > 0; times--) mutated = random.pick(changes, inserting(brackets))(mutated, random, other);
  return mutated;
}
