import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnose, type Health } from '../../../src-main/core/health/health.ts';
import type { Facts } from '../../../src-main/core/health/facts.ts';
import { TRAY_TABLE, type TrayConnection, type TrayRow, type TrayState, trayView } from '../../../src-main/core/tray/tray.ts';
import { factsFor, factsWith, personMust, tokenOf } from '../../fakes/facts.ts';
import { DAY } from '../../../src-main/core/time.ts';

function connection(health: Health, reasonCodes: readonly string[] = [], lifeLeft: number | null = null): TrayConnection {
  return { health, reasonCodes, lifeLeft };
}

const showing = (...connections: readonly TrayConnection[]) => trayView(connections).state;

describe('the tray table', () => {
  it('gives each state its glyph, colour and ring', () => {
    const looks = Object.fromEntries(Object.entries(TRAY_TABLE).map(([state, row]) => [state, `${row.colour} ${row.glyph}${row.ring ? ' with ring' : ''}`]));
    expect(looks).toEqual({
      'needs-set-up': 'grey plug',
      checking: 'grey dots',
      healthy: 'green tick',
      soon: 'yellow clock with ring',
      urgent: 'orange exclamation with ring',
      broken: 'red cross',
      unreachable: 'grey waves with ring',
      'keychain-locked': 'grey padlock',
    } satisfies Record<TrayState, string>);
  });

  it.each(['glyph', 'tooltip', 'menuLine'] as const)('says the state by its %s alone, for colour is never the only signal', (part: keyof TrayRow) => {
    const values = Object.values(TRAY_TABLE).map((row) => row[part]);
    expect(new Set(values).size).toBe(values.length);
  });

  it('speaks in words an owner understands, short enough for a tooltip', () => {
    for (const { tooltip, menuLine } of Object.values(TRAY_TABLE)) {
      expect(tooltip).toMatch(/^Evertoken: [a-z]/i);
      expect(tooltip.length).toBeLessThan(64);
      expect(menuLine).toMatch(/^[A-Z][^_]+$/);
    }
  });
});

describe('the state of one connection', () => {
  it.each<[Health, TrayState]>([
    ['healthy', 'healthy'],
    ['soon', 'soon'],
    ['urgent', 'urgent'],
    ['expired', 'broken'],
    ['revoked', 'broken'],
    ['access-lost', 'broken'],
    ['unreachable', 'unreachable'],
    ['unknown', 'checking'],
  ])('%s shows as %s', (health, state) => {
    expect(trayView([connection(health)])).toEqual({ ...TRAY_TABLE[state], state, ringEighths: null });
  });

  it.each<[string, Facts, TrayState]>([
    ['no token', factsWith([]), 'needs-set-up'],
    ['a token not checked yet', factsWith([tokenOf(null)]), 'checking'],
    ['a locked keychain', factsFor({ vaultTrouble: { kind: 'locked' } }), 'keychain-locked'],
    ['a keychain out of reach', factsFor({ vaultTrouble: { kind: 'unavailable', reason: 'No bus.' } }), 'keychain-locked'],
    ['a secret that is lost', factsFor({ vaultTrouble: { kind: 'lost' } }), 'broken'],
    ['a person who must act within days', personMust(10 * DAY), 'soon'],
    ['all in order', factsFor(), 'healthy'],
  ])('with %s, as it is diagnosed', (_what, facts, state) => {
    const { health, reasons } = diagnose(facts);
    expect(showing(connection(health, reasons))).toBe(state);
  });
});

