import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { HOST_FOLDER } from '../build-host.ts';
import type { ControlAnswer } from '../control.ts';
import type { WindowView } from '../recorder/window-record.ts';
import type { RunningApp, StartOptions } from './running-app.ts';
import { until } from './until.ts';

/** Starts an app on the stand-in. */
export function startOnHost({ mainFile, args, env, cwd }: StartOptions): RunningApp {
  const child = spawn(process.execPath, ['--import', join(HOST_FOLDER, 'register.js'), mainFile, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const exited = new Promise<number | null>((resolve) => {
    child.once('close', (code) => resolve(code));
  });
  const call = callerOf(child, () => stderr);
  let browser: Promise<Browser> | null = null;
  void exited.then(async () => {
    await (await browser)?.close();
  });

  return {
    runtime: 'host',
    pid: child.pid ?? -1,
    exited,
    stdout: () => stdout,
    stderr: () => stderr,
    call,
    page: async () => {
      await until('a window that shows something', async () => ((await call('windows', [])) as readonly WindowView[]).some(({ destroyed, url }) => !destroyed && url !== '' && url !== 'about:blank'));
      browser ??= connect((await call('debuggerAddress', [])) as string);
      const open = await browser;
      const page = await until('the page of the window', async () => pageOf(open, ((await call('targetIds', [])) as readonly string[]).at(-1)));
      await page.waitForLoadState();
      return page;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** Joins in without settings of its own: the host has already chosen colours and sizes. */
async function connect(address: string): Promise<Browser> {
  const { chromium } = await import('playwright-core');
  return chromium.connectOverCDP(address, { noDefaults: true });
}

async function pageOf(browser: Browser, targetId: string | undefined): Promise<Page | null> {
  for (const context of browser.contexts()) {
    for (const page of context.pages()) {
      const cdp = await context.newCDPSession(page);
      const { targetInfo } = await cdp.send('Target.getTargetInfo');
      await cdp.detach();
      if (targetInfo.targetId === targetId) return page;
    }
  }
  return null;
}

function callerOf(child: ChildProcess, stderr: () => string): RunningApp['call'] {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let last = 0;
  let gone = false;
  child.on('message', (message) => {
    const answer = message as ControlAnswer;
    const asked = waiting.get(answer.call);
    waiting.delete(answer.call);
    if ('error' in answer) asked?.reject(new Error(answer.error));
    else asked?.resolve(answer.value);
  });
  child.once('close', () => {
    gone = true;
    for (const asked of waiting.values()) asked.reject(new Error(`The app ended before it answered.\n${stderr()}`));
    waiting.clear();
  });
  return (method, args) =>
    new Promise((resolve, reject) => {
      if (gone) {
        reject(new Error(`The app has ended: '${method}' cannot be asked.\n${stderr()}`));
        return;
      }
      last += 1;
      waiting.set(last, { resolve, reject });
      child.send({ call: last, method, args }, (error) => {
        if (error !== null) reject(error);
      });
    });
}
