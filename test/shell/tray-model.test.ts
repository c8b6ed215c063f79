import { describe, expect, it } from 'vitest';
import { trayBeforeStart, trayModel } from '../../src-main/shell/tray-model.ts';
import { alertView, connectionView, statusOf } from '../fakes/keeper.ts';

const QUIET = { busy: [], pausedUntil: null, startsAtLogin: null, platform: 'linux' } as const;

describe('what the tray is made of', () => {
  it('is the state of the only connection, with its reason below', () => {
    const { view, menu } = trayModel(statusOf([connectionView({ reasons: ['The token is valid until 1 March.'] })]), QUIET);
    expect([view.state, view.tooltip, view.ringEighths]).toEqual(['healthy', 'Evertoken: all is well', null]);
    expect(menu).toEqual({ stateLine: 'Your WhatsApp token is fine', detailLine: 'The token is valid until 1 March.', connections: [{ id: 'c-main', label: 'Main shop', busy: false }], pausedUntil: null, startsAtLogin: null, canShowAgain: true });
  });

  it('is that of the worst connection, which is named', () => {
    const status = statusOf([
      connectionView(),
      connectionView({ id: 'c-2', label: 'Branch', health: 'urgent', look: 'urgent', reasonCodes: ['expiry-near'], reasons: ['The token ends in 2 days.'], lifeLeft: 0.05 }),
    ]);
    const { view, menu } = trayModel(status, { ...QUIET, busy: ['c-2'], platform: 'win32' });
    expect([view.state, view.ringEighths]).toEqual(['urgent', 1]);
    expect(menu.detailLine).toBe('Branch: The token ends in 2 days.');
    expect(menu.connections.map(({ busy }) => busy)).toEqual([false, true]);
    expect(menu.canShowAgain).toBe(false);
  });

  it('shows a keychain that is locked while the tokens are in memory, in the words of the vault', () => {
    const status = { ...statusOf([connectionView()]), vault: { kind: 'keychain', locked: true, note: 'The keychain is locked. Unlock it before the next renewal.' } } as const;
    const { view, menu } = trayModel(status, QUIET);
    expect([view.state, menu.detailLine]).toEqual(['keychain-locked', 'The keychain is locked. Unlock it before the next renewal.']);
  });

  it('shows what cuts a bot off although its token is well, until the owner has seen it', () => {
    const refused = alertView({ id: 'app/gateway-trouble/28743', code: 'gateway-trouble', severity: 'urgent', text: 'Your bots cannot reach Evertoken.', acknowledgedAt: null });
    const status = statusOf([connectionView()]);
    expect(trayModel({ ...status, alerts: [refused] }, QUIET)).toMatchObject({ view: { state: 'urgent', ringEighths: null }, menu: { stateLine: 'Please act now', detailLine: 'Your bots cannot reach Evertoken.' } });
    const pending = alertView({ id: 'c-main/delivery-failed/d-1', code: 'delivery-failed', severity: 'warning', text: 'The file cannot be written.', acknowledgedAt: null });
    expect(trayModel(statusOf([connectionView({ alerts: [pending] })]), QUIET)).toMatchObject({ view: { state: 'soon' }, menu: { detailLine: 'The file cannot be written.' } });
    expect(trayModel({ ...status, alerts: [{ ...refused, acknowledgedAt: '2030-01-01T12:00:00.000Z' }] }, QUIET).view.state).toBe('healthy');
    expect(trayModel({ ...status, alerts: [{ ...refused, code: 'memory-only' }] }, QUIET).view.state).toBe('healthy');
  });

  it('asks for a set-up where there is no connection, and is checking before anything is known', () => {
    expect(trayModel(statusOf([]), QUIET)).toMatchObject({ view: { state: 'needs-set-up' }, menu: { detailLine: null, connections: [] } });
    expect(trayBeforeStart('linux')).toMatchObject({ view: { state: 'checking' }, menu: { stateLine: 'Checking with Meta …', connections: [] } });
  });
});
