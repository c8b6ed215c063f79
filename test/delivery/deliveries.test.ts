import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, realpath, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../src-main/core/time.ts';
import { connectionView, outcome, statusOf } from '../fakes/keeper.ts';
import { systemError, watchedFiles } from './broken-files.ts';
import { buildDeliveryHouse, type DeliveryHouse } from './delivery-house.ts';

const KEY = 'WHATSAPP_ACCESS_TOKEN';
const FIRST = 'EAAGfirstTokenOfTheShop000000000000001111';
const SECOND_TOKEN = 'EAAGsecondTokenOfTheShop00000000000002222';
const THIRD = 'EAAGthirdTokenOfTheShop000000000000003333';
const HAND = 'EAAGpastedIntoTheFileByHand0000000000h4nd';

let folder: string;
let file: string;
let house: DeliveryHouse;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'evertoken-deliveries-')));
  file = join(folder, '.env');
  house = buildDeliveryHouse({ token: FIRST });
});
afterEach(async () => {
  await house.deliveries.close();
  await rm(folder, { recursive: true, force: true });
});

const textOf = (path = file): Promise<string> => readFile(path, 'utf8');
const add = (change: Partial<{ file: string; variable: string; connection: string; keepBackup: boolean }> = {}) =>
  house.deliveries.addEnvFile({ connection: 'c-main', file, variable: KEY, keepBackup: false, ...change });
const deliver = (overwrite = false) => house.deliveries.deliver({ connection: null, delivery: null, overwrite });
const asked = () => house.keeper.calls.filter((call) => call.asked === 'replace');

