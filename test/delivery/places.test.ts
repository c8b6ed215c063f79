import { chmod, chown, mkdir, mkdtemp, readdir, readFile, realpath, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemFileWork, type FileWork } from '../../src-main/delivery/file-work.ts';
import { moveOf, placeNotes } from '../../src-main/delivery/place.ts';
import { readEnvFile } from '../../src-main/delivery/read-env-file.ts';
import { replaceEnvFile } from '../../src-main/delivery/replace-env-file.ts';
import { buildDeliveryHouse, type DeliveryHouse } from './delivery-house.ts';

const KEY = 'WHATSAPP_ACCESS_TOKEN';
const FIRST = 'EAAGfirstTokenOfTheShop000000000000001111';
const SECOND_TOKEN = 'EAAGsecondTokenOfTheShop00000000000002222';
const IS_ROOT = process.getuid?.() === 0;

let folder: string;
let bot: string;
let file: string;
let data: string;
let house: DeliveryHouse;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'evertoken-places-')));
  bot = join(folder, 'bot');
  file = join(bot, '.env');
  data = join(folder, 'data');
  await mkdir(bot);
  await mkdir(join(data, 'logs'), { recursive: true });
  await writeFile(join(data, 'api-key'), 'owner-key\n');
  house = buildDeliveryHouse({ token: FIRST, forbidden: data });
});
afterEach(async () => {
  await house.deliveries.close();
  await rm(folder, { recursive: true, force: true });
});

const textOf = (path = file): Promise<string> => readFile(path, 'utf8');
const add = (path = file, keepBackup = false) => house.deliveries.addEnvFile({ connection: 'c-main', file: path, variable: KEY, keepBackup });
const deliver = (overwrite = false) => house.deliveries.deliver({ connection: null, delivery: null, overwrite });
const target = () => {
  const [one] = house.saved();
  if (one?.to.kind !== 'env-file') throw new Error('no file');
  return one.to.target;
};

describe('Evertoken’s own folder', () => {
  const links: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['a link to one of its files', () => symlink(join(data, 'api-key'), file)],
    ['a link to a link to one of its files', async () => {
      await symlink(join(data, 'api-key'), join(bot, 'one'));
      await symlink('one', file);
    }],
    ['its folder by a link', async () => {
      await rm(bot, { recursive: true });
      await symlink(data, bot);
      await writeFile(file, 'A=1\n');
    }],
    ['a folder in it by a link, the file not there', async () => {
      await rm(bot, { recursive: true });
      await symlink(join(data, 'logs'), bot);
    }],
  ];
  it.each(links)('is never written into, nor read, where a delivery was led there by %s', async (_name, lead) => {
    await writeFile(file, 'A=1\n');
    await add();
    await rm(file);
    await lead();
    const before = await Promise.all([readdir(data), readdir(join(data, 'logs')), textOf(join(data, 'api-key'))]);
    house.promote(SECOND_TOKEN);
    await house.deliveries.look();
    for (const overwrite of [false, true]) {
      expect(await deliver(overwrite)).toMatchObject({ ok: false, code: 'own-folder', message: expect.stringContaining('its own files') as string });
    }
    expect(house.view()).toMatchObject({ standing: 'needs-owner', code: 'own-folder' });
    expect(house.alerts('delivery-failed')).toHaveLength(1);
    expect(await Promise.all([readdir(data), readdir(join(data, 'logs')), textOf(join(data, 'api-key'))])).toEqual(before);
  });

  it('is refused at set-up, whatever it is called', async () => {
    await symlink(data, join(folder, 'alias'));
    for (const path of [join(data, 'api-key'), join(data, '.env'), join(folder, 'alias', 'logs', '.env')]) {
      expect(await add(path)).toMatchObject({ ok: false, code: 'own-folder' });
    }
    // The data folder itself may be named by a link as well.
    await house.deliveries.close();
    house = buildDeliveryHouse({ token: FIRST, forbidden: join(folder, 'alias') });
    expect(await add(join(data, 'api-key'))).toMatchObject({ ok: false, code: 'own-folder' });
    expect(await readdir(data)).toEqual(['api-key', 'logs']);
  });

  it('is asked about once more right before writing', async () => {
    const work: FileWork = { ...systemFileWork(), forbidden: data };
    await writeFile(file, 'A=1\n');
    const reading = await readEnvFile(work, file);
    if (!reading.ok) throw new Error(reading.fault.text);
    const led = { kind: 'existing', was: { ...reading.file, path: join(data, 'api-key') } } as const;
    expect(await replaceEnvFile(work, file, led, 'A=2\n', true)).toMatchObject({ outcome: 'fault', fault: { code: 'own-folder' } });
    await rm(bot, { recursive: true });
    await symlink(data, bot);
    expect(await replaceEnvFile(work, file, { kind: 'new' }, 'A=2\n', false)).toMatchObject({ outcome: 'fault', fault: { code: 'own-folder' } });
    expect(await readdir(data)).toEqual(['api-key', 'logs']);
  });

  it('does not keep a bot beside it from its token', async () => {
    await writeFile(join(folder, 'data.env'), '');
    expect(await add(join(folder, 'data.env'))).toMatchObject({ ok: true, code: 'added' });
    expect(await add(join(folder, 'database', '.env'))).toMatchObject({ ok: false, code: 'folder-gone' });
  });
});

