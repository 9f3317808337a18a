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
      + 'The default is used in its place; of `budgets` and `inputs`, the entry is left out.',
    why: 'A limit whose name is misspelt limits nothing, and nobody would know.',
    instead: 'Write what is suggested. The page on [configuration](../configuration.md) has all keys.',
  },
};

export const overBudget: ProjectCheck = {
  id: 'JL904', name: 'over-budget', severity: 'error',
  summary: 'A model that does not keep a limit which its project sets.',
  docs: {
    what: 'A model whose figure is over a limit of `budgets` in the [configuration](../configuration.md), at the line that defines it: the figure, the limit, and by how much. Found by `joulelint check`. '
      + 'Where the figure is only known to be at least so much, or the range of an estimate reaches over the limit, it is a warning that says so. '
      + 'Where it rests on an input or an argument that nobody states it is an information: state it under `inputs`.',
    why: 'A limit that nobody holds models to is a wish.',
    instead: 'Make the model smaller, or the limit larger: both stand in the repository, and a reviewer sees which it was.',
  },
};

export const regression: ProjectCheck = {
  id: 'JL905', name: 'costs-more', severity: 'error',
  summary: 'A model that costs more than before, beyond the tolerance.',
  docs: {
    what: 'A model whose MACs, weights, activations or activations at the peak have grown, or whose DI has fallen, by more than the tolerance (1 % unless set otherwise) '
      + 'against a baseline file (`joulelint check --baseline FILE`) or a revision (`--since REV`). Where it rests on an input that nobody states it is an information.',
    why: 'Costs grow in steps that nobody notices one by one.',
    instead: 'Take the change back, or accept it: `--update-baseline` writes the figures of today.',
  },
};

export const projectChecks: readonly ProjectCheck[] = [wrongConfiguration, overBudget, regression];
