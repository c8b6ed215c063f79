import { basename } from 'node:path';
import type { Page } from 'playwright-core';
import { DAY } from '../../src-main/core/time.ts';
import { TRAY_TABLE, type TrayState } from '../../src-main/core/tray/tray.ts';
import { type PracticeMeta, startPracticeMeta } from '../../src-main/practice/meta.ts';
import { openShop, SHOP } from '../../src-main/practice/shop.ts';
import { type Desktop, startDesktop, until } from '../host/desktop.ts';
import { type KeyringOptions, type KeyringSession, startKeyring } from '../keychain/session.ts';
import { buildHouse, type TrialHouse } from './running-server.ts';

/** A trial of the desktop app: a simulated Meta with a shop, a keyring of its own, a data folder, and a clock that moves for all. */
export interface DesktopTrial {
  readonly meta: PracticeMeta;
  readonly keyring: KeyringSession;
  readonly house: TrialHouse;
  /** Starts the built app, or the one whose main file is given. */
  start(args?: readonly string[], extra?: StartExtra): Promise<Desktop>;
  end(): Promise<void>;
}

/** What a start is given besides its arguments. */
export interface StartExtra {
  readonly mainFile?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Sets up a trial. Always `end()` it. */
export async function openDesktopTrial({ seed = 7, keyring: how = {} }: { readonly seed?: number; readonly keyring?: KeyringOptions } = {}): Promise<DesktopTrial> {
  const meta = await startPracticeMeta({ seed });
  openShop(meta.world);
  const keyring = await startKeyring(how);
  const house = await buildHouse(meta, keyring.env);
  const running = new Set<Desktop>();
  return {
    meta,
    keyring,
    house,
    start: async (args = [], { mainFile, env = {} } = {}) => {
      const desktop = await startDesktop({ args, env: { ...house.env, ...env }, ...(mainFile === undefined ? {} : { mainFile }) });
      running.add(desktop);
      return desktop;
    },
    end: async () => {
      // In order, so that Chromium has stopped writing; a test that failed half-way may have broken that.
      await Promise.all([...running].map((desktop) => desktop.quit().catch(() => desktop.kill())));
      await keyring.stop();
      await meta.stop();
      await until('the folder is empty', () => {
        house.cleanUp();
        return true;
      });
    },
  };
}

/** What the tray says, in all of its four ways. */
export interface TrayWords {
  /** Name of the icon's file without its ending: `soon-2`. */
  readonly icon: string;
  readonly toolTip: string;
  readonly firstLine: string;
}

/** Reads the tray. */
export async function trayWords(desktop: Desktop): Promise<TrayWords> {
  const { image, toolTip, menu } = await desktop.tray();
  return { icon: basename(image ?? '').replace(/\.\w+$/, ''), toolTip, firstLine: menu[0]?.label ?? '' };
}

/** What the table says for a state, with the ring in eighths where it has one. */
export function wordsFor(state: TrayState, eighths: number | null = null): TrayWords {
  const { tooltip, menuLine } = TRAY_TABLE[state];
  return { icon: eighths === null ? state : `${state}-${eighths}`, toolTip: tooltip, firstLine: menuLine };
}

/** Waits until the tray says this; fails with what it says instead. */
export async function trayBecomes(desktop: Desktop, wanted: TrayWords, withinMs = 20_000): Promise<void> {
  const giveUpAt = performance.now() + withinMs;
  let last = await trayWords(desktop);
  while (JSON.stringify(last) !== JSON.stringify(wanted)) {
    if (performance.now() > giveUpAt) throw new Error(`The tray did not become ${JSON.stringify(wanted)}. It is ${JSON.stringify(last)}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    last = await trayWords(desktop);
  }
}

/** What an owner gives to connect. */
export interface SetUp {
  readonly token: string;
  readonly appId?: string;
  readonly appSecret?: string;
  readonly label?: string;
  readonly phoneNumberId?: string;
}

/** Fills the set-up form as an owner does, and sends it. */
export async function connectInWindow(page: Page, { token, ...more }: SetUp): Promise<void> {
  await page.getByLabel('Paste your access token').fill(token);
  const fields = { appId: 'App id', appSecret: 'App secret', label: 'Name for this connection', phoneNumberId: 'Phone number id' } as const;
  if (Object.keys(more).length > 0) await page.getByText('More: app id and secret').click();
  for (const [name, text] of Object.entries(more)) await page.getByLabel(fields[name as keyof typeof fields], { exact: true }).fill(text);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
}

/** Connects the shop's System User token, which lives 60 days. Waits until its card is there. */
export async function connectRobot({ meta }: DesktopTrial, desktop: Desktop): Promise<void> {
  const token = meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.robotId, expiresInMs: 60 * DAY });
  const page = await desktop.page();
  await connectInWindow(page, { token, appId: SHOP.appId, appSecret: SHOP.appSecret, phoneNumberId: SHOP.phoneNumberId });
  await card(page, SHOP.verifiedName).getByText('is connected.').waitFor();
}

/** The windows that are open now. */
export async function openWindows(desktop: Desktop): Promise<readonly unknown[]> {
  return (await desktop.windows()).filter(({ destroyed }) => !destroyed);
}

/** The card of a connection. */
export function card(page: Page, label: string): ReturnType<Page['getByRole']> {
  return page.getByRole('article', { name: label });
}
