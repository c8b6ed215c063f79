import type { Health } from '../core/health/health.ts';
import type { TokenKind } from '../core/token/kind.ts';
import type { TrayState } from '../core/tray/tray.ts';
import type { Cure } from '../core/words/cure.ts';

/** An alert as window, server and command line show it. Times are ISO 8601. */
export interface AlertView {
  readonly id: string;
  readonly code: string;
  readonly severity: 'warning' | 'urgent';
  readonly text: string;
  readonly rung: string | null;
  readonly raisedAt: string;
  readonly toldAt: string;
  readonly acknowledgedAt: string | null;
}

/** One connection in `GET /admin/token-status`. Times are ISO 8601; nothing here is a secret. */
export interface ConnectionView {
  readonly id: string;
  readonly label: string;
  readonly environment: string;
  readonly health: Health;
  /** Which of the eight looks of the tray and the window stands for it. */
  readonly look: TrayState;
  /** Stable codes, first the one that decides. */
  readonly reasonCodes: readonly string[];
  /** The same in plain sentences. */
  readonly reasons: readonly string[];
  /** What to do, in words, with a link where one helps. */
  readonly advice: string;
  /** The same as something to press or to type; null where there is nothing to do in Evertoken. */
  readonly cure: Cure | null;
  readonly kind: TokenKind;
  readonly appId: string | null;
  readonly phoneNumberId: string | null;
  readonly wabaId: string | null;
  /** The phone number in readable form. */
  readonly number: string | null;
  /** Numbers found at Meta while none was chosen. */
  readonly offeredNumbers: readonly { readonly id: string; readonly display: string | null; readonly wabaId: string }[];
  readonly scopes: readonly string[];
  readonly missingScopes: readonly string[];
  /** null with kind `never-expiring`, and where it is not known. */
  readonly expiresAt: string | null;
  readonly dataAccessExpiresAt: string | null;
  /** Meta says that data access does not end by itself, as it does for System Users. */
  readonly dataAccessNeverEnds: boolean;
  /** When the token's life began: as Meta says, else when it was first seen; null where there is no token. */
  readonly issuedAt: string | null;
  /** Share of life left until the earlier of the two ends, 0 to 1; null where there is none. */
  readonly lifeLeft: number | null;
  readonly fingerprint: string | null;
  readonly lastCheck: string | null;
  readonly lastRenewal: string | null;
  readonly nextRenewal: string | null;
  readonly alerts: readonly AlertView[];
}

/** The answer of `GET /admin/token-status`. */
export interface StatusAnswer {
  /** When this was said, by the clock that Evertoken goes by. */
  readonly at: string;
  readonly connections: readonly ConnectionView[];
  /** Alerts that belong to no connection. */
  readonly alerts: readonly AlertView[];
  readonly vault: {
    readonly kind: 'keychain' | 'memory' | 'file';
    /** The keychain is known to be locked now; false where secrets are elsewhere, and where nothing can tell. */
    readonly locked: boolean;
    /** A sentence where something about it must be said. */
    readonly note: string | null;
  };
}
