/** A short text for an AST, close to Python: what the tests compare. Names of parts stand where Python has none. */
import type { Argument, Block, Expression, FormattedString, Parameter, Pattern, Statement } from './ast';

export function digestBlock(block: Block): string {
  return block.map(digestStatement).join('; ');
}

export function digestExpression(expression: Expression): string {
  const of = digestExpression;
  const all = (list: readonly Expression[]): string => list.map(of).join(', ');
  switch (expression.kind) {
    case 'Name': return expression.id;
    case 'Number': return `${String(expression.value)}${expression.isFloat ? 'f' : ''}`;
    case 'String': return `${expression.isBytes ? 'b' : ''}${JSON.stringify(expression.value)}`;
    case 'FormattedString': return digestFormatted(expression);
    case 'Constant': return expression.value === null ? 'None' : expression.value === '...' ? '...' : expression.value ? 'True' : 'False';
    case 'Tuple': return `Tuple(${all(expression.elements)})`;
    case 'List': return `[${all(expression.elements)}]`;
    case 'Set': return `{${all(expression.elements)}}`;
    case 'Dict': return `{${expression.entries.map(({ key, value }) => (key ? `${of(key)}: ${of(value)}` : `**${of(value)}`)).join(', ')}}`;
    case 'Comprehension': {
      const clauses = expression.clauses.map(clause =>
        ` ${clause.isAsync ? 'async ' : ''}for ${of(clause.target)} in ${of(clause.iterable)}${clause.conditions.map(condition => ` if ${of(condition)}`).join('')}`);
      return `${expression.result}(${of(expression.element)}${expression.value ? `: ${of(expression.value)}` : ''}${clauses.join('')})`;
    }
    case 'Attribute': return `${of(expression.object)}.${expression.name}`;
    case 'Subscript': return `${of(expression.object)}[${of(expression.index)}]`;
    case 'Slice': return `${[expression.lower, expression.upper, expression.step].map(bound => (bound ? of(bound) : '')).join(':')}`;
    case 'Call': return `${of(expression.callee)}(${expression.args.map(digestArgument).join(', ')})`;
    case 'Unary': return `(${expression.operator} ${of(expression.operand)})`;
    case 'Binary': return `(${of(expression.left)} ${expression.operator} ${of(expression.right)})`;
    case 'Boolean': return `(${expression.operands.map(of).join(` ${expression.operator} `)})`;
    case 'Compare': return `(${expression.operands.map((operand, at) => `${of(operand)}${expression.operators[at] ? ` ${expression.operators[at]} ` : ''}`).join('')})`;
    case 'Conditional': return `(${of(expression.then)} if ${of(expression.test)} else ${of(expression.otherwise)})`;
    case 'Lambda': return `(lambda ${digestParameters(expression.parameters)}: ${of(expression.body)})`;
    case 'Starred': return `*${of(expression.value)}`;
    case 'Walrus': return `(${expression.target.id} := ${of(expression.value)})`;
    case 'Await': return `(await ${of(expression.value)})`;
    case 'Evaluated': return '(evaluated)';
    case 'Yield': return `(yield${expression.isFrom ? ' from' : ''}${expression.value ? ` ${of(expression.value)}` : ''})`;
    case 'Missing': return '⟨?⟩';
  }
}

function digestFormatted({ parts }: FormattedString): string {
  return `f(${parts.map(part => {
    if (typeof part === 'string') return JSON.stringify(part);
    const { echo, conversion, format } = part;
    return `{${echo === undefined ? '' : `${echo}|`}${digestExpression(part.value)}${conversion ? `!${conversion}` : ''}${format ? `:${digestFormatted(format)}` : ''}}`;
  }).join(' ')})`;
}

function digestArgument({ keyword, star, value }: Argument): string {
  return `${star}${keyword === undefined ? '' : `${keyword}=`}${digestExpression(value)}`;
}

export function digestParameters(parameters: readonly Parameter[]): string {
  const marks = { 'positional-only': '/', normal: '', 'keyword-only': '!', '*': '*', '**': '**' };
  return parameters.map(parameter =>
    `${marks[parameter.form]}${parameter.name}${parameter.annotation ? `: ${digestExpression(parameter.annotation)}` : ''}`
    + `${parameter.default ? `=${digestExpression(parameter.default)}` : ''}`).join(', ');
}

function block(body: Block): string {
  return `{ ${digestBlock(body)} }`;
}

function named(name: string, alias: string | undefined): string {
  return alias === undefined ? name : `${name} as ${alias}`;
}

