import { Agent, createServer } from 'node:http';
import { createRequire } from 'node:module';

/**
 * As much of http-proxy as is used here.
 * @typedef {import('node:http').IncomingMessage} Request
 * @typedef {import('node:http').ServerResponse} Response
 * @typedef {{ web(request: Request, response: Response): void, on(event: 'error', told: (error: Error, request: Request, response: Response) => void): void }} Proxy
 * @typedef {{ createProxyServer(options: { target: string, agent?: Agent, headers: Record<string, string> }): Proxy }} HttpProxy
 */

// A program: `http-proxy.js PORT TARGET TOKEN [keep-alive]`. http-proxy as its documentation shows it, with the token put in the
// place of the caller's. By itself it opens a connection to the target for each call; `keep-alive` gives it an agent that does
// not. It checks no key and counts nothing.
const [port = '', target = '', token = '', how = ''] = process.argv.slice(2);
const { createProxyServer } = /** @type {HttpProxy} */ (createRequire(import.meta.url)('http-proxy'));

const agent = how === 'keep-alive' ? { agent: new Agent({ keepAlive: true }) } : {};
const proxy = createProxyServer({ target, ...agent, headers: { authorization: `Bearer ${token}` } });
proxy.on('error', (_error, _request, response) => response.writeHead(502).end());
createServer((request, response) => proxy.web(request, response)).listen(Number(port), '127.0.0.1');
