import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { digestOf, filesUnder, readStamp } from './digest.js';

/**
 * One run of vite.
 * @typedef {object} Bundle
 * @property {string} config vite's config file
 * @property {string} mode
 * @property {string} [into] a folder below the output's; the output's own unless told
 */

/**
 * Something that vite builds from sources.
 * @typedef {object} Output
 * @property {string} folder where it goes, relative to the root
 * @property {(root: string) => readonly Bundle[]} bundles one vite run each
 * @property {(root: string, fresh: string) => Promise<void>} [besides] makes what vite does not, in the same folder
 * @property {readonly string[]} files what must be there afterwards
 * @property {readonly string[]} executable which of them get the executable bit
 * @property {readonly string[]} sources files and folders whose contents decide whether it is stale
 * @property {(path: string) => boolean} enter which of them count
 */

const TOOLS = ['package-lock.json', 'tsconfig.base.json', 'scripts/build.js', 'scripts/setup/outputs.js'];

/** @type {Output} */
export const PRODUCT = {
  folder: 'dist',
  bundles: () => [
    { config: 'vite.config.ts', mode: 'server' },
    { config: 'vite.config.ts', mode: 'cli' },
    { config: 'vite.config.main.ts', mode: 'main' },
    { config: 'vite.config.preload.ts', mode: 'preload' },
    { config: 'vite.config.window.ts', mode: 'production', into: 'window' },
  ],
  besides: async (root, fresh) => {
    const { renderIcons } = await import('../render-icons.js');
    await renderIcons(root, join(fresh, 'icons'));
  },
  files: ['server.js', 'cli.js', 'main.js', 'preload.cjs', 'window/index.html', 'icons/app/icon.png'],
  executable: ['cli.js'],
  sources: ['src-main', 'src-renderer', 'scripts/icons', 'scripts/render-icons.js', ...['ts', 'main.ts', 'preload.ts', 'window.ts'].map((end) => `vite.config.${end}`), 'tsconfig.window.json', ...TOOLS],
  enter: () => true,
};

/**
 * The stand-in for Electron that end-to-end tests run the desktop app on: test/host → dist-host.
 * @type {Output}
 */
export const HOST = {
  folder: 'dist-host',
  bundles: () => [
    { config: 'vite.config.host.ts', mode: 'host' },
    { config: 'vite.config.host.ts', mode: 'recorder' },
  ],
  files: ['electron.js', 'register.js', 'hooks.js', 'recorder-preload.cjs', 'electron-run.js', 'instance-lock.js', 'electron-run', 'electron', 'types/electron/index.d.ts'],
  executable: ['electron-run', 'electron'],
  sources: ['test/host', 'vite.config.host.ts', ...TOOLS],
  // Tests and pages to read change nothing.
  enter: (path) => !/\.(?:test\.ts|md)$/.test(path),
};

/** @type {Output} */
export const TEST_PROGRAMS = {
  folder: 'dist-test',
  // The bundler takes an empty list of programs for a mistake.
  bundles: (root) => (filesUnder(root, 'test/programs').some((file) => file.endsWith('.ts')) ? [{ config: 'vite.config.programs.ts', mode: 'programs' }] : []),
  files: [],
  executable: [],
  // Tests themselves are left out: changing one does not change a program.
  sources: ['src-main', 'test', 'vite.config.programs.ts', ...TOOLS],
  enter: (path) => !path.endsWith('.test.ts'),
};

/**
 * The digest of everything that goes into an output.
 * @param {string} root
 * @param {Output} output
 */
export function sourceDigest(root, output) {
  return digestOf(root, output.sources.flatMap((path) => filesUnder(root, path, output.enter)));
}

/**
 * True when the output is there and was built from these very sources.
 * @param {string} root
 * @param {Output} output
 */
export function isBuilt(root, output) {
  const folder = join(root, output.folder);
  return output.files.every((file) => existsSync(join(folder, file))) && readStamp(join(folder, '.built')) === sourceDigest(root, output);
}

/**
 * Moves freshly built files into place one by one: each is whole at every moment, for a program that starts now.
 * @param {string} fresh folder that was just built
 * @param {string} folder
 * @param {string} stamp
 */
export function promote(fresh, folder, stamp) {
  mkdirSync(folder, { recursive: true });
  rmSync(join(folder, '.built'), { force: true });
  const files = filesUnder(fresh, '.');
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    renameSync(join(fresh, file), join(folder, file));
  }
  const kept = new Set(files);
  for (const file of filesUnder(folder, '.')) if (!kept.has(file)) rmSync(join(folder, file));
  writeFileSync(join(folder, '.built'), stamp);
}
