/** A call that a test makes over the child process channel, and its answer. */
export interface ControlCall {
  readonly call: number;
  readonly method: string;
  readonly args: readonly unknown[];
}

/** The answer to a call with the same number. */
export type ControlAnswer = { readonly call: number; readonly value: unknown } | { readonly call: number; readonly error: string };

/** Functions by name; what goes in and comes out is JSON. */
export type ControlTable = Readonly<Record<string, (...args: never[]) => unknown>>;

/** Answers the process that started this one, if it wants to speak: with `own`, else with the recorder's functions. */
export function answerCalls(own: ControlTable): void {
  if (process.send === undefined) return;
  process.on('message', (message) => {
    const { call, method, args } = message as ControlCall;
    void perform(own, method, args).then(
      (value) => reply({ call, value: value ?? null }),
      (error: unknown) => reply({ call, error: error instanceof Error ? error.message : String(error) }),
    );
  });
  // Whoever watches this process is gone: nobody will end it any more.
  process.on('disconnect', () => process.exit(1));
}

async function perform(own: ControlTable, method: string, args: readonly unknown[]): Promise<unknown> {
  const recorder = (globalThis as { __desktopRecorder?: ControlTable }).__desktopRecorder;
  const found = own[method] ?? recorder?.[method];
  if (found === undefined) throw new Error(`The host has no function '${method}'.`);
  return (found as (...all: readonly unknown[]) => unknown)(...args);
}

function reply(answer: ControlAnswer): void {
  if (process.connected) process.send?.(answer);
}
