/** Finds an operator's declaration by its kind. */
import type { AnyOp, Role } from './define';
import { allOps } from './registry.generated';

let byKind: ReadonlyMap<string, AnyOp> | undefined;

/** Undefined for an operator of a frontend that has no declaration of its own. */
export function opOfKind(kind: string): AnyOp | undefined {
  byKind ??= new Map(allOps.map(op => [op.kind, op]));
  return byKind.get(kind);
}

/** What the operator is as far as counting is concerned; `statistics` when it is not declared. */
export function roleOf(node: { readonly op: string; readonly attrs: Readonly<Record<string, unknown>> }): Role {
  const role = opOfKind(node.op)?.role ?? 'statistics';
  return typeof role === 'function' ? role(node.attrs) : role;
}
