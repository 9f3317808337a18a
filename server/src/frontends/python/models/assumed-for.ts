/** What is asked for values that nobody states: the file's module, its text, and the project around it, looked at when it is asked for. */
import type { LowerRequest } from '../../frontend';
import type { Interpreter } from '../interpreter';
import type { ClassValue, ModuleValue } from '../values';
import type { AssumedFor } from './assumed-values';
import { projectAround, type Project } from './project';
import { projectValues, type ProjectValues } from './project-values';
import { SettingsFiles } from './settings-files';

export function assumedFor(interpreter: Interpreter, module: ModuleValue, { text, uri }: Pick<LowerRequest, 'text' | 'uri'>, partClass: ClassValue): AssumedFor {
  let around: Project | undefined;
  const files = (): Project => (around ??= projectAround(interpreter, uri));
  let read: SettingsFiles | undefined;
  const settings = (): SettingsFiles => (read ??= new SettingsFiles(files().settings));
  const bySettings = new Map<string, ProjectValues | undefined>();
  const project = (name: string): ProjectValues | undefined => {
    if (!bySettings.has(name)) bySettings.set(name, projectValues(interpreter, files(), settings(), text, name));
    return bySettings.get(name);
  };
  return { interpreter, module, text, files, project, settings, partClass };
}
