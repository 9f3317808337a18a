/** The language server: `joulelint-server --stdio`, or over the editor's own channel. */
import { startServer } from './lsp/connection';

startServer();
