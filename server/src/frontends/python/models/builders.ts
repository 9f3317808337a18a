/** Which functions of a file may build a model: those that need no arguments and give something back. */
import type * as ast from '../syntax/ast';

const notBuilders = /^(_|test|main$|train|eval|run|load|save|parse|get_args|visuali[sz]e|plot|demo|setup)/i;

/** Public, callable without arguments, and returning something. */
export function mayBuild(definition: ast.FunctionDefinition): boolean {
  const needsArguments = definition.parameters.some(parameter => parameter.default === undefined && parameter.form !== '*' && parameter.form !== '**');
  return !needsArguments && maybe(definition);
}

/** The same of a function that demands some. */
export function mayBuildWithArguments(definition: ast.FunctionDefinition): boolean {
  return !mayBuild(definition) && maybe(definition) && !/(^|_)(layer|block|conv\d\w*|loss|optimizer|scheduler|loader|dataset|data)\w*$/i.test(definition.name);
}

function maybe(definition: ast.FunctionDefinition): boolean {
  return !definition.isGenerator && !definition.isAsync && !notBuilders.test(definition.name) && returnsValue(definition.body);
}

function returnsValue(block: ast.Block): boolean {
  return block.some(statement => {
    switch (statement.kind) {
      case 'Return': return statement.value !== undefined && statement.value.kind !== 'Constant' && statement.value.kind !== 'String' && statement.value.kind !== 'Number';
      case 'If': return returnsValue(statement.then) || returnsValue(statement.otherwise);
      case 'With': case 'For': case 'While': return returnsValue(statement.body);
      case 'Try': return returnsValue(statement.body) || statement.handlers.some(handler => returnsValue(handler.body));
      default: return false;
    }
  });
}
