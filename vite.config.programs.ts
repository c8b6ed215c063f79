import { existsSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

const folder = path('test/programs');
const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts')) : [];

/** Programs that tests start as processes of their own, to kill them for example: test/programs/x.ts → dist-test/x.js. */
export default defineConfig({
  resolve: { alias: { electron: path('src-main/adapters/no-electron.ts') } },
  ssr: { target: 'node', noExternal: true, external: ['keytar'] },
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist-test',
    emptyOutDir: false,
    sourcemap: true,
    minify: false,
    copyPublicDir: false,
    rolldownOptions: {
      external: ['keytar'],
      input: Object.fromEntries(names.map((name) => [basename(name, '.ts'), `${folder}/${name}`])),
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'shared/[name]-[hash].js' },
    },
  },
});
