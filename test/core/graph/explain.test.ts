import { describe, expect, it } from 'vitest';
import { explainError } from '../../../src-main/core/graph/explain.ts';
import { VECTORS } from './explain-vectors.ts';

const rows = Object.entries(VECTORS).flatMap(([cause, texts]) => texts.map((text) => [cause, text] as const));

describe('the cause', () => {
  it.each(rows)('%s: %j', (cause, text) => {
    expect(explainError(text).cause).toBe(cause);
  });
});

describe('who must act', () => {
  const PASSING = new Set(['throttled', 'transient', 'not_an_error']);
  it.each(rows.filter(([cause]) => cause !== 'network'))('%s: %j', (cause, text) => {
    expect(explainError(text).humanMustAct).toBe(!PASSING.has(cause));
  });

  it.each([
    ['a name server that is silent', 'getaddrinfo EAI_AGAIN graph.facebook.com', false],
    ['a broken line', 'read ECONNRESET', false],
    ['a server that refuses', 'connect ECONNREFUSED 157.240.22.19:443', false],
    ['a certificate nobody trusts', 'self signed certificate in certificate chain', true],
    ['a certificate that ended', 'x509: certificate has expired or is not yet valid', true],
    ['a proxy that is not there', "HTTPSConnectionPool(host='graph.facebook.com', port=443): Max retries exceeded (Caused by ProxyError('Cannot connect to proxy.'))", true],
    ['a mistyped host', 'getaddrinfo ENOTFOUND graph.facebok.com', true],
    ['a host with an id glued to it', "HTTPSConnectionPool(host='graph.facebook.com1055', port=443): Max retries exceeded: Name or service not known", true],
    ['an empty host', 'getaddrinfo ENOTFOUND undefined', true],
    ['a program of their own', 'connect ECONNREFUSED 127.0.0.1:8888', true],
    ['HTTP where TLS should be', 'EPROTO SSL routines:ssl3_get_record:wrong version number', true],
  ])('network, %s', (_what, text, human) => {
    expect(explainError(text)).toMatchObject({ cause: 'network', humanMustAct: human });
  });

  it('a limit of another vendor passes', () => {
    expect(explainError('anthropic 429 rate limit exceeded')).toMatchObject({ cause: 'other_vendor', humanMustAct: false });
  });
});

describe('what else is told', () => {
  it('code and subcode, from whichever place has them', () => {
    expect(explainError('{"error":{"code":190,"error_subcode":463,"type":"OAuthException"}}')).toMatchObject({ code: 190, subcode: 463 });
    expect(explainError('Cloud API said 190/460')).toMatchObject({ code: 190, subcode: 460, cause: 'password_changed' });
    expect(explainError('{"code":400,"message":"(#131030) Recipient phone number not in allowed list"}')).toMatchObject({ code: 131030, subcode: null });
  });

  it('an errno, a line and a port are no codes', () => {
    expect(explainError('graph.facebook.com failed\n  File "send.py", line 190\nport 104 [Errno 102]')).toMatchObject({ code: null, subcode: null });
  });

  it.each(rows)('words that say what to do: %s, %j', (_cause, text) => {
    const { what, advice } = explainError(text);
    expect([what, advice].every((words) => /^\p{Lu}.*\.$/u.test(words))).toBe(true);
  });

  it('nothing of the text is repeated', () => {
    const secret = 'EAATestSecret0123456789abcdef';
    for (const [, text] of rows) expect(JSON.stringify(explainError(`Authorization: Bearer ${secret} access_token=${secret}\n${text}\n${secret}`))).not.toContain('EAATest');
  });
});

describe('texts made to be slow', () => {
  const MEGABYTE = 1_000_000;
  it.each([['\\'], ['\\n'], ['\\u0065'], ['%41'], ['%ff'], ['<b '], ['&#65;'], [' '], ['1 '], ['code 190 (#4) '], ['9'], ['session has expired on 1 de 1 '], ['token sessão expirou senha alterou '], ["host='x ECONNRESET "], ['सत्र समाप्त '], ['\u200b'], ['\ud83d']])(
    '%j for a megabyte',
    (piece) => {
      expect(Object.keys(VECTORS)).toContain(explainError(piece.repeat(MEGABYTE / piece.length)).cause);
    },
  );

  it('an error at the end of megabytes is found', () => {
    expect(explainError(`${'INFO sent order_update to 15550001111\n'.repeat(60_000)}Session has expired on Sunday, 05-Jan-25 03:00:00 PST`)).toMatchObject({ cause: 'expired', expiredAt: '2025-01-05T11:00:00Z' });
  });
});
