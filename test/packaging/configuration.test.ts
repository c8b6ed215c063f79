import { getConfig, validateConfiguration } from 'app-builder-lib/out/util/config/config';
import type { Configuration } from 'app-builder-lib';
import { DebugLogger } from 'builder-util';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { APP_ID } from '../../src-main/shell/app-identity.ts';

const validate = async (config: Configuration): Promise<void> => validateConfiguration(config, new DebugLogger(false));

/** Anything in the place of a configuration, as from a file with a mistake. */
const mistaken = (config: object): Configuration => config;

describe('electron-builder.yml', () => {
  let config: Configuration;

  beforeAll(async () => {
    config = await getConfig(resolve('.'), 'electron-builder.yml', null);
  });

  it('is what electron-builder understands', async () => {
    await expect(validate(config)).resolves.toBeUndefined();
    await expect(validate(mistaken({ ...config, electronFuze: {} }))).rejects.toThrow('electronFuze');
    await expect(validate(mistaken({ ...config, electronFuses: { ...config.electronFuses, runAsNodes: false } }))).rejects.toThrow('electronFuses');
    await expect(validate(mistaken({ ...config, nsis: { ...config.nsis, oneClick: 'no' } }))).rejects.toThrow('nsis');
  });

  it('carries the id under which the app introduces itself', () => {
    expect(config.appId).toBe(APP_ID);
  });

  it('starts the AppImage with Chromium’s sandbox', () => {
    expect(config.appImage?.executableArgs).toEqual([]);
  });

  it('publishes nothing', () => {
    expect(config.publish).toBeNull();
  });

  it('takes for each system the keychain binaries of that system, and there are some', () => {
    const systems = [
      ['win', 'win32'],
      ['mac', 'darwin'],
      ['linux', 'linux'],
    ] as const;
    for (const [system, platform] of systems) {
      const pattern = `node_modules/keytar/prebuilds/${platform}-\${arch}/keytar.node`;
      expect(config[system]?.files).toEqual([{ filter: [pattern] }]);
      const targets = config[system]?.target as readonly { readonly arch: readonly string[] }[];
      const processors = targets.flatMap(({ arch }) => arch);
      expect(new Set(processors)).toEqual(new Set(['x64', 'arm64']));
      for (const arch of processors) expect(existsSync(pattern.replace('${arch}', arch)), `${platform}-${arch}`).toBe(true);
    }
  });

  it('asks Debian for all that electron-builder would by itself, and for the keychain and notifications', () => {
    const schema = JSON.parse(readFileSync('node_modules/app-builder-lib/scheme.json', 'utf8')) as {
      readonly definitions: { readonly DebOptions: { readonly properties: { readonly depends: { readonly default: readonly string[] } } } };
    };
    const usual = schema.definitions.DebOptions.properties.depends.default;
    expect(usual).toContain('libnss3');
    expect(config.deb?.depends).toEqual(expect.arrayContaining([...usual, 'libsecret-1-0', 'libnotify4']));
  });

  it('gives Debian a maintainer that it accepts', () => {
    expect(config.linux?.maintainer).toMatch(/^[^<>]+ <[^<>@\s]+@[^<>@\s]+>$/);
  });

  it('keeps the app out of the macOS dock, its timers awake and the button in its notifications', () => {
    expect(config.mac?.extendInfo).toEqual({ LSUIElement: true, NSAppSleepDisabled: true, NSUserNotificationAlertStyle: 'alert' });
  });
});
