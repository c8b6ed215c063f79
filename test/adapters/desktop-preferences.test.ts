import { mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDesktopPreferences } from '../../src-main/adapters/desktop-preferences.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'evertoken-preferences-'));
const DEFAULTS = { closeExplained: false, notificationsPausedUntil: null, notificationsPausedFrom: null, gatewayEnabled: false, gatewayPort: null };

describe('the preferences of the desktop app', () => {
  it('are remembered', async () => {
    const at = folder();
    const store = await openDesktopPreferences(at);
    expect(store.get()).toEqual(DEFAULTS);
    await store.set({ closeExplained: true });
    await store.set({ notificationsPausedUntil: 1_900_000_000_000 });
    expect(store.get()).toEqual({ ...DEFAULTS, closeExplained: true, notificationsPausedUntil: 1_900_000_000_000 });
    expect((await openDesktopPreferences(at)).get()).toEqual(store.get());
    expect(statSync(join(at, 'desktop.json')).mode & 0o777).toBe(0o600);
  });

  it.each(['', '{', '[]', '{"closeExplained":"yes"}'])('are the defaults where the file says %j, which then gives way to the next change', async (text) => {
    const at = folder();
    writeFileSync(join(at, 'desktop.json'), text);
    const store = await openDesktopPreferences(at);
    expect(store.get()).toEqual(DEFAULTS);
    await store.set({ closeExplained: true });
    expect(JSON.parse(readFileSync(join(at, 'desktop.json'), 'utf8'))).toEqual({ ...DEFAULTS, closeExplained: true });
  });

  it('of the gateway are remembered', async () => {
    const at = folder();
    await (await openDesktopPreferences(at)).set({ gatewayEnabled: true, gatewayPort: 28_800 });
    expect((await openDesktopPreferences(at)).get()).toEqual({ ...DEFAULTS, gatewayEnabled: true, gatewayPort: 28_800 });
  });

  it('are the defaults where the file cannot be read at all', async () => {
    const at = folder();
    mkdirSync(join(at, 'desktop.json'));
    expect((await openDesktopPreferences(at)).get()).toEqual(DEFAULTS);
  });

  it('hold for this run where the disk refuses', async () => {
    const at = join(folder(), 'gone');
    const store = await openDesktopPreferences(at);
    await expect(store.set({ closeExplained: true })).rejects.toThrow(/ENOENT/);
    expect(store.get().closeExplained).toBe(true);
  });
});
