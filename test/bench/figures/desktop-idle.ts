import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ipcName } from '../../../src-main/contract/window-channels.ts';
import { DAY, MINUTE, SECOND } from '../../../src-main/core/time.ts';
import { startPracticeMeta } from '../../../src-main/practice/meta.ts';
import { openShop, SHOP } from '../../../src-main/practice/shop.ts';
import { startHosted, type HostedMain } from '../desktop-on-host.ts';
import type { Figure } from '../report/figure.ts';
import { spreadOf } from '../report/spread.ts';

/** What follows a start (compiled code, filled caches) is over by then, ms. */
const SETTLING = MINUTE;
const WATCHED = 10 * MINUTE;
/** The kernel's unit for processor time: a hundredth of a second on Linux. */
const TICKS_PER_SECOND = 100;

/** Share of one core that the desktop app takes in the tray, over ten minutes, with one healthy connection. Linux only: read from /proc. */
export async function desktopIdleFigures(root: string): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'evertoken-bench-'));
  const meta = await startPracticeMeta();
  openShop(meta.world);
  const hosted = startHosted(root, join(root, 'dist', 'main.js'), ['--hidden'], { HOME: folder, EVERTOKEN_DATA_DIR: join(folder, 'data'), EVERTOKEN_GRAPH_URL: meta.url });
  try {
    await connect(hosted, meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.robotId, expiresInMs: 60 * DAY }));
    await wait(SETTLING);
    const before = await processorSeconds(hosted.pid);
    await wait(WATCHED);
    const used = (await processorSeconds(hosted.pid)) - before;
    return [
      {
        id: 'desktop-idle',
        name: 'desktop app idle in the tray for ten minutes',
        unit: '% of a core',
        ours: spreadOf([(used / (WATCHED / SECOND)) * 100]),
        rival: null,
        goal: { of: 'ours', kind: 'at-most', limit: 0.1 },
        note: `Main process on the stand-in for Electron, one connection, no window: ${used.toFixed(2)} s of processor time.`,
      },
    ];
  } finally {
    await hosted.end();
    await meta.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function connect(hosted: HostedMain, token: string): Promise<void> {
  for (;;) {
    const channels = (await hosted.call('channels')) as readonly string[];
    if (channels.includes(ipcName('connect'))) break;
    await wait(50);
  }
  // The page would do this; without one the window's main frame is asked for by its address alone.
  await hosted.call('clickTray');
  for (;;) {
    const answer = (await hosted.call('invokeAs', [ipcName('connect'), { url: 'app://evertoken/index.html', isMainFrame: true }, [{ token, appId: SHOP.appId, appSecret: SHOP.appSecret, phoneNumberId: SHOP.phoneNumberId }]])) as { readonly ok: boolean; readonly value?: { readonly ok: boolean; readonly message: string } };
    if (answer.ok && answer.value?.ok === true) break;
    if (answer.ok) throw new Error(answer.value?.message);
    await wait(100);
  }
  await hosted.call('closeWindow');
}

/** User and system time of a process, s. */
async function processorSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // Counted from behind the name, which may hold spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}