describe('a token is delivered', () => {
  it('at set-up, then at each change without waiting for the minute, also to files of other names and variables', async () => {
    await writeFile(file, `PORT=1\n${KEY}=\n`);
    const other = join(folder, 'other.env');
    expect(await add()).toMatchObject({ ok: true, code: 'added' });
    expect(await add({ file: other, variable: 'META_TOKEN' })).toMatchObject({ ok: true, code: 'added' });
    expect(await textOf()).toBe(`PORT=1\n${KEY}=${FIRST}\n`);
    expect(await textOf(other)).toBe(`META_TOKEN=${FIRST}\n`);
    expect((await stat(other)).mode & 0o777).toBe(0o600);
    house.promote(SECOND_TOKEN);
    house.pass(SECOND);
    await house.until('both hold the second', () => house.deliveries.list().every(({ standing }) => standing === 'done'));
    expect(await textOf()).toBe(`PORT=1\n${KEY}=${SECOND_TOKEN}\n`);
    expect(await textOf(other)).toBe(`META_TOKEN=${SECOND_TOKEN}\n`);
    expect(house.view()).toEqual({
      id: expect.stringMatching(/^d-[0-9a-f]{8}$/) as string,
      connection: 'c-main',
      kind: 'env-file',
      target: file,
      variable: KEY,
      keepBackup: false,
      standing: 'done',
      text: null,
      code: null,
      lastDone: '2027-01-10T12:00:01.000Z',
      fingerprint: `…2222-${SECOND_TOKEN.length}`,
      nextTry: null,
    });
  });

  it('once: a file that holds it is not written again, not even touched, by looks, by pressing and by a restart', async () => {
    await writeFile(file, `${KEY}=\n`);
    await add();
    const before = await stat(file, { bigint: true });
    await house.deliveries.look();
    await deliver();
    await house.restart();
    await house.deliveries.look();
    await house.deliveries.look();
    const after = await stat(file, { bigint: true });
    expect({ ino: after.ino, mtime: after.mtimeNs }).toEqual({ ino: before.ino, mtime: before.mtimeNs });
  });

  it('again where something put an older token of ours back', async () => {
    await writeFile(file, `${KEY}=\n`);
    await add();
    const old = await textOf();
    house.promote(SECOND_TOKEN);
    await house.deliveries.look();
    await writeFile(file, old);
    await house.restart();
    await house.deliveries.look();
    expect(await textOf()).toBe(`${KEY}=${SECOND_TOKEN}\n`);
    expect(asked()).toEqual([]);
  });

  it('after a restart, where the token changed while nothing ran', async () => {
    await writeFile(file, `${KEY}=\n`);
    await add();
    await house.deliveries.close();
    house.promote(SECOND_TOKEN);
    await house.restart();
    expect(house.view()).toMatchObject({ standing: 'pending', code: null, text: null });
    await house.deliveries.look();
    expect(await textOf()).toBe(`${KEY}=${SECOND_TOKEN}\n`);
  });

  it('where the connection has none yet: as soon as it comes, and the view says what is missing', async () => {
    house = buildDeliveryHouse({ token: null });
    expect(await add()).toMatchObject({ ok: true, code: 'added-pending', message: expect.stringContaining('no token') as string });
    expect(existsSync(file)).toBe(false);
    house.keeper.answers.status = { ...house.keeper.answers.status, vault: { kind: 'keychain', locked: true, note: null } };
    expect(house.view()).toMatchObject({ standing: 'pending', code: 'keychain-locked' });
    house.promote(FIRST);
    house.pass(SECOND);
    await house.until('it is there', () => house.view().standing === 'done');
    expect(await textOf()).toBe(`${KEY}=${FIRST}\n`);
  });

  it('to two variables of one file, one of them by a link, and neither write loses the other', async () => {
    await writeFile(file, `${KEY}=\nSHOP=1\nSECOND=\n`);
    const byLink = join(folder, 'linked.env');
    await symlink(file, byLink);
    await add();
    await add({ file: byLink, variable: 'SECOND' });
    for (const token of [SECOND_TOKEN, THIRD, FIRST, SECOND_TOKEN]) {
      house.promote(token);
      await house.deliveries.look();
      expect(await textOf()).toBe(`${KEY}=${token}\nSHOP=1\nSECOND=${token}\n`);
    }
    expect((await readdir(folder)).toSorted()).toEqual(['.env', 'linked.env']);
  });

  it('with the file of before kept where the owner chose so', async () => {
    await writeFile(file, `${KEY}=\n`);
    await add({ keepBackup: true });
    house.promote(SECOND_TOKEN);
    await house.deliveries.look();
    expect(await textOf(`${file}.bak`)).toBe(`${KEY}=${FIRST}\n`);
  });

  it('while our own disk is full, and that is written down later', async () => {
    await writeFile(file, `${KEY}=\n`);
    await add();
    house.diskIsFull = true;
    house.promote(SECOND_TOKEN);
    await house.deliveries.look();
    expect(await textOf()).toBe(`${KEY}=${SECOND_TOKEN}\n`);
    expect(house.view().standing).toBe('done');
    expect(await add({ variable: 'OTHER' })).toMatchObject({ ok: false, code: 'storage-failed' });
    expect(house.deliveries.list()).toHaveLength(1);
    house.diskIsFull = false;
    await house.deliveries.look();
    expect(house.saved()[0]?.state.done?.fingerprint).toBe(`…2222-${SECOND_TOKEN.length}`);
  });

  it('remembered as our own before it is written, so that a kill in between makes it no stranger’s', async () => {
    await writeFile(file, `${KEY}=\n`);
    await add();
    let ownAtRename: readonly string[] = [];
    await house.deliveries.close();
    const saved = house.saved();
    house = buildDeliveryHouse({
      token: SECOND_TOKEN,
      store: { get: () => saved, save: async (all) => void (ownAtRename = all[0]?.state.ownValues ?? []) },
      files: watchedFiles((name) => {
        if (name === 'rename') expect(ownAtRename).toHaveLength(2);
      }),
    });
    await house.deliveries.look();
    expect(await textOf()).toBe(`${KEY}=${SECOND_TOKEN}\n`);
  });
});

