import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemEntropy } from '../../src-main/adapters/entropy.ts';
import { openStateStore } from '../../src-main/adapters/settings.ts';
import type { KeeperState } from '../../src-main/core/state.ts';
import { bundleChild, startChild } from './child/start.ts';
import type { ChildProgram } from './child/start.ts';
import { fullState } from './full-state.ts';

const AT = Date.UTC(2026, 0, 2, 3, 4, 5);
const clock = { now: () => AT, monotonic: () => 0 };
let root = '';
let folder = '';
beforeEach(() => void (folder = root = mkdtempSync(join(tmpdir(), 'evertoken-settings-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

const open = () => openStateStore({ folder, clock, entropy: systemEntropy() });
const at = (name: string): string => join(folder, name);
const mode = (path: string): number => statSync(path).mode & 0o777;
const onDisk = (name = 'config.json'): unknown => JSON.parse(readFileSync(at(name), 'utf8'));

/** A folder in which `state` was saved and the store closed. */
async function saved(state: KeeperState): Promise<void> {
  await (await open()).store.save(state);
}

describe('a first start', () => {
  it('makes a private folder and file with an empty state whose installation id stays', async () => {
    folder = join(folder, 'deep', 'data');
    const first = await open();
    const state = await first.store.load();
    expect(first).toMatchObject({ setAside: null, restoredFrom: null });
    expect(state).toEqual({ installationId: expect.stringMatching(/^[\w-]{22}$/) as string, connections: [], alerts: [], told: [] });
    expect(await (await open()).store.load()).toEqual(state);
    expect([mode(folder), mode(at('config.json')), mode(at('config.backup.json'))]).toEqual([0o700, 0o600, 0o600]);
  });

  it('closes a folder and files that others could read', async () => {
    await saved(fullState());
    chmodSync(folder, 0o755);
    chmodSync(at('config.json'), 0o644);
    await open();
    expect([mode(folder), mode(at('config.json'))]).toEqual([0o700, 0o600]);
  });
});

describe('saving', () => {
  it('keeps every field over a restart', async () => {
    await saved(fullState(2));
    expect(await (await open()).store.load()).toEqual(fullState(2));
    expect(onDisk()).toEqual({ version: 2, ...fullState(2) });
    expect(readFileSync(at('config.backup.json'), 'utf8')).toBe(readFileSync(at('config.json'), 'utf8'));
    expect(readdirSync(folder).toSorted()).toEqual(['config.backup.json', 'config.json']);
    expect(mode(at('config.json'))).toBe(0o600);
  });

  it('is on disk when it resolves, for each of many overlapping saves', async () => {
    const { store } = await open();
    const seen = await Promise.all(
      Array.from({ length: 50 }, async (_, n) => {
        await store.save(fullState(n));
        return (onDisk() as KeeperState).installationId;
      }),
    );
    seen.forEach((id, n) => expect(Number(id.replace('installation-', ''))).toBeGreaterThanOrEqual(n));
    expect(await store.load()).toEqual(fullState(49));
  });

  it('refuses what could not be read again, and leaves the file as it is', async () => {
    await saved(fullState(1));
    const { store } = await open();
    const poisoned = { ...fullState(2), told: [{ key: 'k', at: Number.NaN }] };
    await expect(store.save(poisoned)).rejects.toMatchObject({ name: 'StorageFault', code: 'invalid', message: expect.stringContaining('told.0.at') as string });
    expect(await store.load()).toEqual(fullState(1));
    expect(onDisk()).toEqual({ version: 2, ...fullState(1) });
    await store.save(fullState(3));
    expect(onDisk()).toEqual({ version: 2, ...fullState(3) });
  });

  it('rejects with a sentence when the disk does not take it, and works again afterwards', async () => {
    await saved(fullState(1));
    const { store } = await open();
    const before = readFileSync(at('config.json'), 'utf8');
    // A folder in the place of the backup stops root as well, whom no mode stops.
    rmSync(at('config.backup.json'));
    mkdirSync(join(at('config.backup.json'), 'in-the-way'), { recursive: true });
    await expect(store.save(fullState(2))).rejects.toMatchObject({ name: 'StorageFault', message: expect.stringContaining('could not be saved') as string });
    expect(readFileSync(at('config.json'), 'utf8')).toBe(before);
    expect(await store.load()).toEqual(fullState(1));
    rmSync(at('config.backup.json'), { recursive: true });
    await store.save(fullState(2));
    expect(await (await open()).store.load()).toEqual(fullState(2));
  });
});

describe('a broken file', () => {
  const damage: readonly [string, () => void][] = [
    ['cut off', () => truncateSync(at('config.json'), 100)],
    ['empty', () => writeFileSync(at('config.json'), '')],
    ['full of zeros', () => writeFileSync(at('config.json'), Buffer.alloc(4_096))],
    ['a list', () => writeFileSync(at('config.json'), '[]')],
    ['null', () => writeFileSync(at('config.json'), 'null')],
    ['of a wrong type inside', () => writeFileSync(at('config.json'), readFileSync(at('config.json'), 'utf8').replace('"silent":2', '"silent":"2"'))],
    ['with an unknown role', () => writeFileSync(at('config.json'), readFileSync(at('config.json'), 'utf8').replace('"role":"current"', '"role":"boss"'))],
    ['with a version that is no number', () => writeFileSync(at('config.json'), '{"version":"one"}')],
  ];

  it.each(damage)('%s: is copied aside, and the backup takes its place', async (_what, harm) => {
    await saved(fullState(2));
    harm();
    const broken = readFileSync(at('config.json'));
    const opened = await open();
    expect(opened.restoredFrom).toBe('backup');
    expect(opened.setAside).toBe(at('config.corrupt-2026-01-02T03-04-05-000Z.json'));
    expect(readFileSync(opened.setAside ?? '')).toEqual(broken);
    expect(mode(opened.setAside ?? '')).toBe(0o600);
    expect(await opened.store.load()).toEqual(fullState(2));
    expect(await open()).toMatchObject({ setAside: null, restoredFrom: null });
  });

  it('with a broken backup: starts empty, and says so', async () => {
    await saved(fullState(2));
    for (const name of ['config.json', 'config.backup.json']) truncateSync(at(name), 50);
    const opened = await open();
    expect(opened).toMatchObject({ restoredFrom: 'defaults', setAside: expect.stringContaining('config.corrupt-') as string });
    expect(await opened.store.load()).toMatchObject({ connections: [] });
  });

  it('twice within one moment: keeps both copies', async () => {
    await saved(fullState(2));
    truncateSync(at('config.json'), 10);
    const first = await open();
    truncateSync(at('config.json'), 20);
    const second = await open();
    expect([first.setAside, second.setAside].map((path) => statSync(path ?? '').size)).toEqual([10, 20]);
  });

  it('missing with a backup there: takes the backup', async () => {
    await saved(fullState(2));
    rmSync(at('config.json'));
    const opened = await open();
    expect(opened).toMatchObject({ restoredFrom: 'backup', setAside: null });
    expect(await opened.store.load()).toEqual(fullState(2));
  });
});

describe('versions', () => {
  it('brings version 0, which had no ledger, to the present one and writes it', async () => {
    const noLedger = (key: string, value: unknown): unknown => (key === 'told' ? undefined : value);
    writeFileSync(at('config.json'), JSON.stringify(fullState(1), noLedger));
    const expected: unknown = JSON.parse(JSON.stringify(fullState(1)), (key: string, value: unknown) => (key === 'told' ? [] : value));
    const opened = await open();
    expect(opened).toMatchObject({ setAside: null, restoredFrom: null });
    expect(await opened.store.load()).toEqual(expected);
    expect(onDisk()).toEqual({ version: 2, ...(expected as KeeperState) });
  });

  it('brings version 1, which heard of no calls of a bot, to the present one and loses nothing', async () => {
    const older = (key: string, value: unknown): unknown => (key === 'refusedCall' ? undefined : value);
    writeFileSync(at('config.json'), JSON.stringify({ version: 1, ...fullState(2) }, older));
    const expected = { ...fullState(2), connections: fullState(2).connections.map((connection) => ({ ...connection, refusedCall: null })) };
    const opened = await open();
    expect(opened).toMatchObject({ setAside: null, restoredFrom: null });
    expect(await opened.store.load()).toEqual(expected);
    expect(onDisk()).toEqual({ version: 2, ...expected });
  });

  it('refuses to start on settings of a newer program, and leaves them alone', async () => {
    const newer = JSON.stringify({ version: 3, installationId: 'i', wonders: true });
    writeFileSync(at('config.json'), newer);
    await expect(open()).rejects.toMatchObject({ name: 'StorageFault', code: 'too-new', message: expect.stringContaining('newest version') as string });
    expect(readFileSync(at('config.json'), 'utf8')).toBe(newer);
  });
});

describe('killed in a storm of saves', () => {
  let program: ChildProgram;
  beforeAll(async () => void (program = await bundleChild()));
  afterAll(() => program.remove());

  it('leaves a whole file each time, no older than the last save that had resolved', async () => {
    let newest = 0;
    for (let round = 0; round < 12; round += 1) {
      const child = startChild(program, 'save-storm', folder);
      await child.nextLine();
      await new Promise((resolve) => setTimeout(resolve, 7 * round));
      await child.kill();
      newest = Number(child.lines.at(-1));
      const state = onDisk() as KeeperState & { version: number };
      const found = Number(state.installationId.replace('installation-', ''));
      expect(found).toBeGreaterThanOrEqual(newest);
      expect(found).toBeLessThanOrEqual(newest + 1);
      expect(state).toEqual({ version: 2, ...fullState(found) });
    }
    expect(await open()).toMatchObject({ setAside: null, restoredFrom: null });
    expect(readdirSync(folder).toSorted()).toEqual(['config.backup.json', 'config.json']);
  }, 30_000);
});
