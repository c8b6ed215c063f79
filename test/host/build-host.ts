import { fileURLToPath } from 'node:url';
import { build } from '../../scripts/build.js';
import { HOST } from '../../scripts/setup/outputs.js';

/** The repository. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Where the built stand-in is. */
export const HOST_FOLDER = fileURLToPath(new URL('../../dist-host/', import.meta.url));

/** Builds the stand-in unless it is fresh. Safe in several processes at once. */
export async function buildHost(): Promise<void> {
  await build(HOST, { force: false });
}
