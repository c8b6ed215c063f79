import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { until } from './desktop.ts';
import { makeSample, type SampleApp } from './sample-app.ts';

const samples: SampleApp[] = [];
const make = (extra = ''): SampleApp => {
  const sample = makeSample(extra);
  samples.push(sample);
  return sample;
};
afterEach(async () => {
  await Promise.all(samples.splice(0).map((sample) => sample.cleanUp()));
});

const lines = (text: string, among: readonly string[]): readonly string[] => text.split('\n').filter((line) => among.includes(line));
const ENDING = ['before-quit', 'close', 'closed', 'will-quit', 'quit', 'window-all-closed'];

/** Processes whose command line names a folder. */
function processesWith(folder: string): readonly string[] {
  return readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(folder);
    } catch {
      return false;
    }
  });
}

describe('the end of an app', () => {
  it('comes in the order of Electron', async () => {
    const desktop = await make().start();
    await desktop.page();
    expect(await desktop.quit()).toBe(0);
    expect(lines(desktop.stdout(), ENDING)).toEqual(['before-quit', 'close', 'closed', 'will-quit', 'quit']);
  });

  it.each([
    ['before-quit', ['before-quit'], ['before-quit', 'before-quit', 'close', 'closed', 'will-quit', 'quit']],
    ['close', ['before-quit', 'close'], ['before-quit', 'close', 'before-quit', 'close', 'closed', 'will-quit', 'quit']],
    ['will-quit', ['before-quit', 'close', 'closed', 'will-quit'], ['before-quit', 'close', 'closed', 'will-quit', 'before-quit', 'will-quit', 'quit']],
  ])('can be refused at %s', async (refused, until1, all) => {
    const desktop = await make().start({ SAMPLE_PREVENT: refused });
    await desktop.page();
    await desktop.clickMenu('quit');
    await until('the refusal', () => lines(desktop.stdout(), ENDING).length === until1.length);
    expect(lines(desktop.stdout(), ENDING)).toEqual(until1);
    expect(await desktop.quit()).toBe(0);
    expect(lines(desktop.stdout(), ENDING)).toEqual(all);
  });

  it('follows the last window, unless somebody listens', async () => {
    const desktop = await make().start();
    await desktop.page();
    await desktop.closeWindow();
    expect(await desktop.exited).toBe(0);
    expect(lines(desktop.stdout(), ENDING)).toEqual(['close', 'closed', 'before-quit', 'will-quit', 'quit']);
  });

  it('by exit() asks nobody', async () => {
    const desktop = await make(`powerMonitor.on('shutdown', () => app.exit(3));`).start();
    await desktop.page();
    await desktop.emitPower('shutdown');
    expect(await desktop.exited).toBe(3);
    expect(lines(desktop.stdout(), ENDING)).toEqual(['closed', 'quit']);
  });

  it('by a signal is an orderly one', async () => {
    const desktop = await make().start({ SAMPLE_WINDOW: '0' });
    await until('the start', () => desktop.stdout().includes('ready\n'));
    process.kill(desktop.pid, 'SIGTERM');
    expect(await desktop.exited).toBe(0);
    expect(lines(desktop.stdout(), ENDING)).toEqual(['before-quit', 'will-quit', 'quit']);
  });

  it('leaves no browser behind, also where the app was killed', async () => {
    const desktop = await make().start();
    await desktop.page();
    const profile = await desktop.profileFolder();
    expect(processesWith(profile).length).toBeGreaterThan(0);
    await desktop.kill();
    await until('the end of Chromium', () => processesWith(profile).length === 0);
    expect(processesWith(profile)).toEqual([]);
  });
});

describe('misuse', () => {
  it('fails as in Electron', async () => {
    const desktop = await make(`
      const attempt = (name, action) => { try { action(); say(name, 'passed'); } catch (error) { say(name, error.name + ': ' + error.message); } };
      const spare = new BrowserWindow({ show: false });
      const { webContents } = spare;
      app.on('window-all-closed', () => undefined);
      spare.destroy();
      attempt('A', () => spare.show());
      attempt('B', () => spare.webContents);
      attempt('C', () => webContents.send('x'));
      attempt('D', () => spare.isDestroyed() && webContents.isDestroyed());
      attempt('E', () => protocol.registerSchemesAsPrivileged([]));
      attempt('F', () => app.enableSandbox());
      attempt('G', () => ipcMain.handle('x', 3));
      attempt('H', () => Menu.buildFromTemplate([{ click() {} }]));
      attempt('I', () => new Tray(join(here, 'none.png')));
      attempt('J', () => tray.setToolTip(5));
      attempt('K', () => app.getPath('nowhere'));
      attempt('L', () => { tray.destroy(); tray.setToolTip('x'); });
      say('empty', nativeImage.createFromPath(join(here, 'none.png')).isEmpty(), JSON.stringify(nativeImage.createFromPath(picture).getSize()));
      say('facts', app.getName(), app.getVersion(), app.getAppPath() === here, app.isPackaged, process.versions.electron);
    `).start({ SAMPLE_WINDOW: '0' });
    await until('the last line', () => /^facts .*\n/m.test(desktop.stdout()));
    const told = desktop.stdout();
    expect(told.split('\n').filter((line) => /^[A-L] /.test(line))).toEqual([
      'A TypeError: Object has been destroyed',
      'B TypeError: Object has been destroyed',
      'C TypeError: Object has been destroyed',
      'D passed',
      'E Error: protocol.registerSchemesAsPrivileged should be called before app is ready',
      'F Error: app.enableSandbox() can only be called before app is ready',
      "G TypeError: Expected handler to be a function, but found type 'number'",
      'H TypeError: Invalid template for MenuItem: must have at least one of label, role or type',
      expect.stringMatching(/^I Error: Failed to load image from path '.*none\.png'$/) as string,
      'J TypeError: Error processing argument at index 0, conversion failure',
      "K Error: Failed to get 'nowhere' path",
      'L TypeError: Tray is destroyed',
    ]);
    expect(told).toContain('empty true {"width":1,"height":1}\n');
    expect(told).toContain('facts sample 1.2.3 true false 45.4.1\n');
  });
});
