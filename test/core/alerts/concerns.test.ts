import { describe, expect, it } from 'vitest';
import type { AlertRecord, Concern, ConcernCode } from '../../../src-main/core/alerts/alert.ts';
import { standingConcerns } from '../../../src-main/core/alerts/concerns.ts';
import { NOW } from '../../fakes/facts.ts';

const declared = (...entries: readonly (readonly [ConcernCode, readonly Concern[]])[]) => new Map(entries);
const stored = (code: AlertRecord['code'], subject: string): AlertRecord => ({ id: `c1/${code}/${subject}`, code, severity: 'warning', text: `stored ${subject}`, rung: null, raisedAt: NOW, toldAt: NOW, acknowledgedAt: null });

describe('standing concerns', () => {
  it('are those declared, each with its own words', () => {
    const concern: Concern = { subject: 'd-1', severity: 'urgent', text: 'It cannot be written.' };
    expect(standingConcerns('c1', declared(['delivery-failed', [concern]]), [])).toEqual([{ code: 'delivery-failed', rung: null, ...concern }]);
  });

  it('are the stored ones for a kind that was not declared yet, a subject with slashes included', () => {
    const book = [stored('delivery-failed', 'd-1'), stored('changed-by-hand', '/srv/shop/.env'), stored('revoked', 't1')];
    expect(standingConcerns('c1', declared(['delivery-failed', []]), book)).toEqual([{ code: 'changed-by-hand', subject: '/srv/shop/.env', severity: 'warning', rung: null, text: 'stored /srv/shop/.env' }]);
  });

  it('are one for each subject, as declared last', () => {
    const twice = ['first', 'second'].map((text): Concern => ({ subject: 'd-1', severity: 'warning', text }));
    expect(standingConcerns('app', declared(['gateway-trouble', twice]), [])).toMatchObject([{ text: 'second' }]);
  });
});
