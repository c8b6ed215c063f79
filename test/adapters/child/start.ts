import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** The entry in plain JavaScript, since Node 20 runs no TypeScript; everything is bundled, as in the product. */
export interface ChildProgram {
  readonly file: string;
  remove(): void;
}

export async function bundleChild(): Promise<ChildProgram> {
  const outDir = mkdtempSync(join(tmpdir(), 'evertoken-child-'));
  await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { alias: { electron: fileURLToPath(new URL('../../../src-main/adapters/no-electron.ts', import.meta.url)) } },
    ssr: { noExternal: true },
    build: {
      ssr: fileURLToPath(new URL('entry.ts', import.meta.url)),
      target: 'node20',
      outDir,
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames: 'entry.mjs' } },
    },
  });
  return { file: join(outDir, 'entry.mjs'), remove: () => rmSync(outDir, { recursive: true, force: true }) };
}

/** A started child: the lines it has printed so far, and its end. */
export interface StartedChild {
  readonly process: ChildProcess;
  readonly lines: string[];
  /** Resolves with the next line that it prints. */
  nextLine(): Promise<string>;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** Resolves with the exit code, or with the signal that ended it. */
  ended(): Promise<number | NodeJS.Signals | null>;
}

export function startChild(program: ChildProgram, what: string, folder: string, waitMs = 1_000): StartedChild {
  const child = spawn(process.execPath, [program.file, what, folder, String(waitMs)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => lines.push(line));
  const end = new Promise<number | NodeJS.Signals | null>((resolve) => child.once('close', (code, signal) => resolve(code ?? signal)));
  return {
    process: child,
    lines,
    nextLine: async () => String((await once(reader, 'line'))[0]),
    kill: async () => {
      child.kill('SIGKILL');
      await end;
    },
    ended: () => end,
  };
}
