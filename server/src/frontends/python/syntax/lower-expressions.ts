/** Expressions, arguments, parameters and assignment targets. */
import type {
  Argument, BinaryOperator, CompareOperator, Comprehension, ComprehensionClause, DictDisplay, Expression, NumberLiteral, Parameter, UnaryOperator,
} from './ast';
import type { Lowering } from './lowering';
import { lowerConcatenation, lowerString } from './lower-strings';

export function lowerExpression(low: Lowering, node: number): Expression {
  if (low.tree.missing && low.isBroken(node)) return low.missing(node);
  if (!low.enter(node)) return low.missing(node);
  const expression = lowerEntered(low, node);
  low.leave();
  return expression;
}

export function lowerAll(low: Lowering, nodes: readonly number[]): Expression[] {
  return nodes.map(node => lowerExpression(low, node));
}

function lowerEntered(low: Lowering, node: number): Expression {
  switch (low.kind(node)) {
    case 'identifier': return low.holeAt(node) ? low.missing(node) : { kind: 'Name', span: low.span(node), id: low.textOf(node) };
    case 'attribute': {
      const [object, name] = low.named(node);
      if (object === undefined || name === undefined) return low.missing(node);
      return unstar(lowerExpression(low, object), base => ({ kind: 'Attribute', span: low.span(node), object: base, name: low.textOf(name), nameSpan: low.span(name) }));
    }
    case 'call': return lowerCall(low, node);
    case 'integer':
    case 'float': return lowerNumber(low, node);
    case 'string': return lowerString(low, node, lowerExpression);
    case 'concatenated_string': return lowerConcatenation(low, node, lowerExpression);
    case 'true': return { kind: 'Constant', span: low.span(node), value: true };
    case 'false': return { kind: 'Constant', span: low.span(node), value: false };
    case 'none': return { kind: 'Constant', span: low.span(node), value: null };
    case 'ellipsis': return { kind: 'Constant', span: low.span(node), value: '...' };
    case 'tuple':
    case 'expression_list':
    case 'pattern_list': return { kind: 'Tuple', span: low.span(node), elements: lowerAll(low, low.named(node)) };
    case 'tuple_pattern': {
      const elements = lowerAll(low, low.named(node));
      // `for (a) in b`: only parentheses.
      const [first] = elements;
      return first && elements.length === 1 && first.kind !== 'Starred' && !low.has(node, ',') ? first : { kind: 'Tuple', span: low.span(node), elements };
    }
    case 'list':
    case 'list_pattern': return { kind: 'List', span: low.span(node), elements: lowerAll(low, low.named(node)) };
    case 'set': return { kind: 'Set', span: low.span(node), elements: lowerAll(low, low.named(node)) };
    case 'dictionary': return lowerDictionary(low, node);
    case 'list_comprehension': return lowerComprehension(low, node, 'list');
    case 'set_comprehension': return lowerComprehension(low, node, 'set');
    case 'dictionary_comprehension': return lowerComprehension(low, node, 'dict');
    case 'generator_expression': return lowerComprehension(low, node, 'generator');
    case 'subscript': return lowerSubscript(low, node);
    case 'slice': return lowerSlice(low, node);
    case 'unary_operator': return unary(low, node, low.kind(node + 1) as UnaryOperator);
    case 'not_operator': return unary(low, node, 'not');
    case 'binary_operator': return lowerBinary(low, node);
    case 'boolean_operator': return lowerBoolean(low, node);
    case 'comparison_operator': return lowerComparison(low, node);
    case 'conditional_expression': {
      const [then, test, otherwise] = low.named(node);
      if (then === undefined || test === undefined || otherwise === undefined) return low.missing(node);
      return unstar(lowerExpression(low, then), base =>
        ({ kind: 'Conditional', span: low.span(node), test: lowerExpression(low, test), then: base, otherwise: lowerExpression(low, otherwise) }));
    }
    case 'lambda': return lowerLambda(low, node);
    case 'named_expression': {
      const [target, value] = low.named(node);
      if (target === undefined || value === undefined) return low.missing(node);
      const id = low.textOf(target);
      low.scope.bind(id);
      return { kind: 'Walrus', span: low.span(node), target: { kind: 'Name', span: low.span(target), id }, value: lowerExpression(low, value) };
    }
    case 'await': return only(low, node, value => ({ kind: 'Await', span: low.span(node), value }));
    case 'list_splat':
    case 'list_splat_pattern':
    case 'splat_type': return only(low, node, value => ({ kind: 'Starred', span: low.span(node), value }));
    case 'yield': return lowerYield(low, node);
    case 'parenthesized_expression':
    case 'parenthesized_list_splat':
    case 'type':
    case 'as_pattern_target': return only(low, node, value => value);
    case 'generic_type': return lowerGeneric(low, node);
    case 'union_type': {
      const [left, right] = low.named(node);
      if (left === undefined || right === undefined) return low.missing(node);
      return joinUnion(lowerExpression(low, left), lowerExpression(low, right));
    }
    case 'constrained_type': {
      const [lower, upper] = low.named(node);
      if (lower === undefined || upper === undefined) return low.missing(node);
      return { kind: 'Slice', span: low.span(node), lower: lowerExpression(low, lower), upper: lowerExpression(low, upper), step: undefined };
    }
    case 'member_type': {
      const [object, name] = low.named(node);
      if (object === undefined || name === undefined) return low.missing(node);
      return { kind: 'Attribute', span: low.span(node), object: lowerExpression(low, object), name: low.textOf(name), nameSpan: low.span(name) };
    }
    default:
      low.problem(low.span(node), 'this is not a valid expression');
      return low.missing(node);
  }
}

