import { join } from 'node:path';
import { HOST_FOLDER } from '../build-host.ts';
import type { RunningApp, StartOptions } from './running-app.ts';

type RecorderGlobal = { __desktopRecorder: Readonly<Record<string, (...args: readonly unknown[]) => unknown>> };

/** Starts an app on real Electron, through Playwright's driver, with the recorder loaded before it. Never run on a machine without the runtime. */
export async function startOnElectron({ mainFile, args, env, cwd }: StartOptions): Promise<RunningApp> {
  const { _electron } = await import('playwright-core');
  const electronApp = await _electron.launch({ args: ['-r', join(HOST_FOLDER, 'recorder-preload.cjs'), mainFile, ...args], env: { ...env }, cwd });
  const child = electronApp.process();
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code));
  });
  return {
    runtime: 'electron',
    pid: child.pid ?? -1,
    exited,
    stdout: () => stdout,
    stderr: () => stderr,
    call: (method, callArgs) => electronApp.evaluate((_module, asked) => (globalThis as unknown as RecorderGlobal).__desktopRecorder[asked.method]?.(...asked.callArgs), { method, callArgs }),
    page: async () => {
      const page = electronApp.windows().findLast((candidate) => !candidate.isClosed()) ?? (await electronApp.waitForEvent('window'));
      await page.waitForLoadState();
      return page;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
