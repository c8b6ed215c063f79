import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AlertView, StatusAnswer } from '../../src-main/contract/status.ts';
import { DAY } from '../../src-main/core/time.ts';
import { type PracticeMeta, startPracticeMeta } from '../../src-main/practice/meta.ts';
import { openShop, SHOP } from '../../src-main/practice/shop.ts';
import { type KeyringSession, startKeyring } from '../keychain/session.ts';
import { keyringHere } from '../requirements.ts';
import { buildHouse, type RunningServer, type TrialHouse } from './running-server.ts';
import { filesBelow, foundIn } from './secret-hunt.ts';

describe.runIf(keyringHere())('a bot beside the built server', () => {
  let meta: PracticeMeta;
  let keyring: KeyringSession;
  let house: TrialHouse;
  beforeEach(async () => {
    meta = await startPracticeMeta({ seed: 31 });
    openShop(meta.world);
    keyring = await startKeyring();
    house = await buildHouse(meta, keyring.env);
  });
  afterEach(async () => {
    await keyring.stop();
    await meta.stop();
    house.cleanUp();
  });

  const origin = (): string => `http://127.0.0.1:${house.env['EVERTOKEN_PORT'] ?? ''}`;
  const send = (connection: string, key: string): Promise<Response> =>
    fetch(`${origin()}/graph/${connection}/v26.0/${SHOP.phoneNumberId}/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ messaging_product: 'whatsapp', to: '15550100002', type: 'text', text: { body: 'Your order is ready' } }),
    });
  /** The label of the token that the last message was sent with, as Meta saw it. */
  const lastSigned = (): unknown => meta.journal.entries().findLast(({ endpoint }) => endpoint === 'messages')?.token;
  const until = async (what: string, isSo: () => boolean | Promise<boolean>): Promise<void> => {
    for (const giveUpAt = performance.now() + 20_000; !(await isSo()); ) {
      if (performance.now() > giveUpAt) throw new Error(`Not within 20 s: ${what}.`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const alertsOf = async (server: RunningServer): Promise<readonly AlertView[]> => (await server.only()).alerts;

  it('an alert about the gateway that the owner has seen stays seen after a restart', { timeout: 60_000 }, async () => {
    const flags = ['--allow-host', 'bots.example'];
    let server = await house.start(flags);
    const seen = async (): Promise<readonly boolean[]> => (await server.status()).alerts.filter(({ code }) => code === 'gateway-trouble').map(({ acknowledgedAt }) => acknowledgedAt !== null);
    expect(await seen()).toEqual([false]);
    expect(await house.cli(['acknowledge', 'gateway-trouble'])).toMatchObject({ code: 0 });
    expect(await seen()).toEqual([true]);
    await server.stop();
    server = await house.start(flags);
    expect(await seen()).toEqual([true]);
    await server.stop();
    // Without the option its cause has ended.
    server = await house.start();
    expect(await seen()).toEqual([]);
  });

  it('sends with each new token, finds it in its file, and is shut out by a revoked key; nothing of a secret is left anywhere else', { timeout: 120_000 }, async () => {
    const first = meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.robotId, expiresInMs: 60 * DAY });
    let server = await house.start();
    const connected = await house.cli(['connect', '--app-id', SHOP.appId, '--phone-number-id', SHOP.phoneNumberId, '--app-secret-file', house.file('secret', SHOP.appSecret)], first);
    expect(connected, connected.stderr).toMatchObject({ code: 0 });
    const { id } = await server.only();
    const key = (await house.cli(['keys', 'create', 'order-bot', '--right', 'graph', '--right', 'token', '--right', 'status', '--print'])).stdout.trim();
    expect(key).toMatch(/^evk_[\w-]{43}$/);
    const env = house.file('bot.env', '# the bot\nexport WHATSAPP_ACCESS_TOKEN="old"   # from the first day\nPORT=3000\n');
    const added = await house.cli(['deliveries', 'add', env, '--connection', id]);
    expect(readFileSync(env, 'utf8'), added.stderr).toContain('="old"');
    // What stood there is no token of ours, so the owner is asked first.
    expect(await house.cli(['deliver', '--overwrite'])).toMatchObject({ code: 0 });
    const inFile = (): string => /="(.*)"/.exec(readFileSync(env, 'utf8'))?.[1] ?? '';
    expect(inFile()).toBe(first);
    expect(readFileSync(env, 'utf8')).toBe(`# the bot\nexport WHATSAPP_ACCESS_TOKEN="${first}"   # from the first day\nPORT=3000\n`);

    expect((await send(id, key)).status).toBe(200);
    const before = lastSigned();
    const token = (etag: string): Promise<Response> => fetch(`${origin()}/v1/connections/${id}/token`, { headers: { authorization: `Bearer ${key}`, 'if-none-match': etag } });
    const known = (await token('"none"')).headers.get('etag') ?? '';
    expect((await token(known)).status).toBe(304);

    // A month later it is renewed, and the very next message goes out with the new one.
    house.advance(31 * DAY);
    await until('the new token is in the file', () => inFile() !== first);
    expect((await send(id, key)).status).toBe(200);
    expect(lastSigned()).not.toBe(before);
    const changed = await token(known);
    expect([changed.status, ((await changed.json()) as { access_token: string }).access_token]).toEqual([200, inFile()]);

    // Killed and started again: the key, the file and the counters are still there.
    await server.kill();
    server = await house.start();
    expect((await send(id, key)).status).toBe(200);
    expect((await house.cli(['deliveries', 'list', '--json'])).stdout).toContain('"standing":"done"');

    // Meta refuses a call: the owner hears of it at once, and the check that follows says why.
    // The token before it lives on until its own end, and would stand in.
    meta.world.revoke(first);
    meta.world.revoke(inFile());
    const refused = await send(id, key);
    // Meta gives it as 400 or 401.
    expect([400, 401]).toContain(refused.status);
    expect(await refused.json()).toMatchObject({ error: { code: 190, type: 'OAuthException' } });
    await until('the alert', async () => (await alertsOf(server)).some(({ code }) => code === 'call-refused' || code === 'revoked'));
    await until('the check', async () => (await server.only()).health === 'revoked');

    // A bot with its key sees how its connection is, and nothing that is the owner's alone.
    const seen = (await (await fetch(`${origin()}/admin/token-status`, { headers: { authorization: `Bearer ${key}` } })).json()) as StatusAnswer;
    expect(seen.connections.map((view) => view.health)).toEqual(['revoked']);
    expect(JSON.stringify(seen)).not.toContain(env);
    expect((await fetch(`${origin()}/admin/keys`, { headers: { authorization: `Bearer ${key}` } })).status).toBe(403);

    expect((await house.cli(['keys', 'revoke', 'order-bot', '--yes'])).code).toBe(0);
    expect((await send(id, key)).status).toBe(401);
    await server.stop();
    const secrets = [first, inFile(), key, SHOP.appSecret];
    const places = [...filesBelow(house.dataFolder), { path: 'argument lists', text: house.argumentLists().join('\n') }];
    expect(foundIn(places, secrets)).toEqual([]);
    expect(house.printed().split(key)).toHaveLength(2);
    expect(foundIn([{ path: 'the output', text: house.printed() }], [first, inFile(), SHOP.appSecret])).toEqual([]);
  });
});
