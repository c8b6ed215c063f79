import { mkdtemp, readdir, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRunningFile, removeRunningFile, writeRunningFile } from '../../src-main/adapters/running-file.ts';

const record = { port: 28_743, socket: '/home/owner/.config/evertoken/control.sock', pid: 4321, startedAt: 1_900_000_000_000 };
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

  it.each([
    ['of the desktop app without its gateway', { ...record, port: null }, { ...record, port: null }],
    ['of a server that has no socket', { ...record, socket: null }, { ...record, socket: null }],
    ['written before there were sockets', { port: 28_743, pid: 4321, startedAt: 1 }, { port: 28_743, socket: null, pid: 4321, startedAt: 1 }],
    ['with the port that a server on a socket has', { ...record, port: 0 }, { ...record, port: null }],
  ])('one %s is read', async (_name, written, read) => {
    const folder = await newFolder();
    await writeFile(join(folder, 'running.json'), JSON.stringify(written));
    expect(await readRunningFile(folder)).toEqual(read);
  });

  it.each(['', '{', '[]', 'null', '{"port":"28743","pid":1,"startedAt":1}', '{"port":0,"pid":1,"startedAt":1}', '{"port":70000,"pid":1,"startedAt":1}', '{"port":28743}', '{"pid":1,"startedAt":1}', '{"port":null,"socket":null,"pid":1,"startedAt":1}', '{"port":1,"socket":"","pid":1,"startedAt":1}', '{"port":1,"socket":7,"pid":1,"startedAt":1}'])('%s is no record', async (text) => {
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