/** The grammar may bind `*a.b` as `(*a).b`, which no Python can mean: the star goes outermost. */
function unstar(first: Expression, make: (base: Expression) => Expression): Expression {
  if (first.kind !== 'Starred') return make(first);
  const value = make(first.value);
  return { kind: 'Starred', span: { start: first.span.start, end: value.span.end }, value: { ...value, span: { start: first.value.span.start, end: value.span.end } } };
}

/** The grammar may bind `a[b] | c | d` as `a[b] | (c | d)`. */
function joinUnion(left: Expression, right: Expression): Expression {
  const span = { start: left.span.start, end: right.span.end };
  if (right.kind !== 'Binary' || right.operator !== '|') return { kind: 'Binary', span, operator: '|', left, right };
  return { kind: 'Binary', span, operator: '|', left: joinUnion(left, right.left), right: right.right };
}

/** A node with one named child. */
function only(low: Lowering, node: number, wrap: (value: Expression) => Expression): Expression {
  const [child] = low.named(node);
  return child === undefined ? low.missing(node) : wrap(lowerExpression(low, child));
}

function unary(low: Lowering, node: number, operator: UnaryOperator): Expression {
  return only(low, node, operand => ({ kind: 'Unary', span: low.span(node), operator, operand }));
}

function lowerNumber(low: Lowering, node: number): NumberLiteral | ReturnType<Lowering['missing']> {
  let digits = low.textOf(node);
  const last = digits.charCodeAt(digits.length - 1) | 0x20;
  if (last === 0x6a) return low.missing(node); // imaginary
  if (last === 0x6c) digits = digits.slice(0, -1); // Python 2's long
  if (digits.includes('_')) digits = digits.replaceAll('_', '');
  return { kind: 'Number', span: low.span(node), value: Number(digits), isFloat: low.kind(node) === 'float' };
}

// ——— calls ———

function lowerCall(low: Lowering, node: number): Expression {
  const [callee, list] = low.named(node);
  if (callee === undefined || list === undefined) return low.missing(node);
  const span = low.span(node);
  if (low.kind(list) === 'generator_expression') {
    const value = lowerExpression(low, list);
    return unstar(lowerExpression(low, callee), base => ({ kind: 'Call', span, callee: base, args: [{ span: value.span, value, keyword: undefined, star: '' }] }));
  }
  // A list of arguments that does not parse could pass for one with fewer arguments.
  if (low.tree.missing && low.isBroken(list)) return low.missing(node);
  return unstar(lowerExpression(low, callee), base => ({ kind: 'Call', span, callee: base, args: lowerArguments(low, list) }));
}

