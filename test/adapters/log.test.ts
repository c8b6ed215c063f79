import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openLog } from '../../src-main/adapters/log.ts';
import type { LogOptions } from '../../src-main/adapters/log.ts';
import { bundleChild, startChild } from './child/start.ts';
import type { ChildProgram } from './child/start.ts';

let folder = '';
let steady = 0;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evertoken-log-'));
  steady = 0;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const clock = { now: () => Date.UTC(2026, 0, 1), monotonic: () => steady };
const redact = (text: string): string => text.replaceAll(/EAATest"?\w+/g, '[redacted]');
const open = (options: Partial<LogOptions> = {}) => openLog({ folder, redact, clock, ...options });
const lines = (name = 'evertoken.log'): unknown[] =>
  readFileSync(join(folder, name), 'utf8').split('\n').filter(Boolean).map((line): unknown => JSON.parse(line));

describe('the log', () => {
  it('writes one flat object a line, in a private file', async () => {
    const log = await open();
    log.write('info', 'started', { connections: 2, desktop: false, note: null, what: 'two\nlines' });
    log.write('warn', 'alone');
    await log.close();
    expect(lines()).toEqual([
      { at: '2026-01-01T00:00:00.000Z', level: 'info', event: 'started', connections: 2, desktop: false, note: null, what: 'two\nlines' },
      { at: '2026-01-01T00:00:00.000Z', level: 'warn', event: 'alone' },
    ]);
    expect(statSync(join(folder, 'evertoken.log')).mode & 0o777).toBe(0o600);
  });

  it('redacts events and facts, before and after escaping, for file and mirror alike', async () => {
    const mirrored: string[] = [];
    const log = await open({ mirror: (line) => mirrored.push(line) });
    log.write('error', 'failed for EAATestAbc', { plain: 'x EAATestAbc', quoted: 'EAATest"Abc', EAATestKey: 1 });
    await log.close();
    const text = readFileSync(join(folder, 'evertoken.log'), 'utf8');
    expect(text).not.toContain('EAATest');
    expect(text).toBe(`${mirrored.join('\n')}\n`);
    expect(lines()).toMatchObject([{ event: 'failed for [redacted]', plain: 'x [redacted]', quoted: '[redacted]' }]);
  });

  it('lets no fact take the place of time, level or event, nor nest, nor grow without end', async () => {
    const log = await open();
    const nested = { at: 1, level: 'x', event: 'y', deep: { token: 'EAATestDeep' } as unknown as string, long: 'z'.repeat(10_000) };
    log.write('info', 'odd', nested);
    await log.close();
    expect(lines()).toEqual([
      { at: '2026-01-01T00:00:00.000Z', level: 'info', event: 'odd', fact_at: 1, fact_level: 'x', fact_event: 'y', deep: '[not a plain value]', long: 'z'.repeat(2_000) },
    ]);
  });

  it('closes a file that others could read', async () => {
    writeFileSync(join(folder, 'evertoken.log'), '');
    chmodSync(join(folder, 'evertoken.log'), 0o644);
    const log = await open();
    log.write('info', 'x');
    await log.close();
    expect(statSync(join(folder, 'evertoken.log')).mode & 0o777).toBe(0o600);
  });

  it('rotates by size, keeps the number of files, all private, and loses no line between them', async () => {
    const log = await open({ maxBytes: 2_000, files: 3 });
    for (let n = 0; n < 100; n += 1) log.write('info', 'line', { n });
    await log.close();
    const names = readdirSync(folder).toSorted();
    expect(names).toEqual(['evertoken.1.log', 'evertoken.2.log', 'evertoken.log']);
    const kept = ['evertoken.2.log', 'evertoken.1.log', 'evertoken.log'].flatMap((name) => lines(name)).map((line) => (line as { n: number }).n);
    expect(kept).toEqual(Array.from({ length: kept.length }, (_, index) => 100 - kept.length + index));
    expect(kept.length).toBeGreaterThan(60);
    for (const name of names) expect([name, statSync(join(folder, name)).mode & 0o777, statSync(join(folder, name)).size < 2_200]).toEqual([name, 0o600, true]);
  });

  it('survives a disk that fails, tries again after 5 s, and owns up to what was lost', async () => {
    // A folder in the place of the file fails for root as well.
    mkdirSync(join(folder, 'evertoken.log'));
    const log = await open();
    log.write('info', 'one');
    await new Promise((resolve) => setTimeout(resolve, 50));
    log.write('info', 'two');
    rmSync(join(folder, 'evertoken.log'), { recursive: true });
    steady = 4_999;
    log.write('info', 'three');
    steady = 5_000;
    log.write('info', 'four');
    await log.close();
    expect(lines()).toMatchObject([{ event: 'log.lines-lost', lines: 3, level: 'warn' }, { event: 'four' }]);
  });

  it('takes lines after its end without harm, and closes when nothing was written', async () => {
    const log = await open();
    await log.close();
    log.write('info', 'late');
    await log.close();
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('a killed process', () => {
  let program: ChildProgram;
  beforeAll(async () => void (program = await bundleChild()));
  afterAll(() => program.remove());

  it('leaves the lines that it wrote a moment ago', async () => {
    const child = startChild(program, 'log-storm', folder);
    expect(await child.nextLine()).toBe('written');
    await child.kill();
    expect(lines().map((line) => (line as { n: number }).n)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect(readFileSync(join(folder, 'evertoken.log'), 'utf8')).not.toContain('EAATest');
  });

  it.each(['throw', 'reject'])('writes a crash record on an uncaught %s, redacted and private, and exits 70', async (kind) => {
    for (let n = 0; n < 6; n += 1) writeFileSync(join(folder, `crash-2020-01-0${n + 1}T00-00-00-000Z.json`), '{}');
    const child = startChild(program, `crash-${kind}`, folder);
    expect(await child.ended()).toBe(70);
    const records = readdirSync(folder).toSorted();
    expect(records).toHaveLength(5);
    const newest = join(folder, records.at(-1) ?? '');
    const text = readFileSync(newest, 'utf8');
    expect(JSON.parse(text)).toMatchObject({
      version: '9.9.9',
      kind: kind === 'throw' ? 'uncaught exception' : 'unhandled rejection',
      message: 'Error: it broke with [redacted]',
      stack: expect.stringContaining('entry.mjs') as string,
    });
    expect(text).not.toContain('EAATest');
    expect(statSync(newest).mode & 0o777).toBe(0o600);
  });
});