describe('a value that was changed by hand', () => {
  const changeByHand = async (value = HAND): Promise<void> => {
    await writeFile(file, `${KEY}=\n`);
    await add();
    await writeFile(file, `# mine\n${KEY}="${value}"\n`);
  };

  it('is adopted where the keeper takes it, and reaches the other files', async () => {
    const other = join(folder, 'other.env');
    await add({ file: other });
    await changeByHand();
    house.keeper.answers.replace = async (_id, { token }) => {
      house.promote(token ?? '');
      return outcome({ code: 'replaced' });
    };
    await house.deliveries.look();
    house.pass(SECOND);
    await house.until('both done', () => house.deliveries.list().every(({ standing }) => standing === 'done'));
    expect(asked()).toEqual([{ asked: 'replace', id: 'c-main', input: { token: HAND, app: null, confirmed: 'over-a-dead-token' } }]);
    expect(await textOf()).toBe(`# mine\n${KEY}="${HAND}"\n`);
    expect(await textOf(other)).toBe(`${KEY}=${HAND}\n`);
    expect(house.alerts('changed-by-hand')).toEqual([]);
  });

  it('is adopted and gives way where the keeper exchanged it at once for a better one', async () => {
    await changeByHand();
    house.keeper.answers.replace = async () => {
      house.promote(THIRD);
      return outcome({ code: 'replaced' });
    };
    await house.deliveries.look();
    expect(await textOf()).toBe(`# mine\n${KEY}="${THIRD}"\n`);
    expect(asked()).toHaveLength(1);
    expect(house.alerts('changed-by-hand')).toEqual([]);
  });

  it('is adopted where there is no token at all', async () => {
    await changeByHand();
    await house.deliveries.close();
    const saved = house.saved();
    house = buildDeliveryHouse({ token: null, store: { get: () => saved, save: async () => undefined } });
    house.keeper.answers.replace = async (_id, { token }) => {
      house.promote(token ?? '');
      return outcome({ code: 'replaced' });
    };
    await house.deliveries.look();
    await house.until('done', () => house.view().standing === 'done');
    expect(await textOf()).toContain(HAND);
  });

  it.each(['confirm', 'expired', 'placeholder', 'wrong-app', 'a-code-of-the-future'])('stays, with an alert and one question only, where the keeper says “%s”', async (code) => {
    await changeByHand();
    house.keeper.answers.replace = async () => outcome({ ok: false, code, message: `It was said why. Nothing was changed.`, details: ['It belongs to another app.'] });
    for (let minute = 0; minute < 5; minute += 1) {
      house.pass(MINUTE);
      await house.deliveries.look();
    }
    expect(await textOf()).toBe(`# mine\n${KEY}="${HAND}"\n`);
    expect(asked()).toHaveLength(1);
    expect(house.view()).toMatchObject({ standing: 'needs-owner', code: 'changed-by-hand', nextTry: null });
    const [alert] = house.alerts('changed-by-hand');
    expect(alert).toMatchObject({ severity: 'warning', subject: house.view().id });
    expect(alert?.text).toContain(file);
    expect(alert?.text).toContain('…h4nd');
    expect(alert?.text).toContain(code === 'confirm' ? 'another app' : 'said why');
    expect(JSON.stringify([house.logged, house.keeper.calls.filter((call) => call.asked === 'declare'), house.saved()])).not.toContain(HAND);
  });

  it('stays through renewals, until the owner has the token in use written over it', async () => {
    await changeByHand();
    house.keeper.answers.replace = async () => outcome({ ok: false, code: 'expired', message: 'It has expired.' });
    await house.deliveries.look();
    house.promote(SECOND_TOKEN);
    await house.deliveries.look();
    expect(await textOf()).toContain(HAND);
    expect(await deliver(false)).toMatchObject({ ok: false, code: 'changed-by-hand' });
    expect(await textOf()).toContain(HAND);
    // Another token in use asks again, and so does pressing: something may have been put right at Meta.
    expect(asked()).toHaveLength(3);
    expect(await deliver(true)).toMatchObject({ ok: true, code: 'delivered' });
    expect(await textOf()).toBe(`# mine\n${KEY}="${SECOND_TOKEN}"\n`);
    expect(house.alerts('changed-by-hand')).toEqual([]);
  });

  it('is settled by pasting it in Evertoken, and by putting ours back', async () => {
    await changeByHand();
    house.keeper.answers.replace = async () => outcome({ ok: false, code: 'confirm', message: '' });
    await house.deliveries.look();
    expect(house.alerts('changed-by-hand')).toHaveLength(1);
    house.promote(HAND);
    await house.deliveries.look();
    expect(house.view().standing).toBe('done');
    expect(house.alerts('changed-by-hand')).toEqual([]);
    await writeFile(file, `${KEY}=EAAGanotherByHand00000000000000000000\n`);
    await house.deliveries.look();
    expect(house.alerts('changed-by-hand')).toHaveLength(1);
    await writeFile(file, `${KEY}=${FIRST}\n`);
    await house.deliveries.look();
    expect(await textOf()).toBe(`${KEY}=${HAND}\n`);
    expect(house.alerts('changed-by-hand')).toEqual([]);
  });

  it.each(['unreachable', 'keychain-locked', 'vault-unavailable', 'storage-failed'])('waits untouched where the keeper says “%s”, and is asked about again with pauses', async (code) => {
    await changeByHand();
    house.keeper.answers.replace = async () => outcome({ ok: false, code, message: 'Not now.' });
    await house.deliveries.look();
    expect(house.view()).toMatchObject({ standing: 'pending', code: 'unproved', nextTry: new Date(house.now() + SECOND).toISOString() });
    expect(house.alerts('changed-by-hand')).toEqual([]);
    await house.deliveries.look();
    expect(asked()).toHaveLength(1);
    for (const [index, pause] of [SECOND, 5 * SECOND, 30 * SECOND].entries()) {
      house.pass(pause);
      await house.until('asked again', () => asked().length === index + 2);
      await house.until('waits again', () => Date.parse(house.view().nextTry ?? '') > house.now());
    }
    expect(await textOf()).toContain(HAND);
    house.keeper.answers.replace = async (_id, { token }) => {
      house.promote(token ?? '');
      return outcome({ code: 'replaced' });
    };
    house.pass(MINUTE);
    await house.until('adopted', () => house.view().standing === 'done');
    expect(await textOf()).toBe(`# mine\n${KEY}="${HAND}"\n`);
  });

  it('is none where the value is empty or its line was taken out: it is set', async () => {
    await writeFile(file, `A=1\n${KEY}=\n`);
    await add();
    for (const [before, after] of [[`A=1\n${KEY}=\n`, `A=1\n${KEY}=${FIRST}\n`], ['A=1\n', `A=1\n${KEY}=${FIRST}\n`], ['', `${KEY}=${FIRST}\n`]]) {
      await writeFile(file, before ?? '');
      await house.deliveries.look();
      expect(await textOf()).toBe(after);
    }
    expect(asked()).toEqual([]);
  });

  it('in a line that readers pass over is neither offered to Meta nor written over', async () => {
    await writeFile(file, `${KEY}=${HAND}\n${KEY}=\n`);
    expect(await add()).toMatchObject({ ok: true, code: 'added-two-values' });
    expect(asked()).toEqual([]);
    expect(await textOf()).toBe(`${KEY}=${HAND}\n${KEY}=\n`);
    expect(house.alerts('changed-by-hand')[0]?.text).toContain('more than once');
    expect(await deliver(true)).toMatchObject({ ok: true });
    expect(await textOf()).toBe(`${KEY}=${FIRST}\n${KEY}=${FIRST}\n`);
  });

  it('while Meta is asked about the value before it is looked at again, not written over', async () => {
    await changeByHand();
    house.keeper.answers.replace = async () => {
      await writeFile(file, `${KEY}=EAAGchangedOnceMore0000000000000000000\n`);
      house.keeper.answers.replace = async () => outcome({ ok: false, code: 'expired', message: 'It has expired.' });
      return outcome({ code: 'replaced' });
    };
    await house.deliveries.look();
    expect(asked()).toHaveLength(2);
    expect(await textOf()).toBe(`${KEY}=EAAGchangedOnceMore0000000000000000000\n`);
  });

  it('at set-up is written over only where Meta calls it dead, and the outcome says so', async () => {
    await writeFile(file, `${KEY}=${HAND}\n`);
    house.keeper.answers.replace = async () => outcome({ ok: false, code: 'logged-out', message: 'The session ended. Nothing was changed.' });
    expect(await add()).toMatchObject({ ok: true, code: 'added', details: [expect.stringMatching(/…h4nd.*dead/)] });
    expect(await textOf()).toBe(`${KEY}=${FIRST}\n`);
    await writeFile(file, `SECOND=${HAND}\n`);
    house.keeper.answers.replace = async () => outcome({ ok: false, code: 'malformed-token', message: 'Meta cannot read the token. Copy all of it. Nothing was changed.' });
    expect(await add({ variable: 'SECOND' })).toMatchObject({ ok: true, code: 'added-changed-by-hand', message: expect.stringContaining('Meta cannot read the token.') as string });
    expect(await textOf()).toBe(`SECOND=${HAND}\n`);
  });

  it.each(['AKIAnotYoursSecretValue1234567890', 'postgres://user:hunter2@db/prod', 'sk_live_abcdefghijklmnop1234', 'short1', '{"json":"x y"}', 'EAAtooShort', `Bearer ${HAND}`])('that is no token of Meta’s (%s) is sent nowhere and stays, at set-up and later', async (secret) => {
    house.keeper.answers.replace = async () => outcome({ ok: false, code: 'expired', message: 'It has expired.' });
    await writeFile(file, `SECRET='${secret}'\n`);
    expect(await add({ variable: 'SECRET' })).toMatchObject({ ok: true, code: 'added-changed-by-hand', message: expect.stringContaining('does not look like a token') as string });
    await deliver();
    await house.deliveries.look();
    expect(asked()).toEqual([]);
    expect(await textOf()).toBe(`SECRET='${secret}'\n`);
    expect(house.alerts('changed-by-hand')).toHaveLength(1);
    expect(JSON.stringify([house.logged, house.alerts('changed-by-hand')])).not.toContain(secret);
    expect(await deliver(true)).toMatchObject({ ok: true, code: 'delivered' });
    expect(await textOf()).toBe(`SECRET='${FIRST}'\n`);
  });

  it('that only holds a place open is written over at set-up, and not once the file was delivered', async () => {
    await writeFile(file, `${KEY}=your_token_here\n`);
    expect(await add()).toMatchObject({ ok: true, code: 'added' });
    expect(await textOf()).toBe(`${KEY}=${FIRST}\n`);
    await writeFile(file, `${KEY}=changeme\n`);
    await house.deliveries.look();
    expect(house.view()).toMatchObject({ standing: 'needs-owner', code: 'changed-by-hand' });
    expect(await textOf()).toBe(`${KEY}=changeme\n`);
    expect(asked()).toEqual([]);
  });

  it('of a token that is dead is not written over by the owner’s yes to ours', async () => {
    await changeByHand();
    house.keeper.answers.replace = async () => outcome({ ok: false, code: 'missing-permission', message: 'The token lacks a permission.' });
    house.keeper.answers.status = statusOf([connectionView({ health: 'revoked' })]);
    expect(await deliver(true)).toMatchObject({ ok: false, code: 'changed-by-hand', message: expect.stringContaining('Meta refuses Evertoken’s own token') as string });
    expect(await textOf()).toContain(HAND);
    house.keeper.answers.replace = async () => outcome({ ok: false, code: 'expired', message: 'It has expired.' });
    expect(await deliver(true)).toMatchObject({ ok: true, code: 'delivered' });
    expect(await textOf()).toContain(FIRST);
  });

  it('is asked about again when the token in use has died, at the next change', async () => {
    await changeByHand();
    house.keeper.answers.replace = async () => outcome({ ok: false, code: 'confirm', message: '', details: ['It belongs to another user: 2 instead of 1.'] });
    await house.deliveries.look();
    expect(house.alerts('changed-by-hand')[0]?.text).toBe(
      `${KEY} in ${file} was changed by hand (it ends in …h4nd) and not taken over: it works with this number, but differs from the token in use (it belongs to another user: 2 instead of 1). Have Evertoken’s token written over it, or give Evertoken the token that your bot should use.`,
    );
    house.keeper.answers.replace = async (_id, { token }) => {
      house.promote(token ?? '');
      return outcome({ code: 'replaced' });
    };
    house.keeper.answers.status = statusOf([connectionView({ health: 'access-lost' })]);
    house.keeper.changed();
    house.pass(SECOND);
    await house.until('adopted', () => house.view().standing === 'done');
    expect(asked()).toHaveLength(2);
    expect(await textOf()).toContain(HAND);
  });

  it('is not asked about where it was in use before, as the keeper’s own', async () => {
    await writeFile(join(folder, 'other.env'), '');
    await add({ file: join(folder, 'other.env') });
    await house.deliveries.look();
    house.promote(SECOND_TOKEN);
    await house.deliveries.look();
    await writeFile(file, `${KEY}=${FIRST}\n`);
    expect(await add()).toMatchObject({ code: 'added' });
    expect(await textOf()).toBe(`${KEY}=${SECOND_TOKEN}\n`);
    expect(asked()).toEqual([]);
  });
});

