import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SCREENS } from './screens.ts';
import { useWindows } from './use-windows.ts';

const open = useWindows();
const folder = process.env['EVERTOKEN_SCREENSHOTS'] ?? 'release/screenshots';
mkdirSync(folder, { recursive: true });

it.each(Object.entries(SCREENS).flatMap(([name, screen]) => (['light', 'dark'] as const).map((theme) => [name, theme, screen] as const)))('%s, %s', async (name, theme, { options, arrive }) => {
  const { page } = await open({ ...options, look: { ...options.look, colorScheme: theme, reducedMotion: 'reduce' } });
  await arrive(page);
  const picture = await page.screenshot({ path: join(folder, `${name}-${theme}.png`), fullPage: true });
  expect(picture.length).toBeGreaterThan(1_000);
});
