import type { SessionTextStyle } from './session-text.ts';
import { sessionExpiredText } from './session-text.ts';
import type { CodedRefusal } from './coded-refusals.ts';
import { codedRefusals } from './coded-refusals.ts';

/** A Graph error before it is put into JSON. */
export interface GraphError {
  readonly status: number;
  readonly code: number;
  readonly subcode: number | null;
  readonly type: string;
  readonly message: string;
  /** `error_data.details`, which only the WhatsApp endpoints send. */
  readonly details: string | null;
  readonly transient: boolean;
}

/** What the words of a refusal may need to know. */
export interface RefusalFacts {
  /** ms since 1970. */
  readonly now: number;
  readonly sessionText: SessionTextStyle;
  readonly method: string;
  /** End of the token in question, ms; null where it has none. */
  readonly expiresAt?: number | null;
  readonly appId?: string;
  /** The id, alias or parameter that is refused. */
  readonly subject?: string;
}

interface NamedRefusal {
  readonly status?: number;
  readonly code: number;
  readonly subcode?: number;
  readonly type?: string;
  readonly text: (facts: RefusalFacts) => string;
}

const invalid = (reason: string) => (): string => `Error validating access token: ${reason}`;
const proofType = 'GraphMethodException';

/**
 * Meta's refusals of tokens, apps, ids and parameters. Codes from Meta's Graph error reference and access-token
 * debugging guide; the words as seen in public logs. The HTTP status is 400 unless a row says otherwise.
 */
const named = {
  expired: { code: 190, subcode: 463, text: (f) => sessionExpiredText(f.sessionText, f.expiresAt ?? f.now, f.now) },
  password_changed: { code: 190, subcode: 460, text: invalid('The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.') },
  app_removed: { code: 190, subcode: 458, text: (f) => `Error validating access token: The user has not authorized application ${f.appId ?? '123456'}.` },
  checkpoint: { code: 190, subcode: 459, text: invalid('You cannot access the app till you log in to www.facebook.com and follow the instructions given.') },
  unconfirmed: { code: 190, subcode: 464, text: invalid('Sessions for the user are not allowed because the user is not a confirmed user.') },
  logged_out: { code: 190, subcode: 467, text: invalid('The session is invalid because the user logged out.') },
  lost_role: { code: 190, subcode: 492, text: invalid('The session does not match a user who still has a role here.') },
  inactive_90_days: { code: 190, subcode: 493, text: invalid('The session was not used for 90 days.') },
  session_invalid: { status: 401, code: 102, text: () => 'Session key invalid or no longer valid' },
  cannot_parse: { code: 190, text: () => 'Invalid OAuth access token - Cannot parse access token' },
  not_decryptable: { code: 190, text: () => 'The access token could not be decrypted' },
  no_token_sent: { status: 403, code: 200, text: () => '(#200) Provide valid app ID' },
  missing_scope: { status: 403, code: 200, text: (f) => `(#200) Requires ${f.subject ?? 'whatsapp_business_management'} permission to manage the object` },
  missing_permission: { status: 403, code: 10, text: () => '(#10) Application does not have permission for this action' },
  wrong_id: { code: 100, subcode: 33, type: proofType, text: (f) => `Unsupported ${f.method.toLowerCase()} request. Object with ID '${f.subject ?? '0'}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api` },
  unknown_alias: { status: 404, code: 803, text: (f) => `(#803) Some of the aliases you requested do not exist: ${f.subject ?? 'unknown'}` },
  other_app: { code: 100, text: () => '(#100) The App_id in the input_token did not match the Viewing App' },
  debug_needs_app_token: { code: 100, text: () => '(#100) You must provide an app access token, or a user access token that is an owner or developer of the app' },
  unknown_app: { code: 101, text: () => 'Error validating application. Cannot get application info due to a system error.' },
  wrong_app_secret: { code: 190, text: () => 'Error validating application. Invalid application ID.' },
  wrong_client_secret: { code: 1, text: () => 'Error validating client secret.' },
  proof_missing: { code: 100, type: proofType, text: () => 'API calls from the server require an appsecret_proof argument' },
  proof_wrong: { code: 100, type: proofType, text: () => 'Invalid appsecret_proof provided in the API argument' },
  proof_refused: { code: 104, text: () => 'Requires a valid appsecret_proof provided in the API argument' },
  missing_parameter: { code: 100, text: (f) => `(#100) The parameter ${f.subject ?? 'value'} is required.` },
  bad_parameter: { code: 100, text: (f) => `(#100) Invalid parameter: ${f.subject ?? 'value'}` },
  sixty_days_required: { code: 100, text: () => '(#100) System user access tokens of this business must expire in 60 days: set_token_expires_in_60_days is required' },
  sixty_days_not_for_users: { code: 100, text: () => '(#100) set_token_expires_in_60_days can only be used with a system user access token' },
  unknown_path: { code: 2500, text: (f) => `Unknown path components: ${f.subject ?? '/'}` },
} as const satisfies Record<string, NamedRefusal>;

/** A row of Meta's error tables: by name for tokens, apps and ids; by code for all that its code says fully. */
export type RefusalRow = keyof typeof named | keyof typeof codedRefusals;

/** The Graph error of a row, in words that fit `facts`. */
export function refusal(row: RefusalRow, facts: RefusalFacts): GraphError {
  if (typeof row === 'number') {
    const coded: CodedRefusal = codedRefusals[row];
    return { status: coded.status, code: row, subcode: null, type: 'OAuthException', message: `(#${row}) ${coded.title}`, details: coded.details ?? null, transient: coded.transient ?? false };
  }
  const entry: NamedRefusal = named[row];
  return { status: entry.status ?? 400, code: entry.code, subcode: entry.subcode ?? null, type: entry.type ?? 'OAuthException', message: entry.text(facts), details: null, transient: false };
}
