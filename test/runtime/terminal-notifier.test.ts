import { describe, expect, it } from 'vitest';
import type { AlertRecord } from '../../src-main/core/alerts/alert.ts';
import { terminalNotifier } from '../../src-main/runtime/terminal-notifier.ts';

const alert: AlertRecord = { id: 'c/expiry/t', code: 'expiry', severity: 'urgent', text: 'x', rung: null, raisedAt: 0, toldAt: 0, acknowledgedAt: null };

describe('alerts on the terminal', () => {
  it('are lines that no name from Meta can repaint or turn round', () => {
    const said: string[] = [];
    const notifier = terminalNotifier((line) => said.push(line));
    notifier.tell({ ...alert, text: 'Shop\u001b[2J\u202e\u2066\u0007 one\ntwo\r: it ends.' });
    notifier.tell({ ...alert, severity: 'warning', text: 'Soon.' });
    expect(said).toEqual(['Urgent: Shop[2J one two: it ends.', 'Please note: Soon.']);
  });
});
