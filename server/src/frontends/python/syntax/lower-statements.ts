/** Statements and blocks. */
import type { BinaryOperator, Block, ExceptHandler, Expression, FunctionDefinition, ImportedName, MatchCase, Statement, WithItem } from './ast';
import { lowerArguments, lowerExpression, lowerParameters, oneOrTuple } from './lower-expressions';
import { laterFunction } from './later';
import { lowerCasePatterns } from './lower-patterns';
import type { Lowering } from './lowering';

/** The statements of a module, block or ERROR node. */
export function lowerStatements(low: Lowering, parent: number): Statement[] {
  const statements: Statement[] = [];
  for (const node of low.children(parent)) if (low.isNamed(node)) for (const statement of lowerOne(low, node)) statements.push(statement);
  return statements;
}

/** A block is never empty: where the source has none yet, one is missing. */
export function lowerBlock(low: Lowering, node: number | undefined): Block {
  if (node === undefined) return [];
  const statements = lowerStatements(low, node);
  return statements.length > 0 ? statements : [missing(low, node)];
}

function lowerOne(low: Lowering, node: number): Statement[] {
  if (!low.enter(node)) return [missing(low, node)];
  const statement = lowerStatement(low, node);
  low.leave();
  return Array.isArray(statement) ? statement : [statement];
}

function missing(low: Lowering, node: number): Statement {
  return { ...low.missing(node), kind: 'MissingStatement' };
}

function lowerStatement(low: Lowering, node: number): Statement | Statement[] {
  const span = low.span(node);
  switch (low.kind(node)) {
    case 'expression_statement': return lowerExpressionStatement(low, node);
    case 'return_statement': return { kind: 'Return', span, value: value(low, node) };
    case 'pass_statement': return { kind: 'Pass', span };
    case 'break_statement': return { kind: 'Break', span };
    case 'continue_statement': return { kind: 'Continue', span };
    case 'import_statement': return { kind: 'Import', span, names: importedNames(low, low.named(node), true) };
    case 'import_from_statement':
    case 'future_import_statement': return lowerImportFrom(low, node);
    case 'assert_statement': {
      const [test, message] = low.named(node);
      if (test === undefined || low.isBroken(node)) return missing(low, node);
      return { kind: 'Assert', span, test: lowerExpression(low, test), message: message === undefined ? undefined : lowerExpression(low, message) };
    }
    case 'raise_statement': return lowerRaise(low, node);
    case 'delete_statement': {
      const target = value(low, node);
      const targets = target?.kind === 'Tuple' && low.has(node, 'expression_list') ? target.elements : target ? [target] : [];
      for (const each of targets) low.scope.bindTarget(each);
      return { kind: 'Delete', span, targets };
    }
    case 'global_statement':
    case 'nonlocal_statement': {
      const names = low.named(node).map(name => low.textOf(name));
      if (low.kind(node) === 'global_statement') {
        low.scope.declareGlobal(names);
        return { kind: 'Global', span, names };
      }
      low.scope.declareNonlocal(names);
      return { kind: 'Nonlocal', span, names };
    }
    case 'if_statement': return lowerIf(low, node);
    case 'for_statement': return lowerFor(low, node);
    case 'while_statement':
      return { kind: 'While', span, test: header(low, node), body: lowerBlock(low, low.child(node, 'block')), otherwise: lowerElse(low, node) };
    case 'try_statement': return lowerTry(low, node);
    case 'with_statement': return lowerWith(low, node);
    case 'function_definition': return lowerFunction(low, node, []);
    case 'class_definition': return lowerClass(low, node, []);
    case 'decorated_definition': return lowerDecorated(low, node);
    case 'match_statement': return lowerMatch(low, node);
    case 'type_alias_statement': return lowerTypeAlias(low, node);
    case 'print_statement':
      low.problem(span, '`print` is a statement only in Python 2; this is read as Python 3');
      return missing(low, node);
    case 'exec_statement':
      low.problem(span, '`exec` is a statement only in Python 2; this is read as Python 3');
      return missing(low, node);
    case 'block': return lowerStatements(low, node);
    case 'ERROR': return [missing(low, node), ...lowerStatements(low, node).filter(statement => statement.kind !== 'MissingStatement')];
    default: return missing(low, node);
  }
}

/** The one expression of a simple statement; absent when there is none. */
function value(low: Lowering, node: number): Expression | undefined {
  if (low.isBroken(node)) return low.missing(node);
  const [child] = low.named(node);
  return child === undefined ? undefined : lowerExpression(low, child);
}

/** The expression after `if`, `elif`, `while`. */
function header(low: Lowering, node: number): Expression {
  const [test] = low.named(node);
  return test === undefined || low.isBroken(node) || low.kind(test) === 'block' ? low.missing(node) : lowerExpression(low, test);
}