describe('what goes wrong with a file', () => {
  const failing = (code: string, call = 'open'): { fails: boolean } => {
    const state = { fails: false };
    house = buildDeliveryHouse({
      token: FIRST,
      files: watchedFiles((name, path) => {
        if (state.fails && name === call && path.includes('.env.evertoken-')) throw systemError(code);
      }),
    });
    return state;
  };

  it.each([['ENOSPC', 'no-space'], ['EACCES', 'not-allowed'], ['EROFS', 'read-only']])('%s is tried again until it is done, with an alert from the second time on that ends then', async (system, code) => {
    const disk = failing(system);
    await writeFile(file, `${KEY}=\n`);
    await add();
    disk.fails = true;
    house.promote(SECOND_TOKEN);
    await house.deliveries.look();
    expect(house.view()).toMatchObject({ standing: 'failed', code, nextTry: new Date(house.now() + SECOND).toISOString() });
    expect(house.alerts('delivery-failed')).toEqual([]);
    const pauses = [1, 5, 30, 60, 120, 300, 600, 1200, 1800, 1800].map((seconds) => seconds * SECOND);
    for (const pause of pauses) {
      expect(Date.parse(house.view().nextTry ?? '')).toBe(house.now() + pause);
      // Looks in between try nothing.
      await house.deliveries.look();
      house.pass(pause);
      await house.until('tried', () => Date.parse(house.view().nextTry ?? '') > house.now());
    }
    await house.until('told', () => house.alerts('delivery-failed').length === 1);
    expect(house.alerts('delivery-failed')).toEqual([{ subject: house.view().id, severity: 'warning', text: house.view().text }]);
    expect(await textOf()).toBe(`${KEY}=${FIRST}\n`);
    await house.restart();
    expect(house.view()).toMatchObject({ standing: 'failed', code });
    disk.fails = false;
    await house.deliveries.look();
    expect(house.view().standing).toBe('done');
    expect(house.alerts('delivery-failed')).toEqual([]);
    expect(await textOf()).toBe(`${KEY}=${SECOND_TOKEN}\n`);
  });

  it('is urgent when the token in the file dies within a day, or is dead', async () => {
    const disk = failing('ENOSPC');
    await writeFile(file, `${KEY}=\n`);
    house.promote(FIRST, { expiresAt: house.now() + 30 * HOUR });
    await add();
    await house.deliveries.look();
    disk.fails = true;
    house.promote(SECOND_TOKEN);
    await house.deliveries.look();
    await deliver();
    expect(house.alerts('delivery-failed')[0]?.severity).toBe('warning');
    house.pass(7 * HOUR);
    await house.deliveries.look();
    expect(house.alerts('delivery-failed')[0]?.severity).toBe('urgent');
  });

  it('is urgent after a day where nobody knows the token in the file', async () => {
    const disk = failing('ENOSPC');
    await writeFile(file, `${KEY}=\n`);
    disk.fails = true;
    await add();
    await deliver();
    expect(house.alerts('delivery-failed')[0]?.severity).toBe('warning');
    house.pass(DAY);
    await house.deliveries.look();
    expect(house.alerts('delivery-failed')[0]?.severity).toBe('urgent');
  });

  it('a file that only vanishes for a moment, as editors make it, is nobody’s trouble', async () => {
    await writeFile(file, `${KEY}=\n`);
    await add();
    await rename(file, `${file}~`);
    house.promote(SECOND_TOKEN);
    await house.deliveries.look();
    expect(house.view()).toMatchObject({ code: 'vanished' });
    await rename(`${file}~`, file);
    house.pass(SECOND);
    await house.until('done', () => house.view().standing === 'done');
    expect(house.keeper.calls.filter((call) => call.asked === 'declare' && call.concerns.length > 0)).toEqual([]);
  });

  it('a file that is gone is not made anew by itself, but looked for, and made when the owner asks', async () => {
    await writeFile(file, `A=1\n${KEY}=\n`);
    await add();
    await rm(file);
    for (let minute = 0; minute < 90; minute += 1) {
      house.pass(MINUTE);
      await house.deliveries.look();
    }
    expect(existsSync(file)).toBe(false);
    expect(house.view()).toMatchObject({ standing: 'needs-owner', code: 'vanished' });
    expect(house.alerts('delivery-failed')).toHaveLength(1);
    expect(await deliver()).toMatchObject({ ok: true, code: 'delivered' });
    expect(await textOf()).toBe(`${KEY}=${FIRST}\n`);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(house.alerts('delivery-failed')).toEqual([]);
  });

  it('a file that comes back is set at the next look, whatever the pause', async () => {
    await writeFile(file, `${KEY}=\n`);
    await add();
    await rm(folder, { recursive: true });
    for (let tries = 0; tries < 8; tries += 1) await deliver();
    expect(house.view()).toMatchObject({ standing: 'failed', code: 'folder-gone' });
    await mkdir(folder);
    await writeFile(file, 'B=1\n');
    await house.deliveries.look();
    expect(await textOf()).toBe(`B=1\n${KEY}=${FIRST}\n`);
  });

  it('a folder in its place, and one that nobody may write', async () => {
    await writeFile(file, `${KEY}=\n`);
    await add();
    await rm(file);
    await mkdir(file);
    await house.deliveries.look();
    expect(house.view()).toMatchObject({ standing: 'failed', code: 'is-folder' });
    await rm(file, { recursive: true });
    await writeFile(file, `${KEY}=\n`);
    await chmod(file, 0o444);
    await house.deliveries.look();
    expect(house.view()).toMatchObject({ standing: 'failed', code: 'read-only' });
    await chmod(file, 0o644);
    await house.deliveries.look();
    expect(house.view().standing).toBe('done');
  });

  it('a program that keeps writing is given way, and one write in between is built upon', async () => {
    let writes = 0;
    let others = 0;
    house = buildDeliveryHouse({
      token: FIRST,
      files: watchedFiles(async (name, path) => {
        if (name !== 'file.close' || !path.includes('.env.evertoken-') || writes >= others) return;
        writes += 1;
        await writeFile(file, `COUNT=${writes}\n${KEY}=\n`);
      }),
    });
    await writeFile(file, `${KEY}=\n`);
    others = 2;
    await add();
    expect(await textOf()).toBe(`COUNT=2\n${KEY}=${FIRST}\n`);
    others = 1_000;
    house.promote(SECOND_TOKEN);
    await house.deliveries.look();
    expect(house.view()).toMatchObject({ standing: 'failed', code: 'keeps-changing' });
    expect(await textOf()).toMatch(/^COUNT=\d+\nWHATSAPP_ACCESS_TOKEN=\n$/);
  });

  it('a file that hangs holds up neither the look nor the other files', async () => {
    const hanging = join(folder, 'network.env');
    let release = (): void => undefined;
    const hang = new Promise<void>((resolve) => {
      release = resolve;
    });
    let isHanging = false;
    house = buildDeliveryHouse({
      token: FIRST,
      files: watchedFiles((_name, path) => (isHanging && path.includes('network') ? hang : undefined)),
    });
    await add();
    await add({ file: hanging });
    isHanging = true;
    house.promote(SECOND_TOKEN);
    const look = house.deliveries.look();
    await house.until('the other is done', () => house.deliveries.list()[0]?.standing === 'done');
    house.pass(11 * SECOND);
    await look;
    expect(house.deliveries.list()[1]?.standing).toBe('pending');
    isHanging = false;
    release();
    await house.until('done at last', () => house.deliveries.list().every(({ standing }) => standing === 'done'));
    expect(await textOf(hanging)).toBe(`${KEY}=${SECOND_TOKEN}\n`);
  });

  it('a token that no .env file can hold is not written', async () => {
    house = buildDeliveryHouse({ token: 'EAAG"quoted" and blank' });
    await writeFile(file, `${KEY}=\n`);
    expect(await add()).toMatchObject({ ok: true, code: 'added-unwritable-token' });
    expect(await textOf()).toBe(`${KEY}=\n`);
  });

  it('an alert is told once, not at each look, and neither is its absence', async () => {
    await writeFile(file, `${KEY}=${HAND}\n`);
    house.keeper.answers.replace = async () => outcome({ ok: false, code: 'confirm', message: '' });
    await add();
    const declared = (): number => house.keeper.calls.filter((call) => call.asked === 'declare').length;
    const before = declared();
    expect(before).toBe(3);
    for (let minute = 0; minute < 5; minute += 1) {
      house.pass(MINUTE);
      await house.deliveries.look();
    }
    expect(declared()).toBe(before);
  });

  it('an alert that could not be kept is told again at the next look', async () => {
    let fails = true;
    const declare = house.keeper.answers.declare;
    house.keeper.answers.declare = async (...args) => {
      if (fails) throw new Error('disk full');
      return declare(...args);
    };
    await writeFile(file, `${KEY}=${HAND}\n`);
    house.keeper.answers.replace = async () => outcome({ ok: false, code: 'confirm', message: '' });
    await add();
    fails = false;
    await house.deliveries.look();
    expect(house.alerts('changed-by-hand')).toHaveLength(1);
  });
});

