import { createServer } from 'node:http';
import { createRequire } from 'node:module';

// A program: `undici-proxy.js PORT TARGET TOKEN`. What a competent person writes in thirty lines: node:http in front, an undici
// pool behind, streams through, the token put in the place of the caller's. It checks no key, counts nothing and never retries.
const [port = '', target = '', token = ''] = process.argv.slice(2);
const { Pool } = /** @type {typeof import('undici')} */ (createRequire(import.meta.url)('undici'));

/** Headers that speak of one connection and not of the message. */
const OF_THE_CONNECTION = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'te', 'trailer', 'proxy-authorization', 'host', 'authorization', 'expect']);

const pool = new Pool(target, { connections: 64 });
createServer((request, response) => {
  /** @type {Record<string, string | string[]>} */
  const headers = { authorization: `Bearer ${token}` };
  for (const [name, value] of Object.entries(request.headers)) if (value !== undefined && !OF_THE_CONNECTION.has(name)) headers[name] = value;
  const hasBody = request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined;
  pool
    .stream({ path: request.url ?? '/', method: /** @type {import('undici').Dispatcher.HttpMethod} */ (request.method), headers, body: hasBody ? request : null }, ({ statusCode, headers: answered }) => {
      for (const name of OF_THE_CONNECTION) delete answered[name];
      return response.writeHead(statusCode, answered);
    })
    .catch(() => (response.headersSent ? response.destroy() : response.writeHead(502).end()));
}).listen(Number(port), '127.0.0.1');
