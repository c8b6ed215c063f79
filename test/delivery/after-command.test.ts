import { readFileSync } from 'node:fs';
import { mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AfterCommand } from '../../src-main/core/delivery/delivery.ts';
import { HOUR, MINUTE, SECOND } from '../../src-main/core/time.ts';
import type { CommandEnd, RunCommand } from '../../src-main/delivery/command.ts';
import { outcome } from '../fakes/keeper.ts';
import { buildDeliveryHouse, type DeliveryHouse } from './delivery-house.ts';

const KEY = 'WHATSAPP_ACCESS_TOKEN';
const FIRST = 'EAAGfirstTokenOfTheShop000000000000001111';
const SECOND_TOKEN = 'EAAGsecondTokenOfTheShop00000000000002222';
const THIRD = 'EAAGthirdTokenOfTheShop000000000000003333';

/** Commands that end when the test says how. */
interface Stage {
  readonly runs: { readonly command: AfterCommand; readonly token: string; stopped: boolean; end(how: CommandEnd['how'], output?: readonly string[]): void }[];
  readonly run: RunCommand;
}

function stage(): Stage {
  const runs: Stage['runs'] = [];
  return {
    runs,
    run: (command, token) => {
      let settle: (end: CommandEnd) => void = () => undefined;
      const ended = new Promise<CommandEnd>((resolve) => {
        settle = resolve;
      });
      const one = { command, token, stopped: false, end: (how: CommandEnd['how'], output: readonly string[] = []) => settle({ how, output }) };
      runs.push(one);
      return {
        ended,
        stop: async () => {
          one.stopped = true;
          settle({ how: { kind: 'stopped' }, output: [] });
        },
      };
    },
  };
}

let folder: string;
let file: string;
let house: DeliveryHouse;
let commands: Stage;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'evertoken-after-')));
  file = join(folder, '.env');
  await writeFile(file, `${KEY}=\n`);
  commands = stage();
  house = buildDeliveryHouse({ token: FIRST, runCommand: commands.run });
  await house.deliveries.addEnvFile({ connection: 'c-main', file, variable: KEY, keepBackup: false });
});
afterEach(async () => {
  for (const one of commands.runs) one.end({ kind: 'exit', code: 0 });
  await house.deliveries.close();
  await rm(folder, { recursive: true, force: true });
});

const setCommand = (change: Partial<{ argv: string[]; folder: string | null; timeoutSeconds: number; connection: string }> = {}) =>
  house.deliveries.setCommand({ connection: 'c-main', argv: ['systemctl', 'restart', 'my bot'], folder: null, timeoutSeconds: 60, ...change });
const ended = (count: number) => house.until(`${count} ended`, () => house.logged.filter((line) => line.includes('command-ended')).length === count);

/** Ends the run under way and waits until that is written down. */
async function endRun(how: CommandEnd['how'], output: readonly string[] = []): Promise<void> {
  commands.runs.at(-1)?.end(how, output);
  await ended(commands.runs.length);
  await house.deliveries.look();
}

