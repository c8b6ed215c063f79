import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Figure } from '../report/figure.ts';
import { spreadOf } from '../report/spread.ts';

/** Everything that the window fetches until Home can be used: all that is built for it, since nothing of it is fetched later. */
export async function windowSizeFigures(root: string): Promise<readonly Figure[]> {
  const folder = join(root, 'dist', 'window');
  const entries = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const sizes = await Promise.all(entries.map(async ({ parentPath, name }) => gzipSync(await readFile(join(parentPath, name)), { level: 9 }).length));
  return [
    {
      id: 'window-size',
      name: 'what the window fetches until Home can be used, gzip',
      unit: 'kB',
      ours: spreadOf([sizes.reduce((sum, size) => sum + size, 0) / 1_000]),
      rival: null,
      goal: { of: 'ours', kind: 'at-most', limit: 130 },
      note: `${sizes.length} files: page, script, styles. No font and no picture is fetched.`,
    },
  ];
}
