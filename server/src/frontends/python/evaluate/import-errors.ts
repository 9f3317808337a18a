/** What goes wrong while an imported module runs costs one of its top-level statements, not the file that imports it. */
import { BudgetExhausted } from '../../../base/budget';
import type { Problem } from '../../../base/problem';
import { unknown } from '../../../base/unknown';
import type { Frame } from '../environment';
import type { Interpreter } from '../interpreter';
import type * as ast from '../syntax/ast';
import type { SyntaxProblem } from '../syntax/ast';
import { isImportError, PythonError } from '../objects/python-error';
import type { ModuleValue } from '../values';
import { writeName } from './names';

/** What a package may still cost once an error was met in it: what follows rests on values that are not known, and mostly shows nothing more. */
const furtherSteps = 400_000;
const furtherAllocations = 3_000_000;
/** Reading a module costs, too. */
const charactersPerStep = 50;

interface Failed {
  /** The first error: what follows it mostly follows from it. */
  readonly problem: Problem;
  stepsLeft: number;
}

/** Errors of imported modules, by package. */
export class ImportErrors {
  private readonly failed = new Map<string, Failed>();
  private atStart: readonly (readonly [string, Failed])[] = [];

  constructor(private readonly interpreter: Interpreter) {}

  get problems(): readonly Problem[] {
    return [...this.failed.values()].map(({ problem }) => problem);
  }

  /** Whether reading this module is still worth it. */
  mayRead(name: string, text: string): boolean {
    const failed = this.failed.get(rootOf(name));
    if (!failed) return true;
    failed.stepsLeft -= text.length / charactersPerStep;
    return failed.stepsLeft > 0;
  }

  /** Runs one top-level statement of an imported module. */
  run(frame: Frame, statement: ast.Statement, guards: number, run: () => void): void {
    const { budget } = this.interpreter;
    const depth = budget.currentDepth;
    const failed = this.failed.get(rootOf(frame.module.name));
    const stepsBefore = budget.stepsUsed;
    try {
      if (!failed) run();
      else if (failed.stepsLeft > 0) budget.section(failed.stepsLeft, run, furtherAllocations);
      else {
        this.leaveUnknown(frame, statement, failed.problem);
        this.putInDoubt(frame.module, statement, failed.problem);
      }
    } catch (error) {
      const isSpent = failed !== undefined && error instanceof BudgetExhausted && !error.endsAll;
      if (!isSpent && !endsOneStatement(error, guards)) throw error;
      budget.resetDepth(depth);
      if (isSpent && error.limit !== 'depth') failed.stepsLeft = 0;
      const problem = this.note(frame, statement, error);
      this.leaveUnknown(frame, statement, problem);
      this.putInDoubt(frame.module, statement, problem);
    } finally {
      if (failed) failed.stepsLeft -= budget.stepsUsed - stepsBefore;
    }
  }

  keepAsStart(): void {
    this.atStart = [...this.failed].map(([name, failed]) => [name, { ...failed }]);
  }

  rewind(): void {
    this.failed.clear();
    for (const [name, failed] of this.atStart) this.failed.set(name, { ...failed });
  }

  private note({ module }: Frame, statement: ast.Statement, error: Error): Problem {
    const at = error instanceof PythonError ? error.at : { uri: module.uri ?? '', span: statement.span };
    // Of what is not installed the import itself tells.
    if (error instanceof PythonError && isImportError(error)) return { code: 'unresolved-import', message: error.message, at };
    const root = rootOf(module.name);
    const problem: Problem = { code: 'import-error', message: `\`${module.name}\` is only partly known: ${error.message}`, at };
    if (!this.failed.has(root)) this.failed.set(root, { problem, stepsLeft: furtherSteps });
    return problem;
  }

  /** What of a module's text is no Python was not run. */
  noteSyntax(module: ModuleValue, problems: readonly SyntaxProblem[]): void {
    const [first] = problems;
    if (first && this.isOfProject(module)) this.interpreter.doubt(`\`${module.name}\` is only partly known: ${first.message}`, { uri: module.uri ?? '', span: first.span });
  }

