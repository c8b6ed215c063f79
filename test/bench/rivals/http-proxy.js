import { Agent, createServer } from 'node:http';
import { createRequire } from 'node:module';

/**
 * As much of http-proxy as is used here.
 * @typedef {import('node:http').IncomingMessage} Request
 * @typedef {import('node:http').ServerResponse} Response
 * @typedef {{ web(request: Request, response: Response): void, on(event: 'error', told: (error: Error, request: Request, response: Response) => void): void }} Proxy
 * @typedef {{ createProxyServer(options: { target: string, agent: Agent, headers: Record<string, string> }): Proxy }} HttpProxy
 */

// A program: `http-proxy.js PORT TARGET TOKEN`. http-proxy as its documentation shows it, with connections kept alive to the
// target, which it does not do by itself, and the token put in the place of the caller's. It checks no key and counts nothing.
const [port = '', target = '', token = ''] = process.argv.slice(2);
const { createProxyServer } = /** @type {HttpProxy} */ (createRequire(import.meta.url)('http-proxy'));

const proxy = createProxyServer({ target, agent: new Agent({ keepAlive: true }), headers: { authorization: `Bearer ${token}` } });
proxy.on('error', (_error, _request, response) => response.writeHead(502).end());
createServer((request, response) => proxy.web(request, response)).listen(Number(port), '127.0.0.1');
