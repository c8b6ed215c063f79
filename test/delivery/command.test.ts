import { existsSync } from 'node:fs';
import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environmentFor, programRunner, type CommandEnd } from '../../src-main/delivery/command.ts';
import { logPieces, outputTail } from '../../src-main/delivery/output-tail.ts';

const TOKEN = 'EAAGfakeTokenForTheCommandTests0123456789';

let folder: string;
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'evertoken-command-')));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const runCommand = programRunner((name) => name === 'META_APP_SECRET');
const node = (script: string, ...args: string[]): string[] => [process.execPath, '-e', script, ...args];
const run = (argv: readonly string[], timeoutMs = 30_000): Promise<CommandEnd> => runCommand({ argv, folder, timeoutMs }, TOKEN).ended;

async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const giveUpAt = performance.now() + 20_000; !(await isSo()); ) {
    if (performance.now() > giveUpAt) throw new Error(`never: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('a command', () => {
  it('gets its arguments as they are, no shell between, and nothing to read', async () => {
    const odd = ['$HOME', '*', '; touch made-by-a-shell', '"quoted"', '', 'a b', '&& x', '`id`'];
    const end = await run(node('let n = 0; process.stdin.on("data", (d) => (n += d.length)).on("end", () => console.log(JSON.stringify([n, process.cwd(), process.argv.slice(1)])))', ...odd));
    expect(end).toEqual({ how: { kind: 'exit', code: 0 }, output: [JSON.stringify([0, folder, odd])] });
    expect(existsSync(join(folder, 'made-by-a-shell'))).toBe(false);
  });

  it.each([1, 3, 255])('that ends with exit code %i says so, with what it said on both streams', async (code) => {
    expect(await run(node(`console.log("to out"); console.error("to err"); process.exitCode = ${code}`))).toEqual({ how: { kind: 'exit', code }, output: ['to out', 'to err'] });
  });

  it('that is killed by a signal says which', async () => {
    expect((await run(node('process.kill(process.pid, "SIGKILL")'))).how).toEqual({ kind: 'signal', signal: 'SIGKILL' });
  });

  it('that is not there, may not be run, or has no folder to run in is not started', async () => {
    expect((await run(['no-such-program-anywhere'])).how).toEqual({ kind: 'not-started', systemCode: 'ENOENT' });
    expect((await run([folder])).how).toEqual({ kind: 'not-started', systemCode: 'EACCES' });
    expect((await runCommand({ argv: node(''), folder: join(folder, 'gone'), timeoutMs: 1_000 }, TOKEN).ended).how).toEqual({ kind: 'not-started', systemCode: 'ENOENT' });
  });

  it('gets the owner’s environment without anything of Evertoken’s and without the token', async () => {
    const given = { PATH: '/bin', EVERTOKEN_DATA_DIR: '/x', Evertoken_Port: '1', WHATSAPP_ACCESS_TOKEN: TOKEN, URL: `https://x.test/?t=${TOKEN}`, SHOP: 'ours' };
    expect(environmentFor(given, TOKEN, () => false)).toEqual({ PATH: '/bin', SHOP: 'ours' });
    const shop = { META_APP_SECRET: 's3cret', MY_TOKEN: 'EAAotherShopsTokenInTheShell000000000000', NOTE: 'see https://x.test/?t=EAAotherShopsTokenInTheShell000000000000&a=1', PATH: '/bin', EAA: 'EAAshort' };
    expect(environmentFor(shop, TOKEN, (name) => name === 'META_APP_SECRET')).toEqual({ PATH: '/bin', EAA: 'EAAshort' });
    process.env['META_APP_SECRET'] = 's3cret';
    process.env['EVERTOKEN_TEST_COMMAND'] = 'must not be seen';
    process.env['BOT_TOKEN'] = TOKEN;
    try {
      const end = await run(node('console.log(Object.keys(process.env).join(" "))'));
      expect(end.output[0]).toContain('PATH');
      expect(end.output[0]).not.toMatch(/EVERTOKEN|BOT_TOKEN|META_APP_SECRET/);
    } finally {
      delete process.env['EVERTOKEN_TEST_COMMAND'];
      delete process.env['BOT_TOKEN'];
      delete process.env['META_APP_SECRET'];
    }
  });

  it('that takes too long is ended', async () => {
    expect((await run(node('setInterval(() => {}, 1000)'), 300)).how).toEqual({ kind: 'timeout' });
  });

  it('is ended with all that it started, also where they do not listen', async () => {
    const file = join(folder, 'pids');
    // Child and grandchild ignore the polite signal.
    const script = `process.on("SIGTERM", () => {}); const c = require("node:child_process").spawn(process.execPath, ["-e", 'process.on("SIGTERM", () => {}); console.log("ready"); setInterval(() => {}, 1000)'], { stdio: ["ignore", "pipe", "ignore"] }); c.stdout.once("data", () => require("node:fs").writeFileSync(${JSON.stringify(file)}, process.pid + " " + c.pid)); setInterval(() => {}, 1000)`;
    const running = runCommand({ argv: node(script), folder, timeoutMs: 60_000 }, TOKEN);
    await until(() => existsSync(file), 'both run');
    await running.stop();
    expect((await running.ended).how).toEqual({ kind: 'stopped' });
    const pids = (await readFile(file, 'utf8')).split(' ').map(Number);
    expect(pids).toHaveLength(2);
    await until(() => pids.every((pid) => !isAlive(pid)), 'both ended');
  });

  it('that is stopped ends politely where it listens', async () => {
    const file = join(folder, 'said-goodbye');
    const running = runCommand({ argv: node(`process.on("SIGTERM", () => { require("node:fs").writeFileSync(${JSON.stringify(file)}, "bye"); process.exit(0) }); console.log("up"); require("node:fs").writeFileSync(${JSON.stringify(`${file}.up`)}, ""); setInterval(() => {}, 1000)`), folder, timeoutMs: 60_000 }, TOKEN);
    await until(() => existsSync(`${file}.up`), 'it runs');
    await running.stop();
    expect(await readFile(file, 'utf8')).toBe('bye');
    expect((await running.ended).how).toEqual({ kind: 'stopped' });
  });

  it('leaves alone what it started for good and does not wait for it', async () => {
    const script = `const c = require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => console.log('still here'), 50)"], { stdio: ["ignore", "inherit", "inherit"] }); c.unref(); console.log("pid " + c.pid)`;
    const running = runCommand({ argv: node(script), folder, timeoutMs: 20_000 }, TOKEN);
    const end = await running.ended;
    expect(end.how).toEqual({ kind: 'exit', code: 0 });
    const pid = Number(/pid (\d+)/.exec(end.output.join(' '))?.[1]);
    await running.stop();
    expect(isAlive(pid)).toBe(true);
    process.kill(pid, 'SIGKILL');
    await until(() => !isAlive(pid), 'the bot of this test ended');
  });

  it('that says a great deal is kept by its last 4 kB', async () => {
    const end = await run(node('for (let i = 0; i < 20000; i += 1) console.log("line " + i)'));
    const said = end.output[0] ?? '';
    expect(said.length).toBeLessThanOrEqual(4_096);
    expect(said).toMatch(/^\S/);
    expect(said.endsWith('line 19998\nline 19999')).toBe(true);
  });
});

describe('what a command said', () => {
  it('is never cut in the middle of a word, which might be a token', () => {
    for (let filler = 3_900; filler < 4_300; filler += 7) {
      const tail = outputTail();
      tail.take(Buffer.from(`token ${TOKEN}`));
      tail.take(Buffer.from(` ${'x'.repeat(filler)}`));
      const pieces = tail.text().split(/\s+/);
      expect(pieces.every((piece) => piece === '' || piece === 'token' || piece === TOKEN || piece.startsWith('x')), String(filler)).toBe(true);
    }
  });

  it('goes into the log in pieces between words, a long word whole, and nothing is lost', () => {
    const text = `${'word '.repeat(300)}${TOKEN.repeat(60)} ${'more\n'.repeat(500)}end`;
    const pieces = logPieces(text);
    expect(pieces.join('')).toBe(text);
    expect(pieces.some((piece) => piece.includes(TOKEN.repeat(60)))).toBe(true);
    expect(pieces.filter((piece) => piece.length > 1_900)).toHaveLength(1);
    expect(logPieces('')).toEqual([]);
  });
});
