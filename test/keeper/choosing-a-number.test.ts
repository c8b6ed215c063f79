import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY } from '../../src-main/core/time.ts';
import { SHOP } from '../../src-main/practice/shop.ts';
import { buildKeeperHouse, type KeeperHouse } from './keeper-house.ts';

const SECOND_NUMBER = { id: '400000000000002', display: '+1 555-010-0002', verifiedName: 'Corner Shop Bakery' };

describe('choosing a number', () => {
  let house: KeeperHouse;

  beforeEach(async () => {
    house = await buildKeeperHouse();
    house.meta.world.addWaba({ id: '300000000000002', name: 'Bakery', phoneNumbers: [SECOND_NUMBER], templates: [], assignedTo: [SHOP.ownerId] });
    await house.connect({ token: house.meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.ownerId, expiresInMs: 60 * DAY, dataAccessMs: null }) });
  });
  afterEach(() => house.stop());

  it('offers every number of every account that Meta names, and asks the owner', () => {
    expect(house.only()).toMatchObject({ health: 'healthy', phoneNumberId: null });
    expect(house.only().offeredNumbers.map(({ id }) => id).toSorted()).toEqual([SHOP.phoneNumberId, SECOND_NUMBER.id]);
    expect(house.only().advice).toContain(SECOND_NUMBER.id);
  });

  it('ties the connection to the chosen one and its account', async () => {
    const outcome = await house.keeper.chooseNumber(house.only().id, SECOND_NUMBER.id);
    expect(outcome).toMatchObject({ ok: true, code: 'number-chosen' });
    expect(house.only()).toMatchObject({ phoneNumberId: SECOND_NUMBER.id, wabaId: '300000000000002', number: SECOND_NUMBER.display, offeredNumbers: [], reasonCodes: ['healthy'] });
    house.meta.world.unassign(SHOP.ownerId, '300000000000002');
    await house.pass(DAY, DAY / 4);
    expect(house.only().health).toBe('access-lost');
    expect(house.told.map((alert) => alert.code)).toEqual(['access-lost']);
    house.meta.world.assign(SHOP.ownerId, '300000000000002');
  });

  it('refuses a number that the token does not reach and changes nothing', async () => {
    const before = JSON.stringify(house.disk());
    const outcome = await house.keeper.chooseNumber(house.only().id, '499999999999999');
    expect(outcome).toMatchObject({ ok: false, code: 'wrong-id-or-no-asset' });
    expect(outcome.details.join(' ')).toContain(SECOND_NUMBER.id);
    expect(JSON.stringify(house.disk())).toBe(before);
  });
});
