/** What the process says to the shell. */
export const exitCodes = {
  fine: 0,
  /** A finding of error level, or a broken budget. */
  findings: 1,
  wrongUse: 2,
  unreadable: 3,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
