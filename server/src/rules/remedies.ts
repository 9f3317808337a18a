/** Edits that rules propose. Each looks at the source text alone and gives up where a call is not written plainly; whether the result fits is shown by analysing it. */
import type { Site } from '../graph/graph';
import { argumentEdit } from './argument-edit';
import type { ArgumentChange, Remedy } from './define';

type About = Omit<Remedy, 'edits'>;

/** Attributes of operators that say which size a layer takes, and the parameter's name in PyTorch. */
export const sizeKeywords: Readonly<Record<string, string>> = { inChannels: 'in_channels', inFeatures: 'in_features', channels: 'num_features' };

/** One argument of the call that makes a layer. */
export function setArgument(site: Site, change: ArgumentChange, about: About): Remedy {
  return setArguments(site, [change], about);
}

export function setArguments(site: Site, changes: readonly ArgumentChange[], about: About): Remedy {
  return {
    ...about,
    edits: ({ uri, text }) => {
      const edits = changes.map(change => argumentEdit(text, uri, site, change));
      return edits.every(edit => edit !== undefined) ? edits : undefined;
    },
  };
}
