import { mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Delivery } from '../../src-main/core/delivery/delivery.ts';
import { DAY, MINUTE } from '../../src-main/core/time.ts';
import { type Deliveries, openDeliveries } from '../../src-main/delivery/deliveries.ts';
import { SHOP } from '../../src-main/practice/shop.ts';
import { buildKeeperHouse, type KeeperHouse } from '../keeper/keeper-house.ts';

const KEY = 'WHATSAPP_ACCESS_TOKEN';

let folder: string;
let file: string;
let house: KeeperHouse;
let disk: readonly Delivery[];
let deliveries: Deliveries;
let connection: string;
const open = (): Deliveries => openDeliveries({ store: { get: () => disk, save: async (all) => void (disk = all) }, keeper: house.keeper, clock: house.ports.clock, log: house.ports.log, forbidden: join(folder, 'data'), isSecretName: () => false });
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'evertoken-with-keeper-')));
  file = join(folder, '.env');
  house = await buildKeeperHouse();
  disk = [];
  deliveries = open();
  await deliveries.look();
  const connected = await house.connect({ token: issue(20 * DAY) });
  connection = connected.connection ?? '';
  await house.keeper.tick();
});
afterEach(async () => {
  await deliveries.close();
  await house.stop();
  await rm(folder, { recursive: true, force: true });
});

const issue = (expiresInMs: number): string => house.meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.robotId, expiresInMs });
const inUse = (): string => house.keeper.currentToken(connection)?.token ?? '';
const textOf = (): Promise<string> => readFile(file, 'utf8');
const add = () => deliveries.addEnvFile({ connection, file, variable: KEY, keepBackup: false });
const alerts = (): readonly string[] => house.only().alerts.map(({ code }) => code);

