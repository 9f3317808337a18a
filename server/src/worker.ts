/** The thread that the engine runs in. */
import { createEngine } from './engine/in-place';
import { nodeSurroundings } from './host/surroundings';
import { threadPort } from './host/threads';
import { serve } from './worker/serve';

serve(threadPort(), (listener, isSuperseded) => createEngine({ ...nodeSurroundings(), isSuperseded }, listener));
