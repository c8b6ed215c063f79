import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'vitest';
import { SCREENS } from './screens.ts';
import { useWindows } from './use-windows.ts';

const open = useWindows();
const folder = '/tmp/h7shots';
mkdirSync(folder, { recursive: true });
const only = new RegExp(process.env['H7_ONLY'] ?? '^bot|vault-locked|look-needs|look-healthy');

it.each(Object.entries(SCREENS).filter(([name]) => only.test(name)).flatMap(([name, screen]) => ([['light', 360], ['dark', 360], ['light', 1100], ['dark', 1100]] as const).map(([theme, width]) => [name, theme, width, screen] as const)))('%s, %s, %i', async (name, theme, width, { options, arrive }) => {
  const { page } = await open({ ...options, look: { ...options.look, viewport: { width, height: 700 }, colorScheme: theme, reducedMotion: 'reduce' } });
  await arrive(page);
  await page.screenshot({ path: join(folder, `${name}-${theme}-${width}.png`), fullPage: true });
});
