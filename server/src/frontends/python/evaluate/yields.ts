/** Where a generator's statements and expressions hold a `yield` of their own, and an expression with some of its parts replaced. */
import type * as ast from '../syntax/ast';

const expressions = new WeakMap<ast.Expression, boolean>();
const heads = new WeakMap<ast.Statement, boolean>();
const blocks = new WeakMap<ast.Block, boolean>();

function remembered<K extends object>(known: WeakMap<K, boolean>, key: K, find: () => boolean): boolean {
  let found = known.get(key);
  if (found === undefined) known.set(key, found = find());
  return found;
}

export function holdsYield(node: ast.Expression): boolean {
  return remembered(expressions, node, () => node.kind === 'Yield' || partsOf(node).some(holdsYield));
}

/** In what the statement works out before its blocks run, if it has any. */
export function headHoldsYield(statement: ast.Statement): boolean {
  return remembered(heads, statement, () => headsOf(statement).some(holdsYield));
}

/** Anywhere in the block, not in functions and classes that it defines. */
export function blockHoldsYield(block: ast.Block): boolean {
  return remembered(blocks, block, () => block.some(statement => headHoldsYield(statement) || blocksOf(statement).some(blockHoldsYield)));
}

/** The blocks of a statement, not those of functions and classes that it defines. */
export function blocksOf(statement: ast.Statement): readonly ast.Block[] {
  switch (statement.kind) {
    case 'If': return [statement.then, statement.otherwise];
    case 'For': case 'While': return [statement.body, statement.otherwise];
    case 'With': return [statement.body];
    case 'Try': return [statement.body, ...statement.handlers.map(handler => handler.body), statement.otherwise, statement.finally];
    case 'Match': return statement.cases.map(({ body }) => body);
    default: return [];
  }
}

function headsOf(statement: ast.Statement): readonly ast.Expression[] {
  const found: ast.Expression[] = [];
  withHeads(statement, head => {
    found.push(head);
    return head;
  });
  return statement.kind === 'While' ? [...found, statement.test] : found;
}

/** The statement with its heads replaced, in the order in which they are worked out. A `while` works out its test again and again: it is none of them. */
export function withHeads(statement: ast.Statement, change: (head: ast.Expression) => ast.Expression): ast.Statement {
  switch (statement.kind) {
    case 'ExpressionStatement': case 'Assign': case 'AugmentedAssign': return { ...statement, value: change(statement.value) };
    case 'AnnotatedAssign': case 'Return': return statement.value ? { ...statement, value: change(statement.value) } : statement;
    case 'If': return { ...statement, test: change(statement.test) };
    case 'For': return { ...statement, iterable: change(statement.iterable) };
    case 'With': return { ...statement, items: statement.items.map(item => ({ ...item, context: change(item.context) })) };
    case 'Raise': return statement.exception ? { ...statement, exception: change(statement.exception) } : statement;
    case 'Assert': return { ...statement, test: change(statement.test) };
    case 'Match': return { ...statement, subject: change(statement.subject) };
    default: return statement;
  }
}

export function partsOf(node: ast.Expression): readonly ast.Expression[] {
  const found: ast.Expression[] = [];
  withParts(node, part => {
    found.push(part);
    return part;
  });
  return found;
}

/** The expression with its parts replaced, in the order in which they are worked out. */
export function withParts(node: ast.Expression, change: (part: ast.Expression) => ast.Expression): ast.Expression {
  const optional = (part: ast.Expression | undefined): ast.Expression | undefined => part && change(part);
  switch (node.kind) {
    case 'Attribute': return { ...node, object: change(node.object) };
    case 'Subscript': return { ...node, object: change(node.object), index: change(node.index) };
    case 'Slice': return { ...node, lower: optional(node.lower), upper: optional(node.upper), step: optional(node.step) };
    case 'Call': return { ...node, callee: change(node.callee), args: node.args.map(argument => ({ ...argument, value: change(argument.value) })) };
    case 'Unary': return { ...node, operand: change(node.operand) };
    case 'Binary': return { ...node, left: change(node.left), right: change(node.right) };
    case 'Boolean': case 'Compare': return { ...node, operands: node.operands.map(change) };
    case 'Conditional': return { ...node, test: change(node.test), then: change(node.then), otherwise: change(node.otherwise) };
    case 'Tuple': case 'List': case 'Set': return { ...node, elements: node.elements.map(element => (element.kind === 'Starred' ? { ...element, value: change(element.value) } : change(element))) };
    case 'Dict': return { ...node, entries: node.entries.map(({ key, value }) => ({ key: optional(key), value: change(value) })) };
    case 'FormattedString': return { ...node, parts: node.parts.map(part => (typeof part === 'string' ? part : { ...part, value: change(part.value) })) };
    case 'Comprehension': return { ...node, clauses: node.clauses.map((clause, i) => (i === 0 ? { ...clause, iterable: change(clause.iterable) } : clause)) };
    case 'Starred': case 'Walrus': case 'Await': return { ...node, value: change(node.value) };
    case 'Yield': return { ...node, value: optional(node.value) };
    default: return node;
  }
}
