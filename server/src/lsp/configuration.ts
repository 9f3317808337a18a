/** The user's settings: what the client sends at the start, asks for, or pushes. What they mean is the engine's business. */
import { DidChangeConfigurationNotification, type Connection, type InitializeParams } from 'vscode-languageserver';

export interface Configuration {
  /** Answers what came with `initialize`. */
  start(parameters: InitializeParams): unknown;
  /** After `initialized`: follows later changes. */
  follow(changed: (settings: unknown) => void): Promise<void>;
}

export function createConfiguration(connection: Connection): Configuration {
  let canBeAsked = false;
  let canRegister = false;

  return {
    start(parameters) {
      canBeAsked = parameters.capabilities.workspace?.configuration === true;
      canRegister = parameters.capabilities.workspace?.didChangeConfiguration?.dynamicRegistration === true;
      const options: unknown = parameters.initializationOptions;
      return isObject(options) ? options['settings'] : undefined;
    },
    async follow(changed) {
      connection.onDidChangeConfiguration(async parameters => {
        const pushed: unknown = parameters.settings;
        changed(canBeAsked ? await connection.workspace.getConfiguration('joulelint') : isObject(pushed) ? pushed['joulelint'] : undefined);
      });
      if (canRegister) await connection.client.register(DidChangeConfigurationNotification.type, { section: 'joulelint' });
    },
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
