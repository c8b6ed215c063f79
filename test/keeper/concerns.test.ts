import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Concern } from '../../src-main/core/alerts/alert.ts';
import { createMemoryVault } from '../../src-main/adapters/memory-vault.ts';
import { DAY, HOUR } from '../../src-main/core/time.ts';
import { createKeeper } from '../../src-main/keeper/keeper.ts';
import { SHOP } from '../../src-main/practice/shop.ts';
import { buildKeeperHouse, type KeeperHouse } from './keeper-house.ts';

const FILE: Concern = { subject: 'd-1', severity: 'warning', text: 'The file shop/.env cannot be written. Make it writable.' };
const TROUBLE: Concern = { subject: 'port', severity: 'urgent', text: 'Another program uses the port 28743. Choose another one.' };

describe('a concern that is declared to the keeper', () => {
  let house: KeeperHouse;
  let id: string;
  let saves: number;

  beforeEach(async () => {
    house = await buildKeeperHouse();
    await house.connect({ token: house.meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.robotId, expiresInMs: null }), phoneNumberId: SHOP.phoneNumberId });
    ({ id } = house.only());
    saves = 0;
    house.diskIsFull = () => {
      saves += 1;
      return false;
    };
  });
  afterEach(() => house.stop());

  const told = (): readonly string[] => house.told.map(({ text }) => text);
  const stored = (): unknown => house.disk().connections[0]?.alerts;

  it('is an alert of its connection in its own words, saved and told once', async () => {
    await house.keeper.declare(id, 'delivery-failed', [FILE]);
    expect(house.only().alerts).toMatchObject([{ id: `${id}/delivery-failed/d-1`, code: 'delivery-failed', severity: 'warning', text: FILE.text, rung: null, acknowledgedAt: null }]);
    expect(stored()).toMatchObject([{ id: `${id}/delivery-failed/d-1`, text: FILE.text }]);
    expect(house.only().health).toBe('healthy');
    await house.pass(3 * DAY, HOUR);
    expect(told()).toEqual([FILE.text]);
  });

  it('costs no save when it is declared again as it was', async () => {
    await house.keeper.declare(id, 'delivery-failed', [FILE]);
    await house.keeper.declare(null, 'gateway-trouble', [TROUBLE]);
    const before = saves;
    for (let again = 0; again < 100; again += 1) await house.keeper.declare(id, 'delivery-failed', [{ ...FILE }]);
    for (let again = 0; again < 100; again += 1) await house.keeper.declare(null, 'gateway-trouble', [{ ...TROUBLE }]);
    await house.keeper.declare(id, 'command-failed', []);
    expect(saves).toBe(before);
  });

  it('changes its words without being told again', async () => {
    await house.keeper.declare(id, 'delivery-failed', [FILE]);
    await house.keeper.declare(id, 'delivery-failed', [{ ...FILE, text: 'The file shop/.env is gone. Make it again.' }]);
    expect(house.only().alerts).toMatchObject([{ text: 'The file shop/.env is gone. Make it again.' }]);
    expect(stored()).toMatchObject([{ text: 'The file shop/.env is gone. Make it again.', toldAt: house.now() }]);
    expect(told()).toEqual([FILE.text]);
  });

  it('is withdrawn when it is no longer declared, apart from those of other kinds', async () => {
    await house.keeper.declare(id, 'delivery-failed', [FILE, { ...FILE, subject: 'd-2' }]);
    await house.keeper.declare(id, 'command-failed', [{ subject: 'd-3', severity: 'warning', text: 'The command ended with code 1.' }]);
    await house.keeper.declare(id, 'delivery-failed', [{ ...FILE, subject: 'd-2' }]);
    expect(house.withdrawn).toEqual([`${id}/delivery-failed/d-1`]);
    expect(house.only().alerts.map((alert) => alert.id)).toEqual([`${id}/delivery-failed/d-2`, `${id}/command-failed/d-3`]);
  });

  it('stands over a restart until its kind is declared anew', async () => {
    await house.keeper.declare(id, 'delivery-failed', [FILE]);
    await house.keeper.declare(null, 'gateway-trouble', [TROUBLE]);
    await house.restart();
    await house.pass(12 * HOUR, HOUR);
    await house.keeper.declare(id, 'command-failed', []);
    expect([house.only().alerts, house.keeper.status().alerts]).toMatchObject([[{ text: FILE.text }], [{ text: TROUBLE.text }]]);
    expect([told(), house.withdrawn]).toEqual([[FILE.text, TROUBLE.text], []]);
    await house.keeper.declare(id, 'delivery-failed', []);
    await house.keeper.declare(null, 'gateway-trouble', [TROUBLE]);
    expect([house.only().alerts, house.keeper.status().alerts]).toMatchObject([[], [{ text: TROUBLE.text }]]);
    expect(house.withdrawn).toEqual([`${id}/delivery-failed/d-1`]);
    expect(told()).toHaveLength(2);
  });

  it('is told again each day until acknowledged where it is urgent or about a value changed by hand', async () => {
    await house.keeper.declare(id, 'changed-by-hand', [{ ...FILE, text: 'Somebody changed the token in shop/.env.' }]);
    await house.keeper.declare(id, 'command-failed', [{ ...TROUBLE, text: 'The server did not restart.' }]);
    await house.pass(49 * HOUR, HOUR);
    const count = (text: string): number => told().filter((line) => line === text).length;
    expect([count('Somebody changed the token in shop/.env.'), count('The server did not restart.')]).toEqual([3, 3]);
    for (const alert of house.only().alerts) await house.keeper.acknowledge(alert.id);
    await house.pass(49 * HOUR, HOUR);
    expect(told()).toHaveLength(6);
  });

  it('of the app as a whole is told again each day as well', async () => {
    await house.keeper.declare(null, 'gateway-trouble', [TROUBLE]);
    await house.pass(49 * HOUR, HOUR);
    expect(told()).toEqual([TROUBLE.text, TROUBLE.text, TROUBLE.text]);
    await house.keeper.acknowledge('app/gateway-trouble/port');
    await house.pass(49 * HOUR, HOUR);
    expect(told()).toHaveLength(3);
  });

  it('goes with its connection', async () => {
    await house.keeper.declare(id, 'delivery-failed', [FILE]);
    await house.keeper.remove(id);
    expect(house.withdrawn).toEqual([`${id}/delivery-failed/d-1`]);
    const before = saves;
    await house.keeper.declare(id, 'delivery-failed', [FILE]);
    expect([saves, told()]).toEqual([before, [FILE.text]]);
  });

  it('is told on a full disk, is no failure of who declares it, and is saved later', async () => {
    house.diskIsFull = () => true;
    await house.keeper.declare(id, 'delivery-failed', [FILE]);
    await house.keeper.declare(null, 'gateway-trouble', [TROUBLE]);
    expect(told()).toEqual([FILE.text, TROUBLE.text]);
    house.diskIsFull = () => false;
    await house.keeper.check(id);
    expect([stored(), house.disk().alerts]).toMatchObject([[{ text: FILE.text }], [{ text: TROUBLE.text }]]);
  });

  it('changes nothing once the keeper has stopped', async () => {
    await house.keeper.stop();
    const before = saves;
    await house.keeper.declare(id, 'delivery-failed', [FILE]);
    expect(saves).toBe(before);
  });
});

