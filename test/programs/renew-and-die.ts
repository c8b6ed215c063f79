import { writeSync } from 'node:fs';
import { systemClock } from '../../src-main/adapters/clock.ts';
import { systemEntropy } from '../../src-main/adapters/entropy.ts';
import { createMeta } from '../../src-main/adapters/graph.ts';
import { createKeychainVault } from '../../src-main/adapters/keychain/keychain-vault.ts';
import { loadKeychain } from '../../src-main/adapters/keychain/keytar-loader.ts';
import { createMemoryVault } from '../../src-main/adapters/memory-vault.ts';
import { openStateStore } from '../../src-main/adapters/settings.ts';
import { createKeeper } from '../../src-main/keeper/keeper.ts';

/**
 * Connects, renews or replaces with the real keeper, keychain, settings and HTTP, and kills itself with SIGKILL right
 * after the n-th port call of that has returned (0 never kills). Each returned call is a line on standard output,
 * written synchronously; the outcome's code is the last.
 *
 *   connect|renew|replace <data folder> <graph url> <n>
 *
 * Token, app id and app secret to connect or replace with come as JSON in EVERTOKEN_TEST_INPUT.
 */
const [deed = '', folder = '', graphUrl = '', killAt = '0'] = process.argv.slice(2);

const clock = systemClock();
const entropy = systemEntropy();
const opened = await openStateStore({ folder, clock, entropy });
const { installationId } = await opened.store.load();
const keychain = await loadKeychain();
if (!keychain.ok) throw new Error(keychain.reason);
const vault = createKeychainVault({ raw: keychain.raw, platform: process.platform, installationId, clock });
const memory = createMemoryVault();

let counting = false;
let count = 0;

/** The port with every method counted once it has returned; the process dies after the chosen one. */
function counted<T extends object>(name: string, port: T): T {
  return new Proxy(port, {
    get: (target, key) => {
      const member: unknown = Reflect.get(target, key);
      if (typeof member !== 'function') return member;
      return async (...args: unknown[]): Promise<unknown> => {
        const result: unknown = await Reflect.apply(member, target, args);
        if (counting) {
          count += 1;
          writeSync(1, `${count} ${name}.${String(key)}\n`);
          if (count === Number(killAt)) process.kill(process.pid, 'SIGKILL');
        }
        return result;
      };
    },
  });
}

const kept = counted('vault', vault);
const keeper = createKeeper({
  clock,
  entropy,
  meta: counted('meta', createMeta({ graphUrl, clock })),
  vaults: { active: kept, memory, of: (marker) => (marker.vault === 'keychain' ? kept : memory) },
  store: counted('store', opened.store),
  log: { write: () => undefined },
  notifier: { tell: () => undefined, withdraw: () => undefined },
  secretWatch: { add: () => undefined, remove: () => undefined },
});
await keeper.start();

const input = JSON.parse(process.env['EVERTOKEN_TEST_INPUT'] ?? '{}') as { token: string; appId: string; appSecret: string };

/** What is counted, and killed in. */
async function carryOut(): Promise<string> {
  const id = keeper.status().connections[0]?.id ?? 'none';
  switch (deed) {
    case 'connect':
      return (await keeper.connect({ ...input, label: 'Shop', environment: null, phoneNumberId: null, wabaId: null, source: 'connect' })).code;
    case 'replace':
      return (await keeper.replace(id, { token: input.token, app: { appId: input.appId, appSecret: input.appSecret }, confirmed: true })).code;
    default:
      return (await keeper.refresh(id)).code;
  }
}

if (deed !== 'connect') await keeper.tick();
counting = true;
writeSync(1, `${await carryOut()}\n`);
await keeper.stop();
process.exit(0);
