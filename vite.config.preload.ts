import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** The bridge to the window: one CommonJS file, since a sandboxed preload can load nothing else. */
export default defineConfig({
  ssr: { target: 'node', noExternal: true, external: ['electron'] },
  build: {
    ssr: fileURLToPath(new URL('src-main/preload.ts', import.meta.url)),
    target: 'chrome140',
    outDir: 'dist',
    emptyOutDir: false,
    sourcemap: false,
    minify: false,
    copyPublicDir: false,
    rolldownOptions: {
      external: ['electron'],
      output: { format: 'cjs', entryFileNames: 'preload.cjs', codeSplitting: false },
    },
  },
});