describe('the command after a delivery', () => {
  it('runs once for each new token, when every file holds it, and not for the one that was there when it was set', async () => {
    expect(await setCommand()).toMatchObject({ ok: true, code: 'command-set' });
    await house.deliveries.look();
    expect(commands.runs).toEqual([]);
    expect(house.view('command')).toMatchObject({ kind: 'command', target: 'systemctl restart "my bot"', standing: 'pending', code: 'waits-for-token', variable: null, lastDone: null });
    house.promote(SECOND_TOKEN);
    await house.deliveries.look();
    expect(commands.runs).toHaveLength(1);
    expect(commands.runs[0]).toMatchObject({ command: { argv: ['systemctl', 'restart', 'my bot'], folder: null, timeoutMs: 60 * SECOND }, token: SECOND_TOKEN });
    expect(house.view('command')).toMatchObject({ standing: 'pending', code: 'running' });
    await house.deliveries.look();
    await endRun({ kind: 'exit', code: 0 });
    expect(house.view('command')).toMatchObject({ standing: 'done', fingerprint: `…2222-${SECOND_TOKEN.length}`, text: null });
    await house.restart();
    await house.deliveries.look();
    await house.deliveries.deliver({ connection: null, delivery: null, overwrite: false });
    expect(commands.runs).toHaveLength(1);
  });

  it('waits for a file that is held up', async () => {
    await setCommand();
    await rm(file);
    house.promote(SECOND_TOKEN);
    await house.deliveries.look();
    expect(commands.runs).toEqual([]);
    expect(house.view('command')).toMatchObject({ standing: 'pending', code: 'waits-for-files' });
    await writeFile(file, '');
    await house.deliveries.look();
    expect(commands.runs).toHaveLength(1);
  });

  it('that was set while a file was held up runs when that is done', async () => {
    await rm(file);
    await house.deliveries.look();
    await setCommand();
    expect(commands.runs).toEqual([]);
    await writeFile(file, '');
    await house.deliveries.look();
    expect(commands.runs).toHaveLength(1);
  });

  it('runs without any file, too', async () => {
    await house.deliveries.remove(house.view().id);
    await setCommand();
    house.promote(SECOND_TOKEN);
    await house.deliveries.look();
    expect(commands.runs).toHaveLength(1);
  });

  it('runs for the newest token after one that came while it ran, and the files do not wait for it', async () => {
    await setCommand();
    house.promote(SECOND_TOKEN);
    await house.deliveries.look();
    house.promote(THIRD);
    await house.deliveries.look();
    expect(house.view().fingerprint).toBe(`…3333-${THIRD.length}`);
    expect(commands.runs).toHaveLength(1);
    commands.runs[0]?.end({ kind: 'exit', code: 0 });
    await house.until('runs again', () => commands.runs.length === 2);
    expect(commands.runs[1]?.token).toBe(THIRD);
    await endRun({ kind: 'exit', code: 0 });
    expect(commands.runs).toHaveLength(2);
  });

  it('that is named runs whatever was: never run before, done before, and with a file that is held up', async () => {
    await setCommand();
    const { id } = house.view('command');
    const pressed = async (runs: number): Promise<void> => {
      const asked = house.deliveries.deliver({ connection: 'c-main', delivery: id, overwrite: false });
      await house.until('runs', () => commands.runs.length === runs);
      commands.runs.at(-1)?.end({ kind: 'exit', code: 0 });
      expect(await asked).toMatchObject({ ok: true, code: 'delivered', message: 'The command ran.' });
    };
    await pressed(1);
    await pressed(2);
    // All that is asked for a connection runs it only after a file was written, or where it had failed.
    expect(await house.deliveries.deliver({ connection: 'c-main', delivery: null, overwrite: false })).toMatchObject({ ok: true });
    expect(commands.runs).toHaveLength(2);
    await rm(file);
    house.promote(SECOND_TOKEN);
    await house.deliveries.look();
    await pressed(3);
    // The bot was told before its file held the token, and so is told again.
    await writeFile(file, '');
    await house.deliveries.look();
    expect(commands.runs).toHaveLength(4);
  });

  it('that runs while a file is written over for the owner runs once more after it', async () => {
    await setCommand();
    house.promote(SECOND_TOKEN);
    await house.deliveries.look();
    expect(commands.runs).toHaveLength(1);
    await writeFile(file, `${KEY}=changeme\n`);
    const pressed = house.deliveries.deliver({ connection: null, delivery: null, overwrite: true });
    await house.until('written', () => readFileSync(file, 'utf8').includes(SECOND_TOKEN) && house.view().standing === 'done');
    await house.deliveries.look();
    commands.runs[0]?.end({ kind: 'exit', code: 0 });
    await house.until('runs again', () => commands.runs.length === 2);
    commands.runs[1]?.end({ kind: 'exit', code: 0 });
    await pressed;
    expect(commands.runs).toHaveLength(2);
  });

  it('runs again where the owner had the token written over a value that the bot had read', async () => {
    await setCommand();
    await writeFile(file, `${KEY}=EAAGbyHand000000000000000000000000h4nd\n`);
    house.keeper.answers.replace = async () => outcome({ ok: false, code: 'expired', message: '' });
    await house.deliveries.look();
    const pressed = house.deliveries.deliver({ connection: null, delivery: null, overwrite: true });
    await house.until('runs', () => commands.runs.length === 1);
    commands.runs[0]?.end({ kind: 'exit', code: 0 });
    expect(await pressed).toMatchObject({ ok: true, code: 'delivered' });
  });
});

