/** Patterns of einops, `b (h p) w -> b h (w p)`: read into groups of named axes, and solved for the sizes of a tensor. */
import { product, type Sizes } from '../../../tensor/shape';

/** What one axis of the tensor is made of; no names for `1`. */
interface Group {
  readonly names: readonly string[];
  readonly bracketed: boolean;
}

export interface Pattern {
  readonly left: readonly Group[];
  readonly right: readonly Group[];
}

/** What is wrong with a pattern, or with a tensor under it. `isShape`: the pattern would do for another tensor. */
export interface Complaint {
  readonly message: string;
  readonly isShape: boolean;
  readonly expected?: number;
  readonly actual?: number;
}

export type Transformation = 'rearrange' | 'reduce' | 'repeat';

const ellipsis = '...';
/** Numbers other than 1 stand for an axis without a name; the place in the text keeps two of them apart. */
const anonymous = /^(\d+)@/;

export function isComplaint(value: object): value is Complaint {
  return 'isShape' in value;
}

function wrong(message: string): Complaint {
  return { message, isShape: false };
}

function shown(name: string): string {
  return anonymous.exec(name)?.[1] ?? name;
}

/** One side of a pattern. */
export function readSide(text: string): readonly Group[] | Complaint {
  const groups: { names: string[]; bracketed: boolean }[] = [];
  const seen = new Set<string>();
  let open: string[] | undefined;
  for (const match of text.matchAll(/(\.\.\.|…)|([()])|(\d+)|([A-Za-z_]\w*)|(\S)/g)) {
    const [, dots, parenthesis, number, name, other] = match;
    if (other !== undefined) return wrong(`unknown character '${other}' in the pattern`);
    if (parenthesis === '(') {
      if (open) return wrong('brackets inside brackets are not allowed in a pattern');
      open = [];
      groups.push({ names: open, bracketed: true });
    } else if (parenthesis === ')') {
      if (!open) return wrong('brackets are not balanced in the pattern');
      open = undefined;
    } else if (number === '1') {
      if (!open) groups.push({ names: [], bracketed: false });
    } else {
      const axis = dots ? ellipsis : (name ?? `${number ?? ''}@${match.index}`);
      if (seen.has(axis)) return wrong(axis === ellipsis ? 'a pattern has at most one ellipsis' : `'${axis}' occurs twice in the pattern`);
      if (axis.startsWith('_') || axis.endsWith('_')) return wrong(`'${axis}' is no name of an axis: it must not start or end with an underscore`);
      seen.add(axis);
      if (open) open.push(axis);
      else groups.push({ names: [axis], bracketed: false });
    }
  }
  return open ? wrong('brackets are not balanced in the pattern') : groups;
}

export function readPattern(text: string, transformation: Transformation): Pattern | Complaint {
  const sides = text.split('->');
  if (sides.length !== 2) return wrong(`'${text}' has no single '->'`);
  const left = readSide(sides[0] ?? '');
  if (isComplaint(left)) return left;
  const right = readSide(sides[1] ?? '');
  if (isComplaint(right)) return right;
  if (left.some(group => group.bracketed && group.names.includes(ellipsis))) return wrong('an ellipsis in brackets is not allowed on the left side');
  const before = left.flatMap(group => group.names);
  const after = right.flatMap(group => group.names);
  const onlyLeft = before.filter(name => !after.includes(name));
  const onlyRight = after.filter(name => !before.includes(name));
  if (onlyRight.includes(ellipsis)) return wrong('an ellipsis on the right side needs one on the left side');
  const list = (names: readonly string[]): string => names.map(shown).join(', ');
  if (transformation === 'rearrange' && onlyLeft.length + onlyRight.length > 0) return wrong(`axes on one side only: ${list([...onlyLeft, ...onlyRight])}`);
  if (transformation === 'repeat' && onlyLeft.length > 0) return wrong(`axes on the left side only: ${list(onlyLeft)}`);
  if (transformation === 'reduce' && onlyRight.length > 0) return wrong(`axes on the right side only: ${list(onlyRight)}`);
  return { left, right };
}

/** Axes of both sides by name, with the ellipsis spelled out, and the size of each; NaN where it cannot be known. */
export interface Solution {
  /** Per axis of the tensor, the names it is made of. */
  readonly from: readonly (readonly string[])[];
  /** Per axis of the result. */
  readonly to: readonly (readonly string[])[];
  readonly sizes: ReadonlyMap<string, number>;
}

export function solve(pattern: Pattern, input: Sizes, lengths: ReadonlyMap<string, number>): Solution | Complaint {
  const hasEllipsis = pattern.left.some(group => group.names.includes(ellipsis));
  const wanted = pattern.left.length - (hasEllipsis ? 1 : 0);
  if (input.length < wanted || (!hasEllipsis && input.length > wanted)) {
    return { message: `expected ${hasEllipsis ? 'at least ' : ''}${wanted} dimensions, received ${input.length} (${input.join(', ')})`, isShape: true, expected: wanted, actual: input.length };
  }
  const hidden = Array.from({ length: input.length - wanted }, (_, i) => `.${i}`);
  const from = pattern.left.flatMap(group => spelled(group, hidden));
  const to = pattern.right.flatMap(group => spelled(group, hidden));
  const names = [...from, ...to].flat();
  const sizes = new Map<string, number>();
  for (const name of names) {
    const size = lengths.get(name) ?? Number(anonymous.exec(name)?.[1] ?? NaN);
    if (lengths.has(name) || !Number.isNaN(size)) sizes.set(name, size);
  }
  const stranger = [...lengths.keys()].find(name => !names.includes(name));
  if (stranger !== undefined) return wrong(`axis '${stranger}' has a length but does not occur in the pattern`);
  for (const [axis, group] of from.entries()) {
    const complaint = solveGroup(group, input[axis] ?? NaN, sizes);
    if (complaint) return complaint;
  }
  const unsolved = to.flat().find(name => !sizes.has(name));
  return unsolved === undefined ? { from, to, sizes } : wrong(`the length of the new axis '${unsolved}' is not given`);
}

/** Outside brackets an ellipsis is as many axes as it stands for; inside they are joined to one. */
function spelled(group: Group, hidden: readonly string[]): readonly (readonly string[])[] {
  if (!group.bracketed && group.names[0] === ellipsis) return hidden.map(name => [name]);
  return [group.names.flatMap(name => (name === ellipsis ? hidden : [name]))];
}

/** Works out the one length of a group that is not known yet. */
function solveGroup(group: readonly string[], size: number, sizes: Map<string, number>): Complaint | undefined {
  const described = group.length === 0 ? "'1'" : group.length === 1 ? `'${shown(group[0] ?? '')}'` : `'(${group.map(shown).join(' ')})'`;
  const absent = group.filter(name => !sizes.has(name));
  if (absent.length > 1) return wrong(`the lengths of ${absent.map(name => `'${name}'`).join(' and ')} cannot both be inferred`);
  // A length that is given but not known may follow from the tensor as well.
  const vague = group.filter(name => Number.isNaN(sizes.get(name)));
  const open = absent[0] ?? (vague.length === 1 ? vague[0] : undefined);
  const known = product(group.flatMap(name => (name === open ? [] : (sizes.get(name) ?? NaN))));
  if (open === undefined) {
    return Math.abs(known - size) > 0 ? { message: `expected ${known} along ${described}, received ${size}`, isShape: true, expected: known, actual: size } : undefined;
  }
  if (size % known > 0) return { message: `${size} along ${described} cannot be divided by ${known}`, isShape: true, expected: known, actual: size };
  sizes.set(open, size / known);
  return undefined;
}
