import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { runApp } from '../../scripts/setup/desktop-app.js';
import { SIGN } from '../../scripts/setup/desktop-output.js';
import { STARTED_WORDS } from '../../src-main/shell/app-identity.ts';
import { runs } from './processes.ts';
import { scratch } from './scratch.ts';

const UP = `process.stdout.write('Evertoken is in the tray.\\n');`;

/** Starts a program in the place of Electron and gives how that went, with what was shown of its output. */
async function start(program: string, options: { readonly patience?: number; readonly grace?: number; readonly args?: readonly string[] } = {}) {
  const executable = join(scratch({ electron: program.startsWith('#!') ? program : `#!/usr/bin/env node\n${program}` }), 'electron');
  chmodSync(executable, 0o755);
  const shown = { out: '', err: '' };
  const ended = await runApp(executable, options.args ?? [], {
    patience: options.patience ?? 10_000,
    ...(options.grace === undefined ? {} : { grace: options.grace }),
    stdout: { write: (chunk) => (shown.out += chunk.toString()) },
    stderr: { write: (chunk) => (shown.err += chunk.toString()) },
  });
  return { ended, ...shown };
}

it('waits for the words that the app says', () => {
  expect(SIGN).toBe(STARTED_WORDS);
});

describe.runIf(process.platform !== 'win32')('runApp', () => {
  it('gives the arguments to the app, shows its output and takes its exit code once it was up', async () => {
    const program = `process.stderr.write('early '); ${UP} process.stdout.write(JSON.stringify(process.argv.slice(2)) + '\\n'); setTimeout(() => { process.stderr.write('late'); process.exitCode = 5; }, 50);`;
    expect(await start(program, { args: ['/root folder', '--port', '1'] })).toEqual({
      ended: { code: 5 },
      out: 'Evertoken is in the tray.\n["/root folder","--port","1"]\n',
      err: 'early late',
    });
  });

  it('knows the sign when it comes in pieces, and only at the beginning of a line', async () => {
    const pieces = `process.stdout.write('x\\nEvertoken is in'); setTimeout(() => process.stdout.write(' the tray.\\n'), 50); setTimeout(() => process.exit(5), 100);`;
    expect((await start(pieces)).ended).toEqual({ code: 5 });
    expect((await start(`process.stdout.write('No: Evertoken is in the tray\\n'); process.exitCode = 5;`)).ended).toEqual({ why: 'it ended with code 5 before it was up' });
  });

  it('lets an app that was up crash, without another try', async () => {
    expect((await start(`${UP} setTimeout(() => process.kill(process.pid, 'SIGKILL'), 100);`)).ended).toEqual({ code: 137 });
  });

  it('hands on why an app refuses to start, with its code', async () => {
    const refuses = `process.stderr.write('Another Evertoken is running for this folder.\\n'); process.exitCode = 2;`;
    expect(await start(refuses)).toEqual({ ended: { code: 2 }, out: '', err: 'Another Evertoken is running for this folder.\n' });
  });

  it('is content when another instance took over', async () => {
    expect(await start('')).toEqual({ ended: { code: 0 }, out: '', err: '' });
  });

  it('says in short why an app could not run, and shows none of its own noise', async () => {
    const library = `#!/bin/sh\necho "$0: error while loading shared libraries: libgtk-3.so.0: cannot open shared object file: No such file or directory" >&2\nexit 127\n`;
    expect(await start(library)).toEqual({ ended: { why: 'this system lacks the library libgtk-3.so.0, which Electron needs' }, out: '', err: '' });
    expect(await start(`process.kill(process.pid, 'SIGSEGV')`)).toEqual({ ended: { why: 'it ended by SIGSEGV before it was up' }, out: '', err: '' });
    expect((await start('#!/nowhere/at/all\n')).ended).toEqual({ why: expect.stringMatching(/^it could not be started \(spawn .*electron ENOENT\)$/) as unknown });
  });

  it('gives an app up that is silent, also one that does not heed SIGTERM, and what it started', async () => {
    expect((await start('setInterval(() => {}, 1000);', { patience: 1000 })).ended).toEqual({ why: 'it was not up after 1 seconds' });
    const stubborn = `process.on('SIGTERM', () => {}); const helper = require('node:child_process').spawn('sleep', ['600'], { stdio: 'inherit' }); process.stdout.write(process.pid + ' ' + helper.pid + '\\n'); setInterval(() => {}, 1000);`;
    const { ended, out } = await start(stubborn, { patience: 1000, grace: 200 });
    expect(ended).toEqual({ why: 'it was not up after 1 seconds' });
    const pids = out.trim().split(' ').map(Number);
    expect(pids).toHaveLength(2);
    await vi.waitFor(() => expect(pids.map(runs)).toEqual([false, false]));
  });

  it('does not wait for helpers that a crashed app has left, and ends them', async () => {
    const crashes = `const helper = require('node:child_process').spawn('sleep', ['600'], { stdio: 'inherit' }); process.stdout.write(helper.pid + '\\n', () => process.exit(1));`;
    const { ended, out } = await start(crashes);
    expect(ended).toEqual({ why: 'it ended with code 1 before it was up' });
    await vi.waitFor(() => expect(runs(Number(out))).toBe(false));
  });

  it('leaves a helper of an app alone that took over and went', async () => {
    const hands = `const helper = require('node:child_process').spawn('sleep', ['3'], { stdio: 'ignore' }); process.stdout.write(helper.pid + '\\n', () => process.exit(0));`;
    const { ended, out } = await start(hands);
    expect(ended).toEqual({ code: 0 });
    await delay(100);
    expect(runs(Number(out))).toBe(true);
  });
});