describe('bad input changes nothing', () => {
  const refusals: readonly (readonly [string, () => Promise<unknown>, Parameters<typeof add>[0], string])[] = [
    ['a relative path', async () => undefined, { file: '.env' }, 'relative-path'],
    ['an unknown connection', async () => undefined, { connection: 'c-gone' }, 'unknown-connection'],
    ['a folder', () => mkdir(file), {}, 'is-folder'],
    ['a file that is not text', () => writeFile(file, 'A=\0\0'), {}, 'not-text'],
    ['a link to nothing', () => symlink('gone', file), {}, 'dangling-link'],
    ['a folder that is not there', () => rm(folder, { recursive: true }), {}, 'folder-gone'],
    ['a name longer than any', async () => undefined, { variable: 'A'.repeat(201) }, 'bad-variable'],
    ['a name that is none', async () => undefined, { variable: '1 TOKEN' }, 'bad-variable'],
    ['a path with a NUL', async () => undefined, { file: '/tmp/\0.env' }, 'bad-path'],
  ];
  it.each(refusals)('%s', async (_name, prepare, change, code) => {
    await prepare();
    expect(await add(change)).toMatchObject({ ok: false, code, message: expect.stringContaining('Nothing was changed.') as string });
    expect(house.deliveries.list()).toEqual([]);
    expect(house.saved()).toEqual([]);
  });

  it('a folder that is not there is called that, not gone: it may never have been', async () => {
    expect(await add({ file: '/nonexist/.env' })).toMatchObject({ message: 'There is no folder /nonexist. Check the name. Nothing was changed.' });
  });

  it('the same file and variable twice, also by a link and for another connection', async () => {
    await writeFile(file, `${KEY}=\n`);
    await symlink(file, join(folder, 'link.env'));
    await add();
    house.keeper.answers.status = statusOf([connectionView(), connectionView({ id: 'c-two' })]);
    expect(await add()).toMatchObject({ ok: false, code: 'already-delivered' });
    expect(await add({ file: join(folder, 'link.env') })).toMatchObject({ ok: false, code: 'already-delivered' });
    expect(await add({ connection: 'c-two' })).toMatchObject({ ok: false, code: 'already-delivered', message: expect.stringContaining('another connection') as string });
    expect(house.deliveries.list()).toHaveLength(1);
  });

  it('delivering or removing what is not there', async () => {
    expect(await deliver()).toMatchObject({ ok: false, code: 'no-deliveries' });
    expect(await house.deliveries.deliver({ connection: 'c-gone', delivery: null, overwrite: false })).toMatchObject({ ok: false, code: 'unknown-connection' });
    expect(await house.deliveries.deliver({ connection: null, delivery: 'd-gone', overwrite: false })).toMatchObject({ ok: false, code: 'unknown-delivery' });
    expect(await house.deliveries.remove('d-gone')).toMatchObject({ ok: false, code: 'unknown-delivery' });
  });
});

