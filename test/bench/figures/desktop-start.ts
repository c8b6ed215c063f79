import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { systemEntropy } from '../../../src-main/adapters/entropy.ts';
import { openStateStore } from '../../../src-main/adapters/settings.ts';
import { DAY } from '../../../src-main/core/time.ts';
import { startHosted } from '../desktop-on-host.ts';
import { connectShop, movedClock, portsOn, startedKeeper } from '../keeper-on.ts';
import { createInstantMeta } from '../meta/instant-meta.ts';
import type { Figure } from '../report/figure.ts';
import { spreadOf } from '../report/spread.ts';

const ROUNDS = 9;
const PATIENCE = 30_000;
/** What a main process is that does nothing but put an icon into the tray. */
const EMPTY = `import { app, nativeImage, Tray } from 'electron';
let tray;
app.whenReady().then(() => {
  tray = new Tray(nativeImage.createFromPath(process.env.BENCH_ICON));
});
`;

/** From the start of the process until the tray icon is made, on the stand-in for Electron: the built main with so many connections in its settings, and an empty one. */
export async function desktopStartFigures(root: string): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'evertoken-bench-'));
  const empty = join(folder, 'empty', 'main.js');
  await mkdir(join(folder, 'empty'));
  await writeFile(empty, EMPTY);
  await writeFile(join(folder, 'empty', 'package.json'), JSON.stringify({ name: 'empty', version: '1.0.0', type: 'module', main: 'main.js' }));
  const figures: Figure[] = [];
  for (const [count, limit] of [[1, 1.5], [100, 1.5], [1_000, 4]] as const) {
    const data = join(folder, `data-${count}`);
    await furnish(data, count);
    const ours: number[] = [];
    const bare: number[] = [];
    for (let round = -1; round < ROUNDS; round += 1) {
      const taken = [await untilTray(root, join(root, 'dist', 'main.js'), folder, data), await untilTray(root, empty, folder, data)] as const;
      if (round < 0) continue;
      ours.push(taken[0]);
      bare.push(taken[1]);
    }
    figures.push({
      id: `desktop-start-${count}`,
      name: `start of dist/main.js to the tray icon, ${count.toLocaleString('en-US')} connection${count === 1 ? '' : 's'}`,
      unit: 'ms',
      ours: spreadOf(ours),
      rival: { name: 'empty main', spread: spreadOf(bare) },
      goal: { of: 'ratio', kind: 'at-most', limit },
      note: 'On the stand-in for Electron, both; by the clock of the process itself. The icon says “checking” until the settings are read.',
    });
  }
  await rm(folder, { recursive: true, force: true });
  return figures;
}

/** Settings with so many connections, as the keeper itself writes them. */
async function furnish(folder: string, count: number): Promise<void> {
  const clock = movedClock();
  const { store } = await openStateStore({ folder, clock, entropy: systemEntropy() });
  let state = await store.load();
  // In memory until the last one: a save writes the whole file.
  const keeper = await startedKeeper(portsOn(clock, createInstantMeta(() => clock.now()).port, { load: async () => state, save: async (next) => void (state = next) }));
  for (let shop = 1; shop <= count; shop += 1) await connectShop(keeper, clock, shop, 60 * DAY);
  await keeper.stop();
  await store.save(state);
}

async function untilTray(root: string, main: string, home: string, data: string): Promise<number> {
  const hosted = startHosted(root, main, ['--hidden'], { HOME: home, EVERTOKEN_DATA_DIR: data, EVERTOKEN_GRAPH_URL: 'http://127.0.0.1:9', BENCH_ICON: join(root, 'dist', 'icons', 'linux', 'healthy.png') });
  try {
    const giveUpAt = performance.now() + PATIENCE;
    for (;;) {
      const { firstMadeAt } = (await hosted.call('tray')) as { readonly firstMadeAt: number | null };
      if (firstMadeAt !== null) return firstMadeAt;
      if (performance.now() > giveUpAt) throw new Error(`${main} made no tray icon.`);
      await wait(20);
    }
  } finally {
    await hosted.end();
    // A lock that a killed process left would cost the next round its patience.
    await rm(join(data, 'evertoken.lock'), { recursive: true, force: true });
  }
}
