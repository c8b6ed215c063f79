import { createHmac } from 'node:crypto';
import { classifyFault, ownFault, type Endpoint } from '../core/graph/classify.ts';
import type { GraphFault } from '../core/graph/fault.ts';
import { parseGraphJson } from '../core/graph/json.ts';
import type { AppCredentials, CallAuth, Clock, Log, Meta, MetaAnswer, PhoneNumber } from '../core/ports.ts';
import { createRedactor } from '../core/redact.ts';
import { readDebugAnswer } from '../core/token/debug-answer.ts';
import { graphAddress } from './graph-address.ts';
import { getFromGraph } from './graph-http.ts';
import { isAnotherNode, isHeaderSafe, LIST_FIELDS, NUMBER_FIELDS, readAppShape, readExchanged, readNumberPage, readPhoneNumber, type NumberPage } from './graph-shapes.ts';

/** The Graph version that is used unless another is set (released 2026-07-29, Graph API changelog). */
export const GRAPH_VERSION = 'v26.0';

/** What `createMeta` needs. */
export interface MetaOptions {
  /** Base address, as `graphAddress` accepts it. */
  readonly graphUrl: string;
  /** `v` and a number, such as `v26.0`. */
  readonly version?: string;
  readonly fetch?: typeof fetch;
  /** For headers and body of one call together, ms. */
  readonly timeoutMs?: number;
  /**
   * Whether Meta's `Date` header says anything about our clock; true unless told. False in a trial whose clock a file moves:
   * a simulated Meta need not move its header along.
   */
  readonly trustsDate?: boolean;
  readonly clock: Clock;
  readonly log?: Log;
}

/** Whether a text names a version of the Graph API. */
export function isGraphVersion(text: string): boolean {
  return /^v\d{1,3}\.\d{1,2}$/.test(text);
}

const DEFAULT_TIMEOUT = 15_000;
const MAX_BODY_BYTES = 1_000_000;
/** Meta's largest page of numbers. */
const PAGE_SIZE = 100;
/** An end to paging, should the cursors never end. */
const MAX_PAGES = 50;

/** One call and how its answer is read. */
interface Call<T> {
  readonly endpoint: Endpoint;
  /** Without the version; what the log names the call by. */
  readonly name: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly bearer: string | null;
  /** What must not show in a fault's message. */
  readonly secrets: readonly string[];
  /** Null where the body is not what Meta promises. */
  readonly read: (body: unknown, redact: (text: string) => string) => T | null;
  /** Why a whole and well-formed success is a definite no all the same; null where it is not. */
  readonly misfit?: (body: unknown) => GraphFault | null;
}

/**
 * Meta over HTTPS. Every method answers with a value or a classified fault; none throws, and no address, token or
 * secret gets into a fault or the log. Throws at once where `graphUrl` or `version` cannot be used.
 */
export function createMeta(options: MetaOptions): Meta {
  const { clock, log, version = GRAPH_VERSION, timeoutMs = DEFAULT_TIMEOUT } = options;
  const address = graphAddress(options.graphUrl);
  if (!address.ok) throw new TypeError(address.message);
  if (!isGraphVersion(version)) throw new TypeError('The Graph version must look like v26.0.');
  const base = `${address.url}/${version}`;
  const http = { fetch: options.fetch ?? fetch, timeoutMs, maxBytes: MAX_BODY_BYTES, trustsDate: options.trustsDate ?? true };

  // Set once this Meta has shown that it does not read the header, so that nothing is asked twice for ever.
  let tokenInQuery = false;

  /** Meta takes a token in the header or in the query; what stands between (a proxy, a simulated Meta) may take only the query. */
  async function ask<T>(call: Call<T>): Promise<MetaAnswer<T>> {
    if (call.bearer === null) return askOnce(call);
    const inQuery: Call<T> = { ...call, bearer: null, query: { ...call.query, access_token: call.bearer } };
    if (tokenInQuery) return askOnce(inQuery);
    const answer = await askOnce(call);
    if (answer.ok || answer.fault.cause !== 'no_token_sent') return answer;
    const second = await askOnce(inQuery);
    if (second.ok || second.fault.cause !== 'no_token_sent') tokenInQuery = second.ok || second.fault.code !== null;
    return second;
  }

  async function askOnce<T>(call: Call<T>): Promise<MetaAnswer<T>> {
    const startedAt = clock.monotonic();
    const query = new URLSearchParams(call.query).toString();
    const reply = await getFromGraph({ url: `${base}/${call.path}${query === '' ? '' : `?${query}`}`, bearer: call.bearer }, http);
    const answer = judge(call, reply);
    log?.write(answer.ok ? 'info' : 'warn', 'graph-call', {
      call: call.name,
      status: reply.kind === 'silence' ? null : reply.status,
      cause: answer.ok ? null : answer.fault.cause,
      code: answer.ok ? null : answer.fault.code,
      ms: Math.round(clock.monotonic() - startedAt),
    });
    return answer;
  }

  return {
    debugToken(token, app) {
      const refused = refuseToken(token) ?? refuseApp(app);
      if (refused !== null) return refused;
      const caller = app === null ? token : `${app.appId}|${app.appSecret}`;
      return ask({
        endpoint: app === null ? 'debug-self' : 'debug',
        name: 'debug_token',
        path: 'debug_token',
        query: { input_token: token, access_token: caller },
        bearer: null,
        secrets: [token, ...secretsOf(app)],
        read: (body, redact) => readDebugAnswer(body, clock.now(), redact),
      });
    },

    exchangeToken(token, app, sixtyDays) {
      const refused = refuseToken(token) ?? refuseApp(app);
      if (refused !== null) return refused;
      return ask({
        endpoint: 'oauth',
        name: 'oauth/access_token',
        path: 'oauth/access_token',
        query: {
          grant_type: 'fb_exchange_token',
          client_id: app.appId,
          client_secret: app.appSecret,
          fb_exchange_token: token,
          ...(sixtyDays ? { set_token_expires_in_60_days: 'true' } : {}),
        },
        bearer: null,
        secrets: [token, ...secretsOf(app)],
        read: readExchanged,
      });
    },

    readNumber(phoneNumberId, auth) {
      const refused = refuseToken(auth.token) ?? refuseId(phoneNumberId, 'phone-number id');
      if (refused !== null) return refused;
      return ask({
        ...signed(auth, { fields: NUMBER_FIELDS }),
        endpoint: 'asset',
        name: 'number',
        path: encodeURIComponent(phoneNumberId),
        read: (body) => readPhoneNumber(body, phoneNumberId),
        misfit: (body) => (isAnotherNode(body) ? ownFault('wrong_id_or_no_asset', 'Meta knows this id, but it is not the id of a phone number.', 200) : null),
      });
    },

    async listNumbers(wabaId, auth) {
      const refused = refuseToken(auth.token) ?? refuseId(wabaId, 'WhatsApp account id');
      if (refused !== null) return refused;
      const numbers = new Map<string, PhoneNumber>();
      let after: string | null = null;
      let serverTime: number | null = null;
      for (let page = 0; page < MAX_PAGES; page += 1) {
        const answer: MetaAnswer<NumberPage> = await ask({
          ...signed(auth, { fields: LIST_FIELDS, limit: String(PAGE_SIZE), ...(after === null ? {} : { after }) }),
          endpoint: 'asset',
          name: 'phone_numbers',
          path: `${encodeURIComponent(wabaId)}/phone_numbers`,
          read: readNumberPage,
        });
        if (!answer.ok) return answer;
        ({ serverTime } = answer);
        for (const number of answer.value.numbers) numbers.set(number.id, number);
        if (answer.value.after === null || answer.value.after === after) break;
        ({ after } = answer.value);
      }
      return { ok: true, value: [...numbers.values()], serverTime };
    },

    readApp(auth) {
      return refuseToken(auth.token) ?? ask({ ...signed(auth, {}), endpoint: 'other', name: 'app', path: 'app', read: readAppShape });
    },
  };
}

