/** Checks of a project rather than of a model: they speak through the same reports as the rules, and have pages like theirs. */
import type { Severity } from './define';

export interface ProjectCheck {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  readonly severity: Severity;
  readonly docs: { readonly what: string; readonly why: string; readonly instead: string };
}

export const wrongConfiguration: ProjectCheck = {
  id: 'JL903', name: 'wrong-configuration', severity: 'error',
  summary: 'A key or value in the project’s configuration that means nothing.',
  docs: {
    what: 'A key of `joulelint.json`, or of `[tool.joulelint]` in `pyproject.toml`, that there is not, or a value that it cannot have. It stands at the key or the value and names the nearest right word. '
      + 'The default is used in its place; of `inputs`, the entry is left out.',
    why: 'What is misspelt means nothing, and nobody would know.',
    instead: 'Write what is suggested. The page on [configuration](../configuration.md) has all keys.',
  },
};

export const projectChecks: readonly ProjectCheck[] = [wrongConfiguration];
