import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { digestOf, filesUnder, readStamp } from '../../scripts/setup/digest.js';
import { withLock } from '../../scripts/setup/lock.js';
import { run } from '../../scripts/setup/run.js';
import { writeStubElectron } from './stub-electron.ts';

const ROOT = resolve('.');

/** All that decides what comes out of packing; while it is the same, what was packed last is taken. */
const INPUTS = ['dist', 'electron-builder.yml', 'package.json', 'package-lock.json', 'test/packaging/pack.ts', 'test/packaging/stub-electron.ts'];

/** An app that was packed: its folder, and in it the one that Electron calls its resources. */
export interface Packed {
  readonly app: string;
  readonly resources: string;
}

/**
 * Packs what is built as the installed Linux app has it, around a stand-in for Electron, without the network. The result
 * is shared by all tests and only to be read. Takes about two seconds, and none where nothing has changed since.
 */
export async function packLinuxDir(): Promise<Packed> {
  await must('scripts/build.js');
  const folder = join(ROOT, 'release', 'test');
  const stamp = join(folder, '.packed');
  mkdirSync(join(ROOT, 'release'), { recursive: true });
  const waiting = (): void => undefined;
  await withLock(join(ROOT, 'release', '.test-lock'), waiting, async () => {
    const wanted = digestOf(ROOT, INPUTS.flatMap((path) => filesUnder(ROOT, path)));
    if (readStamp(stamp) === wanted) return;
    rmSync(folder, { recursive: true, force: true });
    await pack(folder, ['--linux', 'dir', `--${process.arch}`]);
    writeFileSync(stamp, wanted);
  });
  const app = join(folder, process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`);
  return { app, resources: join(app, 'resources') };
}

/** Runs electron-builder on this project, with its configuration, around a stand-in for Electron. */
export async function pack(output: string, args: readonly string[]): Promise<void> {
  const electron = mkdtempSync(join(tmpdir(), 'evertoken-electron-'));
  try {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'node_modules/electron/package.json'), 'utf8')) as { readonly version: string };
    writeStubElectron(electron, version);
    await must('node_modules/electron-builder/cli.js', ...args, `-c.electronDist=${electron}`, `-c.electronVersion=${version}`, `-c.directories.output=${output}`);
  } finally {
    rmSync(electron, { recursive: true, force: true });
  }
}

async function must(script: string, ...args: readonly string[]): Promise<void> {
  const { code, output } = await run(process.execPath, [script, ...args], { cwd: ROOT, quiet: true });
  if (code !== 0) throw new Error(`${script} ${args.join(' ')} ended with ${code}:\n${output}`);
}