async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (const giveUpAt = performance.now() + 20_000; !(await isSo()); ) {
    if (performance.now() > giveUpAt) throw new Error(`never: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

describe('with a real keeper and a simulated Meta', () => {
  it('a renewal reaches the file by itself, and says nothing', async () => {
    await writeFile(file, `PORT=1\r\n${KEY}=""\r\n`);
    expect(await add()).toMatchObject({ ok: true, code: 'added' });
    const before = inUse();
    house.advance(MINUTE);
    expect(await house.keeper.refresh(connection)).toMatchObject({ ok: true });
    expect(inUse()).not.toBe(before);
    await until('it is in the file', async () => (await textOf()) === `PORT=1\r\n${KEY}="${inUse()}"\r\n`);
    await until('it is done', () => deliveries.list()[0]?.standing === 'done');
    expect(deliveries.list()[0]?.fingerprint).toBe(house.only().fingerprint);
    expect(alerts()).toEqual([]);
    expect(house.logged.join('\n')).not.toContain(inUse());
  });

  it('a good token that the owner put into the file is the one in use from then on', async () => {
    await add();
    const byHand = issue(60 * DAY);
    await writeFile(file, `${KEY}=${byHand}\n`);
    await deliveries.look();
    await until('it is in use', () => deliveries.list()[0]?.standing === 'done');
    expect(await textOf()).toBe(`${KEY}=${inUse()}\n`);
    expect(house.disk().connections[0]?.tokens.some(({ source }) => source === 'replacement')).toBe(true);
    expect(alerts()).toEqual([]);
  });

  it('an older token of the same connection is where the file stood, and is written over', async () => {
    // Renewed in a run before this one, which knows of it from the keeper alone.
    await deliveries.close();
    const older = inUse();
    house.advance(MINUTE);
    expect(await house.keeper.refresh(connection)).toMatchObject({ ok: true });
    deliveries = open();
    await deliveries.look();
    await writeFile(file, `${KEY}=${older}\n`);
    expect(await add()).toMatchObject({ ok: true, code: 'added' });
    expect(inUse()).not.toBe(older);
    expect(await textOf()).toBe(`${KEY}=${inUse()}\n`);
    expect(alerts()).toEqual([]);
  });

  it('a dead one stays and is an alert, until the owner has it written over', async () => {
    await add();
    const dead = issue(60 * DAY);
    house.meta.world.revoke(dead);
    await writeFile(file, `${KEY}=${dead}\n`);
    await deliveries.look();
    expect(await textOf()).toBe(`${KEY}=${dead}\n`);
    expect(alerts()).toEqual(['changed-by-hand']);
    expect(JSON.stringify(house.keeper.status())).not.toContain(dead);
    expect(await deliveries.deliver({ connection, delivery: null, overwrite: true })).toMatchObject({ ok: true });
    expect(await textOf()).toBe(`${KEY}=${inUse()}\n`);
    expect(alerts()).toEqual([]);
  });

  /** An owner's user token, then at Meta another password: it is dead. */
  const connectUser = async (): Promise<void> => {
    await house.keeper.remove(connection);
    const connected = await house.connect({ token: house.meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.ownerId, expiresInMs: 50 * DAY }) });
    connection = connected.connection ?? '';
    await house.keeper.tick();
  };
  const dies = async (): Promise<void> => {
    house.meta.world.changePassword(SHOP.ownerId);
    await house.keeper.check(connection);
    expect(house.only().health).toBe('revoked');
  };
  const systemUser = (): string => house.meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.robotId, expiresInMs: null });

  it('a living token of another user, put into the file after ours has died, is taken without a question', async () => {
    await connectUser();
    await add();
    await dies();
    const alive = systemUser();
    await writeFile(file, `${KEY}=${alive}\n`);
    await deliveries.look();
    await until('it is in use', () => deliveries.list()[0]?.standing === 'done');
    expect(inUse()).toBe(alive);
    expect(await textOf()).toBe(`${KEY}=${alive}\n`);
    expect(house.only()).toMatchObject({ health: 'healthy', alerts: [] });
  });

  it('a living token of another user, put there while ours lives, waits for the owner, and is taken once ours has died', async () => {
    await connectUser();
    await add();
    const alive = systemUser();
    await writeFile(file, `${KEY}=${alive}\n`);
    await deliveries.look();
    expect(alerts()).toEqual(['changed-by-hand']);
    await dies();
    await until('it is in use', () => deliveries.list()[0]?.standing === 'done');
    expect(inUse()).toBe(alive);
    expect(await textOf()).toBe(`${KEY}=${alive}\n`);
    await until('all is well', () => alerts().length === 0);
  });

  it('a living one is not written over by a dead one, even where the owner asks for it', async () => {
    await connectUser();
    await add();
    await dies();
    // It lives, but may not send: so it is not taken over, and still may be of use to somebody.
    const other = house.meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.robotId, expiresInMs: null, scopes: ['whatsapp_business_management'] });
    await writeFile(file, `${KEY}=${other}\n`);
    const refused = await deliveries.deliver({ connection, delivery: null, overwrite: true });
    expect(refused).toMatchObject({ ok: false, code: 'changed-by-hand', message: expect.stringContaining('Meta refuses Evertoken’s own token') as string });
    expect(await textOf()).toBe(`${KEY}=${other}\n`);
  });

  it('one that cannot be asked about waits, and is adopted when Meta is back', async () => {
    await add();
    const byHand = issue(60 * DAY);
    const meta = house.ports.meta.debugToken;
    const silent = { ok: false as const, fault: { cause: 'network' as const, code: null, subcode: null, httpStatus: null, message: 'no answer' }, serverTime: null };
    Object.assign(house.ports.meta, { debugToken: async () => silent });
    await writeFile(file, `${KEY}=${byHand}\n`);
    await deliveries.look();
    expect(deliveries.list()[0]).toMatchObject({ standing: 'pending', code: 'unproved' });
    expect(await textOf()).toBe(`${KEY}=${byHand}\n`);
    Object.assign(house.ports.meta, { debugToken: meta });
    house.advance(MINUTE);
    await deliveries.look();
    expect(deliveries.list()[0]).toMatchObject({ standing: 'done' });
    expect(alerts()).toEqual([]);
  });

  it('a connection that is removed takes its deliveries with it, and the file stays', async () => {
    await add();
    const before = await textOf();
    await deliveries.look();
    await house.keeper.remove(connection);
    await until('it is gone', () => deliveries.list().length === 0);
    expect(await textOf()).toBe(before);
  });
});
