import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnswerOf, RequestOf } from '../../src-main/contract/window-api.ts';
import type { Channel } from '../../src-main/contract/window-channels.ts';
import { DAY } from '../../src-main/core/time.ts';
import { SHOP } from '../../src-main/practice/shop.ts';
import { type Desktop, until } from '../host/desktop.ts';
import { chromiumHere, keyringHere } from '../requirements.ts';
import { connectRobot, type DesktopTrial, openDesktopTrial, trayBecomes, wordsFor } from './desktop-house.ts';
import { freePort } from './running-server.ts';

/** Asks main on a channel, through the page's own bridge. */
function ask<Name extends Channel>(page: Page, channel: Name, request: RequestOf<Name>): Promise<AnswerOf<Name>> {
  return page.evaluate<AnswerOf<Name>>(`evertoken[${JSON.stringify(channel)}](${JSON.stringify(request)})`);
}

/** Makes a key for a bot and gives it. */
async function makeKey(page: Page, request: RequestOf<'createKey'>): Promise<string> {
  const made = await ask(page, 'createKey', request);
  if (made.key === null) throw new Error(`No key: ${made.message}`);
  return made.key;
}

/** Sends a text as a bot does, at this base address. */
async function send(base: string, key: string): Promise<{ status: number; body: { messages?: { id: string }[]; error?: { message: string } } }> {
  const answer = await fetch(`${base}/v26.0/${SHOP.phoneNumberId}/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ messaging_product: 'whatsapp', to: '15550100002', type: 'text', text: { body: 'Your order is ready' } }),
  });
  return { status: answer.status, body: (await answer.json()) as never };
}

describe.runIf(keyringHere() && chromiumHere())('the desktop app and the owner’s bots', () => {
  let trial: DesktopTrial;
  let desktop: Desktop;
  let page: Page;
  beforeEach(async () => {
    trial = await openDesktopTrial();
    desktop = await trial.start();
    page = await desktop.page();
    await connectRobot(trial, desktop);
  });
  afterEach(() => trial.end());

  const connectionId = async (): Promise<string> => (await ask(page, 'view', {})).status.connections[0]?.id ?? '';

  it('has no gateway until the owner turns it on; then a bot with a key sends through it, also after a restart, until it is turned off', { timeout: 90_000 }, async () => {
    const port = await freePort();
    const base = `http://127.0.0.1:${port}/graph/${await connectionId()}`;
    await expect(fetch(base)).rejects.toThrow('fetch failed');
    expect(await ask(page, 'setGateway', { enabled: true, port })).toMatchObject({ ok: true, code: 'gateway-on' });
    const key = await makeKey(page, { name: 'shop bot', rights: ['graph'], connections: [await connectionId()] });
    expect(await send(base, key)).toMatchObject({ status: 200, body: { messages: [{}] } });
    expect(trial.meta.journal.count({ endpoint: 'messages' })).toBe(1);
    expect(await send(base, `${key}x`)).toMatchObject({ status: 401 });

    await desktop.quit();
    desktop = await trial.start(['--hidden']);
    await until('the gateway answers', async () => (await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null))?.ok === true);
    expect(await send(base, key)).toMatchObject({ status: 200 });
    await desktop.clickTray();
    page = await desktop.page();
    expect((await ask(page, 'view', {})).gateway.keys).toMatchObject([{ name: 'shop bot', calls: 2, errors: 0 }]);

    expect(await ask(page, 'setGateway', { enabled: false, port })).toMatchObject({ ok: true, code: 'gateway-off' });
    await expect(fetch(base)).rejects.toThrow('fetch failed');
  });

  it('says that a port is taken, keeps the owner’s wish, and listens once it is free', { timeout: 60_000 }, async () => {
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const refused = await ask(page, 'setGateway', { enabled: true, port });
    expect(refused).toMatchObject({ ok: false, code: 'gateway-trouble' });
    expect(refused.message).toContain(`Port ${port} of this computer is in use by another program.`);
    const alerts = async (): Promise<readonly string[]> => (await ask(page, 'view', {})).status.alerts.map(({ code }) => code);
    await until('the alert', async () => (await alerts()).includes('gateway-trouble'));
    await until('it is told', async () => (await desktop.notifications()).some(({ title, body }) => title === 'Evertoken needs you' && body.includes(`Port ${port}`)));
    await trayBecomes(desktop, wordsFor('urgent'));
    await new Promise((resolve) => other.close(resolve));
    // Each minute it is tried again; a trial's clock makes that minute come.
    trial.house.advance(60_000 * 3);
    await until('it listens', async () => (await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null))?.ok === true);
    await until('the alert has ended', async () => !(await alerts()).includes('gateway-trouble'));
    await trayBecomes(desktop, wordsFor('healthy'));
  });

  it('answers the command line through a socket of the data folder while the gateway is off', { timeout: 60_000 }, async () => {
    const status = await trial.house.cli(['status', '--json']);
    expect(status.stderr).toBe('');
    expect(JSON.parse(status.stdout)).toMatchObject({ connections: [{ label: SHOP.verifiedName, health: 'healthy' }] });
    expect(await trial.house.cli(['refresh'])).toMatchObject({ code: 0 });
    const made = await trial.house.cli(['keys', 'create', 'script', '--right', 'status', '--json']);
    expect(JSON.parse(made.stdout)).toMatchObject({ ok: true });
    expect((await trial.house.cli(['keys', 'list'])).stdout).toContain('script');
  });

  it('writes the token into a file that the owner chose in the system’s dialog, again after each renewal, and runs a program only after a yes there', { timeout: 90_000 }, async () => {
    const connection = await connectionId();
    const env = trial.house.file('bot.env', '# my bot\nPORT=3000\nWHATSAPP_ACCESS_TOKEN=\n');
    const ran = trial.house.file('ran.txt', '');
    await desktop.answerOpenDialog(null);
    expect(await ask(page, 'addEnvDelivery', { connection, file: '/tmp/chosen-by-the-page', variable: 'WHATSAPP_ACCESS_TOKEN', keepBackup: false })).toMatchObject({ ok: false, code: 'cancelled' });
    await desktop.answerOpenDialog([env]);
    expect(await ask(page, 'addEnvDelivery', { connection, file: null, variable: 'WHATSAPP_ACCESS_TOKEN', keepBackup: false })).toMatchObject({ ok: true });
    const token = (): string => /^WHATSAPP_ACCESS_TOKEN=(.*)$/m.exec(readFileSync(env, 'utf8'))?.[1] ?? '';
    await until('the token stands in the file', () => token() !== '');
    const first = token();
    expect(trial.meta.world.tokens.find(first)).not.toBeNull();
    expect(readFileSync(env, 'utf8')).toBe(`# my bot\nPORT=3000\nWHATSAPP_ACCESS_TOKEN=${first}\n`);

    const command = { connection, argv: [process.execPath, '-e', `require('node:fs').appendFileSync(${JSON.stringify(ran)}, 'restarted\\n')`], folder: null, timeoutSeconds: 20 };
    expect(await ask(page, 'setCommand', command)).toMatchObject({ ok: false, code: 'cancelled' });
    await desktop.answerMessageBox(1);
    expect(await ask(page, 'setCommand', command)).toMatchObject({ ok: true });

    trial.house.advance(31 * DAY);
    await until('the renewed token stands in the file', () => token() !== first);
    await until('the program ran', () => readFileSync(ran, 'utf8').includes('restarted'));
    expect(statSync(join(trial.house.dataFolder, 'deliveries.json')).mode % 0o1000).toBe(0o600);
    expect(readFileSync(join(trial.house.dataFolder, 'deliveries.json'), 'utf8')).not.toContain(token());
  });
});
