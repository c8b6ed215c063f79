import { createServer, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { answerMedia } from './media.ts';
import { accountId, APP, makeToken, readToken, numberId, SCOPES, SIXTY_DAYS } from './tokens.ts';

/**
 * A program: Meta and the rival's token server in one, on loopback, in a process of its own so that its work is not
 * counted as anybody's. Each answer takes the milliseconds given as the argument.
 *
 *   /bench?ahead=MS   moves its clock to so much ahead of the computer's and answers the calls since the last time;
 *                     without a number the clock stays
 *   /rival/token      the rival's token endpoint
 *   /v26.0/…          Meta's; files, see `media.ts`, at once
 */
const delay = Number(process.argv[2] ?? '5');
let ahead = 0;
let calls: Record<string, number> = {};

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (url.pathname === '/bench') {
    ahead = Number(url.searchParams.get('ahead') ?? ahead);
    send(response, calls);
    calls = {};
    return;
  }
  const media = answerMedia(request, response);
  if (media !== null) {
    media.catch(() => request.socket.destroy());
    return;
  }
  request.resume();
  request.once('end', () => void answer(url, request.headers.authorization ?? '', response));
});
// Meta's clock is told to the keeper by `Date`; here both are moved at once, and a date would be the computer's.
server.on('request', (_request, response: ServerResponse) => {
  response.sendDate = false;
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' && address !== null ? address.port : 0 });
});
// Whoever started it is gone.
process.once('disconnect', () => process.exit(0));

async function answer(url: URL, authorization: string, response: ServerResponse): Promise<void> {
  const bearer = authorization.replace(/^Bearer /, '');
  const [, , first = '', second = ''] = url.pathname.split('/');
  const name = url.pathname === '/rival/token' ? 'rival' : /^\d+$/.test(first) ? 'access' : first;
  // Counted as they come: somebody may wait for one to begin.
  calls[name] = (calls[name] ?? 0) + 1;
  await wait(delay);
  const now = Math.floor((Date.now() + ahead) / 1_000);
  switch (name) {
    case 'rival':
      return send(response, { access_token: makeToken({ shop: 1, issuedAt: now, expiresAt: now + SIXTY_DAYS }), expires_in: 3_600, token_type: 'Bearer' });
    case 'oauth':
      return send(response, { access_token: makeToken({ shop: readToken(url.searchParams.get('fb_exchange_token') ?? '').shop, issuedAt: now, expiresAt: now + SIXTY_DAYS }), token_type: 'bearer' });
    case 'debug_token':
      return send(response, { data: debugged(url.searchParams.get('input_token') ?? '', now) });
    case 'access':
      return send(response, second === 'phone_numbers' ? { data: [numberOf(bearer)] } : numberOf(bearer));
    default:
      response.statusCode = 404;
      return send(response, {});
  }
}

function debugged(token: string, now: number): object {
  const { shop, issuedAt, expiresAt } = readToken(token);
  const facts = { app_id: APP.appId, type: 'SYSTEM_USER', user_id: String(200_000_000_000_000 + shop), issued_at: issuedAt, expires_at: expiresAt, scopes: SCOPES, granular_scopes: [{ scope: SCOPES[0], target_ids: [accountId(shop)] }] };
  return expiresAt > now ? { ...facts, is_valid: true } : { ...facts, is_valid: false, error: { code: 190, subcode: 463, message: 'Error validating access token: Session has expired.' } };
}

function numberOf(token: string): object {
  const { shop } = readToken(token);
  return { id: numberId(shop), display_phone_number: `+1 555 ${shop}`, verified_name: `Shop ${shop}`, quality_rating: 'GREEN', status: 'CONNECTED' };
}

function send(response: ServerResponse, body: object): void {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(body));
}
