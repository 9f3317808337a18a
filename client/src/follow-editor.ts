/** Calls again whenever the editor in front, its caret or what is known of its file has changed: once the caret rests, not on every line that it runs through. */
import { Disposable, window } from 'vscode';
import type { Server } from './client';

const restMilliseconds = 150;

export interface Following extends Disposable {
  refresh(): void;
}

/** `isCurrent` tells, after whatever `show` has waited for, that no later call has begun meanwhile. */
export function followEditor(server: Server, show: (isCurrent: () => boolean) => Promise<void>): Following {
  let timer: NodeJS.Timeout | undefined;
  let turns = 0;
  const refresh = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const turn = ++turns;
      void show(() => turn === turns);
    }, restMilliseconds);
  };
  const listeners = Disposable.from(
    window.onDidChangeActiveTextEditor(refresh), window.onDidChangeTextEditorSelection(refresh), server.onAnalyzed(refresh), server.onRunning(refresh),
  );
  return {
    refresh,
    dispose() {
      clearTimeout(timer);
      listeners.dispose();
    },
  };
}
