import { createServer } from 'node:http';
import { createRequire } from 'node:module';

// A program: `undici-proxy.js PORT TARGET TOKEN`. What a competent person writes who wants it quick: node:http in front, undici's
// dispatch behind, the token put in the place of the caller's. It checks no key, counts nothing and never retries.
const [port = '', target = '', token = ''] = process.argv.slice(2);
const { Pool } = /** @type {typeof import('undici')} */ (createRequire(import.meta.url)('undici'));
/** @typedef {import('undici').Dispatcher.DispatchController & { rawHeaders?: readonly Buffer[] }} Controller */

/** Headers that speak of one connection and not of the message, and those that are set anew. */
const LEFT_OUT = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'te', 'trailer', 'host', 'authorization', 'content-length', 'expect']);
/** Shorter bodies are sent as a whole, longer ones as they come. Bytes. */
const SMALL = 65_536;

const pool = new Pool(target, { connections: 64, pipelining: 1 });

/** @param {readonly (string | Buffer)[]} raw @param {(name: string) => boolean} passes */
const passed = (raw, passes) => raw.map(String).flatMap((name, at, all) => (at % 2 === 0 && passes(name.toLowerCase()) ? [name, all[at + 1] ?? ''] : []));

/** @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response @param {Buffer | typeof request} body */
const send = (request, response, body) =>
  pool.dispatch(
    { path: request.url ?? '/', method: /** @type {import('undici').Dispatcher.HttpMethod} */ (request.method), headers: ['authorization', `Bearer ${token}`, ...passed(request.rawHeaders, (name) => !LEFT_OUT.has(name))], body },
    {
      onRequestStart: () => undefined,
      onResponseStart: (/** @type {Controller} */ { rawHeaders = [] }, status) => void response.writeHead(status, passed(rawHeaders, (name) => name === 'content-length' || !LEFT_OUT.has(name))),
      onResponseData: (controller, chunk) => void (response.write(chunk) || (controller.pause(), response.once('drain', () => controller.resume()))),
      onResponseEnd: () => void response.end(),
      onResponseError: () => void (response.headersSent ? response.destroy() : response.writeHead(502).end()),
    },
  );

createServer((request, response) => {
  if (!(Number(request.headers['content-length'] ?? Number.NaN) <= SMALL)) return void send(request, response, request);
  /** @type {Buffer[]} */
  const chunks = [];
  request.on('data', (/** @type {Buffer} */ chunk) => chunks.push(chunk));
  request.on('end', () => send(request, response, Buffer.concat(chunks)));
}).listen(Number(port), '127.0.0.1');
