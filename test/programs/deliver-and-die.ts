import * as promises from 'node:fs/promises';
import { writeSync } from 'node:fs';
import { systemFileWork } from '../../src-main/delivery/file-work.ts';
import { openDeliveries } from '../../src-main/delivery/deliveries.ts';
import type { Delivery } from '../../src-main/core/delivery/delivery.ts';
import { connectionView, createFakeKeeper, handedToken, statusOf } from '../fakes/keeper.ts';

/**
 * Delivers a token into a file with a backup, and kills itself with SIGKILL right after the n-th call of the file system has returned
 * (0 never kills). Each returned call is a line on standard output, written synchronously; `delivered`, or a fault's code, is the last.
 *
 *   <file> <token> <n>
 */
const [file = '', token = '', killAt = '0'] = process.argv.slice(2);

let count = 0;

function returned(name: string): void {
  count += 1;
  writeSync(1, `${count} ${name}\n`);
  if (count === Number(killAt)) process.kill(process.pid, 'SIGKILL');
}

/** Every method counted once it has returned, those of opened files as well. */
function watch<T extends object>(target: T, prefix: string): T {
  return new Proxy(target, {
    get: (inner, key) => {
      const member: unknown = Reflect.get(inner, key);
      if (typeof member !== 'function') return member;
      return async (...args: unknown[]): Promise<unknown> => {
        const result: unknown = await Reflect.apply(member, inner, args);
        returned(`${prefix}${String(key)}`);
        return key === 'open' ? watch(result as object, 'file.') : result;
      };
    },
  });
}

const before: Delivery = {
  id: 'd-1',
  connection: 'c-main',
  to: { kind: 'env-file', target: { file, variable: 'WHATSAPP_ACCESS_TOKEN', keepBackup: true } },
  addedAt: 0,
  // What was there was Evertoken's own: the test puts the digest of it here.
  state: { done: { at: 0, fingerprint: '…old' }, fault: null, nextTryAt: null, ownValues: [process.env['EVERTOKEN_TEST_OWN'] ?? ''] },
};
const { keeper } = createFakeKeeper({ status: statusOf([connectionView()]), currentToken: () => handedToken({ token }) });
const deliveries = openDeliveries({
  store: { get: () => [before], save: async () => undefined },
  keeper,
  clock: { now: () => Date.now(), monotonic: () => performance.now() },
  log: { write: () => undefined },
  forbidden: '/no/data/folder',
  isSecretName: () => false,
  files: { ...systemFileWork(), fs: watch({ ...promises }, '') },
});
await deliveries.look();
const [view] = deliveries.list();
writeSync(1, `${view?.standing === 'done' ? 'delivered' : (view?.code ?? 'unknown')}\n`);
await deliveries.close();
process.exit(0);