describe('a file that is no longer what the owner named', () => {
  const other = (): string => join(folder, 'profile');
  const moves: readonly (readonly [string, boolean, () => Promise<unknown>, string])[] = [
    ['leads elsewhere by a link', true, async () => {
      await writeFile(other(), 'export PATH=/bin\n');
      await rm(file);
      await symlink(other(), file);
    }, 'leads to another file'],
    ['leads elsewhere since its folder became a link', true, async () => {
      await rename(bot, join(folder, 'old'));
      await mkdir(join(folder, 'new'));
      await writeFile(join(folder, 'new', '.env'), '');
      await symlink('new', bot);
    }, 'leads to another file'],
    ['can be read by everybody', true, () => chmod(file, 0o644), 'every user'],
    ['belongs to another user', IS_ROOT, () => chown(file, 12_345, 12_345), 'another user'],
  ];
  it.each(moves.filter(([, can]) => can))('%s: it is left alone, with an alert at once, until the owner says yes', async (_name, _can, move, words) => {
    await writeFile(file, `${KEY}=\n`, { mode: 0o600 });
    await add();
    await move();
    const before = await textOf();
    house.promote(SECOND_TOKEN);
    await house.deliveries.look();
    expect(await textOf()).toBe(before);
    expect(house.view()).toMatchObject({ standing: 'needs-owner', code: 'moved', text: expect.stringContaining(words) as string, nextTry: null });
    expect(house.alerts('delivery-failed')).toHaveLength(1);
    await house.restart();
    expect(await deliver()).toMatchObject({ ok: false, code: 'moved' });
    expect(await textOf()).toBe(before);

    expect(await deliver(true)).toMatchObject({ ok: true, code: 'delivered' });
    expect(await textOf()).toContain(SECOND_TOKEN);
    expect(house.alerts('delivery-failed')).toEqual([]);
    // What it is now is remembered.
    await house.restart();
    house.promote(FIRST);
    await house.deliveries.look();
    expect(house.view().standing).toBe('done');
    expect(await textOf()).toContain(FIRST);
  });

  it('is written again by itself once that is put right', async () => {
    await writeFile(file, `${KEY}=\n`, { mode: 0o600 });
    await add();
    await chmod(file, 0o604);
    house.promote(SECOND_TOKEN);
    await house.deliveries.look();
    await chmod(file, 0o600);
    await house.deliveries.look();
    expect(house.view().standing).toBe('done');
    expect(await textOf()).toContain(SECOND_TOKEN);
  });

  it('is known from before it was there: made anew it must be ours and private', async () => {
    await add();
    expect(target().place).toEqual({ path: file, uid: process.getuid?.() ?? null, isPublic: false });
    await writeFile(join(bot, 'theirs'), '', { mode: 0o666 });
    await chmod(join(bot, 'theirs'), 0o666);
    await rename(join(bot, 'theirs'), file);
    house.promote(SECOND_TOKEN);
    await house.deliveries.look();
    expect(house.view()).toMatchObject({ code: 'moved' });
    expect(await textOf()).toBe('');
  });

  it('kept by an older version is taken as it is found at the first look', async () => {
    await writeFile(file, `${KEY}=\n`, { mode: 0o600 });
    await add();
    await house.deliveries.close();
    const old = JSON.parse(JSON.stringify(house.saved(), (key, value: unknown) => (key === 'place' ? undefined : value))) as ReturnType<DeliveryHouse['saved']>;
    await rename(file, join(bot, 'real'));
    await symlink('real', file);
    // Nothing can be delivered at that look.
    await writeFile(file, `${KEY}=changeme\n`);
    let disk = old;
    house = buildDeliveryHouse({ token: FIRST, forbidden: data, store: { get: () => disk, save: async (all) => void (disk = all) } });
    await house.deliveries.look();
    expect(house.view()).toMatchObject({ code: 'changed-by-hand' });
    expect(disk[0]?.to).toMatchObject({ target: { place: { path: join(bot, 'real'), isPublic: false } } });
    await rm(file);
    await symlink(join(folder, 'elsewhere'), file);
    await writeFile(join(folder, 'elsewhere'), '');
    house.promote(SECOND_TOKEN);
    await house.deliveries.look();
    expect(house.view()).toMatchObject({ code: 'moved' });
    expect(await textOf(join(folder, 'elsewhere'))).toBe('');
  });

  it('is none where our own user made it anew, which is what writing does to a file of another user', async () => {
    const work: FileWork = { ...systemFileWork(), user: { uid: 501, groups: [] } };
    await writeFile(file, '', { mode: 0o600 });
    const reading = await readEnvFile(work, file);
    if (!reading.ok) throw new Error(reading.fault.text);
    const mine = { ...reading.file, stats: Object.assign(Object.create(reading.file.stats) as typeof reading.file.stats, { uid: 501n }) };
    expect(moveOf(work, { path: file, uid: 77, isPublic: false }, mine)).toBe(null);
    expect(moveOf(work, { path: file, uid: 77, isPublic: false }, reading.file)).toBe('owner');
    expect(moveOf({ ...work, user: null }, { path: file, uid: null, isPublic: false }, reading.file)).toBe(null);
  });
});

