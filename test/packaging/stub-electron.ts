import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What @electron/fuses looks for in Electron's binary; the fuses stand behind it. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/** A version byte, how many fuses there are, and each fuse the other way round than we want it. */
const FUSES = Buffer.concat([Buffer.from([1, 9]), Buffer.from('111100110')]);

/**
 * Writes what electron-builder takes for an unpacked distribution of Electron for Linux or Windows: the file names of a
 * real one, and a program that does nothing but has fuses to be flipped.
 */
export function writeStubElectron(folder: string, version: string): void {
  mkdirSync(join(folder, 'resources'), { recursive: true });
  mkdirSync(join(folder, 'locales'), { recursive: true });
  writeFileSync(join(folder, 'version'), version);
  writeFileSync(join(folder, 'LICENSE'), '');
  writeFileSync(join(folder, 'LICENSES.chromium.html'), '');
  writeFileSync(join(folder, 'locales', 'en-US.pak'), '');
  const program = Buffer.concat([Buffer.from(`#!/bin/sh\nexit 0\n# ${SENTINEL}`), FUSES, Buffer.from('\n')]);
  for (const name of ['electron', 'electron.exe']) writeFileSync(join(folder, name), program, { mode: 0o755 });
}
