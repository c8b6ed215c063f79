import { mkdtempSync, readFileSync, existsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { autostartText, createAutostartFile } from '../../src-main/shell/autostart-file.ts';

describe('starting at login on Linux', () => {
  it('is a file in the autostart folder, made and removed', async () => {
    const home = mkdtempSync(join(tmpdir(), 'evertoken-autostart-'));
    const item = createAutostartFile({}, home, ['/opt/Evertoken/evertoken', '--hidden']);
    const file = join(home, '.config', 'autostart', 'app.evertoken.desktop.desktop');
    expect(await item.enabled()).toBe(false);
    await item.set(true);
    expect(await item.enabled()).toBe(true);
    expect(readFileSync(file, 'utf8')).toContain('\nExec="/opt/Evertoken/evertoken" "--hidden"\n');
    // Switched off in the desktop's own settings.
    writeFileSync(file, `${readFileSync(file, 'utf8')}Hidden=true\n`);
    expect(await item.enabled()).toBe(false);
    await item.set(true);
    writeFileSync(file, readFileSync(file, 'utf8').replace('enabled=true', 'enabled=false'));
    expect(await item.enabled()).toBe(false);
    await item.set(false);
    expect(existsSync(file)).toBe(false);
    await item.set(false);
  });

  it('is where XDG_CONFIG_HOME says, if that is absolute', async () => {
    const config = mkdtempSync(join(tmpdir(), 'evertoken-config-'));
    const item = createAutostartFile({ XDG_CONFIG_HOME: config }, '/nowhere', ['/x']);
    await item.set(true);
    expect(existsSync(join(config, 'autostart', 'app.evertoken.desktop.desktop'))).toBe(true);
  });

  it('quotes a command as desktops read it', () => {
    const exec = autostartText(['/home/a b/Ever"token$`\\x', '--share=100%']).split('\n').find((line) => line.startsWith('Exec='));
    expect(exec).toBe('Exec="/home/a b/Ever\\\\"token\\\\$\\\\`\\\\\\\\x" "--share=100%%"');
  });
});