describe('concerns of the app as a whole', () => {
  const SET_ASIDE = { code: 'settings-broken', subject: 'copy-1', text: 'The settings were set aside.' } as const;
  let house: KeeperHouse;

  beforeEach(async () => {
    house = await buildKeeperHouse(createMemoryVault());
  });
  afterEach(() => house.stop());

  const standing = (): readonly string[] => house.keeper.status().alerts.map(({ code }) => code).toSorted();

  it('stand beside what the keeper itself has to say, and neither withdraws the other', async () => {
    house.keeper = createKeeper(house.ports, { startAlerts: [SET_ASIDE] });
    await house.keeper.start();
    await house.keeper.declare(null, 'gateway-trouble', [TROUBLE]);
    expect(standing()).toEqual(['gateway-trouble', 'memory-only', 'settings-broken']);
    await house.keeper.wake();
    expect(standing()).toEqual(['gateway-trouble', 'memory-only', 'settings-broken']);
    await house.keeper.declare(null, 'gateway-trouble', []);
    expect(standing()).toEqual(['memory-only', 'settings-broken']);
    expect(house.withdrawn).toEqual(['app/gateway-trouble/port']);
  });

  it('have their own time at which they are told again, be there a connection or not', async () => {
    expect(house.keeper.nextDueAt()).toBeNull();
    await house.keeper.declare(null, 'gateway-trouble', [TROUBLE]);
    expect(house.keeper.nextDueAt()).toBe(house.now() + DAY);
    await house.keeper.acknowledge('app/gateway-trouble/port');
    expect(house.keeper.nextDueAt()).toBeNull();
  });

  it('declared before the start are told with it, and overwrite no settings', async () => {
    await house.connect({ token: house.meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.robotId, expiresInMs: null }) });
    house.keeper = createKeeper(house.ports);
    await house.keeper.declare(null, 'gateway-trouble', [TROUBLE]);
    expect(house.disk().connections).toHaveLength(1);
    await house.keeper.start();
    expect(standing()).toEqual(['gateway-trouble', 'memory-only']);
    expect(house.disk()).toMatchObject({ connections: [{ label: 'Shop' }], alerts: [{ code: 'memory-only' }, { text: TROUBLE.text }] });
  });
});