// ——— assignments ———

function lowerExpressionStatement(low: Lowering, node: number): Statement {
  const span = low.span(node);
  const children = low.named(node);
  const first = children[0];
  if (first === undefined) return missing(low, node);
  if (low.holeAt(first) && children.length === 1 && low.kind(first) === 'identifier') return missing(low, first);
  const kind = low.kind(first);
  if (kind === 'assignment') return lowerAssignment(low, first, low.isBroken(node));
  if (kind === 'augmented_assignment') return lowerAugmented(low, first, low.isBroken(node));
  if (low.isBroken(node)) return missing(low, node);
  return { kind: 'ExpressionStatement', span, value: oneOrTuple(low, children, low.has(node, ',')) };
}

function lowerAssignment(low: Lowering, node: number, isBroken: boolean): Statement {
  const span = low.span(node);
  const targets: Expression[] = [];
  let broken = isBroken;
  let at = node;
  for (;;) {
    const [left, ...rest] = low.named(at);
    broken ||= low.isBroken(at);
    if (left === undefined) return missing(low, node);
    const target = lowerExpression(low, left);
    low.scope.bindTarget(target);
    const type = rest.find(child => low.kind(child) === 'type');
    const right = rest.find(child => child !== type);
    if (type !== undefined) {
      return {
        kind: 'AnnotatedAssign', span, target, annotation: lowerExpression(low, type),
        value: broken ? low.missing(right ?? at) : right === undefined ? undefined : lowerExpression(low, right),
      };
    }
    targets.push(target);
    if (right === undefined) return { kind: 'Assign', span, targets, value: low.missing(at) };
    if (low.kind(right) !== 'assignment') return { kind: 'Assign', span, targets, value: broken ? low.missing(right) : lowerExpression(low, right) };
    at = right;
  }
}

function lowerAugmented(low: Lowering, node: number, isBroken: boolean): Statement {
  const [left, right] = low.named(node);
  const operator = low.children(node).find(child => !low.isNamed(child));
  if (left === undefined || right === undefined || operator === undefined) return missing(low, node);
  const target = lowerExpression(low, left);
  low.scope.bindTarget(target);
  return {
    kind: 'AugmentedAssign',
    span: low.span(node),
    target,
    operator: low.kind(operator).slice(0, -1) as BinaryOperator,
    value: isBroken || low.isBroken(node) ? low.missing(right) : lowerExpression(low, right),
  };
}

