/** Node kinds and field names of the Python grammar as types, so that a misspelt kind does not compile. */
import { doNotEdit, readIfPresent, type Output } from './outputs';

interface NodeType {
  readonly type: string;
  readonly named: boolean;
  readonly subtypes?: readonly unknown[];
  readonly fields?: Readonly<Record<string, unknown>>;
}

function union(name: string, members: Iterable<string>): string {
  return `export type ${name} =${[...new Set(members)].sort().map(member => `\n  | ${quote(member)}`).join('')};\n`;
}

function quote(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

export function kindsFile(): Output[] {
  const source = readIfPresent('grammars/python.node-types.json');
  if (source === undefined) return [];
  const types = JSON.parse(source) as readonly NodeType[];
  // Supertypes (`_simple_statement`) never appear in a tree.
  const concrete = types.filter(type => type.subtypes === undefined);
  const named = concrete.filter(type => type.named).map(type => type.type);
  const text = `// ${doNotEdit} Source: grammars/python.node-types.json.

/** Named nodes; ERROR stands for text the grammar could not place. */
${union('NodeKind', [...named, 'ERROR'])}
/** Operators, keywords and punctuation. */
${union('TokenKind', concrete.filter(type => !type.named).map(type => type.type))}
${union('FieldName', types.flatMap(type => Object.keys(type.fields ?? {})))}`;
  return [{ path: 'server/src/frontends/python/syntax/kinds.generated.ts', text }];
}
