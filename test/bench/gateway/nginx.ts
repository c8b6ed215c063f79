import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Beside, freePort, startBeside } from '../processes.ts';

/** An nginx with one worker on a port of 127.0.0.1. */
export interface Nginx extends Beside {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
}

/** What Meta answers to a send. */
const SENT = '{"messaging_product":"whatsapp","contacts":[{"input":"15550100001","wa_id":"15550100001"}],"messages":[{"id":"wamid.HBgLMTU1NTAxMDAwMDEVAgARGBI5QTNDQTVCM0Q0Q0Q2RTY3RTcA"}]}';

/**
 * The upstream: nginx answers every send at once and by itself, so that it is nobody's bottleneck. All else goes on to a
 * simulated Meta, which the keeper asks about its token.
 */
export function startUpstream(folder: string, metaUrl: string, cpus: string | null): Promise<Nginx> {
  return start(
    join(folder, 'upstream'),
    `location = /ready { return 200 ready; }
    location ~ /messages$ { default_type application/json; return 200 '${SENT}'; }
    location / { proxy_pass ${metaUrl}; proxy_request_buffering off; proxy_buffering off; }`,
    '',
    cpus,
  );
}

/** nginx as a proxy that puts `token` in the place of the caller's, with connections kept alive to the upstream. */
export function startNginxProxy(folder: string, upstream: string, token: string, cpus: string | null): Promise<Nginx> {
  return start(
    join(folder, 'nginx-proxy'),
    `location / {
      proxy_pass http://upstream;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Authorization "Bearer ${token}";
    }`,
    `upstream upstream { server ${new URL(upstream).host}; keepalive 64; keepalive_requests 1000000000; }`,
    cpus,
  );
}

async function start(folder: string, locations: string, besides: string, cpus: string | null): Promise<Nginx> {
  const port = await freePort();
  await mkdir(folder, { recursive: true });
  const config = join(folder, 'nginx.conf');
  await writeFile(config, configuration(folder, port, locations, besides));
  const url = `http://127.0.0.1:${port}`;
  return { ...(await startBeside('nginx', ['-p', folder, '-c', config, '-e', 'stderr'], `${url}/ready`, { cpus, env: { PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` } })), url };
}

function configuration(folder: string, port: number, locations: string, besides: string): string {
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((what) => `${what}_temp_path ${join(folder, what)};`).join(' ');
  return `daemon off;
worker_processes 1;
pid ${join(folder, 'nginx.pid')};
error_log stderr error;
${process.getuid?.() === 0 ? 'user root;' : ''}
events { worker_connections 8192; }
http {
  access_log off;
  ${places}
  client_max_body_size 0;
  keepalive_timeout 120s;
  keepalive_requests 1000000000;
  ${besides}
  server {
    listen 127.0.0.1:${port} backlog=8192;
    ${locations}
  }
}
`;
}
