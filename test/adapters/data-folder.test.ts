import { describe, expect, it } from 'vitest';
import { dataFolder } from '../../src-main/adapters/data-folder.ts';
import type { DataFolderInput } from '../../src-main/adapters/data-folder.ts';

const linux: DataFolderInput = { env: {}, platform: 'linux', home: '/home/ada', cwd: '/work' };
const windows: DataFolderInput = { env: {}, platform: 'win32', home: String.raw`C:\Users\ada`, cwd: String.raw`C:\work` };

describe('the data folder', () => {
  it.each([
    ['Linux', linux, '/home/ada/.config/evertoken'],
    ['Linux with XDG_CONFIG_HOME', { ...linux, env: { XDG_CONFIG_HOME: '/cfg' } }, '/cfg/evertoken'],
    ['Linux with a relative XDG_CONFIG_HOME', { ...linux, env: { XDG_CONFIG_HOME: 'cfg' } }, '/home/ada/.config/evertoken'],
    ['macOS', { ...linux, platform: 'darwin' as const, home: '/Users/ada' }, '/Users/ada/Library/Application Support/evertoken'],
    ['Windows', { ...windows, env: { APPDATA: String.raw`D:\Roaming` } }, String.raw`D:\Roaming\evertoken`],
    ['Windows without APPDATA', windows, String.raw`C:\Users\ada\AppData\Roaming\evertoken`],
    ['the environment', { ...linux, env: { EVERTOKEN_DATA_DIR: '/data' } }, '/data'],
    ['the flag over the environment', { ...linux, flag: '/flag', env: { EVERTOKEN_DATA_DIR: '/data' } }, '/flag'],
    ['a relative flag', { ...linux, flag: 'here' }, '/work/here'],
    ['a relative flag on Windows', { ...windows, flag: 'here' }, String.raw`C:\work\here`],
    ['empty values', { ...linux, flag: '', env: { EVERTOKEN_DATA_DIR: ' ' } }, '/home/ada/.config/evertoken'],
  ])('%s', (_name, input, folder) => {
    expect(dataFolder(input)).toBe(folder);
  });
});
