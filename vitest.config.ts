import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // electron-store imports electron, whose package tries to download a runtime when it is imported.
  resolve: { alias: { electron: fileURLToPath(new URL('src-main/adapters/no-electron.ts', import.meta.url)) } },
  test: {
    include: ['test/**/*.test.ts'],
    // Without this Node itself would load electron-store, past the alias above.
    server: { deps: { inline: ['electron-store'] } },
    globalSetup: ['scripts/setup/vitest-programs.js'],
    // Child processes, not threads: a fault in a native module such as keytar then costs one file, not the run.
    pool: 'forks',
    // On two cores Vitest would take one worker, and half of the time.
    maxWorkers: 2,
    // Limits for what hangs: with a browser, a keyring and two workers on two cores an honest test may take a while.
    testTimeout: 60_000,
    hookTimeout: 90_000,
    coverage: {
      provider: 'v8',
      include: ['src-main/core/**'],
      reporter: ['text-summary', 'json-summary'],
      thresholds: { branches: 95 },
    },
  },
});
