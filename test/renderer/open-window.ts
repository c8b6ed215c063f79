import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { CONTENT_SECURITY_POLICY } from '../../src-main/contract/content-security-policy.ts';
import type { WindowView } from '../../src-main/contract/window-view.ts';
import { buildWindow, type WindowFile } from './built-window.ts';
import { createFakeBridge, type FakeBridge } from './fake-bridge.ts';

const HOME = 'https://window.evertoken.test/';
const ARGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** A window in a real browser, with the fake that feeds it. */
export interface OpenWindow {
  readonly page: Page;
  readonly bridge: FakeBridge;
  /** Violations of the policy, errors in the page, files that were not there, addresses that were reached for. */
  readonly complaints: readonly string[];
  /** The files that the page asked for so far. */
  readonly fetched: readonly string[];
  /** Takes the window down. */
  close(): Promise<void>;
}

/** How a window is opened. */
export interface OpenOptions {
  readonly view: WindowView;
  readonly look?: BrowserContextOptions;
  /** Changes the answers before the page asks for the first. */
  readonly prepare?: (bridge: FakeBridge) => void;
  readonly withBridge?: boolean;
}

/** A browser and the built window; one for all tests of a file. */
export interface House {
  readonly files: ReadonlyMap<string, WindowFile>;
  open(options: OpenOptions): Promise<OpenWindow>;
  close(): Promise<void>;
}

/** Builds the window and starts the browser. */
export async function openHouse(): Promise<House> {
  const [files, browser] = await Promise.all([buildWindow(), chromium.launch({ executablePath: '/usr/bin/chromium', args: ARGS })]);
  return { files, open: (options) => openWindow(browser, files, options), close: () => browser.close() };
}

async function openWindow(browser: Browser, files: ReadonlyMap<string, WindowFile>, options: OpenOptions): Promise<OpenWindow> {
  const context = await browser.newContext({ viewport: { width: 880, height: 680 }, locale: 'en-GB', timezoneId: 'Europe/Berlin', ...options.look });
  const page = await context.newPage();
  const complaints: string[] = [];
  const fetched: string[] = [];
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(`console: ${message.text()}`);
  });
  await page.exposeFunction('policyViolated', (what: string) => complaints.push(`policy: ${what}`));
  await page.addInitScript({ content: "addEventListener('securitypolicyviolation', (event) => policyViolated(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample));" });
  const bridge = createFakeBridge(options.view);
  options.prepare?.(bridge);
  if (options.withBridge !== false) await bridge.install(page);
  await page.route('**/*', async (route) => {
    const url = route.request().url();
    const name = url === HOME ? 'index.html' : url.replace(HOME, '');
    const file = files.get(name);
    fetched.push(name);
    if (file === undefined) complaints.push(`asked for ${url}`);
    await (file === undefined ? route.fulfill({ status: 404 }) : route.fulfill({ body: file.body, headers: { 'content-type': file.type, 'content-security-policy': CONTENT_SECURITY_POLICY } }));
  });
  await page.goto(HOME);
  return { page, bridge, complaints, fetched, close: () => context.close() };
}