export function lowerArguments(low: Lowering, list: number): Argument[] {
  return low.named(list).map(node => lowerArgument(low, node));
}

function lowerArgument(low: Lowering, node: number): Argument {
  const span = low.span(node);
  const kind = low.kind(node);
  const children = kind === 'keyword_argument' || kind === 'list_splat' || kind === 'dictionary_splat' ? low.named(node) : [];
  const value = children.at(-1);
  if (value === undefined || low.isBroken(node)) return unwrapStar(lowerExpression(low, node));
  if (kind === 'keyword_argument') return { span, value: lowerExpression(low, value), keyword: low.textOf(children[0] as number), star: '' };
  return { span, value: lowerExpression(low, value), keyword: undefined, star: kind === 'list_splat' ? '*' : '**' };
}

/** `f((*a))` reaches us as a starred expression. */
function unwrapStar(value: Expression): Argument {
  if (value.kind === 'Starred') return { span: value.span, value: value.value, keyword: undefined, star: '*' };
  return { span: value.span, value, keyword: undefined, star: '' };
}

// ——— parameters ———

export function lowerParameters(low: Lowering, list: number | undefined): Parameter[] {
  if (list === undefined) return [];
  let parameters: Parameter[] = [];
  let form: 'normal' | 'keyword-only' = 'normal';
  for (const node of low.named(list)) {
    switch (low.kind(node)) {
      case 'positional_separator':
        parameters = parameters.map(parameter => (parameter.form === 'normal' ? { ...parameter, form: 'positional-only' } : parameter));
        break;
      case 'keyword_separator': form = 'keyword-only'; break;
      default: {
        const parameter = lowerParameter(low, node, form);
        if (!parameter) break;
        if (parameter.form === '*') form = 'keyword-only';
        parameters.push(parameter);
      }
    }
  }
  return parameters;
}

function lowerParameter(low: Lowering, node: number, form: Parameter['form']): Parameter | undefined {
  const children = low.named(node);
  const span = low.span(node);
  const optional = (child: number | undefined): Expression | undefined => (child === undefined ? undefined : lowerExpression(low, child));
  switch (low.kind(node)) {
    case 'identifier': return { span, name: low.textOf(node), default: undefined, annotation: undefined, form };
    case 'default_parameter': return { span, name: nameOf(children[0]), default: optional(children[1]), annotation: undefined, form };
    case 'typed_default_parameter': return { span, name: nameOf(children[0]), annotation: optional(children[1]), default: optional(children[2]), form };
    case 'typed_parameter': {
      const inner = children[0];
      const parameter = inner === undefined ? undefined : lowerParameter(low, inner, form);
      return parameter && { ...parameter, span, annotation: optional(children[1]) };
    }
    case 'list_splat_pattern': return { span, name: nameOf(children[0]), default: undefined, annotation: undefined, form: '*' };
    case 'dictionary_splat_pattern': return { span, name: nameOf(children[0]), default: undefined, annotation: undefined, form: '**' };
    default:
      low.problem(span, 'a parameter must be a name');
      return undefined;
  }

  function nameOf(child: number | undefined): string {
    return child === undefined ? '' : low.textOf(child);
  }
}

function lowerLambda(low: Lowering, node: number): Expression {
  const children = low.named(node);
  const body = children.at(-1);
  const list = children.length > 1 ? children[0] : undefined;
  if (body === undefined) return low.missing(node);
  const parameters = lowerParameters(low, list);
  const { value } = low.inScope(() => lowerExpression(low, body));
  return { kind: 'Lambda', span: low.span(node), parameters, body: value };
}

// ——— operators ———

