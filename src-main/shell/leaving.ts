import { app, dialog } from 'electron';

/** The exit code of a start that cannot be; `npm start` then repeats what was said, and tries nothing else. */
export const EXIT_CANNOT_START = 2;
/** EX_SOFTWARE of sysexits: something of our own went wrong. */
const EXIT_SOFTWARE = 70;

/** Says why on standard error, in a dialog where no terminal shows that, and ends the app: there is nothing under way that could be lost. */
export function leave(exitCode: number, text: string): void {
  (exitCode === 0 ? process.stdout : process.stderr).write(text);
  // After the words: the dialog waits for a click, and whoever started the app waits for the words.
  if (exitCode !== 0 && process.env['EVERTOKEN_IN_TERMINAL'] === undefined) dialog.showErrorBox('Evertoken cannot start', text.trim());
  app.exit(exitCode);
}

/** The same for an error that was not foreseen. */
export function leaveBecauseOf(error: unknown): void {
  leave(EXIT_SOFTWARE, `Something went wrong inside Evertoken while it started: ${error instanceof Error ? error.message : String(error)}\n`);
}