describe('a command that fails', () => {
  const fail = async (): Promise<void> => {
    await setCommand();
    house.promote(SECOND_TOKEN);
    await house.deliveries.look();
    await endRun({ kind: 'exit', code: 3 }, ['no such unit']);
  };

  it('is an alert, is run three times more after 1, 5 and 15 minutes, then waits for the owner', async () => {
    await fail();
    expect(house.view('command')).toMatchObject({ standing: 'failed', code: 'command-failed', lastDone: null, nextTry: new Date(house.now() + MINUTE).toISOString() });
    expect(house.alerts('command-failed')).toEqual([{ subject: house.view('command').id, severity: 'warning', text: expect.stringMatching(/systemctl.*exit code 3.*again soon/) as string }]);
    expect(house.logged.join('\n')).toContain('no such unit');
    for (const [index, pause] of [MINUTE, 5 * MINUTE, 15 * MINUTE].entries()) {
      house.pass(pause - SECOND);
      await house.deliveries.look();
      expect(commands.runs).toHaveLength(index + 1);
      house.pass(SECOND);
      await house.until('runs again', () => commands.runs.length === index + 2);
      // What was told stands while it runs.
      await house.deliveries.look();
      expect(house.alerts('command-failed')).toHaveLength(1);
      await endRun({ kind: 'exit', code: 3 });
    }
    house.pass(5 * HOUR);
    await house.deliveries.look();
    await house.restart();
    await house.deliveries.look();
    expect(commands.runs).toHaveLength(4);
    expect(house.view('command')).toMatchObject({ standing: 'needs-owner', nextTry: null });
    expect(house.alerts('command-failed')[0]?.text).toContain('not run again by itself');
    const pressed = house.deliveries.deliver({ connection: 'c-main', delivery: house.view('command').id, overwrite: false });
    await house.until('runs', () => commands.runs.length === 5);
    commands.runs[4]?.end({ kind: 'exit', code: 0 });
    expect(await pressed).toMatchObject({ ok: true, code: 'delivered' });
    expect(house.alerts('command-failed')).toEqual([]);
  });

  it('begins anew with the next token', async () => {
    await fail();
    house.promote(THIRD);
    await house.deliveries.look();
    expect(commands.runs).toHaveLength(2);
    await endRun({ kind: 'exit', code: 0 });
    expect(house.view('command').standing).toBe('done');
    expect(house.alerts('command-failed')).toEqual([]);
  });

  it.each([
    [{ kind: 'timeout' } as const, 'command-timeout', 'longer than 60 seconds'],
    [{ kind: 'signal', signal: 'SIGSEGV' } as const, 'command-failed', 'SIGSEGV'],
    [{ kind: 'not-started', systemCode: 'ENOENT' } as const, 'command-not-found', 'full path'],
    [{ kind: 'not-started', systemCode: 'EINVAL' } as const, 'command-not-found', 'cmd.exe'],
  ])('%j has words of its own', async (how, code, words) => {
    await setCommand();
    house.promote(SECOND_TOKEN);
    await house.deliveries.look();
    await endRun(how);
    expect(house.view('command')).toMatchObject({ standing: 'failed', code, text: expect.stringContaining(words) as string });
  });

  it('with Evertoken killed in the middle each time is not run for ever', async () => {
    await setCommand();
    const killed = () => house.saved();
    house.promote(SECOND_TOKEN);
    let runs = 0;
    let clock = house.now();
    for (let lives = 0; lives < 8; lives += 1) {
      await house.until('started', () => killed().length === 2);
      const saved = killed();
      // A new program on what the killed one had written down; the killed one hears nothing more.
      const next = stage();
      let disk = saved;
      const now = clock;
      house = buildDeliveryHouse({ token: SECOND_TOKEN, runCommand: next.run, clock: { now: () => now, monotonic: () => now }, store: { get: () => disk, save: async (all) => void (disk = all) } });
      await house.deliveries.look();
      await house.deliveries.look();
      runs += next.runs.length;
      const kept = disk;
      Object.assign(house, { saved: () => kept });
      commands.runs.push(...next.runs);
      clock += 20 * MINUTE;
    }
    expect(runs).toBe(4);
    expect(house.view('command')).toMatchObject({ standing: 'needs-owner', code: 'command-interrupted' });
    expect(house.alerts('command-failed')).toHaveLength(1);
  });

  it('because Evertoken stops is ended after a grace, and taken up by the next start', async () => {
    await setCommand();
    house.promote(SECOND_TOKEN);
    await house.deliveries.look();
    await house.deliveries.close();
    expect(commands.runs[0]?.stopped).toBe(true);
    await house.restart();
    await house.deliveries.look();
    expect(house.view('command')).toMatchObject({ standing: 'pending', code: 'command-interrupted' });
    house.pass(MINUTE);
    await house.until('runs again', () => commands.runs.length === 2);
  });
});

