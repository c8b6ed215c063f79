import { app } from 'electron';

/** The exit code of a start that cannot be; whoever started the app then repeats what it said. */
export const EXIT_CANNOT_START = 2;

/** Says why, and ends the app at once: there is nothing under way yet that could be lost. */
export function leave(exitCode: number, text: string): void {
  (exitCode === 0 ? process.stdout : process.stderr).write(text);
  app.exit(exitCode);
}
