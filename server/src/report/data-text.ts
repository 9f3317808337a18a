/** JSON that is harmless where it is printed, too: a build's log takes some texts for commands, wherever in a line they stand. */

const command = /#(?=#(?:vso)?\[)/gi;

/** One line; the same value to whoever parses it. */
export function dataText(value: unknown): string {
  return JSON.stringify(value).replace(command, '\\u0023');
}
