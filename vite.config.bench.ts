import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** The benchmark and the processes it starts: test/bench → dist-bench. */
export default defineConfig({
  resolve: { alias: { electron: path('src-main/adapters/no-electron.ts') } },
  // The rival is measured as its users run it: from its package, not bundled.
  ssr: { target: 'node', noExternal: true, external: ['google-auth-library', 'keytar', 'undici'] },
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist-bench',
    emptyOutDir: false,
    sourcemap: true,
    minify: false,
    copyPublicDir: false,
    rolldownOptions: {
      external: ['google-auth-library', 'keytar', 'undici'],
      input: {
        main: path('test/bench/main.ts'),
        'year-program': path('test/bench/year-program.ts'),
        'loopback-meta': path('test/bench/meta/loopback-meta.ts'),
        'pacer-program': path('test/bench/gateway/pacer-program.ts'),
        'crowd-program': path('test/bench/gateway/crowd-program.ts'),
      },
      // One folder, no subfolders: the programs find each other beside themselves, also from a shared piece.
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
  // What is built here is for this machine alone.
  plugins: [{ name: 'ignored-by-git', generateBundle: { handler() { this.emitFile({ type: 'asset', fileName: '.gitignore', source: '*\n' }); } } }],
});
