import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { APP_ID } from './app-identity.ts';
import type { LoginItem } from './login-item.ts';

/**
 * The login item of Linux desktops: a file in the autostart folder (XDG Autostart specification). Electron's own
 * `setLoginItemSettings` does nothing on Linux.
 */
export function createAutostartFile(env: NodeJS.ProcessEnv, home: string, command: readonly string[]): LoginItem {
  const config = env['XDG_CONFIG_HOME'];
  const folder = join(config !== undefined && isAbsolute(config) ? config : join(home, '.config'), 'autostart');
  const file = join(folder, `${APP_ID}.desktop`);
  return {
    enabled: async () => {
      const text = await readFile(file, 'utf8').catch(() => null);
      // Desktops switch an entry off by such a line instead of deleting the file.
      return text !== null && !/^(?:Hidden\s*=\s*true|X-GNOME-Autostart-enabled\s*=\s*false)\s*$/im.test(text);
    },
    set: async (enabled) => {
      if (!enabled) return rm(file, { force: true });
      await mkdir(folder, { recursive: true });
      return writeFile(file, autostartText(command));
    },
  };
}

/** The text of the autostart entry. */
export function autostartText(command: readonly string[]): string {
  return ['[Desktop Entry]', 'Type=Application', 'Name=Evertoken', 'Comment=Keeps your WhatsApp access token alive', `Exec=${command.map(quoted).join(' ')}`, 'Terminal=false', 'X-GNOME-Autostart-enabled=true', ''].join('\n');
}

/** One argument as the Desktop Entry specification wants it: quoted, its four special characters escaped, and `%` doubled. */
function quoted(argument: string): string {
  // Escaped twice: once for the quoting, once since the value is a string in which a backslash escapes.
  return `"${argument.replaceAll(/["`$\\]/g, (character) => (character === '\\' ? '\\\\\\\\' : `\\\\${character}`)).replaceAll('%', '%%')}"`;
}
