import { app, Menu, type MenuItemConstructorOptions } from 'electron';

const EDITING: MenuItemConstructorOptions[] = [{ role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { type: 'separator' }, { role: 'selectAll' }];

/**
 * Gives the keys and the right mouse button their meaning in text fields. On macOS ⌘V works only where a menu has it; the
 * other systems get no menu bar at all. A pasted token is what this app begins with.
 */
export function offerEditing(platform: NodeJS.Platform): void {
  Menu.setApplicationMenu(platform === 'darwin' ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }]) : null);
  app.on('web-contents-created', (_created, contents) => {
    contents.on('context-menu', (_event, { isEditable, selectionText }) => {
      if (isEditable) Menu.buildFromTemplate(EDITING).popup();
      else if (selectionText !== '') Menu.buildFromTemplate([{ role: 'copy' }]).popup();
    });
  });
}
