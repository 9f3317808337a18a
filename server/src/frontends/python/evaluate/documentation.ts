/** Functions that do nothing but write their argument's docstring: calling one gives back the argument, and the text is not built. */
import type * as ast from '../syntax/ast';

const known = new WeakMap<ast.FunctionDefinition, boolean>();

/** True when every path returns the first parameter and the only thing written that outlives the call is its `__doc__`. */
export function onlyDocuments(definition: ast.FunctionDefinition): boolean {
  const found = known.get(definition);
  if (found !== undefined) return found;
  const [first] = definition.parameters;
  const last = definition.body.at(-1);
  const result = first !== undefined && (first.form === 'normal' || first.form === 'positional-only') && last?.kind === 'Return' && !definition.isGenerator && !definition.isAsync
    && writesDocstring(definition.body, first.name) && definition.body.every(statement => isHarmless(statement, first.name));
  known.set(definition, result);
  return result;
}

function writesDocstring(body: ast.Block, name: string): boolean {
  return body.some(statement => statement.kind === 'Assign' && statement.targets.some(target => isDocstring(target, name)));
}

function isDocstring(target: ast.Expression, name: string): boolean {
  return target.kind === 'Attribute' && target.name === '__doc__' && target.object.kind === 'Name' && target.object.id === name;
}

function isHarmless(statement: ast.Statement, name: string): boolean {
  const all = (block: ast.Block) => block.every(inner => isHarmless(inner, name));
  switch (statement.kind) {
    case 'Assign': return statement.targets.every(target => isLocal(target, name));
    case 'AnnotatedAssign': case 'AugmentedAssign': return isLocal(statement.target, name);
    case 'ExpressionStatement': return statement.value.kind === 'String' || (statement.value.kind === 'Call' && statement.value.callee.kind === 'Name' && statement.value.callee.id === 'print');
    case 'Return': return statement.value?.kind === 'Name' && statement.value.id === name;
    case 'If': return all(statement.then) && all(statement.otherwise);
    case 'For': return isLocal(statement.target, name) && all(statement.body) && all(statement.otherwise);
    case 'While': return all(statement.body) && all(statement.otherwise);
    case 'Try': return all(statement.body) && all(statement.otherwise) && all(statement.finally) && statement.handlers.every(handler => all(handler.body));
    case 'Import': case 'ImportFrom': case 'Raise': case 'Assert': case 'Pass': case 'Break': case 'Continue': return true;
    default: return false;
  }
}

/** A name of the function's own, or the docstring itself. */
function isLocal(target: ast.Expression, name: string): boolean {
  switch (target.kind) {
    case 'Name': return target.id !== name;
    case 'Tuple': case 'List': return target.elements.every(element => isLocal(element, name));
    case 'Starred': return isLocal(target.value, name);
    default: return isDocstring(target, name);
  }
}
