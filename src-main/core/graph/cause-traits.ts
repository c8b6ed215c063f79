import type { Cause } from './fault.ts';

/** What follows from a cause, whoever met it. */
export interface CauseTraits {
  /** Meta spoke about the token itself: it is dead, or (`unknown_auth`) said to be; confirm with `debug_token`. */
  readonly credential: boolean;
  /** Meta said definitely that the token may not reach this number or account. */
  readonly access: boolean;
  /** Meta refused app id or app secret; the token may be in perfect health. */
  readonly appCredentials: boolean;
  /** Says nothing about token, access or app: no answer, a failing server, a limit. Waiting may cure it. */
  readonly silence: boolean;
  /** Neither waiting nor retrying can cure it: a person must change something. */
  readonly humanMustAct: boolean;
}

const SILENCE: CauseTraits = { credential: false, access: false, appCredentials: false, silence: true, humanMustAct: false };
const PERSON: CauseTraits = { credential: false, access: false, appCredentials: false, silence: false, humanMustAct: true };
const DEAD_TOKEN: CauseTraits = { ...PERSON, credential: true };
const NO_ACCESS: CauseTraits = { ...PERSON, access: true };
const APP_REFUSED: CauseTraits = { ...PERSON, appCredentials: true };

/** Every cause with what follows from it. A compile error here means that a new cause was not thought through. */
export const CAUSE_TRAITS: Readonly<Record<Cause, CauseTraits>> = {
  expired: DEAD_TOKEN,
  password_changed: DEAD_TOKEN,
  app_removed: DEAD_TOKEN,
  logged_out: DEAD_TOKEN,
  checkpoint: DEAD_TOKEN,
  unconfirmed: DEAD_TOKEN,
  inactive_90_days: DEAD_TOKEN,
  malformed_token: DEAD_TOKEN,
  unknown_auth: DEAD_TOKEN,
  missing_permission: NO_ACCESS,
  wrong_id_or_no_asset: NO_ACCESS,
  wrong_app_credentials: APP_REFUSED,
  app_secret_proof: APP_REFUSED,
  // The token lives and the app is real; they only do not belong together.
  wrong_app: PERSON,
  no_token_sent: PERSON,
  recipient_or_message: PERSON,
  account_policy: PERSON,
  billing: PERSON,
  registration: PERSON,
  graph_version: PERSON,
  // The next exchange with the 60-day flag cures it.
  sixty_days_only: { ...PERSON, humanMustAct: false },
  throttled: SILENCE,
  transient: SILENCE,
  network: SILENCE,
  // An error nobody has described yet: no statement about the token, and no promise that waiting helps.
  unknown: PERSON,
};

/** What follows from a cause. */
export function causeTraits(cause: Cause): CauseTraits {
  return CAUSE_TRAITS[cause];
}
