// Builds what is stale: `node scripts/build.js [--programs | --host] [--force]`. Run by start.js and test.js as a process of
// its own, so that the bundler's memory is gone before the server starts.
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HOST, isBuilt, PRODUCT, promote, sourceDigest, TEST_PROGRAMS } from './setup/outputs.js';
import { withLock } from './setup/lock.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Builds an output, unless it is fresh.
 * @param {import('./setup/outputs.js').Output} output
 * @param {{ force: boolean }} options
 * @returns {Promise<boolean>} whether anything was built; rejects with the bundler's error
 */
export async function build(output, { force }) {
  if (!force && isBuilt(root, output)) return false;
  const waiting = () => process.stderr.write('Another build of this folder is running; waiting for it …\n');
  return withLock(join(root, '.setup-lock'), waiting, async () => {
    if (!force && isBuilt(root, output)) return false;
    // Taken before the build: what changes while it runs makes the result stale.
    const stamp = sourceDigest(root, output);
    const fresh = join(root, output.folder, `.fresh-${process.pid}`);
    rmSync(fresh, { recursive: true, force: true });
    mkdirSync(fresh, { recursive: true });
    const { build: viteBuild } = await import('vite');
    try {
      for (const { config, mode, into = '.' } of output.bundles(root)) {
        await viteBuild({ root, mode, configFile: join(root, config), logLevel: 'warn', build: { outDir: join(fresh, into) } });
      }
      await output.besides?.(root, fresh);
      for (const file of output.executable) chmodSync(join(fresh, file), 0o755);
      promote(fresh, join(root, output.folder), stamp);
    } finally {
      rmSync(fresh, { recursive: true, force: true });
    }
    return true;
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const flags = process.argv.slice(2);
  await build(flags.includes('--programs') ? TEST_PROGRAMS : flags.includes('--host') ? HOST : PRODUCT, { force: flags.includes('--force') });
}
