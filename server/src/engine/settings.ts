/** The user's settings; a wrong one is said once and its default used. */
import { defaultSettings, parseSettings, type RuleDescription, type Settings } from '../../../shared/src/settings';
import { levelByDefault } from '../rules/define';
import { allRules } from '../rules/registry.generated';

export interface CurrentSettings {
  current(): Settings;
  /** True when something is different now. */
  take(raw: unknown): boolean;
}

export function createSettings(say: (message: string) => void): CurrentSettings {
  let settings = defaultSettings;
  const said = new Set<string>();
  return {
    current: () => settings,
    take(raw) {
      const { settings: next, problems } = parseSettings(raw, ruleDescriptions);
      for (const { message } of problems) {
        if (said.has(message)) continue;
        said.add(message);
        say(message);
      }
      const isDifferent = JSON.stringify(next) !== JSON.stringify(settings);
      settings = next;
      return isDifferent;
    },
  };
}

const ruleDescriptions: readonly RuleDescription[] = allRules.map(rule => ({
  id: rule.id, name: rule.name, summary: rule.summary, severity: levelByDefault(rule), options: rule.options,
}));