describe('what is told of several', () => {
  it('names what is not done and why, and not what merely waits', async () => {
    const other = join(folder, 'other.env');
    await house.deliveries.addEnvFile({ connection: 'c-main', file: other, variable: KEY, keepBackup: false });
    await setCommand();
    await rm(other);
    await symlink('gone', other);
    house.promote(SECOND_TOKEN);
    const told = await house.deliveries.deliver({ connection: null, delivery: null, overwrite: false });
    expect(told).toMatchObject({ ok: false, code: 'dangling-link', message: `1 of 3 is not done. ${other} is a link to a file that does not exist. Make that file, or name another one.` });
    expect(told.details).toEqual([`${file}: done.`, 'systemctl restart "my bot": It runs when the token is in every file.']);
  });
});

describe('setting and taking out', () => {
  it('a program that is not to be found is told at once', async () => {
    expect((await setCommand({ argv: [process.execPath, '-v'] })).details).toEqual([]);
    expect((await setCommand({ argv: ['sh'] })).details).toEqual([]);
    await writeFile(join(folder, 'restart.sh'), '#!/bin/sh\n', { mode: 0o755 });
    expect((await setCommand({ argv: ['./restart.sh'], folder })).details).toEqual([]);
    for (const program of ['no-such-program-anywhere', join(folder, 'gone'), join(folder, '.env'), './gone.sh', folder]) {
      expect(await setCommand({ argv: [program], folder })).toMatchObject({ ok: true, details: [expect.stringContaining(`“${program}”`)] });
    }
  });

  it.each([
    [{ argv: [] as string[] }, 'no-program'],
    [{ argv: [' '] }, 'no-program'],
    [{ argv: ['a', 'b\0'] }, 'bad-argument'],
    [{ folder: 'relative' }, 'relative-path'],
    [{ folder: '/no/such/folder' }, 'folder-gone'],
    [{ timeoutSeconds: 0 }, 'bad-time-limit'],
    [{ connection: 'c-gone' }, 'unknown-connection'],
  ])('%j is refused and changes nothing', async (change, code) => {
    expect(await setCommand(change)).toMatchObject({ ok: false, code, message: expect.stringContaining('Nothing was changed.') as string });
    expect(house.deliveries.list()).toHaveLength(1);
  });

  it('a second one takes the place of the first', async () => {
    await setCommand();
    await setCommand({ argv: ['other'] });
    expect(house.deliveries.list().filter(({ kind }) => kind === 'command').map(({ target }) => target)).toEqual(['other']);
    expect(await house.deliveries.remove(house.view('command').id)).toMatchObject({ ok: true, message: 'The command no longer runs.' });
    house.promote(SECOND_TOKEN);
    await house.deliveries.look();
    expect(commands.runs).toEqual([]);
  });
});
