import { extractFile, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { FuseState } from '@electron/fuses/dist/constants.js';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { filesUnder } from '../../scripts/setup/digest.js';
import { pack, packLinuxDir, type Packed } from './pack.ts';

const KEYTAR = 'node_modules/keytar';
const BINARY = `${KEYTAR}/prebuilds/linux-${process.arch}/keytar.node`;

/** The files in the archive, without the folders. */
const archived = (resources: string): readonly string[] => {
  const archive = join(resources, 'app.asar');
  const entries = listPackage(archive, { isPack: false }).map((entry) => entry.slice(1));
  return entries.filter((entry) => !entries.some((other) => other.startsWith(`${entry}/`))).toSorted();
};

/** These files of the build and all that they name, and what those name, and so on. The server and the command line are others. */
const loaded = (roots: readonly string[]): readonly string[] => {
  const others = filesUnder('.', 'dist', (path) => !/^dist\/(?:icons$|server\.js$|cli\.js$|\.)|\.map$/.test(path));
  const found = new Set(roots);
  for (const file of found) {
    const text = readFileSync(file, 'utf8');
    for (const other of others) if (text.includes(`/${basename(other)}`)) found.add(other);
  }
  return [...found];
};

describe.runIf(process.platform === 'linux')('the packed Linux app', () => {
  let packed: Packed;

  beforeAll(async () => {
    packed = await packLinuxDir();
  }, 120_000);

  it('holds exactly what runs', () => {
    const running = loaded(['dist/main.js', 'dist/preload.cjs', 'dist/window/index.html']);
    expect(running.length).toBeGreaterThan(4);
    expect(archived(packed.resources)).toEqual([...running, 'package.json', `${KEYTAR}/LICENSE.md`, `${KEYTAR}/lib/keytar.js`, `${KEYTAR}/package.json`, BINARY].toSorted());
  });

  it('holds nothing of how it is made', () => {
    const all = [...archived(packed.resources), ...filesUnder(packed.app, '.')];
    expect(all.filter((file) => /\.(?:map|tsx?|jsx|env|md|yml|svg)$|(?:^|\/)(?:src|test|docs|server\.js|cli\.js|\.)/.test(file))).toEqual([`${KEYTAR}/LICENSE.md`]);
  });

  it('holds it byte for byte', () => {
    const built = archived(packed.resources).filter((file) => file !== BINARY && !file.endsWith('package.json'));
    expect(built.length).toBeGreaterThan(4);
    for (const file of built) expect(extractFile(join(packed.resources, 'app.asar'), file).equals(readFileSync(file)), file).toBe(true);
  });

  it('starts at the main bundle, as evertoken, and needs keytar alone', () => {
    const manifest = JSON.parse(extractFile(join(packed.resources, 'app.asar'), 'package.json').toString()) as Record<string, unknown>;
    const ours = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, unknown>;
    expect(manifest).toMatchObject({ name: 'evertoken', version: ours['version'], main: 'dist/main.js', type: 'module', desktopName: 'evertoken.desktop' });
    expect(Object.keys(manifest['dependencies'] ?? {})).toEqual(['keytar']);
    expect(manifest).not.toHaveProperty('scripts');
    expect(manifest).not.toHaveProperty('devDependencies');
  });

  it('has beside the archive only the keychain binary of this platform and the icons', () => {
    expect(readdirSync(packed.resources).toSorted()).toEqual(['app.asar', 'app.asar.unpacked', 'icons']);
    expect(filesUnder(packed.resources, 'app.asar.unpacked')).toEqual([`app.asar.unpacked/${BINARY}`]);
    expect(readFileSync(join(packed.resources, 'app.asar.unpacked', BINARY)).equals(readFileSync(BINARY))).toBe(true);
    const icons = [...filesUnder('dist', 'icons/linux'), 'icons/app/icon.png'].toSorted();
    expect(icons.length).toBeGreaterThan(8);
    expect(filesUnder(packed.resources, 'icons')).toEqual(icons);
  });

  it('cannot be turned into a plain Node, and runs no code but the archive', async () => {
    const program = join(packed.app, 'evertoken');
    expect(statSync(program).mode & 0o111).toBe(0o111);
    const wire = await getCurrentFuseWire(program);
    const off = [
      FuseV1Options.RunAsNode,
      FuseV1Options.EnableCookieEncryption,
      FuseV1Options.EnableNodeOptionsEnvironmentVariable,
      FuseV1Options.EnableNodeCliInspectArguments,
      FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
      FuseV1Options.GrantFileProtocolExtraPrivileges,
    ];
    const on = [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, FuseV1Options.OnlyLoadAppFromAsar];
    expect(off.map((fuse) => wire[fuse])).toEqual(off.map(() => FuseState.DISABLE));
    expect(on.map((fuse) => wire[fuse])).toEqual(on.map(() => FuseState.ENABLE));
  });

  // A stand-in is no Windows program, so nothing can be written into it: neither its icon nor the digest of the archive.
  const WITHOUT_PROGRAM = ['-c.win.signAndEditExecutable=false', '-c.disableAsarIntegrity=true'];

  it('has on Windows the keychain binary and the icons of Windows', async () => {
    const output = mkdtempSync(join(tmpdir(), 'evertoken-packed-'));
    onTestFinished(() => {
      rmSync(output, { recursive: true, force: true });
    });
    await pack(output, ['--win', 'dir', '--x64', ...WITHOUT_PROGRAM]);
    const resources = join(output, 'win-unpacked', 'resources');
    const binary = `${KEYTAR}/prebuilds/win32-x64/keytar.node`;
    expect(filesUnder(resources, 'app.asar.unpacked')).toEqual([`app.asar.unpacked/${binary}`]);
    expect(archived(resources).filter((file) => file.endsWith('.node'))).toEqual([binary]);
    expect(new Set(filesUnder(resources, 'icons').map((file) => file.split('/')[1]))).toEqual(new Set(['app', 'windows']));
  }, 60_000);
});
