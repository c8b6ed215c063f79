import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY, MINUTE } from '../../src-main/core/time.ts';
import { type PracticeMeta, startPracticeMeta } from '../../src-main/practice/meta.ts';
import { openShop, SHOP } from '../../src-main/practice/shop.ts';
import { envWithoutBus, type KeyringSession, startKeyring } from '../keychain/session.ts';
import { keyringHere } from '../requirements.ts';
import { buildHouse, type TrialHouse } from './running-server.ts';

describe.runIf(keyringHere())('the built program and its keychain', () => {
  let meta: PracticeMeta;
  let keyring: KeyringSession;
  let house: TrialHouse;

  beforeEach(async () => {
    meta = await startPracticeMeta({ seed: 31 });
    openShop(meta.world);
    keyring = await startKeyring({ password: 'corner' });
    house = await buildHouse(meta, keyring.env);
  });
  afterEach(async () => {
    await keyring.stop();
    await meta.stop();
    house.cleanUp();
  });

  const connect = async (): Promise<string> => {
    const token = meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.robotId, expiresInMs: 60 * DAY });
    const ran = await house.cli(['connect', '--app-id', SHOP.appId, '--app-secret-file', house.file('secret', SHOP.appSecret)], token);
    expect(ran, ran.stderr).toMatchObject({ code: 0 });
    return token;
  };
  const everything = async (): Promise<string> => (await keyring.secretTool(['search', '--all', '--unlock', 'service', 'Evertoken'])).stdout.split('\n').filter((line) => line.startsWith('secret = ')).toSorted().join('\n');

  it('waits for a locked keyring, touches nothing in it, and recovers by itself when it is unlocked', async () => {
    let server = await house.start();
    await connect();
    const healthy = await server.only();
    const stored = await everything();
    expect(stored).toContain(SHOP.appSecret);
    await server.stop();
    await keyring.lock();

    server = await house.start();
    const locked = await server.until('seen as locked', (view) => view.reasonCodes.includes('keychain-locked'));
    expect(locked).toMatchObject({ health: 'unknown', label: healthy.label, fingerprint: healthy.fingerprint });
    expect(locked.reasons[0]).toMatch(/keychain is locked/);
    expect(locked.advice).toMatch(/Unlock/);
    const refused = await house.cli(['connect', '--app-id', SHOP.appId], meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.ownerId, expiresInMs: DAY }));
    expect(refused.code).toBe(1);
    const ran = await house.cli(['status']);
    expect(ran.code).toBe(1);
    expect((await server.refresh()).code).toBe('keychain-locked');
    expect(meta.journal.count({ endpoint: 'exchange' })).toBe(0);

    expect(await keyring.unlock()).toBe(true);
    house.setRate(60);
    const back = await server.until('recovered by itself', (view) => view.health === 'healthy' && view.alerts.length === 0);
    expect(back.fingerprint).toBe(healthy.fingerprint);
    expect(await everything()).toBe(stored);
    await server.stop();
  });

  it('says that a secret is lost when the keyring is open and the item is gone, and takes a pasted one', async () => {
    let server = await house.start();
    const token = await connect();
    await server.stop();
    const listed = await keyring.secretTool(['search', '--all', 'service', 'Evertoken']);
    const tokenAccount = /attribute\.account = (\S+\/token-\S+)/.exec(`${listed.stdout}\n${listed.stderr}`)?.[1] ?? 'none';
    await keyring.secretTool(['clear', 'service', 'Evertoken', 'account', tokenAccount]);

    server = await house.start();
    const lost = await server.until('seen as lost', (view) => view.reasonCodes.includes('secret-lost'));
    expect(lost.advice).toMatch(/Paste the token again/);
    expect(lost.alerts.map((alert) => alert.code)).toEqual(['secret-lost']);
    const replaced = await house.cli(['replace', '--yes'], token);
    expect(replaced, replaced.stderr).toMatchObject({ code: 0 });
    expect(await server.only()).toMatchObject({ health: 'healthy', alerts: [] });
    await server.stop();
  });

  it('renews nothing while the keyring is locked, and in the last day renews in memory, says so, and stores it later', async () => {
    const server = await house.start();
    await connect();
    await keyring.lock();
    house.advance(40 * DAY);
    await server.until('tried', (view) => Date.parse(view.lastCheck ?? '') > house.now() - MINUTE);
    expect((await server.refresh()).code).toBe('keychain-locked');
    expect(meta.journal.count({ endpoint: 'exchange' })).toBe(0);

    const before = await server.only();
    house.advance(Date.parse(before.expiresAt ?? '') - house.now() - 20 * 60 * MINUTE);
    const saved = await server.until('renewed in memory', (view) => view.fingerprint !== before.fingerprint && view.alerts.some((alert) => alert.code === 'kept-in-memory'));
    expect(saved.health).toBe('healthy');
    expect(saved.reasonCodes).toContain('memory-only');

    expect(await keyring.unlock()).toBe(true);
    for (let minute = 0; minute < 3; minute += 1) house.advance(2 * MINUTE);
    house.advance(7 * 60 * MINUTE);
    await server.until('stored', (view) => !view.reasonCodes.includes('memory-only') && view.alerts.length === 0);
    await server.kill();
    const again = await house.start();
    expect(await again.until('still there after a kill', (view) => view.health === 'healthy')).toMatchObject({ fingerprint: saved.fingerprint });
    await again.stop();
  });

  it('keeps tokens in memory only where there is no bus, and says so at start, in the status and in the log', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'evertoken-nobus-'));
    const poor = await buildHouse(meta, envWithoutBus(folder));
    const server = await poor.start();
    expect(poor.printed()).toMatch(/kept in memory only/);
    const token = meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.robotId, expiresInMs: 60 * DAY });
    expect((await poor.cli(['connect'], token)).stdout).toMatch(/memory only/);
    const status = await server.status();
    expect(status.vault).toMatchObject({ kind: 'memory' });
    expect(status.vault.note).toMatch(/memory only/);
    expect(status.alerts.map((alert) => alert.code)).toEqual(['memory-only']);
    await server.stop();
    const again = await poor.start();
    const lost = await again.until('lost after a restart', (view) => view.reasonCodes.includes('secret-lost'));
    expect(lost.health).toBe('unknown');
    await again.stop();
    poor.cleanUp();
    rmSync(folder, { recursive: true, force: true });
  });
});
