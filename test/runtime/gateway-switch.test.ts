import { describe, expect, it } from 'vitest';
import type { Concern } from '../../src-main/core/alerts/alert.ts';
import { openConsumers } from '../../src-main/gateway/consumers.ts';
import { digestKey } from '../../src-main/gateway/key-check.ts';
import { type GatewayStartError, startError } from '../../src-main/gateway/start-error.ts';
import { GatewaySwitch, type GatewayWish } from '../../src-main/runtime/gateway-switch.ts';
import type { Service } from '../../src-main/runtime/service.ts';
import { createFakeKeeper } from '../fakes/keeper.ts';
import { fakeDeliveries, memoryConsumers } from '../gateway/house.ts';

function openSwitch(taken: (port: number) => GatewayStartError | null = () => null) {
  const { keeper } = createFakeKeeper();
  const keys = openConsumers({ store: memoryConsumers(), keeper, clock: { now: () => 0, monotonic: () => 0 }, log: { write: () => undefined }, watchSecret: () => undefined });
  const told: (readonly Concern[])[] = [];
  const kept: GatewayWish[] = [];
  const service: Service = {
    keys,
    ownerDigest: digestKey('owner'),
    deliveries: { ...fakeDeliveries().desk, look: async () => undefined, changed: () => undefined, close: async () => undefined },
    serve: async (listen) => {
      const port = listen.kind === 'port' ? listen.port : 0;
      const error = taken(port);
      if (error !== null) throw error;
      return { port, close: async () => undefined };
    },
    graph: () => ({ takes: () => false, serve: async () => undefined, close: () => undefined }),
    declareTrouble: async (trouble) => void told.push(trouble),
    close: async () => undefined,
  };
  const gateway = new GatewaySwitch({ service, wish: { enabled: false, port: 28_743 }, keep: async (wish) => void kept.push(wish), onListening: async () => undefined });
  return { gateway, told, kept };
}

describe('the switch of the gateway', () => {
  it('says where it listens', async () => {
    const { gateway, kept } = openSwitch();
    expect(await gateway.set({ enabled: true, port: 28_743 })).toEqual({ ok: true, code: 'gateway-on', message: 'The gateway listens on port 28743 of this computer.', connection: null, details: [] });
    expect([gateway.view().address, kept]).toEqual(['http://127.0.0.1:28743', [{ enabled: true, port: 28_743 }]]);
  });

  it('says of a port that the system gives to others that it may be gone at the next start', async () => {
    const { gateway, told } = openSwitch();
    const { ok, message } = await gateway.set({ enabled: true, port: 45_000 });
    expect([ok, message]).toEqual([
      true,
      "The gateway listens on port 45000 of this computer. The system may give port 45000 to another program's outgoing connection while Evertoken does not run, and Evertoken then cannot have it. Rather take a port up to 32000, such as 28743.",
    ]);
    expect(told).toEqual([]);
  });

  it('says why it cannot listen, in the words of the server and without an option that a window has not', async () => {
    const { gateway, told } = openSwitch((port) => startError({ name: 'Error', message: '', code: 'EADDRINUSE' }, { kind: 'port', port, host: '127.0.0.1', alsoCalled: [] }));
    const trouble = 'Port 28743 of this computer is in use by another program. Close that program, or choose another port.';
    expect(await gateway.set({ enabled: true, port: 28_743 })).toMatchObject({ ok: false, code: 'gateway-trouble', message: `${trouble} Evertoken tries again every minute.` });
    expect(gateway.view()).toMatchObject({ address: null, trouble });
    expect(told).toEqual([[{ subject: '28743', severity: 'urgent', text: `Your bots cannot reach Evertoken. ${trouble}` }]]);
  });
});
