/** The project's word over the settings, for one file. */
import type { Settings } from '../../../../shared/src/settings';
import type { RuleSetting } from '../../../../shared/src/settings';
import type { StatedInputs } from '../../frontends/frontend';
import type { FilePatterns } from '../../base/patterns';
import { namesDeviceFile } from '../own-device';
import { folderBelow } from './below';
import type { ProjectConfiguration } from './configuration';

export interface Configured {
  readonly settings: Settings;
  /** What it says of inputs, the more particular last. */
  readonly inputs: readonly StatedInputs[];
  /** Further folders that imports are looked up in, as far as they may be read. */
  readonly roots: readonly string[];
  readonly isExcluded: boolean;
}

/** What the user says for this run alone counts more than the file. */
export function configured(uri: string, settings: Settings, configuration: ProjectConfiguration, stated: Partial<Settings> = {}): Configured {
  const path = pathFrom(configuration.folder, uri);
  const applies = (files: FilePatterns | undefined): boolean => files === undefined || (path !== undefined && files.matches(path));
  const layers = configuration.layers.filter(layer => applies(layer.files));
  const rules = layers.reduce<Readonly<Record<string, RuleSetting>>>((sum, layer) => merged(sum, layer.rules), settings.rules);
  const own: Partial<Settings> = Object.assign({}, ...layers.map(layer => layer.settings)) as Partial<Settings>;
  const { pythonPath = [], device } = own;
  return {
    settings: {
      ...settings, ...own, ...(device !== undefined && namesDeviceFile(device) ? { device: folderBelow(configuration.folder, device.trim()) ?? device } : {}), ...stated,
      rules: stated.rules ? merged(rules, stated.rules) : rules,
      pythonPath: [...stated.pythonPath ?? [], ...settings.pythonPath],
    },
    roots: pythonPath.flatMap(each => folderBelow(configuration.folder, each) ?? []),
    inputs: configuration.inputs.filter(({ files }) => applies(files)).map(({ models, inputs, why }) => ({ models, inputs, why })),
    isExcluded: path !== undefined && configuration.exclude.matches(path),
  };
}

/** Option by option. */
function merged(under: Readonly<Record<string, RuleSetting>>, over: Readonly<Record<string, RuleSetting>>): Readonly<Record<string, RuleSetting>> {
  const both: Record<string, RuleSetting> = { ...under };
  for (const [id, { level, options }] of Object.entries(over)) {
    const before = both[id];
    const most = level ?? before?.level;
    both[id] = { ...(most === undefined ? {} : { level: most }), options: { ...before?.options, ...options } };
  }
  return both;
}

/** Steps from the folder, decoded; undefined for what lies elsewhere. */
export function pathFrom(folder: string, uri: string): string | undefined {
  if (!uri.startsWith(`${folder}/`)) return undefined;
  try {
    return decodeURIComponent(uri.slice(folder.length + 1));
  } catch {
    return uri.slice(folder.length + 1);
  }
}
