import { describe, expect, it } from 'vitest';
import { connectionOf, notificationView } from '../../src-main/shell/notification-view.ts';
import { alertView } from '../fakes/keeper.ts';

describe('a notification', () => {
  it('offers a refresh while a renewal can help', () => {
    expect(notificationView(alertView({ code: 'expiry', rung: '1d', severity: 'urgent', text: 'Shop: The token ends in a day.' }))).toEqual({
      title: 'Your WhatsApp bot needs you now',
      body: 'Shop: The token ends in a day.',
      urgent: true,
      button: { deed: 'refresh', text: 'Refresh now' },
    });
    expect(notificationView(alertView({ code: 'renewal-failing', rung: null })).button?.deed).toBe('refresh');
    expect(notificationView(alertView({ code: 'expiry', rung: '14d', severity: 'warning' })).title).toBe('Your WhatsApp bot will need you');
  });

  it('offers none where a person must make a new token', () => {
    for (const [code, rung] of [['expiry', 'ended'], ['revoked', null], ['access-lost', null], ['secret-lost', null]] as const) {
      expect(notificationView(alertView({ code, rung, severity: 'urgent' }))).toMatchObject({ title: 'Your WhatsApp bot cannot send', button: null });
    }
    expect(notificationView(alertView({ code: 'cannot-extend', rung: null })).button).toBe(null);
  });

  it('does not say that the bot cannot send where something around the token is wrong', () => {
    for (const code of ['delivery-failed', 'changed-by-hand', 'command-failed', 'gateway-trouble']) {
      expect(notificationView(alertView({ code, rung: null, severity: 'urgent' }))).toMatchObject({ title: 'Evertoken needs you', button: null });
    }
    expect(notificationView(alertView({ code: 'call-refused', rung: null, severity: 'urgent' }))).toMatchObject({ title: 'Your WhatsApp bot needs you now', button: null });
  });

  it('knows which connection an alert is about', () => {
    expect(connectionOf('c-abc12345/expiry/token@17')).toBe('c-abc12345');
    expect(connectionOf('app/memory-only/vault')).toBe(null);
    expect(connectionOf('odd')).toBe(null);
  });
});
