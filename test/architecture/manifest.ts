import { z } from 'zod';
import type { FileMap } from './source.ts';

const Versions = z.record(z.string(), z.string()).default({});
const Manifest = z.object({ dependencies: Versions, devDependencies: Versions, optionalDependencies: Versions });
const Locked = z.object({ version: z.string().optional(), resolved: z.string().optional(), dependencies: Versions, optionalDependencies: Versions });
const Lock = z.object({ packages: z.record(z.string(), Locked) });

const EXACT = /^(?:npm:(?:@[^/]+\/)?[^@/]+@)?\d+\.\d+\.\d+(?:-[\w.]+)?$/;

/** Dependencies of package.json that are not pinned to one version. */
export function unpinned(files: FileMap): readonly string[] {
  const manifest = Manifest.parse(JSON.parse(files.get('package.json') ?? ''));
  const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
  return Object.entries(all).flatMap(([name, version]) => (EXACT.test(version) ? [] : [`${name} ${version}`]));
}

/** Packages for which the lock file names an address: that of one machine's registry. */
export function addressed(files: FileMap): readonly string[] {
  return Object.entries(lockIn(files)).flatMap(([path, { resolved }]) => (resolved === undefined ? [] : [`${path} ${resolved}`]));
}

/**
 * Packages that others name and the lock file lacks. `npm ci` refuses such a lock file; it comes about when the
 * binaries for other platforms were not to be had on the day the lock file was written.
 */
export function unlocked(files: FileMap): readonly string[] {
  const packages = lockIn(files);
  return Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((name) => !seenFrom(path, name).some((candidate) => candidate in packages))
      .map((name) => `${name}, wanted by ${path === '' ? 'package.json' : path}`),
  );
}

function lockIn(files: FileMap): Readonly<Record<string, z.infer<typeof Locked>>> {
  return Lock.parse(JSON.parse(files.get('package-lock.json') ?? '')).packages;
}

/** Where Node looks for a package from a folder: in its own node_modules, then in each one above. */
function seenFrom(path: string, name: string): readonly string[] {
  const own = path === '' ? `node_modules/${name}` : `${path}/node_modules/${name}`;
  const cut = path.lastIndexOf('node_modules/');
  if (path === '') return [own];
  return [own, ...seenFrom(path.slice(0, Math.max(cut, 0)).replace(/\/$/, ''), name)];
}
