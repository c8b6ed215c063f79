import type { TokenAnswer } from '../contract/admin.ts';
import { isoTime } from '../core/time.ts';
import type { HandedToken } from '../keeper/api.ts';
import { admitTo } from './consumer-check.ts';
import { matchesAny } from './etag.ts';
import { sentValues } from './headers.ts';
import { sha256 } from './key-check.ts';
import type { Call, RouteAnswer } from './route.ts';
import { warningHeader } from './warning-header.ts';

/**
 * `GET /v1/connections/{id}/token`: the token to use now, renewed first where it ends within 30 minutes. Says 304 to a bot that has it
 * already (`If-None-Match`), and 503 where there is none.
 */
export async function handToken({ keeper, connections, consumer, id, rawHeaders }: Call<unknown>): Promise<RouteAnswer> {
  const admitted = admitTo(consumer, 'token', id, connections());
  if (!admitted.ok) return admitted;
  const { connection } = admitted;
  const handed = await keeper.accessToken(connection);
  if (handed === null) {
    const view = keeper.status().connections.find((one) => one.id === connection);
    const message = `There is no token for "${view?.label ?? connection}" to hand out. ${view?.advice ?? ''}`.trim();
    return { ok: false, refusal: { status: 503, code: 'no-token', message } };
  }
  const tag = tokenTag(handed);
  return {
    ok: true,
    value: answerOf(handed),
    headers: { ETag: tag, ...(handed.warning === null ? {} : { Warning: warningHeader(handed.warning) }) },
    notModified: matchesAny(sentValues(rawHeaders, 'if-none-match'), tag),
    used: { connection, fingerprint: handed.fingerprint },
  };
}

/** The fingerprint without what a header cannot hold; and a trace of what else a bot must not miss: the same token may get a proof, or a known end. */
function tokenTag({ fingerprint, expiresAt, proof }: HandedToken): string {
  const rest = sha256(`${expiresAt ?? ''}/${proof ?? ''}`).toString('hex').slice(0, 8);
  return `"${fingerprint.replaceAll(/[^\w-]/g, '')}-${rest}"`;
}

function answerOf({ token, fingerprint, expiresAt, proof, warning }: HandedToken): TokenAnswer {
  return { access_token: token, fingerprint, expires_at: isoTime(expiresAt), appsecret_proof: proof, warning };
}
