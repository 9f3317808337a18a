/** Findings in the files that configure what is open: each file's once, whoever was analysed with it. */
import { toJson } from '../../../shared/src/json';
import type { Analysis } from '../analysis/analysis';
import { configurationNames, readConfiguration, type ProjectConfiguration } from '../analysis/project/configuration';
import { analysisOfConfiguration } from '../analysis/project/findings';
import { diagnostics, type RulePage } from '../features/diagnostics';
import type { Findings, Unit } from './engine';

export interface Configurations {
  /** The unit was analysed. */
  met(unit: string, analysis: Analysis | undefined): void;
  /** It is open itself. */
  opened(unit: Unit): void;
  closed(unit: string): void;
}

export function isConfiguration(uri: string): boolean {
  return configurationNames.some(name => uri.endsWith(`/${name}`));
}

/** `published`: by which unit, and what. */
export function createConfigurations(rulePage: RulePage, published: (unit: string, findings: Findings) => void): Configurations {
  /** Which file each unit goes by. */
  const used = new Map<string, ProjectConfiguration>();
  const said = new Map<string, string>();

  const publish = (unit: string, uri: string): void => {
    const configuration = used.get(uri) ?? [...used.values()].find(each => each.uri === uri);
    const found = configuration ? diagnostics(analysisOfConfiguration(configuration), rulePage) : [];
    const text = JSON.stringify(found);
    if ((said.get(uri) ?? '[]') === text) return;
    said.set(uri, text);
    published(unit, { uri, diagnostics: toJson(found) });
  };
  const take = (unit: string, configuration: ProjectConfiguration | undefined): void => {
    const before = used.get(unit);
    if (configuration) used.set(unit, configuration);
    else used.delete(unit);
    if (before && before.uri !== configuration?.uri) publish(unit, before.uri);
    if (configuration) publish(unit, configuration.uri);
  };

  return {
    met: (unit, analysis) => { take(unit, analysis?.configuration); },
    opened: ({ uri, documents: [document] }) => { take(uri, readConfiguration(uri, document?.text ?? '')); },
    closed: unit => { take(unit, undefined); },
  };
}
