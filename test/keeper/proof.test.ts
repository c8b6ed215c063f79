import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../src-main/core/time.ts';
import { SHOP } from '../../src-main/practice/shop.ts';
import { buildKeeperHouse, type KeeperHouse } from './keeper-house.ts';

const OTHER_APP = { id: '100000000000009', name: 'Other Bot', secret: 'practice-secret-of-the-other-app' };

describe('the proof that is handed out with a token', () => {
  let house: KeeperHouse;

  beforeEach(async () => {
    house = await buildKeeperHouse();
    house.meta.world.addApp(OTHER_APP);
  });
  afterEach(() => house.stop());

  const robotToken = (appId: string = SHOP.appId): string => house.meta.world.issueToken({ appId, userId: SHOP.robotId, expiresInMs: 60 * DAY });
  const proofOf = (token: string, secret: string): string => createHmac('sha256', secret).update(token).digest('hex');
  const handed = () => house.keeper.accessToken(house.only().id);

  it("is the token's HMAC under the app secret", async () => {
    const token = robotToken();
    await house.connect({ token });
    expect(await handed()).toMatchObject({ token, proof: proofOf(token, SHOP.appSecret) });
    expect(house.keeper.currentToken(house.only().id)).toMatchObject({ proof: proofOf(token, SHOP.appSecret) });
  });

  it('goes with the token that a renewal brought', async () => {
    await house.connect({ token: robotToken() });
    house.advance(31 * DAY);
    await house.keeper.refresh(house.only().id);
    const after = await handed();
    expect(after?.proof).toBe(proofOf(after?.token ?? '', SHOP.appSecret));
  });

  it('is missing where the app secret is not known', async () => {
    await house.connect({ token: robotToken(), appId: null, appSecret: null });
    expect(await handed()).toMatchObject({ proof: null });
  });

  it("is missing for another app's token, and there once that app's secret is given", async () => {
    const token = robotToken(OTHER_APP.id);
    await house.connect({ token: robotToken() });
    const { id } = house.only();
    expect(await house.keeper.replace(id, { token, app: null, confirmed: true })).toMatchObject({ ok: true });
    expect(await handed()).toMatchObject({ token, proof: null });
    expect(await house.keeper.replace(id, { token: null, app: { appId: OTHER_APP.id, appSecret: OTHER_APP.secret }, confirmed: true })).toMatchObject({ ok: true });
    expect(await handed()).toMatchObject({ token, proof: proofOf(token, OTHER_APP.secret) });
  });

  it('is missing while Meta refuses the app secret, since a wrong proof makes a good call fail', async () => {
    await house.connect({ token: robotToken() });
    house.meta.world.changeApp(SHOP.appId, { secret: 'practice-new-secret-of-the-corner-shop' });
    await house.pass(7 * HOUR, HOUR);
    expect(house.only().reasonCodes).toContain('app-credentials-refused');
    expect(await handed()).toMatchObject({ proof: null });
  });

  it('is made once for all who ask', async () => {
    let made = 0;
    const { hmacSha256 } = house.ports.entropy;
    house.ports.entropy.hmacSha256 = (key, text) => {
      made += 1;
      return hmacSha256(key, text);
    };
    await house.connect({ token: robotToken() });
    for (let call = 0; call < 1_000; call += 1) await handed();
    expect(made).toBe(1);
  });
});
