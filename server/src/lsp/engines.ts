/** Where the engine runs. */
import type { Engine, EngineListener } from '../engine/engine';
import { nodeSurroundings } from '../host/surroundings';

export async function openEngine(listener: EngineListener, _inPlace: boolean): Promise<Engine> {
  const { createEngine } = await import('../engine/in-place');
  return createEngine(nodeSurroundings(), listener);
}
