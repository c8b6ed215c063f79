import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, lstat, mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer, connect } from 'node:net';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { closedControlSocket, prepareControlSocket, protectControlSocket } from '../../src-main/adapters/control-socket.ts';
import type { SocketPlaces } from '../../src-main/adapters/control-socket.ts';
import { StorageFault } from '../../src-main/adapters/storage-fault.ts';

let root = '';
const servers: Server[] = [];
beforeEach(async () => void (root = await mkdtemp(join(tmpdir(), 'es-'))));
afterEach(async () => {
  vi.restoreAllMocks();
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
  await rm(root, { recursive: true, force: true });
});

const folderNamed = async (name: string, mode = 0o700): Promise<string> => {
  const folder = join(root, name);
  await mkdir(folder, { recursive: true });
  await chmod(folder, mode);
  return folder;
};
/** A data folder whose path is too long for a socket. */
const deepFolder = (): Promise<string> => folderNamed(join('a-folder-with-quite-a-long-name'.repeat(2), 'and-another-one-inside-of-it'.repeat(2)));
const places = async (change: Partial<SocketPlaces> = {}): Promise<SocketPlaces> => ({ platform: 'linux', runtimeFolder: await folderNamed('run'), temporaryFolder: await folderNamed('tmp'), ...change });

/** Listens there and sees whether somebody gets through. */
async function listenOn(path: string): Promise<boolean> {
  const server = createServer((socket) => socket.end('hello'));
  servers.push(server);
  server.listen({ path });
  await once(server, 'listening');
  const [data] = (await once(connect(path), 'data')) as [Buffer];
  return data.toString() === 'hello';
}

