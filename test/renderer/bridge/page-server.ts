import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { GatewayDesk } from '../../../src-main/contract/keys.ts';
import { createPageSection, type PageSection } from '../../../src-main/gateway/page/section.ts';
import { ServerWindows } from '../../../src-main/owner/server-window.ts';
import { createFakeKeeper, outcome } from '../../fakes/keeper.ts';
import { buildWindow } from '../built-window.ts';

const ARGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const AXE_RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** A tab, and what it complained of: violations of the policy, errors and warnings. */
export interface Tab {
  readonly page: Page;
  readonly complaints: string[];
}

/** Chromium, with tabs that note their complaints. */
export async function startChromium(args: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: '/usr/bin/chromium', args: [...ARGS, ...args] });
}

/** A tab of its own; pages of Meta are never reached. */
export async function openTab(context: BrowserContext): Promise<Tab> {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    // Chromium itself says of each answer that is no 2xx, and of each that does not come, that it failed.
    if (['error', 'warning'].includes(message.type()) && !message.text().startsWith('Failed to load resource')) complaints.push(`console: ${message.text()}`);
  });
  await page.addInitScript({ content: "addEventListener('securitypolicyviolation', (event) => console.error('policy ' + event.violatedDirective + ' ' + event.blockedURI));" });
  return { page, complaints };
}

/** A browser of an owner's own. Names that end in `.example` are tests' own. */
export async function openProfile(browser: Browser, look: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 880, height: 680 }, locale: 'en-GB', timezoneId: 'Europe/Berlin', reducedMotion: 'reduce', ...look });
  await context.route(({ hostname }) => hostname !== '127.0.0.1' && hostname !== 'localhost' && !hostname.endsWith('.example'), (route) => route.fulfill({ body: 'a page of Meta', contentType: 'text/plain' }));
  return context;
}

/** What axe finds in light and dark, as rule and element. */
export async function axeFaults({ page }: Tab): Promise<readonly string[]> {
  const found: string[] = [];
  await page.evaluate(AXE);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50)))');
    const { violations } = await page.evaluate<AxeResults>(`axe.run({ runOnly: ${JSON.stringify(AXE_RULES)} })`);
    found.push(...violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${colorScheme} ${id}: ${target.join(' ')}`)));
  }
  return found;
}

/** The page's section behind a real port, with a fake keeper; it can stop, and come back as the same or after a restart. */
export async function startPageServer() {
  const built = await buildWindow();
  const files = new Map([...built].map(([name, { type, body }]) => [name === 'index.html' ? '/' : `/${name}`, { type, body, hashed: name.startsWith('assets/') }]));
  const fake = createFakeKeeper();
  const nobody = async () => outcome({ ok: false });
  const gateway: GatewayDesk = {
    keys: { list: () => [], create: async () => ({ ...outcome(), key: null, id: null }), revoke: nobody },
    view: () => ({ enabled: true, canChange: false, port: 28_743, address: 'http://127.0.0.1:28743', trouble: null, keys: [] }),
    set: nobody,
  };
  const makeSection = (): PageSection => {
    const clock = { now: () => Date.UTC(2030, 0, 1, 12), monotonic: () => performance.now() };
    const windows: ServerWindows = new ServerWindows({ keeper: fake.keeper, desks: { gateway, deliveries: { list: () => [], addEnvFile: nobody, setCommand: nobody, remove: nobody, deliver: nobody } }, history: () => [], version: '0.1.0', clock, onChange: () => made.changed() });
    const made = createPageSection({ files, view: windows.view, openWindow: windows.open, clock });
    return made;
  };
  let section = makeSection();
  let server: Server | null = null;
  let port = 0;
  const start = async (): Promise<void> => {
    const made = createServer((request, response) => {
      const hosts = new Set([`127.0.0.1:${port}`]);
      if (section.takes(request.url ?? '')) void section.serve(request, response, { hosts, continueBody: () => undefined, refused: () => undefined });
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => made.listen(port, '127.0.0.1', resolve));
    const address = made.address();
    if (typeof address === 'object' && address !== null) ({ port } = address);
    server = made;
  };
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      if (server === null) return resolve();
      server.close(() => resolve());
      server.closeAllConnections();
      server = null;
    });
  await start();
  return {
    ...fake,
    link: () => `http://127.0.0.1:${port}/#open=${section.makeLink()}`,
    origin: () => `http://127.0.0.1:${port}`,
    start,
    stop,
    /** As after a restart: nobody is known any more. */
    forgetSessions: () => {
      section.close();
      section = makeSection();
    },
    files,
  };
}

/** A server of these tests. */
export type PageServer = Awaited<ReturnType<typeof startPageServer>>;
