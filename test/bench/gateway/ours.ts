import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeysAnswer } from '../../../src-main/contract/admin.ts';
import { ADMIN_PATHS } from '../../../src-main/contract/admin.ts';
import type { CreatedKey } from '../../../src-main/contract/keys.ts';
import type { Outcome } from '../../../src-main/contract/outcome.ts';
import { accountId, APP, makeToken, numberId, SIXTY_DAYS } from '../meta/tokens.ts';
import { freePort, startBeside } from '../processes.ts';

/** The built server with one shop connected and one key made, as an owner would have it. */
export interface OurServer {
  readonly pid: number;
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** Where the bot of this shop has its base address: `…/graph/{connection}`. */
  readonly graph: string;
  /** Where it can take the token itself. */
  readonly token: string;
  /** The bot's key. */
  readonly key: string;
  /** How many calls Evertoken says came through the key. */
  counted(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts `dist/server.js` on a new data folder inside `folder`, without anybody's keychain, and connects the shop at the simulated Meta. */
export async function startOurs(root: string, folder: string, graphUrl: string, cpus: string | null, clockFile: string | null = null): Promise<OurServer> {
  const home = await mkdtemp(join(folder, 'ours-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const data = join(home, 'data');
  const env = { HOME: home, EVERTOKEN_DATA_DIR: data, EVERTOKEN_GRAPH_URL: graphUrl, EVERTOKEN_PORT: String(port), ...(clockFile === null ? {} : { EVERTOKEN_CLOCK_FILE: clockFile }) };
  const server = await startBeside(process.execPath, [join(root, 'dist', 'server.js')], `${url}/healthz`, { env, cpus });
  const ownerKey = (await readFile(join(data, 'api-key'), 'utf8')).trim();
  const ask = async (path: string, body?: object): Promise<unknown> => {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const response = await fetch(`${url}${path}`, { ...init, headers: { authorization: `Bearer ${ownerKey}`, 'content-type': 'application/json' } });
    if (!response.ok) throw new Error(`${path} was answered with ${response.status}: ${await response.text()}`);
    return response.json();
  };
  const issuedAt = Math.floor(Date.now() / 1_000);
  const connected = (await ask(ADMIN_PATHS.connections, { token: makeToken({ shop: 1, issuedAt, expiresAt: issuedAt + SIXTY_DAYS }), label: 'Shop', ...APP, phoneNumberId: numberId(1), wabaId: accountId(1) })) as Outcome;
  if (!connected.ok || connected.connection === null) throw new Error(connected.message);
  const made = (await ask(ADMIN_PATHS.keys, { name: 'Bot', rights: ['graph', 'token'], connections: [connected.connection] })) as CreatedKey;
  if (made.key === null) throw new Error(made.message);
  return {
    pid: server.pid,
    url,
    graph: `${url}/graph/${connected.connection}`,
    token: `${url}${ADMIN_PATHS.token}/${connected.connection}/token`,
    key: made.key,
    counted: async () => ((await ask(ADMIN_PATHS.keys)) as KeysAnswer).keys[0]?.calls ?? 0,
    stop: async () => {
      await server.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}
