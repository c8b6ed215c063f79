import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PNG } from 'pngjs';
import { afterAll, beforeAll } from 'vitest';
import { renderIcons } from '../../scripts/render-icons.js';
import { TRAY_TABLE } from '../../src-main/core/tray/tray.ts';
import type { TrayState, TrayView } from '../../src-main/core/tray/tray.ts';

/** What a tray icon is chosen by. */
export type Shown = Pick<TrayView, 'state' | 'ringEighths'>;

export const STATES = Object.keys(TRAY_TABLE) as readonly TrayState[];

/** Every view that the table allows. */
export const SHOWN: readonly Shown[] = STATES.flatMap((state) =>
  [null, ...(TRAY_TABLE[state].ring ? [0, 1, 2, 3, 4, 5, 6, 7, 8] : [])].map((ringEighths) => ({ state, ringEighths })),
);

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export interface Icons {
  readonly paths: readonly string[];
  readonly bytes: (path: string) => Buffer;
  readonly png: (path: string) => PNG;
}

/** Renders all icons for the tests of one file, and gives them by their path once the tests run. */
export function renderedIcons(): Icons {
  const folder = mkdtempSync(join(tmpdir(), 'evertoken-icons-'));
  const paths: string[] = [];
  beforeAll(async () => {
    paths.push(...(await renderIcons(ROOT, folder)));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const bytes = (path: string): Buffer => readFileSync(join(folder, path));
  return { paths, bytes, png: (path) => PNG.sync.read(bytes(path)) };
}
