import type { IncomingMessage } from 'node:http';
import { checkHost } from '../host-check.ts';
import { checkOrigin } from '../origin-check.ts';
import { methodRefusal, refusal } from '../refusal.ts';
import type { Refusal } from '../refusal.ts';
import { decodeLoosely } from './decoding.ts';
import { failureRefusal } from './failures.ts';
import { surveyHeaders } from './request-survey.ts';
import type { HeaderSurvey } from './request-survey.ts';
import { leadsToOauth, leadsToPermissions } from './refused-fields.ts';
import { readGraphTarget } from './target.ts';
import type { GraphTarget } from './target.ts';

/** A request that may go on to be asked for its key, or why not. */
export type Checked = { readonly ok: true; readonly target: GraphTarget; readonly headers: HeaderSurvey } | { readonly ok: false; readonly refusal: Refusal };

/**
 * Files are fetched with this `Host` by the client "@great-detail/whatsapp", wherever they are (it is written into its source). No page can be at that
 * name and come to our port: a browser would add the port. And a ticket is asked for besides.
 */
const MEDIA_HOST = 'lookaside.fbsbx.com';
const MEDIA_HOSTS: ReadonlySet<string> = new Set([MEDIA_HOST]);

/** Everything that can be said before the key is known, the most hostile first; the same rules as for the admin routes. */
export function checkRequest(request: IncomingMessage, hosts: ReadonlySet<string> | null): Checked {
  const { rawHeaders, method = '' } = request;
  const reading = readGraphTarget(request.url ?? '');
  if (!reading.ok && reading.code === 'bad-target') return no(refusal('bad-target'));
  const headers = surveyHeaders(rawHeaders);
  const asMediaHost = reading.ok && reading.target.kind === 'media' && headers.host === MEDIA_HOST && hosts !== null;
  const foreign = checkHost(rawHeaders, asMediaHost ? MEDIA_HOSTS : hosts) ?? checkOrigin(rawHeaders);
  if (foreign !== null) return no(foreign);
  if (headers.upgrade) return no(refusal('upgrade-refused'));
  if (!reading.ok) return no(failureRefusal('bad-graph-path'));
  const { target } = reading;
  if (target.kind === 'media') return method === 'GET' || method === 'HEAD' ? { ok: true, target, headers } : no(methodRefusal(['GET', 'HEAD']));
  // It would send the token back to whoever asks.
  if (method === 'TRACE') return no(methodRefusal(['GET', 'POST', 'DELETE']));
  if (leadsToOauth(target.path) || (leadsToPermissions(target.path) && !onlyReads(method, target.query, headers))) return no(failureRefusal('not-for-clients'));
  // The root of the Graph API takes nothing but batches by any method that writes; a batch elsewhere is known by its field.
  if (target.path === '' && method !== 'GET' && method !== 'HEAD') return no(failureRefusal('no-batches'));
  // What is compressed cannot be looked through.
  return headers.encoded ? no(failureRefusal('body-encoded')) : { ok: true, target, headers };
}

/** Meta takes another method in the field `method`, and perhaps in a header. */
function onlyReads(method: string, query: string, { chunked, contentLength, overridesMethod }: HeaderSurvey): boolean {
  return (method === 'GET' || method === 'HEAD') && !chunked && (contentLength ?? 0) === 0 && !overridesMethod && !/method/i.test(decodeLoosely(query));
}

function no(refused: Refusal): Checked {
  return { ok: false, refusal: refused };
}