  /**
   * A statement that only binds names leaves these unknown. Any other may have changed what is there already, the models' classes too:
   * in the project of the analysed file that makes the figures bounds. What other packages do beyond their names is how they fit themselves to a machine.
   */
  private putInDoubt(module: ModuleValue, statement: ast.Statement, problem: Problem): void {
    if (problem.code === 'import-error' && this.isOfProject(module) && !onlyBinds(statement)) this.interpreter.doubt(problem.message, problem.at);
  }

  isOfProject({ uri }: ModuleValue): boolean {
    const folder = this.interpreter.modules.projectFolder;
    return uri !== undefined && folder !== undefined && uri.startsWith(folder) && !/\/(?:site|dist)-packages\//.test(uri.slice(folder.length - 1));
  }

  private leaveUnknown(frame: Frame, statement: ast.Statement, { message, at }: Problem): void {
    for (const name of boundNames([statement])) if (!frame.names.has(name)) writeName(this.interpreter, frame, name, unknown(message, at));
  }
}

function onlyBinds(statement: ast.Statement): boolean {
  switch (statement.kind) {
    case 'Import': case 'ImportFrom': case 'FunctionDefinition': case 'ClassDefinition': case 'TypeAlias': return true;
    case 'Assign': return statement.targets.every(isName);
    case 'AnnotatedAssign': case 'AugmentedAssign': return isName(statement.target);
    default: return false;
  }
}

function isName(target: ast.Expression): boolean {
  return target.kind === 'Name' || ((target.kind === 'Tuple' || target.kind === 'List') && target.elements.every(isName));
}

const rootOf = (name: string): string => name.split('.', 1)[0] ?? name;

/**
 * A package that is imported works where the program runs, so that an error in it is most likely the evaluation's.
 * Where a `try` goes on without the module, what the module itself raises is how it says that it cannot serve.
 */
function endsOneStatement(error: unknown, guards: number): error is PythonError | BudgetExhausted {
  if (error instanceof BudgetExhausted) return error.limit === 'depth';
  return error instanceof PythonError && (guards === 0 || !(error.isRaised || isImportError(error)));
}

/** Names that statements bind in the scope in which they stand. */
export function boundNames(block: ast.Block): string[] {
  return block.flatMap((statement): string[] => {
    switch (statement.kind) {
      case 'ImportFrom': return statement.names === '*' ? [] : statement.names.map(({ name, alias }) => alias ?? name);
      case 'Import': return statement.names.map(({ name, alias }) => alias ?? name.split('.', 1)[0] ?? name);
      case 'FunctionDefinition': case 'ClassDefinition': case 'TypeAlias': return [statement.name];
      case 'Assign': return statement.targets.flatMap(targetNames);
      case 'AnnotatedAssign': case 'AugmentedAssign': return targetNames(statement.target);
      case 'If': return boundNames([...statement.then, ...statement.otherwise]);
      case 'For': return [...targetNames(statement.target), ...boundNames([...statement.body, ...statement.otherwise])];
      case 'While': return boundNames([...statement.body, ...statement.otherwise]);
      case 'With': return [...statement.items.flatMap(({ target }) => (target ? targetNames(target) : [])), ...boundNames(statement.body)];
      case 'Try': return boundNames([...statement.body, ...statement.handlers.flatMap(handler => handler.body), ...statement.otherwise, ...statement.finally]);
      case 'Match': return statement.cases.flatMap(({ body }) => boundNames(body));
      default: return [];
    }
  });
}

function targetNames(target: ast.Expression): string[] {
  switch (target.kind) {
    case 'Name': return [target.id];
    case 'Tuple': case 'List': return target.elements.flatMap(targetNames);
    case 'Starred': return targetNames(target.value);
    default: return [];
  }
}
