import { afterEach, describe, expect, it } from 'vitest';
import { DAY } from '../../src-main/core/time.ts';
import { SHOP } from '../../src-main/practice/shop.ts';
import { type Bot, type BotSettings, GraphRefusal } from './bot.ts';
import { type BotHouse, openBotHouse } from './bot-house.ts';

const CUSTOMER = '15550100002';
/** Larger than one piece of a stream, and with every byte in it. */
const PICTURE = Uint8Array.from({ length: 200_000 }, (_, at) => (at * 7) % 256);

const open: BotHouse[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((house) => house.stop()));
});

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** Declares what every client must be able to do through the gateway, with the traffic counted on Meta's side. */
export function worksThroughTheGateway(client: string, make: (settings: BotSettings) => Bot): void {
  describe(`${client}, unchanged but for its base address`, () => {
    const visit = async (options: Parameters<typeof openBotHouse>[0] = {}): Promise<BotHouse & { readonly bot: Bot }> => {
      const house = await openBotHouse(options);
      open.push(house);
      return { ...house, bot: make(house.settings) };
    };

    it('sends a text and a template', async () => {
      const { bot, house, usage } = await visit();
      const ids = [await bot.sendText(CUSTOMER, 'Your order is ready – ¡gracias! 🎉'), await bot.sendTemplate(CUSTOMER, 'order_ready')];
      const sent = house.meta.world.sent();
      expect(sent.map(({ id, to, type }) => ({ id, to, type }))).toEqual([
        { id: ids[0], to: CUSTOMER, type: 'text' },
        { id: ids[1], to: CUSTOMER, type: 'template' },
      ]);
      expect(sent[0]?.body).toMatchObject({ text: { body: 'Your order is ready – ¡gracias! 🎉' } });
      expect(usage()).toMatchObject({ calls: 2, errors: 0 });
    });

    it('signs at Meta with the shop’s token and its proof, never with the key', async () => {
      const { bot, house } = await visit();
      house.meta.journal.clear();
      await bot.sendText(CUSTOMER, 'Hello');
      await bot.readNumber();
      expect(house.meta.journal.entries().map(({ endpoint, signedBy, token, proof }) => ({ endpoint, signedBy, token, proof }))).toEqual([
        { endpoint: 'messages', signedBy: 'token', token: 't1', proof: 'right' },
        { endpoint: 'number', signedBy: 'token', token: 't1', proof: 'right' },
      ]);
    });

    it('reads the number', async () => {
      const { bot } = await visit();
      expect(await bot.readNumber()).toBe(SHOP.display);
    });

    it('uploads a file and fetches it again, byte for byte', async () => {
      const { bot, house } = await visit();
      const id = await bot.upload(PICTURE);
      // By their text: comparing bytes one by one takes seconds.
      expect(textOf(await bot.download(id))).toBe(textOf(PICTURE));
      expect(house.meta.journal.count({ effect: 'uploaded' })).toBe(1);
      const fetched = house.meta.journal.entries({ endpoint: 'download' });
      expect(fetched.map(({ signedBy, token }) => ({ signedBy, token }))).toEqual([{ signedBy: 'token', token: 't1' }]);
    });

    it('goes on sending while the token is renewed: each message once, and the later ones with the new token', async () => {
      const { bot, house, refresh, tokenInUse } = await visit({ lifeMs: 20 * DAY });
      const before = tokenInUse();
      const sendWave = (wave: string): Promise<string[]> => Promise.all(Array.from({ length: 12 }, (_, at) => bot.sendText(CUSTOMER, `${wave} ${at}`)));
      const first = sendWave('before');
      const renewal = refresh();
      const during = sendWave('during');
      expect(await renewal).toMatchObject({ ok: true, code: 'renewed' });
      const ids = [...(await first), ...(await during), ...(await sendWave('after'))];
      const sent = house.meta.world.sent();
      expect(sent.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
      expect(new Set(sent.map(({ body }) => JSON.stringify(body['text']))).size).toBe(36);
      expect(tokenInUse()).not.toBe(before);
      const fresh = house.meta.world.token(tokenInUse()).label;
      expect(sent.slice(-12).map(({ token }) => token)).toEqual(Array.from({ length: 12 }, () => fresh));
      expect(house.meta.journal.count({ endpoint: 'exchange' })).toBe(1);
    });

    it('is told in Meta’s shape that the token has expired, and works again once it is replaced', async () => {
      const { bot, house, issueToken, replace, usage } = await visit({ lifeMs: 10 * DAY });
      house.advance(11 * DAY);
      const refused = await bot.sendText(CUSTOMER, 'Too late').catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(GraphRefusal);
      expect(refused).toMatchObject({ inMetasShape: true, code: 190, type: 'OAuthException' });
      expect(refused).toHaveProperty('message', expect.stringContaining('Session has expired'));
      expect(house.meta.world.sent()).toEqual([]);
      expect(usage()).toMatchObject({ calls: 1, errors: 1 });
      expect(await replace(issueToken())).toMatchObject({ ok: true, code: 'replaced' });
      const id = await bot.sendText(CUSTOMER, 'On time');
      expect(house.meta.world.sent().map(({ id: sentId, token }) => ({ id: sentId, token }))).toEqual([{ id, token: 't2' }]);
    });

    it('is told in the same shape that its key opens nothing', async () => {
      const { settings, house } = await visit();
      house.meta.journal.clear();
      const refused = await make({ ...settings, key: 'evk_not_a_key_of_this_house' })
        .sendText(CUSTOMER, 'Hello')
        .catch((error: unknown) => error);
      expect(refused).toMatchObject({ inMetasShape: true, code: 190, type: 'EvertokenError' });
      expect(house.meta.journal.entries()).toEqual([]);
    });
  });
}
