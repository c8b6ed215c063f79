import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DAY } from '../../src-main/core/time.ts';
import { type PracticeMeta, startPracticeMeta } from '../../src-main/practice/meta.ts';
import { openShop, SHOP } from '../../src-main/practice/shop.ts';
import { until } from '../host/desktop.ts';
import { envWithoutBus } from '../keychain/session.ts';
import { axeFaults, openProfile, openTab, startChromium, type Tab } from '../renderer/bridge/page-server.ts';
import { chromiumHere } from '../requirements.ts';
import { card, connectInWindow } from './desktop-house.ts';
import { buildHouse, freePort, type RunningServer, type TrialHouse } from './running-server.ts';
import { filesBelow, foundIn } from './secret-hunt.ts';

const dist = (name: string): string => fileURLToPath(new URL(`../../dist/${name}`, import.meta.url));

describe.runIf(chromiumHere())('the admin page of server mode, without any keychain', () => {
  let browser: Browser;
  let meta: PracticeMeta;
  let folder: string;
  let house: TrialHouse;
  let server: RunningServer;
  let owner: BrowserContext;
  const tabs: Tab[] = [];

  beforeAll(async () => {
    // One name is that of a stranger, the other one was rebound to this computer.
    browser = await startChromium(['--host-resolver-rules=MAP evil.example 127.0.0.1, MAP rebound.example 127.0.0.1']);
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    meta = await startPracticeMeta({ seed: 61 });
    openShop(meta.world);
    folder = mkdtempSync(join(tmpdir(), 'evertoken-page-'));
    house = await buildHouse(meta, envWithoutBus(folder));
    server = await house.start();
    await until('the link is printed', () => links().length > 0);
    owner = await openProfile(browser);
  });
  afterEach(async () => {
    await owner.close();
    await meta.stop();
    house.cleanUp();
    rmSync(folder, { recursive: true, force: true });
    expect(tabs.splice(0).flatMap(({ complaints }) => complaints)).toEqual([]);
  });

  const origin = (): string => `http://127.0.0.1:${house.env['EVERTOKEN_PORT'] ?? ''}`;
  const links = (): readonly string[] => house.printed().match(/http:\/\/\S+#open=[\w-]+/g) ?? [];
  const token = (): string => meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.robotId, expiresInMs: 60 * DAY });
  const openAt = async (address: string): Promise<Tab> => {
    const tab = await openTab(owner);
    tabs.push(tab);
    await tab.page.goto(address);
    return tab;
  };
  const ownerKey = (): string => readFileSync(join(house.dataFolder, 'api-key'), 'utf8').trim();
  const call = (path: string, key: string, body?: unknown): Promise<Response> =>
    fetch(`${origin()}${path}`, { headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }) });
  const setUp = async (page: Page): Promise<string> => {
    const pasted = token();
    await connectInWindow(page, { token: pasted, appId: SHOP.appId, appSecret: SHOP.appSecret, phoneNumberId: SHOP.phoneNumberId });
    await card(page, SHOP.verifiedName).getByText('is connected.').waitFor();
    return pasted;
  };

  it('is set up by pasting, refreshes, shows what happens elsewhere, and comes back after a reload', async () => {
    expect(links()).toHaveLength(1);
    expect(house.printed()).toContain('Open this within five minutes: ');
    const tab = await openAt(links()[0] ?? '');
    const { page } = tab;
    await page.getByLabel('Paste your access token').waitFor();
    expect(page.url()).toBe(`${origin()}/`);
    expect(await page.getByText('kept in memory only').count()).toBeGreaterThan(0);
    expect(await axeFaults(tab)).toEqual([]);

    const pasted = await setUp(page);
    expect(await axeFaults(tab)).toEqual([]);
    // So that a new token has a longer life than this one; a page that is open outlives it.
    house.advance(10 * DAY);
    const before = (await server.only()).fingerprint;
    await card(page, SHOP.verifiedName).getByRole('button', { name: /refresh/i }).first().click();
    await server.until('renewed', ({ fingerprint }) => fingerprint !== before);
    expect(meta.journal.count({ endpoint: 'exchange' })).toBe(1);
    await card(page, SHOP.verifiedName).getByText(/token was renewed|new token/i).first().waitFor();

    await page.reload();
    await card(page, SHOP.verifiedName).waitFor();

    // From another program.
    const removed = await house.cli(['remove', '--yes']);
    expect(removed, removed.stderr).toMatchObject({ code: 0 });
    await card(page, SHOP.verifiedName).waitFor({ state: 'detached' });
    await page.getByLabel('Paste your access token').waitFor();
    expect(foundIn(filesBelow(house.dataFolder), [pasted, (links()[0] ?? '').split('=')[1] ?? '', String(await page.evaluate("sessionStorage.getItem('evertoken-session')"))])).toEqual([]);
    expect(foundIn([{ path: 'what was printed', text: house.printed() }], [pasted])).toEqual([]);
  });

  it('opens once by a link, must be opened anew after a restart, and goes on with the link of "evertoken open"', async () => {
    const [link = ''] = links();
    const first = await openAt(link);
    await first.page.getByLabel('Paste your access token').waitFor();
    const second = await openAt(link);
    await second.page.getByText('This link does not work any more').waitFor();
    expect(await axeFaults(second)).toEqual([]);

    await server.stop();
    await first.page.getByText('Evertoken cannot be reached.').waitFor();
    server = await house.start();
    await first.page.getByText('This page has to be opened anew').waitFor();
    expect(await axeFaults(first)).toEqual([]);
    const ran = await house.cli(['open']);
    expect(ran, ran.stderr).toMatchObject({ code: 0 });
    await first.page.goto(/http:\/\/\S+#open=[\w-]+/.exec(ran.stdout)?.[0] ?? '');
    await first.page.getByLabel('Paste your access token').waitFor();
  });

  it('has keys of its own: none of the others opens it, and its own opens nothing else', async () => {
    const { page } = await openAt(links()[0] ?? '');
    await page.getByLabel('Paste your access token').waitFor();
    const session = String(await page.evaluate("sessionStorage.getItem('evertoken-session')"));
    const made = (await (await call('/admin/keys', ownerKey(), { name: 'bot', rights: ['status', 'refresh', 'token', 'graph'], connections: null })).json()) as { key: string };
    expect((await call('/admin/token-status', made.key)).status).toBe(200);
    for (const key of [ownerKey(), made.key]) {
      expect((await call('/window/view', key, {})).status).toBe(401);
      expect((await call('/window/events', key)).status).toBe(401);
    }
    expect((await call('/window/view', session, {})).status).toBe(200);
    // What stands on the command line cannot be changed from the page.
    expect(await (await call('/window/setGateway', session, { enabled: false, port: 1 })).json()).toMatchObject({ ok: false, code: 'set-at-start' });
    for (const path of ['/admin/token-status', '/v1/connections/x/token', '/graph/x/v26.0/me']) expect((await call(path, session)).status, path).toBe(401);
    for (const key of [session, made.key, 'x']) expect((await call('/admin/links', key, {})).status).toBeGreaterThanOrEqual(401);
    expect((await call('/admin/links', ownerKey(), {})).status).toBe(200);
  });

  it('ends in order while pages are open', async () => {
    const { page } = await openAt(links()[0] ?? '');
    await page.getByLabel('Paste your access token').waitFor();
    const begun = performance.now();
    server.signal('SIGTERM');
    expect(await server.exited).toBe(0);
    // Less than what cutting connections by force would wait for.
    expect(performance.now() - begun).toBeLessThan(4_500);
    expect(house.printed()).not.toMatch(/error|exception/i);
  });

  it('says at the start and on the page that others can reach it, where the owner demanded that', async () => {
    await server.stop();
    server = await house.start(['--listen', '0.0.0.0', '--allow-host', 'rebound.example']);
    const printed = house.printed();
    for (const what of ['Other computers can reach Evertoken at 0.0.0.0', 'Evertoken answers to the name rebound.example too']) expect(printed.split(`Warning: ${what}`), what).toHaveLength(2);
    expect(printed).not.toContain('Please note: Other computers');
    const tab = await openAt(links().at(-1) ?? '');
    await tab.page.getByText('Other computers can reach Evertoken at 0.0.0.0').waitFor();
    expect(await axeFaults(tab)).toEqual([]);
  });

  /** Starts a server outside of the house, waits until it says `wanted`, and looks at it. */
  const startBare = async (program: string, args: readonly string[], env: Readonly<Record<string, string>>, wanted: string, look: (printed: string) => Promise<void>): Promise<void> => {
    const child = spawn(process.execPath, [program, ...args], { env: { ...house.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let printed = '';
    for (const output of [child.stdout, child.stderr]) output.on('data', (chunk: Buffer) => (printed += chunk.toString('utf8')));
    try {
      await until(wanted, () => printed.includes(wanted));
      await look(printed);
    } finally {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
    }
  };

  it('is missed with a sentence where its files are missing, and the keeper runs all the same', async () => {
    const program = join(folder, 'program', 'server.js');
    cpSync(dist('server.js'), program);
    const port = await freePort();
    await startBare(program, ['--data-dir', join(folder, 'bare-data'), '--port', String(port)], {}, 'There is no admin page: its files are missing from', async (printed) => {
      expect(printed).not.toContain('#open=');
      expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
    });
  });

  it('is there where no socket for the command line can be, which then uses the port', async () => {
    const dataFolder = join(folder, 'x'.repeat(110));
    const port = await freePort();
    await startBare(dist('server.js'), ['--data-dir', dataFolder, '--port', String(port)], { TMPDIR: join(folder, 'nowhere'), XDG_RUNTIME_DIR: '' }, '#open=', async () => {
      const written = await until('it is written down', () => existsSync(join(dataFolder, 'running.json')) && readFileSync(join(dataFolder, 'running.json'), 'utf8'));
      expect(JSON.parse(written)).toMatchObject({ port, socket: null });
      const ran = await house.cli(['--data-dir', dataFolder, '--port', String(port), 'open']);
      expect(ran, ran.stderr).toMatchObject({ code: 0 });
      expect(ran.stdout).toContain(`http://127.0.0.1:${port}/#open=`);
    });
  });

  describe('and other pages', () => {
    let evil: Server;
    let evilPort: number;
    beforeEach(async () => {
      evil = createServer((_request, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>evil</title><body>'));
      evilPort = await freePort();
      await new Promise<void>((resolve) => evil.listen(evilPort, '127.0.0.1', resolve));
    });
    afterEach(async () => {
      await new Promise((resolve) => {
        evil.close(resolve);
        evil.closeAllConnections();
      });
    });

    /** What a page tries, as script that says "refused" where nothing came of it. */
    const attacks = (home: string, script: string, connection: string): Readonly<Record<string, string>> => {
      const quoted = JSON.stringify(home);
      const body = JSON.stringify(JSON.stringify({ connection }));
      const failing = (request: string): string => `${request}.then(async (answer) => answer.type + ' ' + (await answer.text()), () => 'refused')`;
      const element = (markup: string): string => `new Promise((resolve) => { const one = ${markup}; one.onerror = () => resolve('refused'); one.onload = () => resolve('loaded'); document.body.append(one); })`;
      return {
        'read the page': failing(`fetch(${quoted} + '/')`),
        'read a file': failing(`fetch(${quoted} + ${JSON.stringify(script)})`),
        'read whether it is there': failing(`fetch(${quoted} + '/healthz')`),
        'ask with JSON': failing(`fetch(${quoted} + '/window/refresh', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: ${body} })`),
        'ask with a key': failing(`fetch(${quoted} + '/window/view', { method: 'POST', headers: { 'Content-Type': 'application/json', Authorization: 'Bearer x' }, body: '{}' })`),
        'read the news': failing(`fetch(${quoted} + '/window/events', { headers: { Authorization: 'Bearer x' } })`),
        'post without asking first': `fetch(${quoted} + '/window/refresh', { method: 'POST', mode: 'no-cors', credentials: 'include', body: ${body} }).then(async (answer) => answer.type === 'opaque' && (await answer.text()) === '' ? 'refused' : 'read', () => 'refused')`,
        'try links without asking first': `fetch(${quoted} + '/session', { method: 'POST', mode: 'no-cors', body: '{"secret":"x"}' }).then((answer) => answer.type === 'opaque' ? 'refused' : 'read', () => 'refused')`,
        'hear events': `new Promise((resolve) => { const source = new EventSource(${quoted} + '/window/events'); source.onmessage = () => resolve('heard'); source.onerror = () => resolve('refused'); })`,
        'open a socket': `new Promise((resolve) => { const socket = new WebSocket(${quoted}.replace('http', 'ws') + '/window/events'); socket.onopen = () => resolve('open'); socket.onerror = () => resolve('refused'); })`,
        'take a script in': element(`Object.assign(document.createElement('script'), { src: ${quoted} + ${JSON.stringify(script)} })`),
        'take a module in': element(`Object.assign(document.createElement('script'), { type: 'module', src: ${quoted} + ${JSON.stringify(script)} })`),
        'take a picture in': element(`Object.assign(document.createElement('img'), { src: ${quoted} + '/' })`),
        'frame it': `new Promise((resolve) => { const frame = Object.assign(document.createElement('iframe'), { src: ${quoted} + '/#open=x' }); frame.onload = () => { try { resolve(frame.contentDocument === null ? 'refused' : frame.contentDocument.title) } catch { resolve('refused') } }; document.body.append(frame); })`,
      };
    };

    /** The same at the doors for bots, with a key that would open them, or without. */
    const attacksOnBots = (home: string, connection: string, key: string | null): Readonly<Record<string, string>> => {
      const at = (path: string): string => JSON.stringify(`${home}${path}`);
      const withKey = (path: string): string => at(key === null ? path : `${path}?access_token=${key}`);
      const headers = JSON.stringify(key === null ? {} : { Authorization: `Bearer ${key}` });
      const message = JSON.stringify(new URLSearchParams({ ...(key === null ? {} : { access_token: key }), messaging_product: 'whatsapp', to: '15550000001', type: 'text', text: '{"body":"evil"}' }).toString());
      const call = `/graph/${connection}/v26.0/${SHOP.phoneNumberId}`;
      const token = `/v1/connections/${connection}/token`;
      const failing = (request: string): string => `${request}.then(async (answer) => answer.type + ' ' + (await answer.text()), () => 'refused')`;
      const opaque = (request: string): string => `${request}.then(async (answer) => answer.type === 'opaque' && (await answer.text()) === '' ? 'refused' : 'read', () => 'refused')`;
      return {
        'take the token': failing(`fetch(${at(token)}, { headers: ${headers} })`),
        'take the token without asking first': opaque(`fetch(${at(token)}, { mode: 'no-cors', credentials: 'include', headers: ${headers} })`),
        'renew': failing(`fetch(${at('/admin/refresh-token')}, { method: 'POST', headers: ${headers} })`),
        'renew without asking first': opaque(`fetch(${at('/admin/refresh-token')}, { method: 'POST', mode: 'no-cors', credentials: 'include', headers: ${headers} })`),
        'call Meta': failing(`fetch(${at(call)}, { headers: ${headers} })`),
        'call Meta with the key in the address': failing(`fetch(${withKey(call)})`),
        'send a message': failing(`fetch(${withKey(`${call}/messages`)}, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' })`),
        'send a message without asking first': opaque(`fetch(${at(`${call}/messages`)}, { method: 'POST', mode: 'no-cors', body: new URLSearchParams(${message}) })`),
        'take in what Meta says': `new Promise((resolve) => { const one = Object.assign(document.createElement('script'), { src: ${withKey(call)} }); one.onerror = () => resolve('refused'); one.onload = () => resolve('loaded'); document.body.append(one); })`,
      };
    };

    it.each(['evil.example', '127.0.0.1', 'localhost'])('from %s on another port can neither read nor do anything', async (host) => {
      const { page } = await openAt(links()[0] ?? '');
      await page.getByLabel('Paste your access token').waitFor();
      await setUp(page);
      const script = String(await page.evaluate("new URL(document.querySelector('script').src).pathname"));
      const [{ id } = { id: '' }] = (await server.status()).connections;
      const { key } = (await (await call('/admin/keys', ownerKey(), { name: 'bot', rights: ['status', 'refresh', 'token', 'graph'], connections: null })).json()) as { key: string };
      const before = { calls: meta.journal.count(), view: (await server.only()).fingerprint };

      // In the browser that has the page open: what it would send along by itself, it sends along here.
      const tab = await owner.newPage();
      const answers: string[] = [];
      const watch = (one: Page): void =>
        void one.on('response', (response) => {
          if (response.url().startsWith(origin()) && response.status() < 400) answers.push(`${response.status()} ${response.url()}`);
        });
      watch(tab);
      owner.on('page', watch);
      await tab.goto(`http://${host}:${evilPort}/`);
      // A page never hears what became of its beacon, so these go first: the log says that they came and were refused.
      const logged = (): string => filesBelow(join(house.dataFolder, 'logs')).map(({ text }) => text).join('\n');
      for (const [path, reason] of [['/window/refresh', 'not-from-our-page'], ['/admin/refresh-token', 'from-a-web-page']] as const) {
        expect(logged()).not.toContain(`"reason":"${reason}"`);
        expect(await tab.evaluate(`navigator.sendBeacon(${JSON.stringify(`${origin()}${path}`)}, new Blob([${JSON.stringify(JSON.stringify({ connection: id }))}], { type: 'text/plain' }))`)).toBe(true);
        await until(`the beacon to ${path} is refused`, () => logged().includes(`"reason":"${reason}"`));
      }
      for (const [what, attack] of Object.entries(attacks(origin(), script, id))) expect(await tab.evaluate(attack), what).toBe('refused');
      for (const shown of [null, key]) for (const [what, attack] of Object.entries(attacksOnBots(origin(), id, shown))) expect(await tab.evaluate(attack), `${what}, ${shown === null ? 'without' : 'with'} a key`).toBe('refused');
      const framed = await Promise.all(tab.frames().slice(1).map((frame) => frame.title().catch(() => '')));
      expect(framed).not.toContain('Evertoken');

      // A form moves the whole tab, a window opens beside it: both see only the refusal.
      for (const path of ['/window/refresh', '/session', '/', '/admin/refresh-token', `/graph/${id}/v26.0/${SHOP.phoneNumberId}/messages?access_token=${key}`]) {
        await tab.goto(`http://${host}:${evilPort}/`);
        await Promise.all([
          tab.waitForURL(({ href }) => href === `${origin()}${path}`),
          tab.evaluate(`{ const form = Object.assign(document.createElement('form'), { method: 'post', enctype: 'text/plain', action: ${JSON.stringify(`${origin()}${path}`)} }); form.append(Object.assign(document.createElement('input'), { name: '{"connection":"${id}","x":"', value: '"}' })); document.body.append(form); form.submit(); }`),
        ]);
        expect(await tab.locator('body').innerText()).toContain('"type":"EvertokenError"');
      }
      await tab.goto(`http://${host}:${evilPort}/`);
      const opening = owner.waitForEvent('page');
      await tab.evaluate(`{ window.opened = window.open(${JSON.stringify(`${origin()}/`)}); }`);
      const opened = await opening;
      await opened.waitForLoadState();
      await tab.evaluate("window.opened.postMessage({ event: 'viewChanged' }, '*')");
      expect(await opened.locator('body').innerText()).toContain('from-another-page');
      expect(await tab.evaluate("(() => { try { return String(window.opened.document.title); } catch { return 'refused'; } })()")).toBe('refused');

      expect(answers).toEqual([]);
      expect(await (await call('/admin/keys', ownerKey())).json()).toMatchObject({ keys: [{ name: 'bot', calls: 0, errors: 0, lastUsedAt: null }] });
      expect({ calls: meta.journal.count(), view: (await server.only()).fingerprint }).toEqual(before);
      expect(await card(page, SHOP.verifiedName).count()).toBe(1);
      expect(logged()).toContain('"reason":"from-another-page"');
    });

    it('whose name was rebound to this computer get nothing', async () => {
      const tab = await owner.newPage();
      const rebound = origin().replace('127.0.0.1', 'rebound.example');
      const statuses: number[] = [];
      tab.on('response', (response) => statuses.push(response.status()));
      await tab.goto(rebound);
      expect(await tab.locator('body').innerText()).toContain('"code":"wrong-host"');
      // From here on everything is of the same origin as far as the browser knows.
      const script = `Promise.all(['/', '/healthz', '/window/events'].map((path) => fetch(path).then(({ status }) => status)).concat(['/session', '/window/view', '/admin/links'].map((path) => fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' }).then(({ status }) => status))))`;
      expect(await tab.evaluate(script)).toEqual([421, 421, 421, 421, 421, 421]);
      expect(new Set(statuses)).toEqual(new Set([421]));
    });

    it('are told apart from the owner, whom the same requests are answered', async () => {
      const { page } = await openAt(links()[0] ?? '');
      await page.getByLabel('Paste your access token').waitFor();
      const asked = `fetch('/window/view', { method: 'POST', headers: { 'Content-Type': 'application/json', Authorization: 'Bearer ' + sessionStorage.getItem('evertoken-session') }, body: '{}' }).then(({ status }) => status)`;
      expect(await page.evaluate(asked)).toBe(200);
    });
  });
});
