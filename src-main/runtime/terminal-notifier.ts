import type { Notifier } from '../core/ports.ts';
import { printable } from '../core/words/printable.ts';

/** Tells alerts on the terminal of server mode, one line each; they stand in the status as well. */
export function terminalNotifier(say: (line: string) => void): Notifier {
  return {
    // That there is no keychain is said at every start, not only when the alert is new.
    tell: (alert) => (alert.code === 'memory-only' ? undefined : say(`${alert.severity === 'urgent' ? 'Urgent' : 'Please note'}: ${printable(alert.text)}`)),
    // What was printed cannot be taken back, and that all is well again is seen in the status.
    withdraw: () => undefined,
  };
}