describe('what is told at set-up', () => {
  it('that others may write in the folder, by its mode', async () => {
    await writeFile(file, '');
    await chmod(bot, 0o755);
    expect((await add()).details).toEqual([]);
    await house.deliveries.remove(house.view().id);
    await chmod(bot, 0o777);
    expect((await add()).details).toEqual([expect.stringContaining(`may write in ${bot}`)]);
  });

  it('or since it is theirs, or a group’s', async () => {
    const work: FileWork = { ...systemFileWork(), user: { uid: (process.getuid?.() ?? 0) + 1, groups: [] } };
    await chmod(bot, 0o755);
    const { uid } = await stat(bot);
    expect(await placeNotes(work, file)).toHaveLength(uid === 0 ? 0 : 1);
    if (!IS_ROOT) return;
    await chown(bot, 12_345, 12_345);
    expect(await placeNotes(work, file)).toHaveLength(1);
    await chown(bot, 0, 12_345);
    expect(await placeNotes(work, file)).toHaveLength(0);
    await chmod(bot, 0o775);
    expect(await placeNotes(work, file)).toHaveLength(1);
  });

  it('that the backup holds a token as well', async () => {
    await writeFile(file, '');
    expect((await add(file, true)).details).toEqual([expect.stringMatching(/\.env\.bak .*token before/)]);
  });
});
