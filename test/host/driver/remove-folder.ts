import { rmSync } from 'node:fs';
import { until } from './until.ts';

/** Removes a folder with all in it, patient with a browser that is still putting its profile away. */
export async function removeFolder(folder: string): Promise<void> {
  await until(`the removal of ${folder}`, () => {
    rmSync(folder, { recursive: true, force: true });
    return true;
  });
}
