import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { beforeExit } from '../ending.ts';

const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--remote-debugging-port=0', '--host-resolver-rules=MAP * ~NOTFOUND'];

/** The browser behind all windows of a process. */
export interface Chromium {
  readonly context: BrowserContext;
  /** A page that no other window has. */
  newPage(): Promise<Page>;
}

let running: Promise<Chromium> | null = null;
let profile = '';

/**
 * Starts Chromium at the first call. It is joined to this process by a pipe and ends with it, however that ends. Nothing of an earlier
 * run is kept: the profile is only there because Chromium wants one. `route` is in force before the first page is handed out, and pages
 * that Chromium opens by itself are closed.
 */
export function startChromium(profileFolder: string, route: (context: BrowserContext) => Promise<void>): Promise<Chromium> {
  profile = profileFolder;
  running ??= launch(profileFolder, route);
  return running;
}

/** Where a second process can join in, or null before the first window. */
export async function debuggerAddress(): Promise<string | null> {
  if (running === null) return null;
  await running;
  const file = join(profile, 'DevToolsActivePort');
  if (!existsSync(file)) return null;
  const [port, path] = readFileSync(file, 'utf8').split('\n');
  return `ws://127.0.0.1:${port ?? ''}${path ?? ''}`;
}

async function launch(profileFolder: string, route: (context: BrowserContext) => Promise<void>): Promise<Chromium> {
  rmSync(profileFolder, { recursive: true, force: true });
  const { chromium } = await import('playwright-core');
  const context = await chromium.launchPersistentContext(profileFolder, {
    executablePath: process.env['EVERTOKEN_CHROMIUM'] ?? '/usr/bin/chromium',
    headless: true,
    viewport: null,
    serviceWorkers: 'block',
    acceptDownloads: false,
    // A signal to this process is for the app: it must not lose its browser before it has answered.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: ARGS,
  });
  beforeExit(() => context.close());
  await route(context);
  let spare = context.pages()[0] ?? null;
  let expected = 0;
  context.on('page', (page) => {
    if (expected > 0) expected -= 1;
    else page.close().catch(() => undefined);
  });
  return {
    context,
    newPage: async () => {
      const page = spare;
      spare = null;
      if (page !== null) return page;
      expected += 1;
      return context.newPage();
    },
  };
}
