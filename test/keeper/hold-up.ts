import type { Meta } from '../../src-main/core/ports.ts';

/** A call to Meta that stops right before it goes out. */
export interface HeldUp {
  /** Resolves when the call is there. */
  readonly reached: Promise<void>;
  /** Lets it go out, and all later ones pass. */
  goOn(): void;
}

/** Holds up the calls of one kind from now on. */
export function holdUp(meta: Meta, call: 'debugToken' | 'exchangeToken'): HeldUp {
  let arrive = (): void => undefined;
  let open = (): void => undefined;
  const reached = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const pass = async (): Promise<void> => {
    arrive();
    await gate;
  };
  const { debugToken, exchangeToken } = meta;
  if (call === 'debugToken') {
    meta.debugToken = async (token, app) => {
      await pass();
      return debugToken(token, app);
    };
  } else {
    meta.exchangeToken = async (token, app, sixtyDays) => {
      await pass();
      return exchangeToken(token, app, sixtyDays);
    };
  }
  return {
    reached,
    goOn: () => {
      Object.assign(meta, { debugToken, exchangeToken });
      open();
    },
  };
}
