/** The user's settings: what the client sends at the start, asks for, or pushes; a wrong one is said once and its default used. */
import { DidChangeConfigurationNotification, MessageType, ShowMessageNotification, type Connection, type InitializeParams } from 'vscode-languageserver';
import { defaultSettings, parseSettings, type RuleDescription, type Settings } from '../../../shared/src/settings';
import { allRules } from '../rules/registry.generated';

export interface Configuration {
  readonly current: () => Settings;
  /** Reads what came with `initialize`. */
  start(parameters: InitializeParams): void;
  /** After `initialized`: follows later changes. */
  follow(changed: () => void): Promise<void>;
}

export function createConfiguration(connection: Connection): Configuration {
  let settings = defaultSettings;
  let canBeAsked = false;
  let canRegister = false;
  const said = new Set<string>();
  /** Nothing may be said before the client has been answered. */
  const unsaid: string[] = [];
  let maySpeak = false;

  const say = (): void => {
    if (!maySpeak) return;
    for (const message of unsaid.splice(0)) void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message: `JouleLint: ${message}` });
  };

  /** True when something is different now. */
  const take = (raw: unknown): boolean => {
    const { settings: next, problems } = parseSettings(raw, ruleDescriptions);
    for (const { message } of problems) {
      if (said.has(message)) continue;
      said.add(message);
      unsaid.push(message);
    }
    say();
    const different = JSON.stringify(next) !== JSON.stringify(settings);
    settings = next;
    return different;
  };

  return {
    current: () => settings,
    start(parameters) {
      canBeAsked = parameters.capabilities.workspace?.configuration === true;
      canRegister = parameters.capabilities.workspace?.didChangeConfiguration?.dynamicRegistration === true;
      const options: unknown = parameters.initializationOptions;
      if (isObject(options) && 'settings' in options) take(options['settings']);
    },
    async follow(changed) {
      maySpeak = true;
      say();
      connection.onDidChangeConfiguration(async parameters => {
        const pushed: unknown = parameters.settings;
        const raw: unknown = canBeAsked ? await connection.workspace.getConfiguration('joulelint') : isObject(pushed) ? pushed['joulelint'] : undefined;
        if (take(raw)) changed();
      });
      if (canRegister) await connection.client.register(DidChangeConfigurationNotification.type, { section: 'joulelint' });
    },
  };
}

const ruleDescriptions: readonly RuleDescription[] = allRules.map(rule => ({
  id: rule.id, name: rule.name, summary: rule.summary, severity: rule.severity, options: rule.options,
}));

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
