import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** What is known of the app before it runs. */
export interface AppFacts {
  readonly path: string;
  readonly name: string;
  readonly version: string;
  readonly isPackaged: boolean;
}

/** Reads the app's folder: `EVERTOKEN_HOST_APP`, else the nearest one above `mainFile` with a package.json. */
export function appFacts(mainFile: string, env: NodeJS.ProcessEnv): AppFacts {
  const path = resolve(env['EVERTOKEN_HOST_APP'] ?? nearestPackage(dirname(resolve(mainFile))));
  const manifest = join(path, 'package.json');
  const found = existsSync(manifest) ? (JSON.parse(readFileSync(manifest, 'utf8')) as { name?: string; productName?: string; version?: string }) : {};
  return { path, name: found.productName ?? found.name ?? 'Electron', version: found.version ?? '0.0.0', isPackaged: env['EVERTOKEN_HOST_RESOURCES'] !== undefined };
}

function nearestPackage(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const above = dirname(folder);
  return above === folder ? process.cwd() : nearestPackage(above);
}
