import { describe, expect, it } from 'vitest';
import { handedToken } from '../../fakes/keeper.ts';
import { bearer, call, openGraph, recorder, standIn } from './house.ts';

const OWN = 'EAAownTokenOfTheConnection0123456789abcdef';
const FOREIGN = `EAA${'GforeignTokenOfAPage'.repeat(5)}`;
const ESCAPED = OWN.split('').map((sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
const JSON_TYPE = 'application/json';
const PAD = 'x '.repeat(4 * 1024 * 1024 + 1);
const PAGE = JSON.stringify({ access_token: 'of-a-page' });

async function through(status: number, type: string, body: string | Buffer, query = ''): Promise<readonly [number, string, string | undefined]> {
  const { url, seen } = await recorder(status, { 'content-type': type }, body);
  const own = handedToken({ token: OWN });
  const graph = await openGraph({ graphUrl: url, answers: { accessToken: async () => own, currentToken: () => own } });
  const { status: got, text } = await call(`${graph.url}/graph/c-main/v26.0/x${query}`, { headers: bearer() });
  return [got, text, seen[0]?.url];
}

describe('tokens in answers that are not quite JSON', () => {
  it.each([
    ['a call of a web page’s function', 'text/javascript', `/**/ cb(${PAGE});`, '/**/ cb({"access_token":"[removed]"});'],
    ['a loop before it', JSON_TYPE, `for (;;);${PAGE}`, 'for (;;);{"access_token":"[removed]"}'],
    ['a byte order mark before it', JSON_TYPE, `\u{FEFF}${PAGE}`, '{"access_token":"[removed]"}'],
    ['JSON in JSON', JSON_TYPE, JSON.stringify({ body: JSON.stringify({ data: PAGE, é: '中' }) }), JSON.stringify({ body: JSON.stringify({ data: '{"access_token":"[removed]"}', é: '中' }) })],
    ['broken JSON in JSON', JSON_TYPE, JSON.stringify({ body: `${PAGE.slice(0, -1)} …` }), JSON.stringify({ body: '{"access_token":"[removed]" …' })],
    ['escapes in JSON in JSON', JSON_TYPE, JSON.stringify({ body: `{"x":"${ESCAPED}"}` }), JSON.stringify({ body: '{"x":"[removed]"}' })],
    ['escapes in a call', 'text/javascript', `cb({"x":"${ESCAPED}"})`, 'cb({"x":"[removed]"})'],
    ['escapes in no JSON', 'text/plain', `cb: ${ESCAPED}`, 'cb: [removed]'],
    ['escapes of an address', 'text/plain', `a=%45${OWN.slice(1)}`, 'a=[removed]'],
    ['escapes of a page', 'text/html', `<p>&#69;${OWN.slice(1)}</p> &#x45;${OWN.slice(1)}`, '<p>[removed]</p> [removed]'],
    ['under another name', JSON_TYPE, JSON.stringify({ tok: FOREIGN, id: `wamid.${FOREIGN}` }), JSON.stringify({ tok: '[removed]', id: 'wamid.[removed]' })],
    ['under another name in JSON in JSON', JSON_TYPE, JSON.stringify({ body: JSON.stringify({ tok: `a\n${FOREIGN}` }) }), JSON.stringify({ body: JSON.stringify({ tok: 'a\n[removed]' }) })],
    ['two bytes a letter', 'application/json; charset=utf-16', Buffer.from(JSON.stringify({ x: OWN }), 'utf16le'), '{"x":"[removed]"}'],
    ['said to be a file', 'application/octet-stream', `\x01${OWN}`, '\x01[removed]'],
    ['said to be parts', 'multipart/mixed; boundary=x', `--x ${OWN}`, '--x [removed]'],
    ['a drawing', 'image/svg+xml', `<svg>${OWN}</svg>`, '<svg>[removed]</svg>'],
    ['more than is held', JSON_TYPE, `{"pad":"${PAD}","data":${PAGE},"t":"${ESCAPED}","u":"${FOREIGN}"}`, `{"pad":"${PAD}","data":{"access_token":"[removed]"},"t":"[removed]","u":"[removed]"}`],
  ])('%s', async (_name, type, body, expected) => {
    const [status, text] = await through(200, type, body);
    expect([status, text === expected ? expected : text.replace(PAD, '')]).toEqual([200, expected]);
  });

  it('of two types neither is believed', async () => {
    const graphUrl = await standIn((_request, response) => void response.writeHead(200, ['Content-Type', 'application/json', 'Content-Type', 'image/png']).end(`{"x":"${OWN}"}`));
    const graph = await openGraph({ graphUrl, answers: { accessToken: async () => handedToken({ token: OWN }) } });
    expect((await call(`${graph.url}/graph/c-main/x`, { headers: bearer() })).text).toBe('{"x":"[removed]"}');
  });

  it('an error is looked through whatever its type', async () => {
    expect((await through(400, 'image/png', `${OWN} EAAGshortOne`)).slice(0, 2)).toEqual([400, '[removed] [removed]']);
  });

  it.each([
    ['base64 in which the letters stand by chance', JSON.stringify({ data: `AAAA${FOREIGN}==`, more: `a/${FOREIGN}` })],
    ['a file of bytes', `\0\x01\x02{"url":"x"} %41 \\u0041`],
  ])('%s comes as it is', async (_name, body) => {
    expect((await through(200, 'application/octet-stream', body))[1]).toBe(body);
  });

  it('Meta is not asked for a call of a function', async () => {
    expect((await through(200, JSON_TYPE, '{}', '?fields=a&callback=cb&c%61llback=x'))[2]).toBe('/v26.0/x?fields=a');
  });
});
