import { execFile, fork } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { buildHost, HOST_FOLDER } from './build-host.ts';
import { until } from './desktop.ts';
import { makeSample, type SampleApp } from './sample-app.ts';
import { giveLockBack, takeLock } from './system/instance-lock.ts';

const folders: string[] = [];
const samples: SampleApp[] = [];
const make = (): SampleApp => {
  const sample = makeSample();
  samples.push(sample);
  return sample;
};
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'evertoken-host-lock-'));
  folders.push(made);
  return made;
};
afterEach(async () => {
  await Promise.all(samples.splice(0).map((sample) => sample.cleanUp()));
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true });
});

/** A process that is gone, for certain. */
async function deadPid(): Promise<number> {
  const child = fork('-e', ['0'], { execArgv: ['-e', '0'], silent: true });
  await new Promise((resolve) => {
    child.once('exit', resolve);
  });
  return child.pid ?? 0;
}

describe('the lock for one instance', () => {
  it('is held by the first, which learns what the second was started with', async () => {
    const sample = make();
    const first = await sample.start({ SAMPLE_WINDOW: '0' });
    await until('the start', () => first.stdout().includes('ready\n'));
    const second = await sample.start({}, ['--hidden', 'word']);
    expect(await second.exited).toBe(7);
    expect(second.stdout()).toContain('lock false\n');
    const line = await until('the message', () => first.stdout().split('\n').find((text) => text.startsWith('second ')), 2_000);
    expect(JSON.parse(line.slice('second '.length))).toEqual({ argv: ['--hidden', 'word'], cwd: sample.folder, data: { from: second.pid } });
  });

  it('is held by exactly one of several that start at the same moment', async () => {
    const sample = make();
    const all = await Promise.all(Array.from({ length: 4 }, () => sample.start({ SAMPLE_WINDOW: '0' })));
    await until('every answer', () => all.every((desktop) => /^lock /m.test(desktop.stdout())));
    const winners = all.filter((desktop) => desktop.stdout().includes('lock true'));
    expect(winners).toHaveLength(1);
    expect(await Promise.all(all.filter((desktop) => !winners.includes(desktop)).map((desktop) => desktop.exited))).toEqual([7, 7, 7]);
    await until('three messages', () => winners[0]?.stdout().match(/^second /gm)?.length === 3, 3_000);
  });

  it('goes to the next after its holder was killed', async () => {
    const sample = make();
    const first = await sample.start({ SAMPLE_WINDOW: '0' });
    await until('the start', () => first.stdout().includes('ready\n'));
    await first.kill();
    const next = await sample.start({ SAMPLE_WINDOW: '0' });
    await until('the start', () => next.stdout().includes('ready\n'));
    expect(next.stdout()).toContain('lock true\n');
  });

  it('of a dead process goes to exactly one of several that see it at the same moment', async () => {
    await buildHost();
    const dead = await deadPid();
    const places = Array.from({ length: 40 }, () => folder());
    for (const place of places) writeFileSync(join(place, 'lock.4'), JSON.stringify({ pid: dead, began: null }));
    const start = Date.now() + 700;
    // Each waits for the same moment before each folder, and stays until all have tried.
    const program = `import { takeLock } from ${JSON.stringify(join(HOST_FOLDER, 'instance-lock.js'))};
      const outcomes = ${JSON.stringify(places)}.map((place, at) => { while (Date.now() < ${start} + at * 10); return takeLock(place).mine; });
      process.stdout.write(JSON.stringify(outcomes));
      setTimeout(() => undefined, 1_500);`;
    const all = await Promise.all(Array.from({ length: 3 }, async () => (await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program])).stdout));
    const outcomes = all.map((text) => JSON.parse(text) as readonly boolean[]);
    expect(places.map((_place, at) => outcomes.filter((outcome) => outcome[at] === true).length)).toEqual(places.map(() => 1));
  });

  it('of a dead process is followed by the next number', async () => {
    const place = folder();
    writeFileSync(join(place, 'lock.4'), JSON.stringify({ pid: await deadPid(), began: null }));
    expect(takeLock(place)).toEqual({ mine: true, generation: 5 });
    // Now held by a live process, which this one is too.
    expect(takeLock(place)).toEqual({ mine: false, generation: 5 });
    expect(readdirSync(place)).toEqual(['lock.5']);
  });

  it('does not fall for a number that was given to another process', () => {
    const place = folder();
    writeFileSync(join(place, 'lock.1'), JSON.stringify({ pid: process.pid, began: 'long before this one' }));
    expect(takeLock(place)).toEqual({ mine: true, generation: 2 });
  });

  it('given back is free, and its number is not used again', () => {
    const place = folder();
    expect(takeLock(place)).toEqual({ mine: true, generation: 1 });
    giveLockBack(place, 1);
    expect(takeLock(place)).toEqual({ mine: true, generation: 2 });
  });
});
