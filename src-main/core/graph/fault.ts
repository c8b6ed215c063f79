/**
 * Why a call to Meta did not do what was asked. Each value is one row of Meta's error tables as this product
 * reads them; `causeTraits` says what follows from each.
 */
export type Cause =
  | 'expired'
  | 'password_changed'
  | 'app_removed'
  | 'logged_out'
  | 'checkpoint'
  | 'unconfirmed'
  | 'inactive_90_days'
  | 'malformed_token'
  | 'no_token_sent'
  | 'wrong_app'
  | 'wrong_app_credentials'
  | 'app_secret_proof'
  | 'missing_permission'
  | 'wrong_id_or_no_asset'
  | 'throttled'
  | 'transient'
  | 'recipient_or_message'
  | 'account_policy'
  | 'billing'
  | 'registration'
  | 'graph_version'
  /** Meta gives this business 60-day System User tokens only and was asked for a permanent one. */
  | 'sixty_days_only'
  | 'network'
  | 'unknown_auth'
  | 'unknown';

/** A classified failure. Never carries a token: the message is redacted before it gets here. */
export interface GraphFault {
  readonly cause: Cause;
  /** Meta's `error.code`, as a number even where Meta sends a string; null where there was no Graph error body. */
  readonly code: number | null;
  /** `error_subcode` (or `subcode` in `debug_token`), null where absent. */
  readonly subcode: number | null;
  /** HTTP status, null where no answer came at all. */
  readonly httpStatus: number | null;
  /** Meta's own words, redacted and cut to 500 characters; may be localised, so for showing only. */
  readonly message: string;
}
