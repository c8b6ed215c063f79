import { mkdir, mkdtemp, readdir, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openService, type Service } from '../../src-main/runtime/service.ts';
import { createFakeKeeper, handedToken } from '../fakes/keeper.ts';

const SECRETS = { WHATSAPP_ACCESS_TOKEN: 'opaque-token', META_APP_SECRET: 'a-secret', FACEBOOK_APP_SECRET: 'another', NEXT_PUBLIC_WA_TOKEN: 'opaque', MY_SHOP: 'EAAotherShopsTokenInTheShell000000000000' };
const KEPT = { WHATSAPP_PHONE_NUMBER_ID: '2001', SHOP_NAME: 'Corner' };

let folder: string;
let data: string;
let service: Service;
let calls: ReturnType<typeof createFakeKeeper>['calls'];
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'evertoken-service-')));
  data = join(folder, 'data');
  await mkdir(data, { mode: 0o700 });
  Object.assign(process.env, SECRETS, KEPT);
  const fake = createFakeKeeper({ currentToken: () => handedToken() });
  const { keeper } = fake;
  ({ calls } = fake);
  const running = { keeper, clock: { now: () => Date.now(), monotonic: () => performance.now() }, log: { write: () => undefined }, watchSecret: () => undefined };
  service = await openService(running, { dataFolder: data, graphUrl: 'http://127.0.0.1:9', graphVersion: 'v26.0' });
});
afterEach(async () => {
  await service.close();
  for (const name of Object.keys({ ...SECRETS, ...KEPT })) delete process.env[name];
  await rm(folder, { recursive: true, force: true });
});

describe('trouble with the gateway', () => {
  it('is told by whoever knows, and by nobody before: an empty telling would end an alert that stands on', async () => {
    const told = (): readonly unknown[] => calls.filter((call) => call.asked === 'declare' && call.code === 'gateway-trouble');
    expect(told()).toEqual([]);
    const trouble = { subject: '28743', severity: 'urgent', text: 'The port is taken.' } as const;
    await service.declareTrouble([trouble]);
    expect(told()).toEqual([{ asked: 'declare', id: null, code: 'gateway-trouble', concerns: [trouble] }]);
  });
});

describe('deliveries of a program', () => {
  it('never go into the data folder', async () => {
    const before = await readdir(data);
    for (const name of ['api-key', 'keys.json', '.env']) {
      expect(await service.deliveries.addEnvFile({ connection: 'c-main', file: join(data, name), variable: 'A', keepBackup: false })).toMatchObject({ ok: false, code: 'own-folder' });
    }
    expect(await readdir(data)).toEqual(before);
  });

  it('run a command that does not inherit a secret of any shop', async () => {
    const dump = join(folder, 'dump');
    const argv = [process.execPath, '-e', `require('node:fs').writeFileSync(${JSON.stringify(dump)}, JSON.stringify(process.env))`];
    expect(await service.deliveries.setCommand({ connection: 'c-main', argv, folder, timeoutSeconds: 30 })).toMatchObject({ ok: true, details: [] });
    const [command] = service.deliveries.list();
    expect(await service.deliveries.deliver({ connection: 'c-main', delivery: command?.id ?? '', overwrite: false })).toMatchObject({ ok: true, code: 'delivered' });
    const seen = JSON.parse(await readFile(dump, 'utf8')) as Record<string, string>;
    expect(seen).toMatchObject(KEPT);
    for (const name of Object.keys(SECRETS)) expect(seen).not.toHaveProperty(name);
  });
});
