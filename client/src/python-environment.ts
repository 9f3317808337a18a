/** The Python interpreter chosen in the editor: its packages are read as source, never run. */
import { type Disposable, extensions, workspace } from 'vscode';

/** As much of the Python extension's interface as is used; the extension may be absent, or another version. */
interface PythonExtension {
  readonly environments?: {
    getActiveEnvironmentPath?(): { readonly path?: string };
    onDidChangeActiveEnvironmentPath?(listener: () => void): Disposable;
  };
}

function pythonExtension(): PythonExtension | undefined {
  const extension = extensions.getExtension<PythonExtension>('ms-python.python');
  return extension?.isActive === true ? extension.exports : undefined;
}

/** Path of the interpreter or of its environment; undefined when none is chosen. */
export function chosenInterpreter(): string | undefined {
  const active = pythonExtension()?.environments?.getActiveEnvironmentPath?.().path;
  const path = active ?? workspace.getConfiguration('python').get<string>('defaultInterpreterPath');
  // `python` alone means whatever the shell finds, which nobody looks for here.
  return path !== undefined && /[\\/]/.test(path) ? path : undefined;
}

/** The user's settings with the chosen interpreter behind the folders that the user named. */
export function withInterpreter(settings: unknown): unknown {
  const interpreter = chosenInterpreter();
  if (interpreter === undefined || typeof settings !== 'object' || settings === null) return settings;
  const named = 'pythonPath' in settings && Array.isArray(settings.pythonPath) ? (settings.pythonPath as unknown[]) : [];
  return { ...settings, pythonPath: [...named, interpreter] };
}

/** Calls back when another interpreter is chosen. */
export function onInterpreterChange(changed: () => void): Disposable {
  const nothing: Disposable = { dispose: () => undefined };
  const fromSetting = workspace.onDidChangeConfiguration(event => { if (event.affectsConfiguration('python.defaultInterpreterPath')) changed(); });
  let fromExtension = pythonExtension()?.environments?.onDidChangeActiveEnvironmentPath?.(changed) ?? nothing;
  // The Python extension often starts after this one.
  const installed = extensions.onDidChange(() => {
    fromExtension.dispose();
    fromExtension = pythonExtension()?.environments?.onDidChangeActiveEnvironmentPath?.(changed) ?? nothing;
    changed();
  });
  return { dispose: () => { for (const each of [fromSetting, fromExtension, installed]) each.dispose(); } };
}
