import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/**
 * electron-store is given its folder, and would only use Electron to open a channel of its own to every page. It gets the
 * empty module; our own files get the real one.
 */
const noElectronForStore: Plugin = {
  name: 'no-electron-for-electron-store',
  enforce: 'pre',
  resolveId: (source, importer) => (source === 'electron' && importer?.includes('electron-store') === true ? path('src-main/adapters/no-electron.ts') : null),
};

/** The desktop app's main process. Electron's own module and keytar, with its native binary, stay outside. */
export default defineConfig({
  plugins: [noElectronForStore],
  ssr: { target: 'node', noExternal: true, external: ['keytar', 'electron'] },
  build: {
    ssr: path('src-main/index.ts'),
    target: 'node20',
    outDir: 'dist',
    emptyOutDir: false,
    sourcemap: true,
    minify: false,
    copyPublicDir: false,
    rolldownOptions: {
      external: ['keytar', 'electron'],
      // Two pieces: what puts the icon into the panel, and the rest, which is read after that.
      output: { format: 'es', entryFileNames: 'main.js', chunkFileNames: 'main/[name].js' },
    },
  },
});
