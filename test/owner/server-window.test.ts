import { describe, expect, it } from 'vitest';
import type { AddEnvFileRequest } from '../../src-main/contract/deliveries.ts';
import type { GatewayView } from '../../src-main/contract/keys.ts';
import type { Outcome } from '../../src-main/contract/outcome.ts';
import { ServerWindows } from '../../src-main/owner/server-window.ts';
import type { Desks } from '../../src-main/owner/owner-handlers.ts';
import { connectionView, createFakeKeeper, outcome, statusOf } from '../fakes/keeper.ts';

const GATEWAY: GatewayView = { enabled: true, canChange: false, port: 28_743, address: 'http://127.0.0.1:28743', trouble: null, keys: [] };
const CONFIRM = outcome({ ok: false, code: 'confirm', message: 'This token is of another app.' });

function openWindows() {
  const fake = createFakeKeeper();
  const added: AddEnvFileRequest[] = [];
  const ask = async (): Promise<Outcome> => outcome({ code: 'asked' });
  const desks: Desks = {
    gateway: { keys: { list: () => [], create: async () => ({ ...outcome(), key: null, id: null }), revoke: ask }, view: () => GATEWAY, set: ask },
    deliveries: {
      list: () => [],
      addEnvFile: async (request) => {
        added.push(request);
        return outcome({ code: 'added' });
      },
      setCommand: ask,
      remove: ask,
      deliver: ask,
    },
  };
  let changes = 0;
  let monotonic = 0;
  const windows = new ServerWindows({
    keeper: fake.keeper,
    desks,
    history: (connection) => [{ at: '2030-01-01T12:00:00.000Z', connection, tone: 'plain', text: 'Something happened.' }],
    version: '9.9.9',
    clock: { now: () => 0, monotonic: () => monotonic },
    onChange: () => (changes += 1),
  });
  return { ...fake, windows, added, changes: () => changes, advance: (ms: number) => (monotonic += ms) };
}

