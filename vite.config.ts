import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** One file each, by name of the mode: `vite build --mode server`. scripts/build.js builds them all. */
const ENTRIES: Readonly<Record<string, string>> = {
  server: path('src-main/server.ts'),
  cli: path('src-main/cli/main.ts'),
};

const SHEBANG = '#!/usr/bin/env node';

export default defineConfig(({ mode }) => {
  const entry = ENTRIES[mode];
  if (entry === undefined) throw new Error(`No such program: ${mode}. There are: ${Object.keys(ENTRIES).join(', ')}.`);
  const bare = mode === 'cli' && !readFileSync(entry, 'utf8').startsWith('#!');
  return {
    // electron-store imports electron, whose package tries to download a runtime when it is imported.
    resolve: { alias: { electron: path('src-main/adapters/no-electron.ts') } },
    // Bundled whole, so that a start reads one file; keytar alone carries a native binary and stays outside.
    ssr: { target: 'node', noExternal: true, external: ['keytar'] },
    build: {
      ssr: entry,
      target: 'node20',
      outDir: 'dist',
      emptyOutDir: false,
      sourcemap: true,
      minify: false,
      copyPublicDir: false,
      rolldownOptions: {
        external: ['keytar'],
        output: { format: 'es', entryFileNames: `${mode}.js`, codeSplitting: false, ...(bare ? { banner: SHEBANG } : {}) },
      },
    },
  };
});
