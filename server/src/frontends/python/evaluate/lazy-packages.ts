/**
 * Packages that put an object in their place in `sys.modules` which imports what is asked for, often after reading every file below them.
 * Their `if TYPE_CHECKING:` block says the same in plain imports: there a name is found without running any of that.
 */
import type * as ast from '../syntax/ast';

export interface Origin {
  readonly module: string;
  /** Absent: the module itself. */
  readonly name?: string;
}

export interface PackageSource {
  readonly name: string;
  readonly body: ast.Block;
}

export interface LazyLookup {
  /** The text of a module's file and whether it is a package, looked at without being loaded. */
  glance(module: string): { readonly text: string; readonly isPackage: boolean } | undefined;
  /** These will be looked at next unless an earlier one has the name. */
  ahead?(modules: readonly string[]): void;
  parse(text: string): ast.Block;
}

/** So many modules are asked for at once where the sources are slow to come. */
const modulesAhead = 32;

/** Whether a package's initialiser replaces the package by such an object. */
export function isLazilyFilled(body: ast.Block): boolean {
  return typingBlocks(body).length > 0 && body.some(replacesItself);
}

function replacesItself(statement: ast.Statement): boolean {
  if (statement.kind === 'If') return statement.then.some(replacesItself) || statement.otherwise.some(replacesItself);
  return statement.kind === 'Assign' && statement.targets.some(target => target.kind === 'Subscript' && target.object.kind === 'Attribute' && target.object.name === 'modules'
    && target.index.kind === 'Name' && target.index.id === '__name__');
}

function typingBlocks(body: ast.Block): ast.Block[] {
  return body.flatMap(statement => {
    if (statement.kind !== 'If') return [];
    const { test } = statement;
    return (test.kind === 'Name' && test.id === 'TYPE_CHECKING') || (test.kind === 'Attribute' && test.name === 'TYPE_CHECKING') ? [statement.then] : [];
  });
}

/** Where the package says that `wanted` comes from. `first`: the module that is analysed, in whose packages it is looked for before all others. */
export function originOf(source: PackageSource, wanted: string, lookup: LazyLookup, first: string): Origin | undefined {
  const stars: string[] = [];
  for (const statement of typingBlocks(source.body).flat()) {
    if (statement.kind !== 'ImportFrom') continue;
    const module = absolute(source.name, statement);
    if (statement.names === '*') stars.push(module);
    else {
      const imported = statement.names.find(({ name, alias }) => (alias ?? name) === wanted);
      if (imported) return { module, name: imported.name };
    }
  }
  // A later star import hides an earlier one.
  stars.reverse();
  const near = (module: string) => first === module || first.startsWith(`${module}.`);
  const inOrder = [...mostLikelyFirst(stars.filter(near), wanted), ...mostLikelyFirst(stars.filter(star => !near(star)), wanted)];
  for (const [index, module] of inOrder.entries()) {
    if (index > 0 && index % modulesAhead === 1) lookup.ahead?.(inOrder.slice(index, index + modulesAhead));
    const found = behindStar(module, wanted, lookup, first);
    if (found) return found;
  }
  return undefined;
}

/** `BertForMaskedLM` is most likely in `bert`, and rather in `bert_generation` than in `bert` if it begins so: hundreds of files need not be read to find it. */
function mostLikelyFirst(modules: readonly string[], wanted: string): string[] {
  const name = wanted.toLowerCase();
  const likeness = (module: string): number => {
    const last = module.slice(module.lastIndexOf('.') + 1).replaceAll('_', '').toLowerCase();
    return name.startsWith(last) ? last.length : 0;
  };
  return modules.map(module => ({ module, likeness: likeness(module) })).sort((a, b) => b.likeness - a.likeness).map(({ module }) => module);
}

function absolute(packageName: string, { module, level }: ast.ImportFrom): string {
  if (level === 0) return module;
  const parts = packageName.split('.');
  return [...parts.slice(0, parts.length - level + 1), ...(module === '' ? [] : [module])].join('.');
}

function behindStar(module: string, wanted: string, lookup: LazyLookup, first: string): Origin | undefined {
  const file = lookup.glance(module);
  if (!file) return undefined;
  if (file.isPackage && file.text.includes('TYPE_CHECKING')) return originOf({ name: module, body: lookup.parse(file.text) }, wanted, lookup, first);
  const list = file.text.lastIndexOf('__all__');
  if (list < 0) return undefined;
  const exports = file.text.slice(list);
  return exports.includes(`"${wanted}"`) || exports.includes(`'${wanted}'`) ? { module, name: wanted } : undefined;
}
