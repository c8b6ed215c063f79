import { setPrinter } from 'builder-util';
import { Arch, build, Platform } from 'electron-builder';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packLinuxDir } from './pack.ts';

/**
 * All up to the tool that writes the package: electron-builder downloads that one, so what it would be told is looked at.
 */
describe.runIf(process.platform === 'linux')('the Debian package', () => {
  const output = mkdtempSync(join(tmpdir(), 'evertoken-deb-'));
  let told: readonly string[] = [];
  let entry = '';

  beforeAll(async () => {
    setPrinter(() => undefined);
    const { app } = await packLinuxDir();
    await build({
      prepackaged: app,
      targets: Platform.LINUX.createTarget('deb', Arch[process.arch === 'arm64' ? 'arm64' : 'x64']),
      config: { directories: { output } },
      effectiveOptionComputed: async ([args, file]: readonly [readonly string[], string]) => {
        told = args;
        entry = readFileSync(file, 'utf8');
        return Promise.resolve(true);
      },
    });
  }, 120_000);

  afterAll(() => {
    setPrinter(null);
    rmSync(output, { recursive: true, force: true });
  });

  it('is called evertoken and is installed to /opt', () => {
    expect(told[told.indexOf('--name') + 1]).toBe('evertoken');
    expect(told.filter((word) => word.endsWith('=/opt/Evertoken'))).toHaveLength(1);
  });

  it('brings an icon of a size that desktops look for', () => {
    const icons = told.filter((word) => word.includes('=/usr/share/icons/'));
    expect(icons).toEqual([expect.stringMatching(/=\/usr\/share\/icons\/hicolor\/512x512\/apps\/evertoken\.png$/)]);
    expect(existsSync(icons[0]?.split('=')[0] ?? '')).toBe(true);
  });

  it('has a desktop entry by which windows and notifications find their program', () => {
    expect(told.some((word) => word.endsWith('=/usr/share/applications/evertoken.desktop'))).toBe(true);
    const lines = entry.split('\n');
    for (const line of ['Name=Evertoken', 'Exec=/opt/Evertoken/evertoken %U', 'Icon=evertoken', 'StartupWMClass=evertoken', 'Categories=Utility;', 'Terminal=false']) expect(lines).toContain(line);
  });
});
