import { ensureApiKey } from '../adapters/api-key.ts';
import { openConsumerStore } from '../adapters/consumer-store.ts';
import { openDeliveryStore } from '../adapters/delivery-store.ts';
import type { Concern } from '../core/alerts/alert.ts';
import { type Deliveries, openDeliveries } from '../delivery/deliveries.ts';
import { nameRank } from '../env/env-names.ts';
import { type Consumers, openConsumers } from '../gateway/consumers.ts';
import { createGraphSection } from '../gateway/graph/section.ts';
import { digestKey, type KeyDigest } from '../gateway/key-check.ts';
import type { Section } from '../gateway/section.ts';
import { type Gateway, type Listening, startGateway } from '../gateway/server.ts';
import type { RunOptions } from './options.ts';
import type { RunningKeeper } from './run-keeper.ts';

/** What hands the tokens on: keys and their gateway, `.env` files and commands. */
export interface Service {
  readonly keys: Consumers;
  readonly deliveries: Deliveries;
  /** `digestKey` of the owner's own key, which opens everything. */
  readonly ownerDigest: KeyDigest;
  /** Starts a server with the admin routes and the given sections on top of this. Rejects with `GatewayStartError` where it cannot listen. */
  serve(listen: Listening, sections: readonly Section[]): Promise<Gateway>;
  /** The section that passes a bot's calls on to Meta. One for each server, since a server closes its sections. */
  graph(): Section;
  /** Says what is wrong with the gateway as a whole; each telling replaces the one before. Until the first, what was kept from the last run stands. */
  declareTrouble(trouble: readonly Concern[]): Promise<void>;
  /** Finishes or safely leaves what is under way, and keeps what was counted. Before the keeper stops. */
  close(): Promise<void>;
}

/** Opens keys and deliveries of the data folder on top of a keeper at work. Rejects with `StorageFault` where the folder cannot be used. */
export async function openService(running: Pick<RunningKeeper, 'keeper' | 'clock' | 'log' | 'watchSecret'>, { dataFolder, graphUrl, graphVersion }: Pick<RunOptions, 'dataFolder' | 'graphUrl' | 'graphVersion'>): Promise<Service> {
  const { keeper, clock, log } = running;
  const apiKey = await ensureApiKey(dataFolder);
  running.watchSecret(apiKey);
  const keysFile = await openConsumerStore(dataFolder, clock);
  const deliveriesFile = await openDeliveryStore(dataFolder, clock);
  const keys = openConsumers({ store: keysFile.store, keeper, clock, log, watchSecret: (secret) => running.watchSecret(secret) });
  const deliveries = openDeliveries({ store: deliveriesFile.store, keeper, clock, log, forbidden: dataFolder, isSecretName });
  const ownerDigest = digestKey(apiKey);
  const lost = damaged(keysFile.setAside, 'keys', 'Bots that use a key are refused now. Make a new key for each of them.');
  await keeper.declare(null, 'delivery-failed', damaged(deliveriesFile.setAside, 'deliveries', 'Evertoken no longer writes into your .env files. Add them again.'));
  return {
    keys,
    deliveries,
    ownerDigest,
    serve: (listen, sections) => startGateway({ keeper, apiKey, keys, deliveries, listen, sections, log, clock }),
    graph: () => createGraphSection({ keeper, consumers: keys, ownerDigest, graphUrl, graphVersion, clock, log }),
    declareTrouble: (trouble) => keeper.declare(null, 'gateway-trouble', [...lost, ...trouble]),
    close: async () => {
      await deliveries.close();
      await keys.close();
    },
  };
}

/** Names under which bots keep what a command has no need of. Ids are no secrets. */
function isSecretName(name: string): boolean {
  return nameRank('token', name) !== null || nameRank('appSecret', name) !== null;
}

function damaged(setAside: string | null, what: string, after: string): readonly Concern[] {
  if (setAside === null) return [];
  return [{ subject: setAside, severity: 'urgent', text: `The file with your ${what} was damaged. It was kept as ${setAside}. ${after}` }];
}
