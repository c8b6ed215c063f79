import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDeliveryStore } from '../../src-main/adapters/delivery-store.ts';
import type { Delivery } from '../../src-main/core/delivery/delivery.ts';

const clock = { now: () => Date.UTC(2030, 0, 1, 12) };
const folder = (): string => mkdtempSync(join(tmpdir(), 'evertoken-deliveries-'));

const fresh: Delivery = {
  id: 'd-1',
  connection: 'c-main',
  to: { kind: 'env-file', target: { file: '/srv/bot/.env', variable: 'WHATSAPP_ACCESS_TOKEN', keepBackup: true } },
  addedAt: 1_893_499_200_000,
  state: { done: null, fault: null, nextTryAt: 1_893_499_200_000, ownValues: [] },
};
const failing: Delivery = {
  ...fresh,
  id: 'd-2',
  to: { kind: 'command', command: { argv: ['systemctl', 'restart', 'bot', ''], folder: null, timeoutMs: 60_000 } },
  state: {
    done: { at: 1_893_499_200_000, fingerprint: '…abcd-12ab34cd' },
    fault: { code: 'command-failed', text: 'The command ended with code 1.', since: 1_893_499_250_000, failures: 3 },
    nextTryAt: null,
    ownValues: ['ab'.repeat(32), 'cd'.repeat(32)],
  },
};

describe('the file of deliveries', () => {
  it('gives back what was kept, whatever its parts', async () => {
    const at = folder();
    const { store, setAside } = await openDeliveryStore(at, clock);
    expect([store.get(), setAside]).toEqual([[], null]);
    const placed: Delivery = { ...fresh, id: 'd-3', to: { kind: 'env-file', target: { file: '/srv/bot/.env', variable: 'A', keepBackup: false, place: { path: '/srv/real/.env', uid: 1_000, isPublic: false } } } };
    await store.save([fresh, failing, placed]);
    expect((await openDeliveryStore(at, clock)).store.get()).toEqual([fresh, failing, placed]);
    expect(statSync(join(at, 'deliveries.json')).mode & 0o777).toBe(0o600);
  });

  it.each<readonly [string, object]>([
    ['another kind of target', { to: { kind: 'upload', target: {} } }],
    ['a command without a program', { to: { kind: 'command', command: { argv: [], folder: null, timeoutMs: 1 } } }],
    ['a value of its own in clear', { state: { ...fresh.state, ownValues: ['EAATestNotADigest'] } }],
    ['no state', { state: undefined }],
  ])('with %s is put aside and said: nothing is written by guess', async (_name, change) => {
    const at = folder();
    writeFileSync(join(at, 'deliveries.json'), JSON.stringify({ deliveries: [fresh, { ...failing, ...change }] }));
    const { store, setAside } = await openDeliveryStore(at, clock);
    expect([store.get(), setAside]).toEqual([[], join(at, 'deliveries.corrupt-2030-01-01T12-00-00-000Z.json')]);
    expect(readFileSync(String(setAside), 'utf8')).toContain('/srv/bot/.env');
  });
});
