import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHANNELS } from '../../src-main/contract/window-channels.ts';
import { type Desktop, until } from '../host/desktop.ts';
import { chromiumHere, keyringHere } from '../requirements.ts';
import { type DesktopTrial, openDesktopTrial, openWindows } from './desktop-house.ts';

/** To the letter, so that nobody loosens it in passing. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

describe.runIf(keyringHere() && chromiumHere())('the page is confined', () => {
  let trial: DesktopTrial;
  let desktop: Desktop;
  let page: Page;
  let stranger: Server;
  let address = '';
  let heard = 0;

  beforeAll(async () => {
    stranger = createServer((_request, response) => {
      heard += 1;
      response.setHeader('access-control-allow-origin', '*').end('hello');
    });
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`;
    trial = await openDesktopTrial({ seed: 61 });
    desktop = await trial.start();
    page = await desktop.page();
    await page.getByLabel('Paste your access token').waitFor();
  });
  afterAll(async () => {
    await trial.end();
    await new Promise((resolve) => stranger.close(resolve));
  });

  const expectStillThere = async (): Promise<void> => {
    await page.waitForTimeout(200);
    await page.getByLabel('Paste your access token').waitFor();
    expect(await openWindows(desktop)).toHaveLength(1);
    expect(heard).toBe(0);
  };

  it('by its policy, which comes with every file', async () => {
    const policies = await page.evaluate<readonly string[]>(`Promise.all(
      ['index.html', ...[...document.querySelectorAll('script[src], link[href]')].map((one) => one.getAttribute('src') ?? one.getAttribute('href')).filter((file) => !file.startsWith('data:'))].map(async (file) => (await fetch(file)).headers.get('content-security-policy')),
    )`);
    expect(policies.length).toBeGreaterThan(2);
    expect(new Set(policies)).toEqual(new Set([POLICY]));
    expect(await desktop.violations()).toEqual([]);
  });

  it('to its own files, by their exact names', async () => {
    const paths = ['nothing.js', '../main.js', '..%2fmain.js', 'assets/', 'assets/../../preload.cjs', '//evil.example/x', 'INDEX.HTML'];
    const statuses = await page.evaluate<readonly unknown[]>(`Promise.all(${JSON.stringify(paths)}.map(async (path) => (await fetch(path).catch(() => null))?.status ?? 'refused'))`);
    expect(statuses).toEqual([404, 404, 404, 404, 404, 'refused', 404]);
    expect(await page.evaluate(`fetch('index.html', { method: 'POST' }).then(({ status }) => status)`)).toBe(404);
  });

  it('to its place: no navigation, by script or link', async () => {
    await page.evaluate(`void (location.href = ${JSON.stringify(address)})`);
    await expectStillThere();
    await page.evaluate(`{
      const link = document.createElement('a');
      link.href = ${JSON.stringify(address)};
      document.body.append(link);
      link.click();
      link.remove();
    }`);
    await expectStillThere();
  });

  it('to its place, where it may be loaded anew', async () => {
    await page.evaluate('void (globalThis.before = true)');
    await page.evaluate('location.reload()');
    await until('the page anew', () => page.evaluate('globalThis.before === undefined'));
    await expectStillThere();
  });

  it('to no way around the policy: WebRTC learns no address and finds no proxy', async () => {
    const window = (await desktop.windows()).find(({ destroyed }) => !destroyed);
    expect(window?.webRtcPolicy).toBe('disable_non_proxied_udp');
    expect(await desktop.proxies()).toEqual(['http://127.0.0.1:1']);
  });

  it('to one window', async () => {
    expect(await page.evaluate(`window.open(${JSON.stringify(address)}) === null`)).toBe(true);
    await expectStillThere();
  });

  it('to itself: no request leaves it', async () => {
    const to = JSON.stringify(address);
    expect(await page.evaluate(`fetch(${to}).then(() => 'answered', () => 'refused')`)).toBe('refused');
    expect(
      await page.evaluate(`new Promise((resolve) => {
        const picture = new Image();
        picture.addEventListener('load', () => resolve('loaded'));
        picture.addEventListener('error', () => resolve('refused'));
        picture.src = ${to};
      })`),
    ).toBe('refused');
    await page.evaluate(`void navigator.sendBeacon(${to}, 'x')`);
    await expectStillThere();
    expect((await desktop.outgoing()).filter(({ cancelled }) => !cancelled)).toEqual([]);
    // Each was stopped by the policy before it became a request, and that is reported: the report works.
    expect((await desktop.violations()).length).toBeGreaterThanOrEqual(2);
  });

  it('to what it was given: it may copy, and no more', async () => {
    expect(await desktop.askPermission('clipboard-sanitized-write')).toEqual({ request: true, check: true, device: false });
    for (const name of ['geolocation', 'media', 'notifications', 'clipboard-read', 'midi', 'fullscreen', 'openExternal', 'hid']) {
      expect(await desktop.askPermission(name), name).toEqual({ request: false, check: false, device: false });
    }
    expect(await page.evaluate(`new Promise((resolve) => navigator.geolocation.getCurrentPosition(() => resolve('granted'), () => resolve('refused')))`)).toBe('refused');
  });

  it('to its own code: no markup and no script from text', async () => {
    // In a timer: what a debugger evaluates is spared by the policy, what it starts is not.
    const done = await page.evaluate<readonly string[]>(`new Promise((resolve) => setTimeout(() => {
      const attempts = {
        markup: () => { document.createElement('div').innerHTML = '<b>x</b>'; },
        evaluation: () => void new Function('return 1')(),
        address: () => { document.createElement('script').src = 'data:text/javascript,0'; },
      };
      resolve(Object.entries(attempts).map(([name, attempt]) => {
        try {
          attempt();
          return name + ' worked';
        } catch {
          return name + ' refused';
        }
      }));
    }))`);
    expect(done).toEqual(['markup refused', 'evaluation refused', 'address refused']);
  });

  it('to the bridge: nothing of Electron or Node is in reach', async () => {
    const reach = await page.evaluate(`{
      const node = ['require', 'process', 'module', 'Buffer', 'global', '__dirname'].filter((name) => name in globalThis);
      const bridge = Object.keys(globalThis.evertoken).toSorted().join(' ');
      // In strict code a write to it throws; what counts is that it stays.
      try { globalThis.evertoken = null; } catch {}
      ({ node, bridge, changed: globalThis.evertoken === null });
    }`);
    expect(reach).toEqual({ node: [], bridge: [...CHANNELS, 'on'].toSorted().join(' '), changed: false });
  });

  it('opens a page of Meta only outside, and no other page at all', async () => {
    const open = (url: string): Promise<unknown> => page.evaluate(`evertoken.openLink({ url: ${JSON.stringify(url)} })`);
    expect(await open('https://business.facebook.com/settings/system-users')).toMatchObject({ ok: true });
    expect(await open('https://evil.example/')).toMatchObject({ ok: false, code: 'link-refused' });
    expect(await desktop.opened()).toEqual(['https://business.facebook.com/settings/system-users']);
  });
});
