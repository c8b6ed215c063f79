import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createGate } from '../../../src-main/gateway/graph/gate.ts';

describe('the gate', () => {
  it('gives each key its share, and all of them no more than there is', async () => {
    const gate = createGate(3, 2, 50);
    expect([gate.enter('a'), gate.enter('a'), gate.enter('b')]).toEqual([true, true, true]);
    const [a, b, c] = [gate.enter('a'), gate.enter('b'), gate.enter('c')];
    expect(await Promise.all([a, b, c])).toEqual([false, false, false]);
    gate.leave('b');
    expect([gate.enter('c'), gate.enter('c')]).toEqual([true, expect.any(Promise)]);
  });

  it('lets those in that wait, key by key, as places become free', async () => {
    const gate = createGate(2, 2, 10_000);
    void gate.enter('a');
    void gate.enter('a');
    const order: string[] = [];
    const waiting = ['a1', 'a2', 'a3', 'b1', 'c1', 'b2'].map(async (name) => {
      expect(await gate.enter(name.charAt(0))).toBe(true);
      order.push(name);
      await wait(1);
      gate.leave(name.charAt(0));
    });
    gate.leave('a');
    await Promise.all(waiting);
    expect(order).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
    gate.leave('a');
    expect([gate.enter('b'), gate.enter('b'), gate.enter('b') === true]).toEqual([true, true, false]);
  });

  it('passes over a key that has its share already', async () => {
    const gate = createGate(2, 1, 10_000);
    void gate.enter('a');
    void gate.enter('b');
    const [second, third] = [gate.enter('a'), gate.enter('c')];
    gate.leave('b');
    expect(await third).toBe(true);
    gate.leave('a');
    expect(await second).toBe(true);
  });

  it('forgets whoever was turned away', async () => {
    const gate = createGate(1, 1, 20);
    void gate.enter('a');
    expect(await gate.enter('b')).toBe(false);
    gate.leave('a');
    expect(gate.enter('c')).toBe(true);
  });
});
