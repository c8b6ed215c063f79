import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** The window: src-renderer → the folder that the caller names. Every file is its own; nothing stands inline in the page. */
export default defineConfig(({ mode }) => {
  // React's build for production, whatever the environment of whoever builds says: Vitest's says "test".
  if (mode === 'production') process.env['NODE_ENV'] = mode;
  return {
    // Whoever builds gives the project as the root, and what is given wins over a `root` here. A plugin has the last
    // word. Without it index.html would come out under src-renderer/.
    plugins: [react(), { name: 'window-root', config: () => ({ root: path('src-renderer') }) }],
    base: './',
    publicDir: false,
    resolve: {
      // The original writes a <style> element at run time, which the content security policy forbids.
      alias: { 'react-remove-scroll': path('src-renderer/ui/scroll-lock.tsx') },
    },
    build: {
      // Electron's own, and what owners of server mode may have.
      target: ['chrome140', 'firefox128', 'safari18'],
      outDir: path('dist/window'),
      emptyOutDir: true,
      sourcemap: false,
      // Chromium preloads modules by itself.
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      rolldownOptions: {
        output: { entryFileNames: 'assets/[name]-[hash].js', chunkFileNames: 'assets/[name]-[hash].js', assetFileNames: 'assets/[name]-[hash][extname]' },
      },
    },
  };
});
