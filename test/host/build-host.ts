import { fileURLToPath } from 'node:url';
import { build } from '../../scripts/build.js';
import type { Output } from '../../scripts/setup/outputs.js';

/** The repository. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Where the built stand-in is. */
export const HOST_FOLDER = fileURLToPath(new URL('../../dist-host/', import.meta.url));

/** What is built of the stand-in, and from what. */
export const HOST_OUTPUT: Output = {
  folder: 'dist-host',
  bundles: () => [
    { config: 'vite.config.host.ts', mode: 'host' },
    { config: 'vite.config.host.ts', mode: 'recorder' },
  ],
  files: ['electron.js', 'register.js', 'hooks.js', 'recorder-preload.cjs', 'electron-run.js', 'instance-lock.js', 'electron-run', 'electron', 'types/electron/index.d.ts'],
  executable: ['electron-run', 'electron'],
  sources: ['test/host', 'vite.config.host.ts', 'package-lock.json', 'tsconfig.base.json', 'scripts/build.js', 'scripts/setup/outputs.js'],
  // Tests and pages to read change nothing.
  enter: (path) => !/\.(?:test\.ts|md)$/.test(path),
};

/** Builds the stand-in unless it is fresh. Safe in several processes at once. */
export async function buildHost(): Promise<void> {
  await build(HOST_OUTPUT, { force: false });
}
