import { createHash, randomBytes } from 'node:crypto';
import { chmod, lstat, mkdir, realpath, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { ensurePrivateFolder } from './private-folder.ts';
import { StorageFault } from './storage-fault.ts';

const SOCKET = 'control.sock';

/**
 * Longest path (bytes) of a socket: `sun_path` has 104 on macOS and the BSDs, 108 on Linux, with a NUL at its end. Checked
 * here, because Node cuts a longer one off in silence.
 */
const LONGEST = 103;

const OTHERS = 0o077;
const OTHERS_WRITE = 0o022;
const STICKY = 0o1000;

/** What the system offers beside the data folder. */
export interface SocketPlaces {
  readonly platform: NodeJS.Platform;
  /** `XDG_RUNTIME_DIR`: the user's own, gone when they log out. A relative value is to be ignored, says the specification. */
  readonly runtimeFolder: string | undefined;
  readonly temporaryFolder: string;
}

/**
 * Finds the path of the socket on which an Evertoken answers the command line, ready to listen on: what a killed process
 * left there is cleared away. Call it only while the lock of the data folder is held, since that shows that nobody listens
 * there any more. The socket stands in a folder that no other user can enter: the data folder, or where its path is too
 * long or its file system has no sockets, one of our own beside the runtime or temporary files. On Windows it is the name
 * of a pipe, with a part that nobody can guess and so take beforehand. Rejects with `StorageFault` where no place serves.
 */
export async function prepareControlSocket(folder: string, places: SocketPlaces = systemPlaces()): Promise<string> {
  const { platform, runtimeFolder, temporaryFolder } = places;
  const name = createHash('sha256').update(await realpath(folder)).digest('hex').slice(0, 16);
  if (platform === 'win32') return `\\\\.\\pipe\\evertoken-${name}-${randomBytes(12).toString('hex')}`;
  await ensurePrivateFolder(folder);
  if (await canListen(join(folder, SOCKET))) return join(folder, SOCKET);
  for (const base of [runtimeFolder, temporaryFolder]) {
    if (base === undefined || !isAbsolute(base)) continue;
    const own = join(base, `evertoken-${process.getuid?.() ?? 0}-${name}`);
    if ((await makeOwn(base, own)) && (await canListen(join(own, SOCKET)))) return join(own, SOCKET);
  }
  throw new StorageFault('failed', `There is no place for the socket ${SOCKET}, through which the command line reaches Evertoken. Choose a data folder with a shorter path, on a disk of this computer.`);
}

/**
 * Closes the socket itself to other users (0600), once it is listened on. Nobody could come in between: its folder was
 * closed before. On Windows a pipe of Node's can be written to by its own user and administrators only. Rejects with Node's own error.
 */
export async function protectControlSocket(path: string): Promise<void> {
  if (!isPipe(path)) await chmod(path, 0o600);
}

/** Clears away what may be left of a socket that is no longer listened on. Call it while the lock is still held. */
export async function closedControlSocket(path: string): Promise<void> {
  if (!isPipe(path)) await rm(path, { force: true });
}

function systemPlaces(): SocketPlaces {
  return { platform: process.platform, runtimeFolder: process.env['XDG_RUNTIME_DIR'], temporaryFolder: tmpdir() };
}

function isPipe(path: string): boolean {
  return path.startsWith('\\\\.\\pipe\\');
}

/** Clears the path and tries it out: some file systems (of containers, network drives) have no sockets. */
async function canListen(path: string): Promise<boolean> {
  if (Buffer.byteLength(path) > LONGEST) return false;
  try {
    await rm(path, { force: true });
  } catch {
    return false;
  }
  return new Promise((resolve) => {
    const trial = createServer();
    trial.once('error', () => resolve(false));
    trial.listen({ path }, () => trial.close(() => resolve(true)));
  });
}

/** Makes a folder of ours in `base`, or finds the one of an earlier run; false where somebody else could be behind it. */
async function makeOwn(base: string, own: string): Promise<boolean> {
  const us = process.getuid?.() ?? 0;
  try {
    const around = await stat(base);
    // Whoever may rename things there could put a folder of theirs in the place of ours; root may do so anywhere.
    if (around.uid !== us && around.uid !== 0) return false;
    if ((around.mode & OTHERS_WRITE) !== 0 && (around.mode & STICKY) === 0) return false;
    await mkdir(own, { mode: 0o700 }).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    });
    // Not `stat`: a link that waits there leads to where its maker wants.
    const facts = await lstat(own);
    return facts.isDirectory() && facts.uid === us && (facts.mode & OTHERS) === 0;
  } catch {
    return false;
  }
}
