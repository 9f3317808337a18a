/** Loops that run a model in evaluation mode and keep what a backward pass would need: read off the text, since nothing that runs depends on it. */
import type { Span } from '../../base/span';
import type { Mend, Remark } from '../../graph/graph';
import type * as ast from '../python/syntax/ast';

type Scope = ast.Module | ast.FunctionDefinition;

const switchesOff = /^(?:\w+\.)*(?:no_grad|inference_mode)$/;

/** Conservative: whatever else in the file has to do with gradients outside training makes it silent. */
export function keptGradients(syntax: ast.Module, uri: string, text: string): readonly Remark[] {
  if (!text.includes('.eval()') || /set_grad_enabled|requires_grad|__enter__|autograd|fabric|accelerat|lightning/i.test(text)) return [];
  const functions = [...nodesIn(syntax)].filter((node): node is ast.FunctionDefinition => node.kind === 'FunctionDefinition');
  const called = new Set([...nodesIn(syntax)].flatMap(node => (node.kind === 'Call' ? lastName(node.callee) ?? [] : [])));
  const shielded = new Set(shields(syntax).flatMap(node => [...nodesIn(node)].flatMap(each => (each.kind === 'Call' ? lastName(each.callee) ?? [] : []))));
  // Whoever is not called here may be called where gradients are off.
  const scopes: readonly Scope[] = [syntax, ...functions.filter(({ name }) => called.has(name) && !shielded.has(name))];
  return scopes.flatMap(scope => loopsIn(scope).map(({ loop, model }): Remark => {
    const fix = mend(scope, loop, uri, text);
    return {
      code: 'gradients-kept', path: '', at: { uri, span: headOf(loop, text) },
      message: `This loop runs ${model} in evaluation mode without torch.no_grad() or torch.inference_mode(), and keeps for each batch what a backward pass would need`,
      ...(fix ? { fix } : {}),
    };
  }));
}

/** Calls of a model behind its `eval()` and before its next `train()`, in loops of a scope that takes no gradient. */
function loopsIn(scope: Scope): readonly { readonly loop: ast.For; readonly model: string }[] {
  if (scope.kind === 'FunctionDefinition' && scope.decorators.some(isSwitch)) return [];
  const nodes = [...ownNodes(scope.body)];
  if (nodes.some(node => node.kind === 'Attribute' && /^(?:backward|grad|step)$/.test(node.name))) return [];
  const inEvaluation = new Set<string>();
  const found: { loop: ast.For; model: string }[] = [];
  const visit = (block: ast.Block): void => {
    for (const statement of block) {
      if (statement.kind === 'FunctionDefinition' || statement.kind === 'ClassDefinition') continue;
      if (statement.kind === 'With' && statement.items.some(({ context }) => isSwitch(context))) continue;
      if (statement.kind === 'For') {
        const calls = [...ownNodes(statement.body, true)].flatMap(node => (node.kind === 'Call' && !isModeCall(node) ? dotted(node.callee) ?? [] : []));
        const model = calls.find(name => inEvaluation.has(name));
        if (model !== undefined) found.push({ loop: statement, model });
        else visit(statement.body);
        continue;
      }
      noteModes(statement, inEvaluation);
      for (const inner of blocksOf(statement)) visit(inner);
    }
  };
  visit(scope.body);
  return found;
}

function noteModes(statement: ast.Statement, inEvaluation: Set<string>): void {
  const value = statement.kind === 'ExpressionStatement' || statement.kind === 'Assign' ? statement.value : undefined;
  if (value?.kind !== 'Call' || !isModeCall(value) || value.callee.kind !== 'Attribute') return;
  const names = [dotted(value.callee.object), ...(statement.kind === 'Assign' ? statement.targets.map(dotted) : [])];
  for (const name of names) {
    if (name === undefined) continue;
    if (value.callee.name === 'eval') inEvaluation.add(name);
    else inEvaluation.delete(name);
  }
}

function isModeCall({ callee, args }: ast.Call): boolean {
  return callee.kind === 'Attribute' && ((callee.name === 'eval' && args.length === 0) || callee.name === 'train');
}

/** `@torch.no_grad()`, `with inference_mode():`. */
function isSwitch(expression: ast.Expression): boolean {
  return switchesOff.test(dotted(expression.kind === 'Call' ? expression.callee : expression) ?? '');
}

