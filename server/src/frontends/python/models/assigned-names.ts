/** Names that a file assigns at its top level: where a model may be kept. */
import type { Span } from '../../../base/span';
import type * as ast from '../syntax/ast';

/** Also under `if`, `with` and the like; each with the place of its last assignment, in source order of the first. */
export function assignedNames(block: ast.Block, found = new Map<string, Span>()): Map<string, Span> {
  for (const statement of block) {
    switch (statement.kind) {
      case 'Assign': for (const target of statement.targets) note(target, found); break;
      case 'AnnotatedAssign': note(statement.target, found); break;
      case 'If': assignedNames(statement.then, found); assignedNames(statement.otherwise, found); break;
      case 'With': case 'For': case 'While': assignedNames(statement.body, found); break;
      case 'Try': assignedNames(statement.body, found); break;
      default:
    }
  }
  return found;
}

function note(target: ast.Expression, found: Map<string, Span>): void {
  if (target.kind === 'Name') found.set(target.id, target.span);
  else if (target.kind === 'Tuple' || target.kind === 'List') for (const element of target.elements) note(element, found);
}