describe('what is taken out', () => {
  it('a delivery: its alerts end, the file stays, nothing is written any more', async () => {
    await writeFile(file, `${KEY}=${HAND}\n`);
    house.keeper.answers.replace = async () => outcome({ ok: false, code: 'confirm', message: '' });
    await add();
    expect(house.alerts('changed-by-hand')).toHaveLength(1);
    expect(await house.deliveries.remove(house.view().id)).toMatchObject({ ok: true, code: 'delivery-removed' });
    expect(house.alerts('changed-by-hand')).toEqual([]);
    house.promote(SECOND_TOKEN);
    await house.deliveries.look();
    expect(await textOf()).toBe(`${KEY}=${HAND}\n`);
    expect(house.saved()).toEqual([]);
  });

  it('a connection takes its deliveries with it, the file stays', async () => {
    await add();
    await house.deliveries.look();
    house.keeper.answers.status = statusOf([]);
    house.keeper.answers.currentToken = () => null;
    house.keeper.changed();
    house.pass(SECOND);
    await house.until('gone', () => house.saved().length === 0);
    expect(house.deliveries.list()).toEqual([]);
    expect(await textOf()).toBe(`${KEY}=${FIRST}\n`);
  });

  it('a connection that was never there since the start leaves them, for settings may come back', async () => {
    await add();
    house.keeper.answers.status = statusOf([]);
    house.keeper.answers.currentToken = () => null;
    await house.restart();
    await house.deliveries.look();
    expect(house.view()).toMatchObject({ standing: 'needs-owner', code: 'no-connection' });
    expect(house.saved()).toHaveLength(1);
  });

  it('nothing begins after the end', async () => {
    await add();
    await house.deliveries.close();
    house.promote(SECOND_TOKEN);
    house.pass(HOUR);
    await house.deliveries.look();
    house.deliveries.changed();
    house.pass(HOUR);
    expect(await textOf()).toBe(`${KEY}=${FIRST}\n`);
  });
});
