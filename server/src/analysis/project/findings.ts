/** What is wrong with a project's configuration, as findings in its file. */
import type { Finding } from '../../rules/define';
import { wrongConfiguration } from '../../rules/project-checks';
import type { Analysis } from '../analysis';
import type { ProjectConfiguration } from './configuration';

export function configurationFindings({ uri, mistakes }: ProjectConfiguration): Finding[] {
  const { id, name, severity } = wrongConfiguration;
  return [...mistakes].sort((a, b) => a.span.start - b.span.start).map(({ span, message }) => ({
    rule: id, name, severity, message: `${message.charAt(0).toUpperCase()}${message.slice(1)}`, at: { uri, span }, related: [], data: {},
  }));
}

/** The configuration's file as something that findings can stand in. */
export function analysisOfConfiguration(configuration: ProjectConfiguration): Analysis {
  const { uri, text } = configuration;
  return {
    uri, shownAs: uri, version: 0, models: [], names: [], unbuilt: [], findings: configurationFindings(configuration), problems: [], texts: new Map([[uri, text]]),
    recomputedLayers: 0, milliseconds: 0, isPartial: false,
  };
}
