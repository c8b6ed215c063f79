import { z } from 'zod';
import type { AlertCode, AlertRecord, Rung, Told } from '../../core/alerts/alert.ts';
import type { Cause, GraphFault } from '../../core/graph/fault.ts';
import type { PhoneNumber, SecretMarker, VaultKind } from '../../core/ports.ts';
import type { ProofFailure, RenewalRecord, RenewalResult } from '../../core/renewal/record.ts';
import type { Access, AccessCheck, CheckRecord, Connection, KeeperState, RefusedCall, TokenRecord, TokenRole, TokenSource } from '../../core/state.ts';
import type { End, Snapshot } from '../../core/token/snapshot.ts';

/*
 * Every union of the core is repeated here as a table that must name each member, so that a value added there
 * is a compile error here and never a settings file that is taken for broken.
 */
const causes = {
  expired: true, password_changed: true, app_removed: true, logged_out: true, checkpoint: true, unconfirmed: true,
  inactive_90_days: true, malformed_token: true, no_token_sent: true, wrong_app: true, wrong_app_credentials: true,
  app_secret_proof: true, missing_permission: true, wrong_id_or_no_asset: true, throttled: true, transient: true,
  recipient_or_message: true, account_policy: true, billing: true, registration: true, graph_version: true,
  network: true, sixty_days_only: true, unknown_auth: true, unknown: true,
} satisfies Record<Cause, true>;
const alertCodes = {
  expiry: true, 'data-access': true, revoked: true, 'access-lost': true, 'app-credentials-refused': true,
  'cannot-extend': true, 'renewal-failing': true, 'renewal-worse': true, 'scopes-lost': true, 'keychain-locked': true,
  'keychain-unavailable': true, 'secret-lost': true, 'app-secret-lost': true, 'memory-only': true, 'kept-in-memory': true, 'fallback-in-use': true, 'settings-broken': true,
  'call-refused': true, 'delivery-failed': true, 'changed-by-hand': true, 'command-failed': true, 'gateway-trouble': true,
} satisfies Record<AlertCode, true>;
const rungs = { '14d': true, '7d': true, '3d': true, '1d': true, '6h': true, '1h': true, '30m': true, ended: true } satisfies Record<Rung, true>;
const vaults = { keychain: true, memory: true, file: true } satisfies Record<VaultKind, true>;
const proofFailures = {
  invalid: true, 'other-app': true, 'other-user': true, 'messaging-scope-missing': true, 'access-lost': true, 'expires-earlier': true,
} satisfies Record<ProofFailure, true>;
const roles = { staging: true, candidate: true, current: true, previous: true, discarded: true } satisfies Record<TokenRole, true>;
const sources = { connect: true, import: true, replacement: true, renewal: true } satisfies Record<TokenSource, true>;
const accessChecks = { number: true, waba: true } satisfies Record<AccessCheck, true>;
const results = {
  renewed: true, 'no-progress': true, worse: true, refused: true, unreachable: true, vault: true,
} satisfies Record<RenewalResult, true>;

function oneOf<K extends string>(table: Record<K, true>): z.ZodType<K> {
  const isMember = (value: unknown): value is K => typeof value === 'string' && Object.hasOwn(table, value);
  return z.custom<K>(isMember, 'not one of the known values');
}

const time = z.number();
const text = z.string();

const fault: z.ZodType<GraphFault> = z.object({
  cause: oneOf(causes),
  code: z.number().nullable(),
  subcode: z.number().nullable(),
  httpStatus: z.number().nullable(),
  message: text,
});

const end: z.ZodType<End> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('never') }),
  z.object({ kind: z.literal('at'), at: time }),
  z.object({ kind: z.literal('unknown') }),
]);