/** What runs without gradients: a function below one that is called in it does, too. */
function shields(syntax: ast.Module): readonly AnyNode[] {
  return [...nodesIn(syntax)].filter(node =>
    (node.kind === 'With' && node.items.some(({ context }) => isSwitch(context))) || (node.kind === 'FunctionDefinition' && node.decorators.some(isSwitch)));
}

/** A decorator where the loop is in a function, else a line around it. */
function mend(scope: Scope, loop: ast.For, uri: string, text: string): Mend | undefined {
  if (!/^import torch\s*$/m.test(text)) return undefined;
  const title = 'Run it without gradients (torch.no_grad)';
  if (scope.kind === 'FunctionDefinition') {
    if (scope.isAsync || scope.isGenerator) return undefined;
    const [first] = scope.decorators;
    const start = lineStart(text, first ? first.span.start : scope.span.start);
    const indent = /^[ \t]*/.exec(text.slice(start))?.[0] ?? '';
    return { title, edits: [{ at: { uri, span: { start, end: start } }, newText: `${indent}@torch.no_grad()\n` }] };
  }
  const start = lineStart(text, loop.span.start);
  const lines = text.slice(start, loop.span.end);
  // Lines of a string, and those that go on, would change with their indentation.
  if (/'''|"""|\\\n/.test(lines) || text.slice(start, loop.span.start).trim() !== '') return undefined;
  const indent = /^[ \t]*/.exec(lines)?.[0] ?? '';
  const step = indent.includes('\t') || /^\t/m.test(lines) ? '\t' : '    ';
  return { title, edits: [{ at: { uri, span: { start, end: loop.span.end } }, newText: `${indent}with torch.no_grad():\n${lines.replace(/^(?=[^\n\r])/gm, step)}` }] };
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** `for x, y in loader:`. */
function headOf(loop: ast.For, text: string): Span {
  const end = text.indexOf('\n', loop.iterable.span.end);
  return { start: loop.span.start, end: end < 0 ? loop.iterable.span.end : loop.span.start + text.slice(loop.span.start, end).trimEnd().length };
}

/** `self.model` → `self.model`; undefined for what is no name. */
function dotted(expression: ast.Expression): string | undefined {
  if (expression.kind === 'Name') return expression.id;
  if (expression.kind !== 'Attribute') return undefined;
  const object = dotted(expression.object);
  return object === undefined ? undefined : `${object}.${expression.name}`;
}

function lastName(expression: ast.Expression): string | undefined {
  return expression.kind === 'Name' ? expression.id : expression.kind === 'Attribute' ? expression.name : undefined;
}

function blocksOf(statement: ast.Statement): readonly ast.Block[] {
  switch (statement.kind) {
    case 'If': return [statement.then, statement.otherwise];
    case 'While': return [statement.body, statement.otherwise];
    case 'With': return [statement.body];
    case 'Try': return [statement.body, ...statement.handlers.map(({ body }) => body), statement.otherwise, statement.finally];
    default: return [];
  }
}

type AnyNode = ast.Statement | ast.Expression;

/** Everything below, in the order of the text. */
function* nodesIn(value: unknown): Generator<AnyNode> {
  const open: unknown[] = [value];
  // One by one: a list may have more items than a call may have arguments.
  const openLater = (parts: readonly unknown[]): void => { for (let i = parts.length - 1; i >= 0; i--) open.push(parts[i]); };
  while (open.length > 0) {
    const each = open.pop();
    if (Array.isArray(each)) openLater(each);
    else if (typeof each === 'object' && each !== null && !(each instanceof Set)) {
      if ('kind' in each && 'span' in each) yield each as AnyNode;
      openLater(Object.values(each));
    }
  }
}

/** What runs in the scope itself: not the bodies of functions and classes in it, nor, where asked for, what runs without gradients. */
function* ownNodes(block: ast.Block, outsideShields = false): Generator<AnyNode> {
  for (const statement of block) {
    if (statement.kind === 'FunctionDefinition' || statement.kind === 'ClassDefinition') continue;
    const blocks = blocksOf(statement).length > 0 || statement.kind === 'For' ? (statement.kind === 'For' ? [statement.body, statement.otherwise] : blocksOf(statement)) : undefined;
    if (!blocks) yield* nodesIn(statement);
    else {
      if (outsideShields && statement.kind === 'With' && statement.items.some(({ context }) => isSwitch(context))) continue;
      yield statement;
      for (const inner of blocks) yield* ownNodes(inner, outsideShields);
    }
  }
}
