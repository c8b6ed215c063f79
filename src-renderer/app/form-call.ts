import type { Outcome } from '../../src-main/contract/outcome.ts';
import type { WindowBridge } from '../../src-main/contract/window-api.ts';

/** What a form asks of main: a call, or a sentence that says what is missing before anything is sent. */
export type FormCall = ((bridge: WindowBridge) => Promise<Outcome>) | string;
