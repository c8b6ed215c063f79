import { chmodSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type UserConfig } from 'vite';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** The programs that start a host: `electron` too, so that `ELECTRON_OVERRIDE_DIST_PATH` may point here. */
const EXECUTABLES = ['electron-run', 'electron'];

/**
 * Electron's types without its module, so that `electron` can be resolved to the stand-in's types: a declared module would win over
 * `paths` in tsconfig.host.json.
 */
function typesWithoutModule(): string {
  const types = readFileSync(path('node_modules/electron/electron.d.ts'), 'utf8');
  return types.replace(/^declare module 'electron(?:\/[a-z]+)?' \{\n {2}export = .*\n\}\n/gm, '');
}

const OUTPUT = { ssr: true, target: 'node20', outDir: 'dist-host', emptyOutDir: false, sourcemap: true, copyPublicDir: false } as const;

/** Mode `recorder`: what real Electron loads with `-r`, which takes CommonJS. */
const recorder: UserConfig = {
  build: {
    ...OUTPUT,
    rolldownOptions: { input: path('test/host/recorder-preload.ts'), output: { format: 'cjs', entryFileNames: 'recorder-preload.cjs' } },
  },
};

/** The stand-in for the `electron` module: test/host → dist-host. */
const host: UserConfig = {
  ssr: { target: 'node', noExternal: true, external: ['playwright-core', 'keytar'] },
  build: {
    ...OUTPUT,
    // The text of some functions is put into pages.
    minify: false,
    rolldownOptions: {
      external: ['playwright-core', 'keytar'],
      // The lock too, for processes that race for it.
      input: Object.fromEntries(['electron', 'register', 'hooks', 'electron-run', 'system/instance-lock'].map((name) => [basename(name), path(`test/host/${name}.ts`)])),
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
  plugins: [
    {
      name: 'host-files',
      generateBundle: {
        handler() {
          this.emitFile({ type: 'asset', fileName: '.gitignore', source: '*\n' });
          this.emitFile({ type: 'asset', fileName: 'types/electron/index.d.ts', source: typesWithoutModule() });
          for (const fileName of EXECUTABLES) this.emitFile({ type: 'asset', fileName, source: '#!/bin/sh\nexec node "$(dirname "$(readlink -f "$0")")/electron-run.js" "$@"\n' });
        },
      },
      writeBundle: {
        handler({ dir = 'dist-host' }) {
          for (const name of EXECUTABLES) chmodSync(join(dir, name), 0o755);
        },
      },
    },
  ],
};

export default defineConfig(({ mode }) => (mode === 'recorder' ? recorder : host));
