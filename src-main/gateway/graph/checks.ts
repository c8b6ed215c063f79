import type { IncomingMessage } from 'node:http';
import { checkHost } from '../host-check.ts';
import { checkOrigin } from '../origin-check.ts';
import { methodRefusal, refusal } from '../refusal.ts';
import type { Refusal } from '../refusal.ts';
import { failureRefusal } from './failures.ts';
import { surveyHeaders } from './request-survey.ts';
import type { HeaderSurvey } from './request-survey.ts';
import { leadsToOauth, mayBeBatch, readGraphTarget } from './target.ts';
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
  if (leadsToOauth(target.path)) return no(failureRefusal('not-for-clients'));
  return mayBeBatch(method, target.path, target.query) ? no(failureRefusal('no-batches')) : { ok: true, target, headers };
}

function no(refused: Refusal): Checked {
  return { ok: false, refusal: refused };
}