/** Chains lean left and can be as long as the file: walked in a loop, and cut where they would nest too deeply. */
function lowerBinary(low: Lowering, node: number): Expression {
  if (isBitwise(low, node)) return lowerBitwise(low, node);
  const links: number[] = [];
  let leftmost = node;
  const room = low.room;
  while (low.kind(leftmost) === 'binary_operator' && !isBitwise(low, leftmost) && links.length <= room && (leftmost === node || !low.isBroken(leftmost))) {
    links.push(leftmost);
    leftmost += 1;
  }
  let left: Expression = low.missing(leftmost);
  if (low.enter(leftmost, links.length)) {
    left = lowerExpression(low, leftmost);
    low.leave(links.length);
  }
  for (let at = Math.min(links.length, room) - 1; at >= 0; at--) {
    const link = links[at] as number;
    const operator = low.next(link + 1);
    left = unstar(left, base =>
      ({ kind: 'Binary', span: low.span(link), operator: low.kind(operator) as BinaryOperator, left: base, right: lowerExpression(low, low.next(operator)) }));
  }
  return left;
}

function isBitwise(low: Lowering, node: number): boolean {
  const operator = low.kind(low.next(node + 1));
  return operator === '&' || operator === '^';
}

/** The grammar binds `^` tighter than `&`, Python the other way round: read in order of the text and bound anew. */
function lowerBitwise(low: Lowering, node: number): Expression {
  const operands: number[] = [];
  const operators: ('&' | '^')[] = [];
  const pending = [node];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    if (low.isNamed(at) && low.kind(at) === 'binary_operator' && isBitwise(low, at)) for (const child of low.children(at).reverse()) pending.push(child);
    else if (low.isNamed(at)) operands.push(at);
    else operators.push(low.kind(at) as '&' | '^');
  }
  const room = low.room;
  if (operands.length > room || low.tree.missing && operators.length !== operands.length - 1) {
    low.problem(low.between(low.start(node), low.start(node) + 1), 'this expression has too many operators to be read');
    return low.missing(node);
  }
  let whole: Expression | undefined;
  let run: Expression | undefined;
  const join = (operator: '&' | '^', left: Expression | undefined, right: Expression): Expression =>
    left ? { kind: 'Binary', span: { start: left.span.start, end: right.span.end }, operator, left, right } : right;
  operands.forEach((operand, at) => {
    if (at > 0 && operators[at - 1] === '^' && run) {
      whole = join('^', whole, run);
      run = undefined;
    }
    run = join('&', run, lowerExpression(low, operand));
  });
  return join('^', whole, run ?? low.missing(node));
}

function lowerBoolean(low: Lowering, node: number): Expression {
  const operator = low.kind(low.next(node + 1)) as 'and' | 'or';
  const reversed: number[] = [];
  let leftmost = node;
  while (low.kind(leftmost) === 'boolean_operator' && low.kind(low.next(leftmost + 1)) === operator && !(leftmost !== node && low.isBroken(leftmost))) {
    reversed.push(low.next(low.next(leftmost + 1)));
    leftmost += 1;
  }
  reversed.push(leftmost);
  const [first, ...rest] = lowerAll(low, reversed.reverse());
  return unstar(first as Expression, base => ({ kind: 'Boolean', span: low.span(node), operator, operands: [base, ...rest] }));
}

function lowerComparison(low: Lowering, node: number): Expression {
  const operators: CompareOperator[] = [];
  const operands: Expression[] = [];
  for (const child of low.children(node)) {
    if (low.isNamed(child)) {
      operands.push(lowerExpression(low, child));
      continue;
    }
    const operator = low.kind(child);
    operators.push(operator === '<>' ? '!=' : operator as CompareOperator);
  }
  const [first, ...rest] = operands;
  return first === undefined ? low.missing(node) : unstar(first, base => ({ kind: 'Compare', span: low.span(node), operators, operands: [base, ...rest] }));
}

