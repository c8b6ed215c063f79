import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const program = fileURLToPath(new URL('../../dist-test/deliver-and-die.js', import.meta.url));

const OLD = 'EAAGoldTokenThatTheFileHeldBefore1234';
const NEW = 'EAAGnewTokenThatIsLongerThanTheOldOneWas5678';
const textWith = (token: string): string => `# the shop's bot\r\nPORT=3000\r\nexport WHATSAPP_ACCESS_TOKEN="${token}" # renewed\nNOTE='two\nlines'`;

interface Life {
  readonly signal: NodeJS.Signals | null;
  readonly lines: readonly string[];
}

function live(file: string, killAt: number): Promise<Life> {
  return new Promise((resolve, reject) => {
    const env = { EVERTOKEN_TEST_OWN: createHash('sha256').update(OLD).digest('hex') };
    const child = spawn(process.execPath, [program, file, NEW, String(killAt)], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    child.once('error', reject);
    child.once('close', (_code, signal) => resolve({ signal, lines: output.trim().split('\n') }));
  });
}

it('killed after each call of the file system the file is whole, old or new, and the next start finishes and clears up', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'evertoken-killed-'));
  const file = join(folder, '.env');
  const furnish = async (): Promise<void> => {
    await rm(folder, { recursive: true });
    await mkdir(folder);
    await writeFile(file, textWith(OLD));
    await chmod(file, 0o640);
  };

  await furnish();
  const undisturbed = await live(file, 0);
  expect(undisturbed.lines.at(-1)).toBe('delivered');
  expect(await readFile(file, 'utf8')).toBe(textWith(NEW));
  const calls = undisturbed.lines.slice(0, -1);
  for (const step of ['file.writeFile', 'file.chmod', 'file.sync', 'file.close', 'rename']) expect(calls.filter((line) => line.endsWith(` ${step}`)).length, step).toBeGreaterThanOrEqual(2);

  const found = { old: 0, new: 0 };
  for (let killAt = 1; killAt <= calls.length; killAt += 1) {
    const at = calls[killAt - 1] ?? '';
    await furnish();
    const killed = await live(file, killAt);
    expect(killed.signal, at).toBe('SIGKILL');
    expect(killed.lines, at).toHaveLength(killAt);

    const renamed = killed.lines.filter((line) => line.endsWith(' rename')).length;
    // The first rename puts the backup in its place, the second the file.
    const isNew = renamed === 2;
    expect(await readFile(file, 'utf8'), at).toBe(textWith(isNew ? NEW : OLD));
    expect((await stat(file)).mode & 0o777, at).toBe(0o640);
    if (renamed >= 1) expect(await readFile(`${file}.bak`, 'utf8'), at).toBe(textWith(OLD));
    // A half-made copy with a token in it is nobody else's to read.
    for (const name of (await readdir(folder)).filter((one) => one.includes('.evertoken-'))) {
      expect((await stat(join(folder, name))).mode & 0o777 & ~0o640, `${at} ${name}`).toBe(0);
    }
    found[isNew ? 'new' : 'old'] += 1;

    expect((await live(file, 0)).lines.at(-1), at).toBe('delivered');
    expect(await readFile(file, 'utf8'), at).toBe(textWith(NEW));
    expect(await readdir(folder), at).toEqual(['.env', '.env.bak']);
  }
  expect(found.old).toBeGreaterThan(10);
  expect(found.new).toBeGreaterThan(2);
  await rm(folder, { recursive: true });
}, 240_000);
