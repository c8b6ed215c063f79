import type { Cause } from './fault.ts';

/**
 * Which call was answered. Code 1 means "wrong app secret" on `oauth` and "try again" elsewhere; on `debug`
 * (signed by the app) a refused signature is the app's, on `debug-self` (signed by the token) it is the token's.
 * `verdict` is the error inside a `debug_token` answer: Meta's judgement of the token that was asked about.
 */
export type Endpoint = 'oauth' | 'debug' | 'debug-self' | 'verdict' | 'asset' | 'other';

/** A code, or a range with both ends included. */
export type Codes = readonly (number | readonly [from: number, to: number])[];

/** One row of Meta's error tables. Every condition that is given must hold. */
export interface CauseRule {
  readonly cause: Cause;
  readonly codes?: Codes;
  readonly subcodes?: readonly number[];
  /** Tested on Meta's English words, for codes that mean several things. Linear: no nested repetition. */
  readonly words?: RegExp;
  readonly unless?: RegExp;
  readonly on?: readonly Endpoint[];
}

/** "Authentication failed": 190 and 102 of the Graph API, 0 of the Cloud API. */
const AUTH: Codes = [0, 102, 190];
/** Calls that the app signs, so that a bare "authentication failed" is about the app. */
const SIGNED_BY_APP: readonly Endpoint[] = ['oauth', 'debug'];

/**
 * Meta's tables as this product reads them, first match wins. Subcodes go before words because words are localised;
 * 467 and 492 go after them because Meta uses both for several things and its words are then more exact (seen in public logs).
 */
export const CAUSE_RULES: readonly CauseRule[] = [
  { cause: 'throttled', codes: [4, 17, 32, 341, 613, [80000, 80014], 130429, 131056, 133016] },

  // A proof or an app that Meta refuses: worded in many codes, and never the token's fault.
  { cause: 'app_secret_proof', words: /appsecret_proof/i },
  { cause: 'app_secret_proof', codes: [100], subcodes: [104] },
  { cause: 'wrong_app', words: /match the viewing app|token does not belong to (?:the |this )?app/i },
  { cause: 'wrong_app_credentials', words: /error validating (?:application|client secret)|invalid (?:client|application) ?_?(?:id|secret)/i },
  { cause: 'no_token_sent', words: /provide valid app id|active access token must be used|an access token is required/i },

  // Why a token died, by number …
  { cause: 'expired', codes: AUTH, subcodes: [463] },
  { cause: 'password_changed', codes: AUTH, subcodes: [460] },
  { cause: 'app_removed', codes: AUTH, subcodes: [458] },
  { cause: 'checkpoint', codes: AUTH, subcodes: [459] },
  { cause: 'unconfirmed', codes: AUTH, subcodes: [464] },
  { cause: 'inactive_90_days', codes: AUTH, subcodes: [493] },
  // … by words …
  { cause: 'password_changed', codes: AUTH, words: /changed (?:their|the|your|his|her) password|for security reasons/i },
  { cause: 'expired', codes: AUTH, words: /session has expired|token has expired|token (?:is )?expired|expired (?:access )?token/i },
  { cause: 'logged_out', codes: AUTH, words: /logged out/i },
  { cause: 'app_removed', codes: AUTH, words: /has(?: not|n't) authorized (?:the )?application/i },
  { cause: 'checkpoint', codes: AUTH, words: /checkpoint|confirm your identity|log in (?:at|to) (?:https?:\/\/)?(?:www\.)?facebook\.com/i },
  { cause: 'unconfirmed', codes: AUTH, words: /not a confirmed user|unconfirmed/i },
  { cause: 'inactive_90_days', codes: AUTH, words: /90 days/i },
  { cause: 'missing_permission', codes: AUTH, words: /must be an? (?:administrator|admin|editor)|impersonate/i },
  // … and by the two vague numbers.
  { cause: 'logged_out', codes: AUTH, subcodes: [467, 492] },
  // Asked for a permanent token where only 60 days are on offer. The code of that refusal is not
  // documented. The opposite, the flag for a token that may not have it, is told apart by its words.
  { cause: 'sixty_days_only', words: /expires_in_60_days|\b60[ -]days?\b|(?:never|non)[ -]?expir\w*.{0,60}(?:not (?:allowed|supported|available|permitted)|disallowed)|permanent.{0,60}not (?:allowed|supported|available|permitted)/i, unless: /only (?:be )?(?:used|valid|available|allowed) (?:with|for|by)/i, on: ['oauth'] },
  // The app signs these calls with its own id and secret; what is left of 190 is about that signature.
  { cause: 'wrong_app_credentials', codes: AUTH, on: ['debug'] },
  { cause: 'malformed_token', codes: AUTH, words: /cannot parse|malformed|(?:could not|cannot|failed to)(?: be)? decrypt|token signature/i },
  { cause: 'unknown_auth', codes: AUTH },

  { cause: 'wrong_app_credentials', codes: [101] },
  // "Unknown error, try again" exists on this endpoint too; anything else under code 1 is the app's secret.
  { cause: 'wrong_app_credentials', codes: [1], on: SIGNED_BY_APP, unless: /unknown error|unexpected error|try again|retry|temporar|reduce the amount/i },
  { cause: 'transient', codes: [1, 2, 131000, 131016, 131057, 133004] },

  { cause: 'wrong_id_or_no_asset', codes: [803] },
  { cause: 'wrong_id_or_no_asset', codes: [100], subcodes: [33] },
  // A WABA id in the place of a phone-number id: the account has no such field.
  { cause: 'wrong_id_or_no_asset', codes: [100], words: /object with id|nonexisting field|unsupported (?:get|post) request/i },
  { cause: 'missing_permission', codes: [3, 10, [200, 299], 131005] },

  { cause: 'account_policy', codes: [368, 130497, 131031, 131048] },
  { cause: 'billing', codes: [131042] },
  { cause: 'registration', codes: [131045, [133000, 133003], [133005, 133015]] },
  { cause: 'recipient_or_message', codes: [130472, 131008, 131009, 131021, 131026, 131030, 131047, [131049, 131053], 131058, [132000, 132099]] },
  { cause: 'recipient_or_message', codes: [100], words: /recipient|\btemplate\b/i },
  { cause: 'graph_version', codes: [2635] },
];
