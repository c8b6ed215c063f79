import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY } from '../../src-main/core/time.ts';
import { type PracticeMeta, startPracticeMeta } from '../../src-main/practice/meta.ts';
import { openShop, SHOP } from '../../src-main/practice/shop.ts';
import { type KeyringSession, startKeyring } from '../keychain/session.ts';
import { keyringHere } from '../requirements.ts';
import { buildHouse, type TrialHouse } from './running-server.ts';

const program = fileURLToPath(new URL('../../dist-test/renew-and-die.js', import.meta.url));

interface Life {
  readonly signal: NodeJS.Signals | null;
  /** The port calls that returned, in order, then the outcome if it got that far. */
  readonly lines: readonly string[];
}

function live(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Life> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    child.once('error', reject);
    child.once('close', (_code, signal) => resolve({ signal, lines: output.trim().split('\n') }));
  });
}

describe.runIf(keyringHere())('killed after each port call of a renewal, on the real keyring', () => {
  let meta: PracticeMeta;
  let keyring: KeyringSession;

  beforeAll(async () => {
    meta = await startPracticeMeta({ seed: 11 });
    openShop(meta.world);
    keyring = await startKeyring();
  });
  afterAll(async () => {
    await keyring.stop();
    await meta.stop();
  });

  /** A house with a connection whose 60-day token can be renewed. */
  const furnish = async (): Promise<TrialHouse> => {
    const house = await buildHouse(meta, keyring.env);
    const token = meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.robotId, expiresInMs: 20 * DAY });
    const input = JSON.stringify({ token, appId: SHOP.appId, appSecret: SHOP.appSecret });
    const made = await live(['connect', house.dataFolder, meta.url, '0'], { ...keyring.env, EVERTOKEN_TEST_INPUT: input });
    expect(made.lines.at(-1)).toBe('connected');
    return house;
  };

  /** A house whose user token died with the user's password. */
  const furnishWithDeadUser = async (): Promise<TrialHouse> => {
    const house = await buildHouse(meta, keyring.env);
    const token = meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.ownerId, expiresInMs: 60 * DAY });
    const input = JSON.stringify({ token, appId: SHOP.appId, appSecret: SHOP.appSecret });
    const made = await live(['connect', house.dataFolder, meta.url, '0'], { ...keyring.env, EVERTOKEN_TEST_INPUT: input });
    expect(made.lines.at(-1)).toBe('connected');
    meta.world.revoke(token);
    return house;
  };

  it('a valid token is in use after the restart, and a candidate whose staging write returned is not lost', async () => {
    const whole = await furnish();
    const undisturbed = await live(['renew', whole.dataFolder, meta.url, '0'], keyring.env);
    expect(undisturbed.lines.at(-1)).toBe('renewed');
    whole.cleanUp();
    const calls = undisturbed.lines.slice(0, -1);
    expect(calls.filter((line) => line.includes('vault.write'))).toHaveLength(1);
    expect(calls.length).toBeGreaterThan(8);

    for (let killAt = 1; killAt <= calls.length; killAt += 1) {
      const house = await furnish();
      const before = meta.journal.entries().length;
      const killed = await live(['renew', house.dataFolder, meta.url, String(killAt)], keyring.env);
      expect(killed.signal).toBe('SIGKILL');
      expect(killed.lines).toHaveLength(killAt);
      const staged = killed.lines.some((line) => line.endsWith('vault.write'));

      const server = await house.start();
      const view = await server.until(`settled after a kill at ${calls[killAt - 1] ?? ''}`, (now) => now.health === 'healthy' && now.lastCheck !== null && (!staged || Date.parse(now.expiresAt ?? '') > house.now() + 59 * DAY));
      const exchanged = meta.journal.entries().slice(before).filter((entry) => entry.endpoint === 'exchange');
      // The candidate that was staged is the one in use: no second exchange was needed.
      if (staged) expect(exchanged, calls[killAt - 1]).toHaveLength(1);
      expect(view.fingerprint).toMatch(/^….{4}-[0-9a-f]{8}$/);
      await server.stop();
      house.cleanUp();
    }
  }, 180_000);

  const OTHER_APP = { id: '100000000000009', name: 'Other Bot', secret: 'practice-secret-of-the-other-app' };
  const given = (token: string, app: { id: string; secret: string }): Record<string, string> => ({ ...keyring.env, EVERTOKEN_TEST_INPUT: JSON.stringify({ token, appId: app.id, appSecret: app.secret }) });

  it('a replacement by a token of another app and user is never lost once it was staged, and never half done', async () => {
    meta.world.addApp(OTHER_APP);
    const fresh = (): string => meta.world.issueToken({ appId: OTHER_APP.id, userId: SHOP.robotId, expiresInMs: 60 * DAY });
    const replace = async (house: TrialHouse, token: string, killAt: number): Promise<Life> => live(['replace', house.dataFolder, meta.url, String(killAt)], given(token, OTHER_APP));
    const whole = await furnishWithDeadUser();
    const undisturbed = await replace(whole, fresh(), 0);
    expect(undisturbed.lines.at(-1)).toBe('replaced');
    whole.cleanUp();
    const calls = undisturbed.lines.slice(0, -1);
    expect(calls.filter((line) => line.includes('vault.write'))).toHaveLength(2);

    for (let killAt = 1; killAt <= calls.length; killAt += 1) {
      const house = await furnishWithDeadUser();
      const token = fresh();
      const killed = await replace(house, token, killAt);
      expect(killed.signal).toBe('SIGKILL');
      const staged = killed.lines.filter((line) => line.endsWith('vault.write')).length === 2;
      const server = await house.start();
      const view = await server.until(`settled after a kill at ${calls[killAt - 1] ?? ''}`, (now) => now.health === (staged ? 'healthy' : 'revoked'));
      if (staged) {
        expect(view.fingerprint, calls[killAt - 1]).toContain(token.slice(-4));
        expect(await server.refresh(), calls[killAt - 1]).toMatchObject({ ok: true, code: 'no-progress' });
      } else {
        // What the owner pasted is asked for again; nothing of it is left half done.
        const again = await house.cli(['replace', '--yes', '--app-id', OTHER_APP.id, '--app-secret-file', house.file('s', OTHER_APP.secret)], token);
        expect(again, again.stderr).toMatchObject({ code: 0 });
      }
      await server.stop();
      house.cleanUp();
    }
  }, 240_000);

  it('a connection killed in the making is there whole or not at all', async () => {
    const connect = async (house: TrialHouse, token: string, killAt: number): Promise<Life> =>
      live(['connect', house.dataFolder, meta.url, String(killAt)], given(token, { id: SHOP.appId, secret: SHOP.appSecret }));
    const issue = (): string => meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.robotId, expiresInMs: 60 * DAY });
    const whole = await buildHouse(meta, keyring.env);
    const undisturbed = await connect(whole, issue(), 0);
    expect(undisturbed.lines.at(-1)).toBe('connected');
    whole.cleanUp();
    const calls = undisturbed.lines.slice(0, -1);

    for (let killAt = 1; killAt <= calls.length; killAt += 1) {
      const house = await buildHouse(meta, keyring.env);
      const token = issue();
      const killed = await connect(house, token, killAt);
      expect(killed.signal).toBe('SIGKILL');
      const staged = killed.lines.filter((line) => line.endsWith('vault.write')).length === 2;
      const server = await house.start();
      if (staged) {
        const view = await server.until(`settled after a kill at ${calls[killAt - 1] ?? ''}`, (now) => now.health === 'healthy');
        expect(view.fingerprint).toContain(token.slice(-4));
        expect(await server.refresh()).toMatchObject({ ok: true });
      } else {
        const again = await house.cli(['connect', '--app-id', SHOP.appId, '--app-secret-file', house.file('s', SHOP.appSecret)], token);
        expect(again, `${calls[killAt - 1] ?? ''} ${again.stdout} ${again.stderr}`).toMatchObject({ code: 0 });
        expect((await server.status()).connections).toHaveLength(1);
      }
      await server.stop();
      house.cleanUp();
    }
  }, 240_000);
});
