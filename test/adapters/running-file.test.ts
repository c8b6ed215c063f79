import { mkdtemp, readdir, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRunningFile, removeRunningFile, writeRunningFile } from '../../src-main/adapters/running-file.ts';

const record = { port: 28_743, pid: 4321, startedAt: 1_900_000_000_000 };
const newFolder = () => mkdtemp(join(tmpdir(), 'evertoken-running-'));

describe('running.json', () => {
  it('comes back as written, for its owner only, with nothing beside it', async () => {
    const folder = await newFolder();
    await writeRunningFile(folder, { ...record, port: 1 });
    await writeRunningFile(folder, record);
    expect(await readRunningFile(folder)).toEqual(record);
    expect((await stat(join(folder, 'running.json'))).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['running.json']);
  });

  it.each(['', '{', '[]', 'null', '{"port":"28743","pid":1,"startedAt":1}', '{"port":0,"pid":1,"startedAt":1}', '{"port":70000,"pid":1,"startedAt":1}', '{"port":28743}'])('%s is no record', async (text) => {
    const folder = await newFolder();
    await writeFile(join(folder, 'running.json'), text);
    expect(await readRunningFile(folder)).toBeNull();
  });

  it('is removed by its own process and by no other', async () => {
    const folder = await newFolder();
    await writeRunningFile(folder, record);
    await removeRunningFile(folder, 1);
    expect(await readRunningFile(folder)).toEqual(record);
    await removeRunningFile(folder, record.pid);
    expect(await readdir(folder)).toEqual([]);
    await removeRunningFile(folder, record.pid);
  });
});
