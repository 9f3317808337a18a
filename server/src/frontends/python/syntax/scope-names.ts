/** Which names a function binds, gathered while its body is lowered. */
import type { Expression, ScopeNames } from './ast';

export class ScopeBuilder {
  readonly #bound = new Set<string>();
  readonly #globals = new Set<string>();
  readonly #nonlocals = new Set<string>();
  isGenerator = false;

  bind(name: string | undefined): void {
    if (name) this.#bound.add(name);
  }

  /** The names an assignment target binds; attributes and subscripts bind none. */
  bindTarget(target: Expression): void {
    switch (target.kind) {
      case 'Name': this.#bound.add(target.id); break;
      case 'Starred': this.bindTarget(target.value); break;
      case 'Tuple':
      case 'List': for (const element of target.elements) this.bindTarget(element); break;
      default: break;
    }
  }

  /** The name that `import a.b` binds is `a`. */
  bindImport(name: string, alias: string | undefined): void {
    const dot = name.indexOf('.');
    this.bind(alias ?? (dot < 0 ? name : name.slice(0, dot)));
  }

  declareGlobal(names: readonly string[]): void {
    for (const name of names) this.#globals.add(name);
  }

  declareNonlocal(names: readonly string[]): void {
    for (const name of names) this.#nonlocals.add(name);
  }

  finish(): ScopeNames {
    for (const name of this.#globals) this.#bound.delete(name);
    for (const name of this.#nonlocals) this.#bound.delete(name);
    return { locals: this.#bound, globals: this.#globals, nonlocals: this.#nonlocals };
  }
}
