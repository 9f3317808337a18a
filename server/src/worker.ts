/** The thread that the engine runs in. */
import { createEngine } from './engine/in-place';
import { clearAsItRuns, clearYoung } from './host/garbage';
import { nodeSurroundings } from './host/surroundings';
import { threadPort } from './host/threads';
import { serve } from './worker/serve';

clearAsItRuns();
serve(threadPort(), (listener, isSuperseded) => createEngine({ ...nodeSurroundings(), isSuperseded, rest: clearYoung }, listener));
