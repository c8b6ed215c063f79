import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLog } from '../../src-main/adapters/log.ts';
import { readLogTail } from '../../src-main/adapters/log-tail.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evertoken-tail-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const numbered = (from: number, to: number): string[] => Array.from({ length: to - from + 1 }, (_, index) => `line ${from + index}`);
const text = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

describe('the tail of the log', () => {
  it('is the last lines, oldest first', async () => {
    put('evertoken.log', text(numbered(1, 10)));
    expect(await readLogTail({ folder, lines: 3 })).toEqual(['line 8', 'line 9', 'line 10']);
    expect(await readLogTail({ folder })).toEqual(numbered(1, 10));
  });

  it('is 1,000 lines unless told', async () => {
    put('evertoken.log', text(numbered(1, 1_500)));
    expect(await readLogTail({ folder })).toEqual(numbered(501, 1_500));
  });

  it('goes on into the file before where the present one is too short, and no further', async () => {
    put('evertoken.2.log', text(numbered(1, 4)));
    put('evertoken.1.log', text(numbered(5, 8)));
    put('evertoken.log', text(numbered(9, 10)));
    expect(await readLogTail({ folder, lines: 4 })).toEqual(numbered(7, 10));
    expect(await readLogTail({ folder })).toEqual(numbered(5, 10));
    rmSync(join(folder, 'evertoken.log'));
    expect(await readLogTail({ folder })).toEqual(numbered(5, 8));
  });

  it('reads what the log wrote, over its rotation', async () => {
    const log = await openLog({ folder, redact: (line) => line, clock: { now: () => 0, monotonic: () => 0 }, maxBytes: 2_000 });
    for (let n = 0; n < 40; n += 1) log.write('info', 'line', { n });
    await log.close();
    const tail = await readLogTail({ folder, lines: 30 });
    expect(tail.map((line) => (JSON.parse(line) as { n: number }).n)).toEqual(Array.from({ length: 30 }, (_, index) => 10 + index));
  });

  it('does not read a file twice that is rotated between the two looks', async () => {
    put('evertoken.log', text(numbered(1, 3)));
    let looked = 0;
    const wanted = (): boolean => {
      looked += 1;
      if (looked === 1) renameSync(join(folder, 'evertoken.log'), join(folder, 'evertoken.1.log'));
      return true;
    };
    expect(await readLogTail({ folder, wanted })).toEqual(numbered(1, 3));
  });

  it('leaves out what a kill cut off', async () => {
    put('evertoken.log', `${text(numbered(1, 2))}{"at":"20`);
    expect(await readLogTail({ folder })).toEqual(numbered(1, 2));
    put('evertoken.log', '{"at":"20');
    expect(await readLogTail({ folder })).toEqual([]);
  });

  it('passes empty lines over, and those that are not wanted, which do not count', async () => {
    put('evertoken.log', `a1\n\nb1\na2\nb2\na3\nb3\n`);
    expect(await readLogTail({ folder, lines: 2, wanted: (line) => line.startsWith('a') })).toEqual(['a2', 'a3']);
    expect(await readLogTail({ folder })).toEqual(['a1', 'b1', 'a2', 'b2', 'a3', 'b3']);
  });

  it.each([
    [14, ['line 8', 'line 9']],
    [15, ['line 8', 'line 9']],
    [20, ['line 8', 'line 9']],
    [21, ['line 7', 'line 8', 'line 9']],
    [3, []],
  ])('reads %i bytes and no cut line', async (maxBytes, lines) => {
    put('evertoken.1.log', text(numbered(1, 3)));
    put('evertoken.log', text(numbered(4, 9)));
    expect(await readLogTail({ folder, maxBytes })).toEqual(lines);
  });

  it('spends what is left of its bytes on the file before', async () => {
    put('evertoken.1.log', text(numbered(1, 3)));
    put('evertoken.log', text(numbered(4, 5)));
    expect(await readLogTail({ folder, maxBytes: 14 + 7 })).toEqual(numbered(3, 5));
  });

  it('reads only the end of a huge file, quickly', async () => {
    put('evertoken.log', '');
    // Sparse: 8 GB in name, with a line without an end before the ones that count.
    truncateSync(join(folder, 'evertoken.log'), 8 * 1024 ** 3);
    appendFileSync(join(folder, 'evertoken.log'), `\n${text(numbered(1, 5))}`);
    const started = performance.now();
    expect(await readLogTail({ folder })).toEqual(numbered(1, 5));
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('survives bytes that are no text', async () => {
    writeFileSync(join(folder, 'evertoken.log'), Buffer.concat([Buffer.from([0xff, 0xfe, 0x00, 0x0a]), Buffer.from('line 1\n')]));
    expect((await readLogTail({ folder })).at(-1)).toBe('line 1');
  });

  it('is empty where there is no folder, no file, or something else in its place', async () => {
    expect(await readLogTail({ folder: join(folder, 'missing') })).toEqual([]);
    expect(await readLogTail({ folder })).toEqual([]);
    mkdirSync(join(folder, 'evertoken.log'));
    put('evertoken.1.log', text(numbered(1, 2)));
    expect(await readLogTail({ folder })).toEqual(numbered(1, 2));
    rmSync(join(folder, 'evertoken.log'), { recursive: true });
    if (process.platform === 'win32') return;
    // To open a pipe nobody writes to would last for ever.
    execFileSync('mkfifo', [join(folder, 'evertoken.log')]);
    expect(await readLogTail({ folder })).toEqual(numbered(1, 2));
  });
});
