import { app } from 'electron';

/** What is at work in the background. */
export interface AtWork {
  /** Finishes or safely leaves what is under way. */
  stop(): Promise<void>;
  /** Ends the process. */
  exit(code: number): void;
}

/** How the app ends, whoever asks for it: the menu, a signal, on macOS and Linux the end of the session. */
export interface Ending {
  /** From then on nothing may be shown or begun any more. */
  readonly hasBegun: boolean;
  /** Does this at once when the end begins, such as taking the icon away, so that the owner sees that the click was heard. */
  atOnce(work: () => void): void;
  /** From now on the end finishes or safely leaves what this is doing. */
  inOrder(running: AtWork): void;
}

/**
 * Ends the process. `app.exit` waits for a keychain call whose prompt is open, and so does every gentler way; such a call holds
 * nothing that a kill could break.
 */
export function endAtOnce(code: number, callHangs: boolean): void {
  if (callHangs) process.kill(process.pid, 'SIGKILL');
  else app.exit(code);
}

/** Takes every way of quitting into hand. Windows tells nobody when its session ends; there each step stands a kill. */
export function watchForEnding(): Ending {
  const works: (() => void)[] = [];
  let running: AtWork | null = null;
  let begun = false;
  const end = async (): Promise<void> => {
    for (const work of works) work();
    // While the keeper is being opened the keychain's prompt may stand, which would hold up any other end.
    if (running === null) return endAtOnce(0, true);
    await running.stop();
    return running.exit(0);
  };
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (!begun) void end();
    begun = true;
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
  return {
    get hasBegun() {
      return begun;
    },
    atOnce: (work) => void works.push(work),
    inOrder: (atWork) => void (running = atWork),
  };
}