function lowerTypeAlias(low: Lowering, node: number): Statement {
  const [left, right] = low.named(node);
  if (left === undefined || right === undefined || low.isBroken(node)) return missing(low, node);
  if (low.text[low.start(left)] === '(') return lowerTypeCall(low, node, left, right);
  const name = /^[^\s[]*/.exec(low.textOf(left))?.[0] ?? '';
  low.scope.bind(name);
  return { kind: 'TypeAlias', span: low.span(node), name, value: lowerExpression(low, right) };
}

/** `type(a).b = c` passes for a type alias. */
function lowerTypeCall(low: Lowering, node: number, left: number, right: number): Statement {
  let links = 0;
  let base = low.kind(left) === 'type' ? left + 1 : left;
  for (; ['attribute', 'subscript', 'call'].includes(low.kind(base)); base++) links++;
  const from = low.span(node).start;
  const rebase = (expression: Expression, depth: number): Expression => {
    const span = { start: from, end: expression.span.end };
    if (depth > 0 && (expression.kind === 'Attribute' || expression.kind === 'Subscript')) return { ...expression, span, object: rebase(expression.object, depth - 1) };
    if (depth > 0 && expression.kind === 'Call') return { ...expression, span, callee: rebase(expression.callee, depth - 1) };
    const values = expression.kind === 'Tuple' ? expression.elements : [expression];
    return {
      kind: 'Call',
      span: { start: from, end: low.span(base).end },
      callee: { kind: 'Name', id: 'type', span: { start: from, end: from + 4 } },
      args: values.map(value => ({ span: value.span, value, keyword: undefined, star: '' })),
    };
  };
  return { kind: 'Assign', span: low.span(node), targets: [rebase(lowerExpression(low, left), links)], value: lowerExpression(low, right) };
}

function lowerRaise(low: Lowering, node: number): Statement {
  const span = low.span(node);
  if (low.isBroken(node)) return { kind: 'Raise', span, exception: low.missing(node), cause: undefined };
  const parts = low.named(node);
  const hasCause = low.has(node, 'from');
  const cause = hasCause ? parts.at(-1) : undefined;
  const exception = parts.length > (hasCause ? 1 : 0) ? parts[0] : undefined;
  return {
    kind: 'Raise', span,
    exception: exception === undefined ? undefined : lowerExpression(low, exception),
    cause: cause === undefined ? undefined : lowerExpression(low, cause),
  };
}

// ——— imports ———

function dotted(low: Lowering, node: number): string {
  return low.textOf(node).replace(/[\s\\]/g, '');
}

function importedNames(low: Lowering, nodes: readonly number[], isModule: boolean): ImportedName[] {
  return nodes.map(node => {
    const [name, alias] = low.kind(node) === 'aliased_import' ? low.named(node) : [node];
    const imported = { span: low.span(node), name: name === undefined ? '' : dotted(low, name), alias: alias === undefined ? undefined : low.textOf(alias) };
    if (isModule) low.scope.bindImport(imported.name, imported.alias);
    else low.scope.bind(imported.alias ?? imported.name);
    return imported;
  });
}

function lowerImportFrom(low: Lowering, node: number): Statement {
  const span = low.span(node);
  if (low.kind(node) === 'future_import_statement') {
    return { kind: 'ImportFrom', span, module: '__future__', level: 0, names: importedNames(low, low.named(node), false) };
  }
  const [source, ...rest] = low.named(node);
  if (source === undefined || low.isBroken(node) && rest.length === 0) return missing(low, node);
  const relative = low.kind(source) === 'relative_import' ? low.named(source) : undefined;
  const module = relative ? relative[1] : source;
  const names = rest.some(child => low.kind(child) === 'wildcard_import') ? '*' : importedNames(low, rest, false);
  return {
    kind: 'ImportFrom', span, names,
    module: module === undefined ? '' : dotted(low, module),
    level: relative?.[0] === undefined ? 0 : dotted(low, relative[0]).length,
  };
}

// ——— control flow ———

function lowerIf(low: Lowering, node: number): Statement | Statement[] {
  const [condition] = low.named(node);
  // What stood above this block is lost; the block is not.
  if (low.holeAt(condition)?.isHolder) return [missing(low, condition as number), ...lowerBlock(low, low.child(node, 'block'))];
  const clauses = low.named(node).filter(child => low.kind(child) === 'elif_clause' || low.kind(child) === 'else_clause');
  // Each `elif` nests one deeper: from the last one outwards, cut where nobody could walk it any more.
  const room = low.room;
  if (clauses.length > room) {
    low.problem(low.between(low.start(clauses[room] as number), low.start(clauses[room] as number) + 4), 'this has too many branches to be read');
    clauses.length = room;
  }
  const test = header(low, node);
  const then = lowerBlock(low, low.child(node, 'block'));
  const lowered = clauses.map(clause => ({
    clause,
    test: low.kind(clause) === 'elif_clause' ? header(low, clause) : undefined,
    body: lowerBlock(low, low.child(clause, 'block')),
  }));
  const otherwise = lowered.reduceRight<Block>(
    (rest, { clause, test: condition, body }) =>
      condition ? [{ kind: 'If', span: low.between(low.start(clause), low.end(node)), test: condition, then: body, otherwise: rest }] : body,
    [],
  );
  return { kind: 'If', span: low.span(node), test, then, otherwise };
}

function lowerElse(low: Lowering, node: number): Block {
  const clause = low.child(node, 'else_clause');
  return clause === undefined ? [] : lowerBlock(low, low.child(clause, 'block'));
}

function lowerFor(low: Lowering, node: number): Statement {
  const [left, right] = low.named(node);
  if (left === undefined || right === undefined) return missing(low, node);
  const iterable = low.isBroken(node) || low.kind(right) === 'block' ? low.missing(right) : lowerExpression(low, right);
  const target = lowerExpression(low, left);
  low.scope.bindTarget(target);
  return {
    kind: 'For', span: low.span(node), target, iterable,
    body: lowerBlock(low, low.child(node, 'block')), otherwise: lowerElse(low, node), isAsync: low.has(node, 'async'),
  };
}

function lowerTry(low: Lowering, node: number): Statement {
  const children = low.named(node);
  const last = children.find(child => low.kind(child) === 'finally_clause');
  return {
    kind: 'Try',
    span: low.span(node),
    body: lowerBlock(low, low.child(node, 'block')),
    handlers: children.filter(child => low.kind(child) === 'except_clause').map(child => lowerHandler(low, child)),
    otherwise: lowerElse(low, node),
    finally: last === undefined ? [] : lowerBlock(low, low.child(last, 'block')),
  };
}

function lowerHandler(low: Lowering, node: number): ExceptHandler {
  const span = low.span(node);
  const values = low.named(node).filter(child => low.kind(child) !== 'block');
  const body = low.child(node, 'block');
  const first = values[0];
  if (first === undefined) return { span, type: undefined, name: undefined, body: lowerBlock(low, body) };
  // `except A, B:` is a tuple.
  const [type, alias] = low.kind(first) === 'as_pattern' ? low.named(first) : low.has(node, 'as') ? values : [first];
  const name = alias === undefined ? undefined : low.textOf(alias);
  low.scope.bind(name);
  const isTuple = type === first && alias === undefined && values.length > 1;
  const caught = type === undefined || low.isBroken(node) ? low.missing(first) : isTuple ? oneOrTuple(low, values) : lowerExpression(low, type);
  return { span, type: caught, name, body: lowerBlock(low, body) };
}

function lowerWith(low: Lowering, node: number): Statement {
  const clause = low.child(node, 'with_clause');
  const items = (clause === undefined ? [] : low.named(clause)).flatMap(item => withItems(low, low.kind(item) === 'with_item' ? low.named(item)[0] ?? item : item));
  return { kind: 'With', span: low.span(node), items, body: lowerBlock(low, low.child(node, 'block')), isAsync: low.has(node, 'async') };
}

/** `a as b`, also between parentheses, where it passes for a tuple. */
function withItems(low: Lowering, node: number): WithItem[] {
  const kind = low.kind(node);
  if (kind === 'as_pattern' && !low.isBroken(node)) {
    const [context, alias] = low.named(node);
    if (context === undefined || alias === undefined) return [];
    const target = lowerExpression(low, alias);
    low.scope.bindTarget(target);
    return [{ context: lowerExpression(low, context), target }];
  }
  if ((kind === 'tuple' || kind === 'parenthesized_expression') && low.has(node, 'as_pattern')) return low.named(node).flatMap(child => withItems(low, child));
  return [{ context: lowerExpression(low, node), target: undefined }];
}

function lowerMatch(low: Lowering, node: number): Statement {
  const subjects = low.named(node).filter(child => low.kind(child) !== 'block');
  const body = low.child(node, 'block');
  const clauses = body === undefined ? [] : low.named(body).filter(child => low.kind(child) === 'case_clause');
  if (subjects.length === 0) return missing(low, node);
  return {
    kind: 'Match',
    span: low.span(node),
    subject: low.isBroken(node) ? low.missing(node) : oneOrTuple(low, subjects, low.has(node, ',')),
    cases: clauses.map((clause): MatchCase => {
      const guard = low.child(clause, 'if_clause');
      const pattern = lowerCasePatterns(low, clause);
      return { pattern, guard: guard === undefined ? undefined : header(low, guard), body: lowerBlock(low, low.child(clause, 'block')) };
    }),
  };
}

// ——— definitions ———

function lowerDecorated(low: Lowering, node: number): Statement {
  const children = low.named(node);
  const definition = children.at(-1);
  const decorators = children.filter(child => low.kind(child) === 'decorator').map(child => header(low, child));
  if (definition === undefined) return missing(low, node);
  switch (low.kind(definition)) {
    case 'function_definition': return lowerFunction(low, definition, decorators);
    case 'class_definition': return lowerClass(low, definition, decorators);
    default: return missing(low, node);
  }
}

function lowerFunction(low: Lowering, node: number, decorators: readonly Expression[]): FunctionDefinition {
  const name = low.child(node, 'identifier');
  const returns = low.child(node, 'type');
  const body = low.child(node, 'block');
  const nameText = name === undefined || low.holeAt(name) ? '' : low.textOf(name);
  low.scope.bind(nameText);
  const parameters = lowerParameters(low, low.child(node, 'parameters'));
  const annotation = returns === undefined ? undefined : lowerExpression(low, returns);
  const head = {
    kind: 'FunctionDefinition', span: low.span(node), name: nameText, nameSpan: low.span(name ?? node), parameters, returns: annotation, decorators, isAsync: low.has(node, 'async'),
  } as const;
  const later = body === undefined ? undefined : low.later?.(low.start(body));
  if (later) return laterFunction(head, () => later(parameters));
  const { value: statements, scope } = low.inScope(() => {
    for (const parameter of parameters) low.scope.bind(parameter.name);
    return lowerBlock(low, body);
  });
  return { ...head, body: statements, isGenerator: scope.isGenerator, scope: scope.finish() };
}

function lowerClass(low: Lowering, node: number, decorators: readonly Expression[]): Statement {
  const name = low.child(node, 'identifier');
  const list = low.child(node, 'argument_list');
  const nameText = name === undefined || low.holeAt(name) ? '' : low.textOf(name);
  low.scope.bind(nameText);
  const args = list === undefined ? [] : lowerArguments(low, list);
  const { value: body } = low.inScope(() => lowerBlock(low, low.child(node, 'block')));
  return { kind: 'ClassDefinition', span: low.span(node), name: nameText, nameSpan: low.span(name ?? node), args, body, decorators };
}
