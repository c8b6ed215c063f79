import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildHost, HOST_FOLDER, ROOT } from './build-host.ts';

const TSC = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
const folders: string[] = [];

beforeAll(buildHost);
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** What the compiler says of a project; empty when nothing. */
function complaints(project: string): string {
  return spawnSync(process.execPath, [TSC, '-p', project], { cwd: ROOT, encoding: 'utf8' }).stdout;
}

/** A project like tsconfig.host.json around one file with this text. */
function projectWith(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'evertoken-members-'));
  folders.push(folder);
  writeFileSync(join(folder, 'shell.ts'), text);
  const paths = { electron: [join(ROOT, 'test', 'host', 'electron.ts')] };
  const typeRoots = [join(HOST_FOLDER, 'types'), join(ROOT, 'node_modules', '@types')];
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ extends: join(ROOT, 'tsconfig.host.json'), compilerOptions: { paths, typeRoots }, include: ['shell.ts'] }));
  return join(folder, 'tsconfig.json');
}

describe('the members of the stand-in', () => {
  it('are all that the shell uses', () => {
    expect(complaints('tsconfig.host.json')).toBe('');
  });

  it('let through what is there', () => {
    const project = projectWith(`
      import { app, BrowserWindow, Menu, Tray, ipcMain, nativeImage, session, Notification, dialog, type IpcMainInvokeEvent, type MenuItemConstructorOptions, type WebContents } from 'electron';
      const template: MenuItemConstructorOptions[] = [{ id: 'a', label: 'A', submenu: [{ role: 'quit' }], click: (item) => void item.id }];
      export const isOurs = (event: IpcMainInvokeEvent, contents: WebContents): boolean => event.sender === contents && event.senderFrame?.url === contents.mainFrame.url;
      app.on('second-instance', (_event, argv, folder) => void [argv.length, folder.length]);
      ipcMain.handle('a', (event) => isOurs(event, event.sender));
      const window = new BrowserWindow({ show: false, webPreferences: { session: session.fromPartition('a'), sandbox: true } });
      window.webContents.on('will-navigate', (event) => event.preventDefault());
      void dialog.showOpenDialog(window, { properties: ['openFile'] });
      const tray = new Tray(nativeImage.createFromPath('a.png'));
      tray.setContextMenu(Menu.buildFromTemplate(template));
      new Notification({ title: 'a' }).on('action', (details) => void details.actionIndex);
    `);
    expect(complaints(project)).toBe('');
  });

  it.each([
    ["import { app } from 'electron'; app.setBadgeCount(1);", "Property 'setBadgeCount' does not exist"],
    ["import { BrowserWindow } from 'electron'; new BrowserWindow().setKiosk(true);", "Property 'setKiosk' does not exist"],
    ["import { BrowserWindow } from 'electron'; void new BrowserWindow().webContents.printToPDF({});", "Property 'printToPDF' does not exist"],
    ["import { powerSaveBlocker } from 'electron'; powerSaveBlocker.start('prevent-app-suspension');", "has no exported member 'powerSaveBlocker'"],
    ["import { app } from 'electron'; app.on('no-such-event', () => undefined);", 'No overload matches this call'],
  ])('stop what is not: %s', (text, complaint) => {
    expect(complaints(projectWith(text))).toContain(complaint);
  });
});
