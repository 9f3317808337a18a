/** Whether the text of a loop may be about numbers alone, and the names that it binds. */
import type * as ast from '../../syntax/ast';

export interface PlainSyntax {
  readonly names: ReadonlySet<string>;
  /** There are loops inside. */
  readonly isNested: boolean;
}

const known = new WeakMap<ast.For, PlainSyntax | 'other'>();

/** Undefined: it is about something else. */
export function namesBound(statement: ast.For): PlainSyntax | undefined {
  let found = known.get(statement);
  if (found === undefined) {
    const names = new Set<string>();
    const isPlain = statement.otherwise.length === 0 && !statement.isAsync && isTarget(statement.target, names) && statement.body.every(each => isStatement(each, names));
    found = isPlain ? { names, isNested: statement.body.some(holdsLoop) } : 'other';
    known.set(statement, found);
  }
  return found === 'other' ? undefined : found;
}

function holdsLoop(statement: ast.Statement): boolean {
  return statement.kind === 'For' || (statement.kind === 'If' && (statement.then.some(holdsLoop) || statement.otherwise.some(holdsLoop)));
}

function isTarget(target: ast.Expression, names: Set<string>): boolean {
  switch (target.kind) {
    case 'Name': names.add(target.id); return true;
    case 'Tuple': case 'List': return target.elements.every(element => element.kind === 'Name' && isTarget(element, names));
    default: return false;
  }
}

function isStatement(statement: ast.Statement, names: Set<string>): boolean {
  switch (statement.kind) {
    case 'Pass': case 'Break': case 'Continue': return true;
    case 'ExpressionStatement': return statement.value.kind === 'String' || isAppend(statement.value);
    case 'Assign': {
      const [target] = statement.targets;
      if (!target || statement.targets.length > 1 || !isExpression(statement.value)) return false;
      return target.kind === 'Subscript' ? isReference(target.object) && isExpression(target.index) : isTarget(target, names);
    }
    case 'AugmentedAssign':
      if (statement.target.kind !== 'Name') return false;
      if (statement.value.kind === 'List') return statement.operator === '+' && statement.value.elements.every(isExpression);
      names.add(statement.target.id);
      return isExpression(statement.value);
    case 'If': return isExpression(statement.test) && [...statement.then, ...statement.otherwise].every(each => isStatement(each, names));
    case 'For':
      return statement.otherwise.length === 0 && !statement.isAsync && isTarget(statement.target, names) && isExpression(statement.iterable)
        && statement.body.every(each => isStatement(each, names));
    default: return false;
  }
}

function isAppend(node: ast.Expression): boolean {
  return node.kind === 'Call' && node.callee.kind === 'Attribute' && node.callee.name === 'append' && isReference(node.callee.object)
    && node.args.length === 1 && node.args.every(argument => isExpression(argument.value));
}

/** A name, or an attribute of one. */
function isReference(node: ast.Expression): boolean {
  return node.kind === 'Name' || (node.kind === 'Attribute' && isReference(node.object));
}

function isExpression(node: ast.Expression): boolean {
  switch (node.kind) {
    case 'Number': case 'Name': return true;
    case 'Constant': return typeof node.value === 'boolean';
    case 'Attribute': return isReference(node);
    case 'Binary': return isExpression(node.left) && isExpression(node.right);
    case 'Unary': return isExpression(node.operand);
    case 'Compare': return node.operands.every(isExpression);
    case 'Boolean': return node.operands.every(isExpression);
    case 'Conditional': return isExpression(node.test) && isExpression(node.then) && isExpression(node.otherwise);
    case 'Tuple': return node.elements.every(isExpression);
    case 'Subscript': return isExpression(node.object) && isExpression(node.index);
    case 'Call': return isReference(node.callee) && node.args.every(({ value, star, keyword }) => star === '' && keyword === undefined && isExpression(value));
    default: return false;
  }
}
