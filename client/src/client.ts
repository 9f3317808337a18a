/** The language client: starts the server as a process of its own, restarts it, and carries the custom requests. */
import { type Disposable, EventEmitter, type Event, type ExtensionContext, type LogOutputChannel, workspace } from 'vscode';
import { DidChangeConfigurationNotification, LanguageClient, RevealOutputChannelOn, State, TransportKind } from 'vscode-languageclient/node';
import { onInterpreterChange, withInterpreter } from './python-environment';
import { analyzedNotification, type AnalyzedParameters, type InitializationOptions, type NotificationName, onnxScheme, type RequestName } from '../../shared/src/protocol';

export interface Server extends Disposable {
  readonly onAnalyzed: Event<AnalyzedParameters>;
  /** True from the moment the server answers until it stops or fails. */
  readonly onRunning: Event<boolean>;
  start(): Promise<void>;
  restart(): Promise<void>;
  /** Undefined while the server is not running: a status bar or a panel then shows nothing, and nobody is disturbed. */
  request<Parameters, Result>(name: RequestName<Parameters, Result>, parameters: Parameters): Promise<Result | undefined>;
  /** Does nothing while the server is not running. */
  notify<Parameters>(name: NotificationName<Parameters>, parameters: Parameters): Promise<void>;
}

export function createServer(context: ExtensionContext, output: LogOutputChannel): Server {
  const analyzed = new EventEmitter<AnalyzedParameters>();
  const running = new EventEmitter<boolean>();
  const module = context.asAbsolutePath('dist/server.js');
  const client = new LanguageClient(
    'joulelint',
    'JouleLint',
    {
      run: { module, transport: TransportKind.stdio },
      debug: { module, transport: TransportKind.stdio, options: { execArgv: ['--nolazy', '--inspect=6011'] } },
    },
    {
      documentSelector: [
        ...['file', 'untitled', 'vscode-vfs'].flatMap((scheme) => ['python', 'prototxt'].map((language) => ({ scheme, language }))),
        ...['joulelint.json', 'pyproject.toml'].map((name) => ({ scheme: 'file', pattern: `**/${name}` })),
        { notebook: '*', language: 'python' },
        { scheme: onnxScheme, language: 'onnx-text' },
      ],
      outputChannel: output,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions: (): InitializationOptions => ({ settings: withInterpreter({ ...workspace.getConfiguration('joulelint') }), rulePages: true }),
      middleware: {
        workspace: {
          configuration: async (parameters, token, next) => {
            const answer = await next(parameters, token);
            return Array.isArray(answer) ? answer.map((settings: unknown) => withInterpreter(settings)) : answer;
          },
        },
      },
    },
  );
  const listeners = [
    client.onNotification(analyzedNotification.method, (parameters: AnalyzedParameters) => { analyzed.fire(parameters); }),
    onInterpreterChange(() => { void client.sendNotification(DidChangeConfigurationNotification.type, { settings: null }); }),
    client.onDidChangeState((change) => { running.fire(change.newState === State.Running); }),
  ];

  return {
    onAnalyzed: analyzed.event,
    onRunning: running.event,
    start: () => client.start(),
    async restart() {
      output.info('Restarting the server on request.');
      await client.restart();
    },
    async request<Parameters, Result>(name: RequestName<Parameters, Result>, parameters: Parameters): Promise<Result | undefined> {
      if (client.state !== State.Running) return undefined;
      try {
        return await client.sendRequest<Result>(name.method, parameters);
      } catch (error) {
        output.error(`${name.method}: ${error instanceof Error ? error.message : String(error)}`);
        return undefined;
      }
    },
    async notify<Parameters>(name: NotificationName<Parameters>, parameters: Parameters): Promise<void> {
      if (client.state === State.Running) await client.sendNotification(name.method, parameters);
    },
    dispose() {
      for (const listener of listeners) listener.dispose();
      analyzed.dispose();
      running.dispose();
      void client.dispose();
    },
  };
}
