import type { Outcome } from '../../src-main/contract/outcome.ts';
import { ADMIN_PATHS } from '../../src-main/contract/admin.ts';
import type { DeliveryDesk } from '../../src-main/contract/deliveries.ts';
import type { KeyView } from '../../src-main/contract/keys.ts';
import type { Consumer } from '../../src-main/core/consumers/consumer.ts';
import { DAY } from '../../src-main/core/time.ts';
import { openConsumers } from '../../src-main/gateway/consumers.ts';
import type { GraphLimits } from '../../src-main/gateway/graph/limits.ts';
import { createGraphSection } from '../../src-main/gateway/graph/section.ts';
import { digestKey } from '../../src-main/gateway/key-check.ts';
import { startGateway } from '../../src-main/gateway/server.ts';
import { SHOP } from '../../src-main/practice/shop.ts';
import { buildKeeperHouse, type KeeperHouse } from '../keeper/keeper-house.ts';
import type { BotSettings } from './bot.ts';

const OWNER_KEY = 'test-api-key-not-a-real-one-0123456789abcdef';
/** Longer than a busy machine pauses, ms: a connection that is closed just as it is used again is none of these tests' affair. */
const KEEP_ALIVE = 60_000;

/** A shop whose bot reaches the simulated Meta through a real gateway on a real keeper, all in this process. Nothing ticks by itself. */
export interface BotHouse {
  readonly house: KeeperHouse;
  readonly settings: BotSettings;
  /** The connection's id. */
  readonly connection: string;
  /** `http://127.0.0.1:PORT`. */
  readonly address: string;
  /** What came through the bot's key. */
  usage(): KeyView;
  /** A new token at Meta, for the shop's system user. */
  issueToken(lifeMs?: number): string;
  /** The token in use. */
  tokenInUse(): string;
  /** `POST /admin/refresh-token` by the owner. */
  refresh(): Promise<Outcome>;
  /** The owner puts another token in the place of the one in use. */
  replace(token: string): Promise<Outcome>;
  stop(): Promise<void>;
}

/** What a house has otherwise than usual. */
export interface BotHouseOptions {
  /** Life of the first token, ms; 30 days unless told. */
  readonly lifeMs?: number;
  readonly limits?: Partial<GraphLimits>;
  /** Where the gateway finds Graph, given Meta's own address; for something in between. */
  readonly graphUrl?: (metaUrl: string) => Promise<string>;
}

/** Opens a shop: connected, with one key for its bot. */
export async function openBotHouse({ lifeMs = 30 * DAY, limits = {}, graphUrl }: BotHouseOptions = {}): Promise<BotHouse> {
  const house = await buildKeeperHouse();
  const { meta, keeper, ports } = house;
  const issueToken = (life = 30 * DAY): string => meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.robotId, expiresInMs: life });
  const connected = await house.connect({ token: issueToken(lifeMs) });
  const { connection } = connected;
  if (!connected.ok || connection === null) throw new Error(connected.message);
  let consumers: readonly Consumer[] = [];
  const keys = openConsumers({ store: { get: () => consumers, save: async (next) => void (consumers = next) }, keeper, clock: ports.clock, log: ports.log, watchSecret: () => undefined });
  const made = await keys.create({ name: 'Bot', rights: ['graph', 'token'], connections: [connection] });
  if (made.key === null) throw new Error(made.message);
  const section = createGraphSection({ keeper, consumers: keys, ownerDigest: digestKey(OWNER_KEY), graphUrl: (await graphUrl?.(meta.url)) ?? meta.url, graphVersion: 'v26.0', clock: ports.clock, log: ports.log, limits });
  const gateway = await startGateway({ keeper, apiKey: OWNER_KEY, keys, deliveries: NO_DELIVERIES, listen: { kind: 'port', port: 0, host: '127.0.0.1', alsoCalled: [] }, sections: [section], log: ports.log, clock: ports.clock, limits: { keepAliveMs: KEEP_ALIVE } });
  const address = `http://127.0.0.1:${gateway.port}`;
  const ask = async (path: string, body?: object): Promise<Outcome> => {
    const response = await fetch(`${address}${path}`, { method: 'POST', headers: { authorization: `Bearer ${OWNER_KEY}`, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    return (await response.json()) as Outcome;
  };
  return {
    house,
    connection,
    address,
    settings: { base: `${address}/graph/${connection}`, key: made.key, phoneNumberId: SHOP.phoneNumberId },
    usage: () => {
      const [view] = keys.list();
      if (view === undefined) throw new Error('there is no key');
      return view;
    },
    issueToken,
    tokenInUse: () => keeper.currentToken(connection)?.token ?? '',
    refresh: () => ask(ADMIN_PATHS.refresh),
    replace: (token) => ask(`${ADMIN_PATHS.connections}/${connection}/replace`, { token, confirmed: true }),
    stop: async () => {
      await gateway.close();
      await keys.close();
      await keeper.stop();
      await house.stop();
    },
  };
}

const outcome = async (): Promise<Outcome> => ({ ok: false, code: 'none', message: 'There are no deliveries here.', connection: null, details: [] });
const NO_DELIVERIES: DeliveryDesk = { list: () => [], addEnvFile: outcome, setCommand: outcome, remove: outcome, deliver: outcome };