describe('several connections', () => {
  it('show the worst one', () => {
    const worstFirst: readonly TrayConnection[] = [
      connection('expired'),
      connection('urgent'),
      connection('unknown', ['keychain-locked']),
      connection('soon'),
      connection('unreachable'),
      connection('unknown'),
      connection('healthy'),
      connection('unknown', ['no-token']),
    ];
    const states = worstFirst.map((_, index) => showing(...worstFirst.slice(index).toReversed()));
    expect(states).toEqual(['broken', 'urgent', 'keychain-locked', 'soon', 'unreachable', 'checking', 'healthy', 'needs-set-up']);
  });

  it('none at all need set-up', () => {
    expect(trayView([])).toEqual({ ...TRAY_TABLE['needs-set-up'], state: 'needs-set-up', ringEighths: null });
  });

  it('of the same state show the ring of the one that ends first', () => {
    const view = trayView([connection('soon', [], 0.5), connection('soon', [], 0.25), connection('soon')]);
    expect(view).toMatchObject({ state: 'soon', ringEighths: 2 });
  });

  it('show the same whatever their order', () => {
    const any = fc.record({ health: fc.constantFrom<Health>('healthy', 'soon', 'urgent', 'expired', 'revoked', 'access-lost', 'unreachable', 'unknown'), reasonCodes: fc.subarray(['keychain-locked', 'no-token', 'secret-lost']), lifeLeft: fc.option(fc.double({ min: 0, max: 1, noNaN: true })) });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 6 }), (connections) => {
        expect(trayView(connections.toReversed())).toEqual(trayView(connections));
      }),
    );
  });
});

describe('a keychain that is locked while the tokens are in memory', () => {
  it.each<[Health, readonly string[], TrayState]>([
    ['expired', [], 'broken'],
    ['urgent', [], 'urgent'],
    ['unknown', ['keychain-locked'], 'keychain-locked'],
    ['soon', [], 'keychain-locked'],
    ['unreachable', [], 'keychain-locked'],
    ['unknown', [], 'keychain-locked'],
    ['healthy', [], 'keychain-locked'],
    ['unknown', ['no-token'], 'keychain-locked'],
  ])('%s %j shows as %s', (health, reasonCodes, state) => {
    expect(trayView([connection('healthy'), connection(health, reasonCodes)], { vaultLocked: true }).state).toBe(state);
  });

  it('shows without a connection and without a ring', () => {
    expect(trayView([], { vaultLocked: true })).toEqual({ ...TRAY_TABLE['keychain-locked'], state: 'keychain-locked', ringEighths: null });
    expect(trayView([connection('soon', [], 0.5)], { vaultLocked: true }).ringEighths).toBeNull();
  });

  it('shows only while it is locked', () => {
    expect(trayView([connection('healthy')], { vaultLocked: false })).toEqual(trayView([connection('healthy')]));
  });

  it('leaves what is worse its ring', () => {
    expect(trayView([connection('urgent', [], 0.25)], { vaultLocked: true })).toMatchObject({ state: 'urgent', ringEighths: 2 });
  });
});

describe('the ring', () => {
  const eighths = (lifeLeft: number | null, health: Health = 'soon') => trayView([connection(health, [], lifeLeft)]).ringEighths;

  it('empties in eight steps', () => {
    expect([1, 0.9, 0.875, 0.5, 0.126, 0.125, 0.01].map((left) => eighths(left))).toEqual([8, 8, 7, 4, 2, 1, 1]);
  });

  it('is empty at the end and not before, and full at most', () => {
    expect([0, -3, 5].map((left) => eighths(left))).toEqual([0, 0, 8]);
    expect(eighths(Number.MIN_VALUE)).toBe(1);
  });

  it('is shown only where a deadline matters', () => {
    expect(eighths(0.5, 'urgent')).toBe(4);
    expect(eighths(0.5, 'unreachable')).toBe(4);
    for (const health of ['healthy', 'expired', 'revoked', 'access-lost', 'unknown'] as const) expect(eighths(0.5, health)).toBeNull();
    expect(eighths(null)).toBeNull();
  });

  it('never fills up as life runs out', () => {
    const share = fc.double({ min: -1, max: 2, noNaN: true });
    fc.assert(
      fc.property(share, share, (a, b) => {
        const [less, more] = a <= b ? [a, b] : [b, a];
        expect(eighths(less)).toBeLessThanOrEqual(eighths(more) ?? -1);
      }),
    );
  });
});
