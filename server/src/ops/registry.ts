/** What the operator of a node says about itself, found by its kind. */
import type { AnyOp, AppliedOp, Convolution, Role } from './define';
import { allOps } from './registry.generated';

let byKind: ReadonlyMap<string, AnyOp> | undefined;

/** Undefined for an operator of a frontend that has no declaration of its own. */
export function opOfKind(kind: string): AnyOp | undefined {
  byKind ??= new Map(allOps.map(op => [op.kind, op]));
  return byKind.get(kind);
}

/** What the operator is as far as counting is concerned; `statistics` when it is not declared. */
export function roleOf(node: AppliedOp): Role {
  const role = opOfKind(node.op)?.role ?? 'statistics';
  return typeof role === 'function' ? role(node.attrs) : role;
}

/** Undefined: the node is no convolution. */
export function convolutionOf(node: AppliedOp): Convolution | undefined {
  return opOfKind(node.op)?.convolution?.(node.attrs);
}

/** A yes or no that may depend on the attributes; absent is no. */
export function holds(property: boolean | ((attrs: unknown) => boolean) | undefined, attrs: unknown): boolean {
  return typeof property === 'function' ? property(attrs) : property === true;
}
