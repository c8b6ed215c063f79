import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainError } from '../../../src-main/core/graph/explain.ts';
import { VECTORS } from './explain-vectors.ts';

const NOISE = ['INFO queue drained in 12 ms', '[2025-05-01 10:00:00] worker 7 started', 'GET /health 200 3ms', 'at processTicksAndRejections (node:internal/process/task_queues:96:5)', '----', '💬 ok', '{"level":30,"pid":4711}', 'debug: 15 rows'];
const noise = fc.array(fc.constantFrom(...NOISE), { maxLength: 4 }).map((lines) => lines.join('\n'));

type Wrapping = (text: string) => string;
const html: Wrapping = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
const wrapping: fc.Arbitrary<Wrapping> = fc.oneof(
  fc.tuple(noise, noise).map(([before, after]): Wrapping => (text) => `${before}\n${text}\n${after}`),
  fc.constantFrom<Wrapping>(
    (text) => JSON.stringify(text),
    (text) => JSON.stringify({ level: 'info', msg: text, pid: 12 }),
    html,
    (text) => `<p class="log">${html(text)}</p>`,
    encodeURIComponent,
    (text) => new URLSearchParams({ q: text }).toString(),
    (text) => text.replaceAll(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`),
    (text) => `'${text.replaceAll("'", String.raw`\'`)}'`,
    (text) => `2025-05-01T10:00:00Z web-1 bot[4711]: ${text}`,
    (text) => `> ${text.replaceAll('\n', '\n> ')}`,
    (text) => `\u001b[31m${text}\u001b[0m`,
    (text) => text.replaceAll(' ', '\n'),
    (text) => text.normalize('NFD'),
  ),
);
/** One clear text for each cause. What is plainly nobody's or no error stays so too. */
const bases = Object.entries(VECTORS).flatMap(([cause, texts]) => texts.slice(0, 2).filter((text) => text !== '').map((text) => [cause, text] as const));

describe('a text inside another', () => {
  it.each(bases)('%s stays what it is: %j', (cause, text) => {
    fc.assert(
      fc.property(fc.array(wrapping, { maxLength: 3 }), (layers) => {
        expect(explainError(layers.reduce((wrapped, wrap) => wrap(wrapped), text)).cause).toBe(cause);
      }),
      { numRuns: 60 },
    );
  });

  it.each(bases.filter(([cause]) => cause !== 'not_an_error'))('%s in capitals and in small letters: %j', (cause, text) => {
    expect([explainError(text.toUpperCase()).cause, explainError(text.toLowerCase()).cause]).toEqual([cause, cause]);
  });

  it('keeps the moment of expiry', () => {
    const text = 'Error validating access token: Session has expired on Tuesday, 22-Jul-25 05:00:00 PDT. The current time is Friday, 25-Jul-25 01:00:00 PDT.';
    fc.assert(
      fc.property(fc.array(wrapping, { maxLength: 3 }), (layers) => {
        expect(explainError(layers.reduce((wrapped, wrap) => wrap(wrapped), text)).expiredAt).toBe('2025-07-22T12:00:00Z');
      }),
    );
  });
});

describe('any text at all', () => {
  it('gets an explanation, whatever it holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 400 }), fc.array(fc.constantFrom('%', '\\', '&', '<', '190', '(#', 'u00', ';', 'session', 'expired', ' ', '\ud800')).map((parts) => parts.join(''))), (text) => {
        const { cause, expiredAt } = explainError(text);
        expect(Object.keys(VECTORS)).toContain(cause);
        expect(cause === 'expired' || expiredAt === null).toBe(true);
      }),
    );
  });

  it('of another vendor or the network is never an expiry', () => {
    const vendors = fc.constantFrom('Spotify', 'Twilio', 'Salesforce', 'Shopify', 'Zoom', 'Okta', 'Azure', 'Stripe', 'OpenAI', 'Google', 'Telegram', 'Slack');
    const words = fc.constantFrom('token has expired', 'session has expired', 'access token expired', 'expired token', 'Token expirado', 'sesión caducada', 'Sitzung abgelaufen', 'トークン期限切れ');
    const networks = fc.constantFrom('connect ETIMEDOUT', 'certificate has expired', 'getaddrinfo ENOTFOUND graph.facebook.com', 'Net::OpenTimeout: execution expired');
    fc.assert(
      fc.property(vendors, words, noise, (vendor, said, line) => {
        expect(explainError(`${line}\n${vendor} error 401: ${said}`).cause).toBe('other_vendor');
      }),
    );
    fc.assert(
      fc.property(networks, noise, (network, line) => {
        expect(explainError(`${line}\n${network}`).cause).toBe('network');
      }),
    );
  });
});
