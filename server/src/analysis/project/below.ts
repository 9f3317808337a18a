/** Paths that a project names: they lead into its own folder. */

/** A project speaks of folders of its own: no path of its choosing makes anything else readable. */
export function folderBelow(folder: string, path: string): string | undefined {
  return isBelow(path) ? [folder, ...stepsOf(path).map(encodeURIComponent)].join('/') : undefined;
}

/** A path that leads nowhere but down. */
export function isBelow(path: string): boolean {
  return !/^(?:\/|[A-Za-z]:|[a-z][a-z0-9+.-]+:)/i.test(path) && !stepsOf(path).includes('..');
}

function stepsOf(path: string): readonly string[] {
  return path.replaceAll('\\', '/').split('/').filter(step => step !== '' && step !== '.');
}