describe('the windows of a program without a screen', () => {
  it('show how things are, in a browser', () => {
    const { windows, answers } = openWindows();
    answers.status = statusOf([connectionView(), connectionView({ id: 'c-2', health: 'expired', look: 'broken' })]);
    expect(windows.view()).toEqual({
      status: answers.status,
      busy: [],
      gateway: GATEWAY,
      deliveries: [],
      app: { version: '9.9.9', surface: 'browser', look: 'broken', startsAtLogin: null, notificationsPausedUntil: null, notificationTrouble: null, canShowTrayIcon: false },
    });
    answers.status = { ...statusOf([connectionView()]), vault: { kind: 'keychain', locked: true, note: null } };
    expect(windows.view().app.look).toBe('keychain-locked');
  });

  it('ask the keeper, and show in every window what is under way in one', async () => {
    const { windows, answers, calls, changes } = openWindows();
    let finish = (): void => undefined;
    answers.refresh = () => new Promise((resolve) => (finish = () => resolve(outcome({ code: 'renewed' }))));
    const asked = windows.open().answer('refresh', { connection: 'c-main' });
    windows.open();
    await Promise.resolve();
    expect(windows.view().busy).toEqual(['c-main']);
    finish();
    expect(await asked).toMatchObject({ value: { code: 'renewed' } });
    expect(windows.view().busy).toEqual([]);
    expect(calls).toEqual([{ asked: 'refresh', id: 'c-main' }]);
    expect(changes()).toBeGreaterThan(1);
  });

  it('hear of changes that came from elsewhere', () => {
    const { changed, changes } = openWindows();
    changed();
    expect(changes()).toBe(1);
  });

  it('tell of changes to keys and deliveries, which nobody else does, and not of mere questions', async () => {
    const { windows, changes } = openWindows();
    const window = windows.open();
    await window.answer('view', {});
    await window.answer('history', {});
    expect(changes()).toBe(0);
    await window.answer('removeDelivery', { id: 'd-1' });
    expect(changes()).toBe(1);
  });

  it('give the history', async () => {
    const { windows } = openWindows();
    expect(await windows.open().answer('history', { connection: 'c-main' })).toMatchObject({ value: [{ connection: 'c-main', text: 'Something happened.' }] });
  });

  it.each(['importEnvFile', 'openLink', 'showTrayIcon', 'setStartAtLogin', 'pauseNotifications'] as const)('say in a sentence that they cannot %s', async (channel) => {
    const request = { importEnvFile: {}, openLink: { url: 'https://www.facebook.com/' }, showTrayIcon: {}, setStartAtLogin: { enabled: true }, pauseNotifications: { until: 'hour' } }[channel];
    const answered = await openWindows().windows.open().answer(channel, request);
    expect(answered).toMatchObject({ value: { ok: false, connection: null } });
    expect('value' in answered && (answered.value as Outcome).message).toMatch(/^[A-Z].*\.$/);
  });

  it('want the path of a .env typed', async () => {
    const { windows, added } = openWindows();
    const window = windows.open();
    const request = { connection: 'c-main', variable: 'TOKEN', keepBackup: false };
    expect(await window.answer('addEnvDelivery', { ...request, file: null })).toMatchObject({ value: { ok: false, code: 'no-file-dialog' } });
    expect(added).toEqual([]);
    expect(await window.answer('addEnvDelivery', { ...request, file: '/srv/bot/.env' })).toMatchObject({ value: { ok: true } });
    expect(added).toEqual([{ ...request, file: '/srv/bot/.env' }]);
  });

  it.each(['/srv/bot/.env.local', '/srv/bot/bot.env'])('write into %s', async (file) => {
    const { windows, added } = openWindows();
    const request = { connection: 'c-main', variable: 'TOKEN', keepBackup: false, file };
    expect(await windows.open().answer('addEnvDelivery', request)).toMatchObject({ value: { ok: true } });
    expect(added).toEqual([request]);
  });

  it.each(['/root/.bashrc', '/srv/.env/authorized_keys', '/srv/bot/.environment', '/srv/bot/env', '/srv/bot/.env/..', '/srv/bot/.env ', '/'])('write into no file that is not named as a .env is: %s', async (file) => {
    const { windows, added } = openWindows();
    const answered = await windows.open().answer('addEnvDelivery', { connection: 'c-main', variable: 'TOKEN', keepBackup: false, file });
    expect(answered).toMatchObject({ value: { ok: false, code: 'no-env-name', message: expect.stringContaining('npx evertoken deliveries add FILE') as string } });
    expect(added).toEqual([]);
  });
});

describe('a replacement that waits for a yes', () => {
  it('is for the window that pasted it', async () => {
    const { windows, answers, calls } = openWindows();
    answers.replace = async (_id, { confirmed }) => (confirmed ? outcome({ code: 'replaced' }) : CONFIRM);
    const [mine, other] = [windows.open(), windows.open()];
    expect(await mine.answer('replace', { connection: 'c-main', token: 'EAAnotARealTokenAtAll0123456789' })).toMatchObject({ value: { code: 'confirm' } });
    expect(await other.answer('confirmReplace', { connection: 'c-main' })).toMatchObject({ value: { code: 'nothing-to-confirm' } });
    other.left();
    expect(await mine.answer('confirmReplace', { connection: 'c-main' })).toMatchObject({ value: { code: 'replaced' } });
    expect(calls.map((call) => call.asked === 'replace' && call.input.confirmed)).toEqual([false, true]);
  });

  it.each(['left', 'ended'] as const)('is forgotten when the window has %s', async (how) => {
    const { windows, answers } = openWindows();
    answers.replace = async () => CONFIRM;
    const window = windows.open();
    await window.answer('replace', { connection: 'c-main', token: 'EAAnotARealTokenAtAll0123456789' });
    window[how]();
    expect(await window.answer('confirmReplace', { connection: 'c-main' })).toMatchObject({ value: { code: 'nothing-to-confirm' } });
  });
});
