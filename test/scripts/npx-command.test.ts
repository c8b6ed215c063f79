import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { placeNpxCommand } from '../../scripts/setup/npx-command.js';
import { scratch, write } from './scratch.ts';

const shell = (root: string): string => join(root, 'node_modules', '.bin', 'evertoken');

describe.runIf(process.platform !== 'win32')('the command that npx finds', () => {
  it('runs the built command line with its arguments and gives its exit code', () => {
    const root = scratch({ 'dist/cli.js': 'process.stdout.write(JSON.stringify(process.argv.slice(2))); process.exit(3);' });
    placeNpxCommand(root);
    const { stdout, status } = spawnSync(shell(root), ['status', 'a b', '$HOME', ''], { encoding: 'utf8' });
    expect([stdout, status]).toEqual(['["status","a b","$HOME",""]', 3]);
  });

  it('says what to do while nothing is built', () => {
    const root = scratch();
    placeNpxCommand(root);
    const { stderr, status } = spawnSync(shell(root), ['status'], { encoding: 'utf8' });
    expect([stderr, status]).toEqual(['Evertoken is not built yet. Run npm start first.\n', 2]);
  });
});

describe('placeNpxCommand', () => {
  it('adds a batch file on Windows', () => {
    const root = scratch();
    placeNpxCommand(root, 'win32');
    expect(readFileSync(`${shell(root)}.cmd`, 'utf8')).toContain('node "%~dp0..\\..\\dist\\cli.js" %*\r\n');
    const other = scratch();
    placeNpxCommand(other, 'linux');
    expect(existsSync(`${shell(other)}.cmd`)).toBe(false);
  });

  it('is needed, because package.json has no bin entry of its own, which npx would install first', () => {
    expect(JSON.parse(readFileSync('package.json', 'utf8'))).not.toHaveProperty('bin');
  });

  it('leaves what is there', () => {
    const root = scratch();
    write(root, { 'node_modules/.bin/evertoken': 'mine' });
    placeNpxCommand(root, 'linux');
    expect(readFileSync(shell(root), 'utf8')).toBe('mine');
  });
});
