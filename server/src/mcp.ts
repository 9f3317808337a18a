/** The server for coding agents, which `joulelint mcp` loads: a bundle of its own, since nothing else needs the protocol. */
import { startMcp } from './cli/mcp/server';

void startMcp();