describe('the control socket', () => {
  it('stands in the data folder, which nobody else can enter, and is itself for its owner only', async () => {
    const folder = await folderNamed('data', 0o755);
    const path = await prepareControlSocket(folder, await places());
    expect(path).toBe(join(folder, 'control.sock'));
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect(await readdir(folder)).toEqual([]);
    expect(await listenOn(path)).toBe(true);
    await chmod(path, 0o777);
    await protectControlSocket(path);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('what a killed process left is cleared away', async () => {
    const folder = await folderNamed('data');
    const path = await prepareControlSocket(folder, await places());
    const child = spawn(process.execPath, ['-e', `require('node:net').createServer().listen(${JSON.stringify(path)}, () => console.log('listening'))`], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect((await lstat(path)).isSocket()).toBe(true);
    expect(await prepareControlSocket(folder, await places())).toBe(path);
    expect(await listenOn(path)).toBe(true);
  });

  it('is gone when it is closed, and closing it twice does no harm', async () => {
    const folder = await folderNamed('data');
    await writeFile(join(folder, 'control.sock'), '');
    await closedControlSocket(join(folder, 'control.sock'));
    await closedControlSocket(join(folder, 'control.sock'));
    expect(await readdir(folder)).toEqual([]);
  });

  it('where the path of the data folder is too long, stands in a folder of its own among the runtime files', async () => {
    const folder = await deepFolder();
    const around = await places();
    const path = await prepareControlSocket(folder, around);
    expect(Buffer.byteLength(path)).toBeLessThanOrEqual(103);
    expect(dirname(dirname(path))).toBe(around.runtimeFolder);
    expect((await stat(dirname(path))).mode & 0o777).toBe(0o700);
    expect(await listenOn(path)).toBe(true);
    expect(await prepareControlSocket(await folderNamed(join(basename(dirname(folder)), 'another-folder-with-a-long-name'.repeat(2))), around)).not.toBe(path);
  });

  it('a path that fits by a byte is taken, one that is longer by a byte is not', async () => {
    const around = await places();
    const room = 103 - Buffer.byteLength(join(root, 'x', 'control.sock')) + 1;
    const fits = await folderNamed('é'.repeat(Math.floor(room / 2)) + 'x'.repeat(room % 2));
    expect(await prepareControlSocket(fits, around)).toBe(join(fits, 'control.sock'));
    const longer = await folderNamed(`${basename(fits)}x`);
    expect(dirname(dirname(await prepareControlSocket(longer, around)))).toBe(around.runtimeFolder);
  });

  it('the same data folder has the same one again, also by another name', async () => {
    const folder = await deepFolder();
    const around = await places();
    const link = join(root, `another-name-${'x'.repeat(100)}`);
    await symlink(folder, link);
    const first = await prepareControlSocket(folder, around);
    expect([await prepareControlSocket(folder, around), await prepareControlSocket(link, around)]).toEqual([first, first]);
  });

  it.each([
    ['none', undefined],
    ['a relative one, which is to be ignored', 'run'],
    ['one that is not there', '/nonexistent/run'],
  ])('without runtime files (%s) it stands among the temporary ones', async (_name, runtimeFolder) => {
    const around = await places({ runtimeFolder });
    const path = await prepareControlSocket(await deepFolder(), around);
    expect(dirname(dirname(path))).toBe(around.temporaryFolder);
  });

  describe('a place that somebody else may be behind', () => {
    /** Where it would stand, found by letting it stand there once. */
    async function prepared() {
      const folder = await deepFolder();
      const around = await places({ runtimeFolder: undefined });
      const own = dirname(await prepareControlSocket(folder, around));
      await rm(own, { recursive: true });
      const again = async (): Promise<unknown> => prepareControlSocket(folder, around).catch((error: unknown) => error);
      return { own, around, again };
    }

    it('a link', async () => {
      const { own, again } = await prepared();
      const theirs = await folderNamed('theirs');
      await symlink(theirs, own);
      expect(await again()).toBeInstanceOf(StorageFault);
      expect(await readdir(theirs)).toEqual([]);
    });

    it('a folder that others can enter', async () => {
      const { own, again } = await prepared();
      await mkdir(own);
      await chmod(own, 0o711);
      expect(await again()).toBeInstanceOf(StorageFault);
    });

    it('a file', async () => {
      const { own, again } = await prepared();
      await writeFile(own, '');
      expect(await again()).toBeInstanceOf(StorageFault);
    });

    it("another user's folder", async () => {
      const { own, again } = await prepared();
      const us = process.getuid?.() ?? 0;
      const theirs = own.replace(`evertoken-${us}-`, `evertoken-${us + 1}-`);
      await mkdir(theirs, { mode: 0o700 });
      vi.spyOn(process, 'getuid').mockReturnValue(us + 1);
      expect(await again()).toBeInstanceOf(StorageFault);
      expect(await readdir(theirs)).toEqual([]);
    });

    it('a folder of all users where everybody may rename, unless it is sticky', async () => {
      const { around, again } = await prepared();
      await chmod(around.temporaryFolder, 0o777);
      expect(String(await again())).toContain('Choose a data folder with a shorter path');
      await chmod(around.temporaryFolder, 0o1777);
      expect(await again()).toContain(around.temporaryFolder);
    });
  });

  it('something else of that name is never deleted with what is in it', async () => {
    const folder = await folderNamed('data');
    await folderNamed('data/control.sock/inside');
    const around = await places();
    expect(dirname(dirname(await prepareControlSocket(folder, around)))).toBe(around.runtimeFolder);
    expect(await readdir(join(folder, 'control.sock'))).toEqual(['inside']);
  });

  it('on Windows is a pipe that nobody can take beforehand', async () => {
    const folder = await folderNamed('data');
    const around = await places({ platform: 'win32' });
    const [first, second] = [await prepareControlSocket(folder, around), await prepareControlSocket(folder, around)];
    for (const path of [first, second]) expect(path).toMatch(/^\\\\\.\\pipe\\evertoken-[0-9a-f]{16}-[0-9a-f]{24}$/);
    expect(first).not.toBe(second);
    await protectControlSocket(first);
    await closedControlSocket(first);
    expect(await readdir(folder)).toEqual([]);
  });
});
