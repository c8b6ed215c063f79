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
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'evertoken-service-')));
  data = join(folder, 'data');
  await mkdir(data, { mode: 0o700 });
  Object.assign(process.env, SECRETS, KEPT);
  const { keeper } = createFakeKeeper({ currentToken: () => handedToken() });
  const running = { keeper, clock: { now: () => Date.now(), monotonic: () => performance.now() }, log: { write: () => undefined }, watchSecret: () => undefined };
  service = await openService(running, { dataFolder: data, graphUrl: 'http://127.0.0.1:9', graphVersion: 'v26.0' });
});
afterEach(async () => {
  await service.close();
  for (const name of Object.keys({ ...SECRETS, ...KEPT })) delete process.env[name];
  await rm(folder, { recursive: true, force: true });
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