function digestStatement(statement: Statement): string {
  const of = digestExpression;
  const optional = (before: string, expression: Expression | undefined): string => (expression ? `${before}${of(expression)}` : '');
  const rest = (word: string, body: Block): string => (body.length > 0 ? ` ${word} ${block(body)}` : '');
  switch (statement.kind) {
    case 'ExpressionStatement': return of(statement.value);
    case 'Assign': return `${statement.targets.map(of).join(' = ')} = ${of(statement.value)}`;
    case 'AnnotatedAssign': return `${of(statement.target)}: ${of(statement.annotation)}${optional(' = ', statement.value)}`;
    case 'AugmentedAssign': return `${of(statement.target)} ${statement.operator}= ${of(statement.value)}`;
    case 'Return': return `return${optional(' ', statement.value)}`;
    case 'Delete': return `del ${statement.targets.map(of).join(', ')}`;
    case 'Pass': return 'pass';
    case 'Break': return 'break';
    case 'Continue': return 'continue';
    case 'Global': return `global ${statement.names.join(', ')}`;
    case 'Nonlocal': return `nonlocal ${statement.names.join(', ')}`;
    case 'Raise': return `raise${optional(' ', statement.exception)}${optional(' from ', statement.cause)}`;
    case 'Assert': return `assert ${of(statement.test)}${optional(', ', statement.message)}`;
    case 'Import': return `import ${statement.names.map(({ name, alias }) => named(name, alias)).join(', ')}`;
    case 'ImportFrom':
      return `from ${'.'.repeat(statement.level)}${statement.module} import ${statement.names === '*' ? '*' : statement.names.map(({ name, alias }) => named(name, alias)).join(', ')}`;
    case 'If': return `if ${of(statement.test)} ${block(statement.then)}${rest('else', statement.otherwise)}`;
    case 'For': return `${statement.isAsync ? 'async ' : ''}for ${of(statement.target)} in ${of(statement.iterable)} ${block(statement.body)}${rest('else', statement.otherwise)}`;
    case 'While': return `while ${of(statement.test)} ${block(statement.body)}${rest('else', statement.otherwise)}`;
    case 'Try': {
      const handlers = statement.handlers.map(({ type, name, body }) => ` except${optional(' ', type)}${name === undefined ? '' : ` as ${name}`} ${block(body)}`);
      return `try ${block(statement.body)}${handlers.join('')}${rest('else', statement.otherwise)}${rest('finally', statement.finally)}`;
    }
    case 'With': {
      const items = statement.items.map(({ context, target }) => `${of(context)}${optional(' as ', target)}`);
      return `${statement.isAsync ? 'async ' : ''}with ${items.join(', ')} ${block(statement.body)}`;
    }
    case 'FunctionDefinition': {
      const decorators = statement.decorators.map(decorator => `@${of(decorator)} `).join('');
      return `${decorators}${statement.isAsync ? 'async ' : ''}def ${statement.name}(${digestParameters(statement.parameters)})${optional(' -> ', statement.returns)} ${block(statement.body)}`;
    }
    case 'ClassDefinition':
      return `${statement.decorators.map(decorator => `@${of(decorator)} `).join('')}class ${statement.name}(${statement.args.map(digestArgument).join(', ')}) ${block(statement.body)}`;
    case 'Match': {
      const cases = statement.cases.map(({ pattern, guard, body }) => `case ${digestPattern(pattern)}${optional(' if ', guard)} ${block(body)}`);
      return `match ${of(statement.subject)} { ${cases.join(' ')} }`;
    }
    case 'TypeAlias': return `type ${statement.name} = ${of(statement.value)}`;
    case 'MissingStatement': return '⟨missing⟩';
  }
}

function digestPattern(pattern: Pattern): string {
  const all = (patterns: readonly Pattern[]): string => patterns.map(digestPattern).join(', ');
  switch (pattern.kind) {
    case 'ValuePattern': return digestExpression(pattern.value);
    case 'CapturePattern': return pattern.name === undefined ? '_' : `?${pattern.name}`;
    case 'SequencePattern': return `[${all(pattern.elements)}]`;
    case 'StarPattern': return `*${pattern.name ?? '_'}`;
    case 'MappingPattern': {
      const entries = pattern.entries.map(({ key, value }) => `${digestExpression(key)}: ${digestPattern(value)}`);
      return `{${[...entries, ...(pattern.rest === undefined ? [] : [`**${pattern.rest}`])].join(', ')}}`;
    }
    case 'ClassPattern': {
      const keywords = pattern.keyword.map(({ name, value }) => `${name}=${digestPattern(value)}`);
      return `${digestExpression(pattern.type)}(${[...pattern.positional.map(digestPattern), ...keywords].join(', ')})`;
    }
    case 'OrPattern': return pattern.alternatives.map(digestPattern).join(' | ');
    case 'AsPattern': return `${digestPattern(pattern.pattern)} as ${pattern.name}`;
  }
}
