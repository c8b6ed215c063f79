import type { DeliveryStanding, DeliveryView } from '../contract/deliveries.ts';
import { commandLine } from '../core/delivery/command-words.ts';
import type { Delivery } from '../core/delivery/delivery.ts';
import { waitsForOwner } from '../core/delivery/fault-codes.ts';
import { isoTime } from '../core/time.ts';
import { isFileDelivery } from './book.ts';

/** What surrounds a delivery and is told with it. */
export interface Surroundings {
  /** False where its connection was never there since the start. */
  readonly isConnected: boolean;
  /** Of the token in use; null where there is none at hand. */
  readonly fingerprint: string | null;
  /** Why there is none: the keychain is locked. */
  readonly isLocked: boolean;
  readonly isRunning: boolean;
  /** Every file of the connection holds the token in use. */
  readonly filesDone: boolean;
}

/** A delivery in words for its owner. */
export function deliveryView(delivery: Delivery, surroundings: Surroundings): DeliveryView {
  const { id, connection, to, state } = delivery;
  const { standing, code, text } = stand(delivery, surroundings);
  return {
    id,
    connection,
    kind: to.kind,
    target: to.kind === 'env-file' ? to.target.file : commandLine(to.command.argv),
    variable: to.kind === 'env-file' ? to.target.variable : null,
    keepBackup: to.kind === 'env-file' && to.target.keepBackup,
    standing,
    text,
    code,
    lastDone: isoTime(state.done?.at ?? null),
    fingerprint: state.done?.fingerprint ?? null,
    nextTry: isoTime(state.fault === null ? null : state.nextTryAt),
  };
}

interface Stand {
  readonly standing: DeliveryStanding;
  readonly code: string | null;
  readonly text: string | null;
}

function stand(delivery: Delivery, { isConnected, fingerprint, isLocked, isRunning, filesDone }: Surroundings): Stand {
  const { fault, nextTryAt, done } = delivery.state;
  if (!isConnected) return { standing: 'needs-owner', code: 'no-connection', text: 'The connection that this belongs to is no longer there. Remove it, and add it to another connection.' };
  if (isRunning) return { standing: 'pending', code: 'running', text: 'The command is running.' };
  if (fingerprint === null) {
    return isLocked
      ? { standing: 'pending', code: 'keychain-locked', text: 'The keychain is locked. Unlock it, and Evertoken delivers the token.' }
      : { standing: 'pending', code: 'no-token', text: 'There is no token to deliver yet. Give Evertoken one, and it is delivered.' };
  }
  if (fault !== null) {
    return { standing: standingOf(fault.code, nextTryAt), code: fault.code, text: fault.text };
  }
  if (done?.fingerprint === fingerprint) return { standing: 'done', code: null, text: null };
  if (isFileDelivery(delivery)) return { standing: 'pending', code: null, text: null };
  if (!filesDone) return { standing: 'pending', code: 'waits-for-files', text: 'It runs when the token is in every file.' };
  // Set while the files held the token already: nothing has changed for the bot.
  return { standing: 'pending', code: 'waits-for-token', text: 'It runs after the next new token.' };
}

function standingOf(code: string, nextTryAt: number | null): DeliveryStanding {
  if (nextTryAt !== null && (code === 'unproved' || code === 'command-interrupted')) return 'pending';
  // A vanished file is looked for again, but made anew only by the owner.
  return waitsForOwner(code) || code === 'vanished' || nextTryAt === null ? 'needs-owner' : 'failed';
}