function lowerYield(low: Lowering, node: number): Expression {
  low.scope.isGenerator = true;
  const isFrom = low.has(node, 'from');
  const [value] = low.named(node);
  return { kind: 'Yield', span: low.span(node), value: value === undefined ? undefined : lowerExpression(low, value), isFrom };
}

// ——— displays, comprehensions, subscripts ———

function lowerDictionary(low: Lowering, node: number): DictDisplay {
  const entries = low.named(node).map(entry => {
    const [first, second] = low.named(entry);
    if (first === undefined || low.isBroken(entry)) return { key: undefined, value: low.missing(entry) };
    if (low.kind(entry) === 'pair' && second !== undefined) return { key: lowerExpression(low, first), value: lowerExpression(low, second) };
    return { key: undefined, value: lowerExpression(low, first) };
  });
  return { kind: 'Dict', span: low.span(node), entries };
}

function lowerComprehension(low: Lowering, node: number, result: Comprehension['result']): Expression {
  const [body, ...rest] = low.named(node);
  if (body === undefined) return low.missing(node);
  const clauses: ComprehensionClause[] = [];
  let conditions: Expression[] = [];
  for (const part of rest) {
    const children = low.named(part);
    if (low.kind(part) === 'if_clause') {
      conditions.push(children[0] === undefined ? low.missing(part) : lowerExpression(low, children[0]));
      continue;
    }
    const [target, ...iterables] = children;
    if (target === undefined || iterables[0] === undefined || low.isBroken(part)) return low.missing(node);
    conditions = [];
    clauses.push({ target: lowerExpression(low, target), iterable: oneOrTuple(low, iterables), conditions, isAsync: low.has(part, 'async') });
  }
  const span = low.span(node);
  if (result !== 'dict') return { kind: 'Comprehension', span, result, element: lowerExpression(low, body), value: undefined, clauses };
  const [key, value] = low.named(body);
  if (key === undefined || value === undefined || low.isBroken(body)) return low.missing(node);
  return { kind: 'Comprehension', span, result, element: lowerExpression(low, key), value: lowerExpression(low, value), clauses };
}

/** `a` or, where several stand between commas, `(a, b)`. */
export function oneOrTuple(low: Lowering, nodes: readonly number[], isTuple = nodes.length > 1): Expression {
  const elements = lowerAll(low, nodes);
  const first = elements[0] as Expression;
  if (!isTuple) return first;
  return { kind: 'Tuple', span: { start: first.span.start, end: (elements.at(-1) as Expression).span.end }, elements };
}

function lowerSubscript(low: Lowering, node: number): Expression {
  const [object, ...indices] = low.named(node);
  if (object === undefined || indices[0] === undefined) return low.missing(node);
  const index = starAsTuple(oneOrTuple(low, indices, low.has(node, ',')));
  return unstar(lowerExpression(low, object), base => ({ kind: 'Subscript', span: low.span(node), object: base, index }));
}

/** `a[*b]` is `a[(*b,)]`. */
function starAsTuple(index: Expression): Expression {
  return index.kind === 'Starred' ? { kind: 'Tuple', span: index.span, elements: [index] } : index;
}

function lowerSlice(low: Lowering, node: number): Expression {
  const bounds: (Expression | undefined)[] = [undefined, undefined, undefined];
  let at = 0;
  for (const child of low.children(node)) {
    if (low.kind(child) === ':') at++;
    else if (at < 3) bounds[at] = lowerExpression(low, child);
  }
  return { kind: 'Slice', span: low.span(node), lower: bounds[0], upper: bounds[1], step: bounds[2] };
}

/** `list[int]` in an annotation. */
function lowerGeneric(low: Lowering, node: number): Expression {
  const [object, parameters] = low.named(node);
  const types = parameters === undefined ? [] : low.named(parameters);
  if (object === undefined || parameters === undefined || types.length === 0) return low.missing(node);
  const index = starAsTuple(oneOrTuple(low, types, low.has(parameters, ',')));
  return { kind: 'Subscript', span: low.span(node), object: lowerExpression(low, object), index };
}