const snapshot: z.ZodType<Snapshot> = z.object({
  saidAt: time,
  valid: z.boolean(),
  appId: text.nullable(),
  userId: text.nullable(),
  type: text.nullable(),
  expiry: end,
  dataAccess: end,
  issuedAt: time.nullable(),
  scopes: z.array(text),
  granularScopes: z.array(z.object({ scope: text, targetIds: z.array(text) })),
  fault: fault.nullable(),
});

const marker: z.ZodType<SecretMarker> = z.object({
  id: text.min(1),
  vault: oneOf(vaults),
  account: text.min(1),
  lastFour: text,
  savedAt: time,
});

const token: z.ZodType<TokenRecord> = z.object({
  id: text.min(1),
  marker,
  role: oneOf(roles),
  source: oneOf(sources),
  fingerprint: text,
  firstSeenAt: time,
  snapshot: snapshot.nullable(),
  bringsApp: z.object({ appId: text, secret: marker }).nullable(),
});

const numberFields = { id: text, display: text.nullable(), verifiedName: text.nullable(), quality: text.nullable() };
const phoneNumber: z.ZodType<PhoneNumber> = z.object(numberFields);

const access: z.ZodType<Access> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('unchecked') }),
  z.object({ kind: z.literal('proved'), at: time, checks: z.array(oneOf(accessChecks)), number: phoneNumber.nullable() }),
  z.object({ kind: z.literal('lost'), at: time, fault }),
]);

const check: z.ZodType<CheckRecord> = z.object({
  at: time,
  definiteAt: time.nullable(),
  silent: z.number(),
  fault: fault.nullable(),
  clockAheadBy: z.number().nullable(),
});

const refusedCall: z.ZodType<RefusedCall> = z.object({ tokenId: text, at: time, code: z.number(), message: text, validAt: time.nullable() });

const renewal: z.ZodType<RenewalRecord> = z.object({
  phase: z.discriminatedUnion('phase', [
    z.object({ phase: z.literal('resting') }),
    z.object({ phase: z.literal('fetching'), at: time }),
    z.object({ phase: z.literal('staging'), tokenId: text }),
    z.object({ phase: z.literal('proving'), tokenId: text }),
    z.object({ phase: z.literal('promoting'), tokenId: text }),
  ]),
  lastAttempt: z.object({ at: time, result: oneOf(results), fault: fault.nullable() }).nullable(),
  lastSuccessAt: time.nullable(),
  failures: z.number(),
  noProgress: z.number(),
  worse: z.array(oneOf(proofFailures)),
  failingFor: z.number(),
  notBefore: time.nullable(),
});

const alert: z.ZodType<AlertRecord> = z.object({
  id: text,
  code: oneOf(alertCodes),
  severity: z.enum(['warning', 'urgent']),
  text,
  rung: oneOf(rungs).nullable(),
  raisedAt: time,
  toldAt: time,
  acknowledgedAt: time.nullable(),
});

const told: z.ZodType<Told> = z.object({ key: text, at: time });

const connection: z.ZodType<Connection> = z.object({
  id: text.min(1),
  label: text,
  environment: text,
  appId: text.nullable(),
  phoneNumberId: text.nullable(),
  wabaId: text.nullable(),
  createdAt: time,
  appSecret: marker.nullable(),
  appCredentialsFault: z.intersection(fault, z.object({ at: time, on: z.enum(['debug', 'exchange']) })).nullable(),
  tokens: z.array(token),
  currentTokenId: text.nullable(),
  access,
  offeredNumbers: z.array(z.object({ ...numberFields, wabaId: text })),
  lastCheck: check.nullable(),
  refusedCall: refusedCall.nullable(),
  renewal,
  alerts: z.array(alert),
  told: z.array(told),
});

/**
 * The settings as they stand on disk, newest version, without the version field. It is checked when the file is
 * read and before it is written: a NaN would become `null` on disk and make the next start take the file for broken.
 */
export const keeperStateSchema: z.ZodType<KeeperState> = z.object({
  installationId: text.min(1),
  connections: z.array(connection),
  alerts: z.array(alert),
  told: z.array(told),
});