/** Reads a reply: a value only from a success of the promised shape; everything else is classified. */
function judge<T>(call: Call<T>, reply: Awaited<ReturnType<typeof getFromGraph>>): MetaAnswer<T> {
  if (reply.kind === 'silence') return { ok: false, fault: ownFault('network', reply.why), serverTime: null };
  const { status, serverTime } = reply;
  if (reply.kind === 'unusable') return { ok: false, fault: ownFault('transient', `${reply.why} (HTTP ${status}).`, status), serverTime };
  const redact = (text: string): string => redactWith(call.secrets, text);
  if (status >= 200 && status < 300) {
    const body = parseGraphJson(reply.body);
    const value = call.read(body, redact);
    if (value !== null) return { ok: true, value, serverTime };
    const misfit = call.misfit?.(body) ?? null;
    if (misfit !== null) return { ok: false, fault: misfit, serverTime };
  }
  // An error inside a successful `debug_token` answer is about the token that was asked about, not about who asked.
  const endpoint = status < 300 && call.endpoint.startsWith('debug') ? 'verdict' : call.endpoint;
  return { ok: false, fault: classifyFault({ endpoint, httpStatus: status, body: reply.body, redact }), serverTime };
}

function redactWith(secrets: readonly string[], text: string): string {
  const redactor = createRedactor();
  for (const secret of secrets) redactor.add(secret);
  return redactor.redact(text);
}

/** Signs a call with the connection's token, and with a proof wherever the app secret is known (Meta's "Secure Graph API calls"). */
function signed(auth: CallAuth, query: Readonly<Record<string, string>>): Pick<Call<unknown>, 'query' | 'bearer' | 'secrets'> {
  const { token, appSecret } = auth;
  if (appSecret === null) return { query, bearer: token, secrets: [token] };
  const proof = appSecretProof(token, appSecret);
  return { query: { ...query, appsecret_proof: proof }, bearer: token, secrets: [token, appSecret, proof] };
}

/** `appsecret_proof`: HMAC-SHA256 of the token with the app secret as key, lower-case hex (Meta's "Secure Graph API calls"). */
export function appSecretProof(token: string, appSecret: string): string {
  return createHmac('sha256', appSecret).update(token).digest('hex');
}

function secretsOf(app: AppCredentials | null): readonly string[] {
  return app === null ? [] : [app.appSecret, `${app.appId}|${app.appSecret}`];
}

/** Faults that are found without a call. */
type Refused = Promise<{ readonly ok: false; readonly fault: GraphFault; readonly serverTime: null }> | null;

function refuseToken(token: string): Refused {
  if (token === '') return refuse('no_token_sent', 'There is no token to send.');
  return isHeaderSafe(token) ? null : refuse('malformed_token', 'The token holds characters that no token has.');
}

function refuseApp(app: AppCredentials | null): Refused {
  if (app === null) return null;
  if (!/^\d{1,32}$/.test(app.appId)) return refuse('wrong_app_credentials', 'The app id must be a number.');
  return isHeaderSafe(app.appSecret) ? null : refuse('wrong_app_credentials', 'The app secret is empty or holds characters that no secret has.');
}

function refuseId(id: string, what: string): Refused {
  return /^\d{1,32}$/.test(id) ? null : refuse('wrong_id_or_no_asset', `The ${what} must be a number.`);
}

function refuse(cause: GraphFault['cause'], message: string): NonNullable<Refused> {
  return Promise.resolve({ ok: false, fault: ownFault(cause, message), serverTime: null });
}
