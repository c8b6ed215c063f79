import { MINUTE } from '../../../src-main/core/time.ts';
import type { Defect } from '../world/world.ts';

/** The ledger of what was told is not read at a start. */
export const tellsAgainAfterRestart: () => Defect = () => ({
  wrapPorts: (ports) => ({
    ...ports,
    store: {
      ...ports.store,
      load: async () => {
        const state = await ports.store.load();
        return { ...state, connections: state.connections.map((connection) => ({ ...connection, alerts: [], told: [] })) };
      },
    },
  }),
});

/** A second keeper works on the same settings at the same time, as without a lock. */
export const twoKeepers: () => Defect = () => ({
  wrapKeeper: (keeper, again) => ({
    ...boundTo(keeper),
    tick: async () => {
      const other = again();
      await other.start();
      await Promise.all([keeper.tick(), other.tick()]);
    },
  }),
});

/** Keeps a keeper's methods bound, since they stand on a class. */
function boundTo(keeper: Parameters<NonNullable<Defect['wrapKeeper']>>[0]): typeof keeper {
  return {
    start: () => keeper.start(),
    tick: () => keeper.tick(),
    nextDueAt: () => keeper.nextDueAt(),
    wake: () => keeper.wake(),
    accessToken: (id) => keeper.accessToken(id),
    currentToken: (id) => keeper.currentToken(id),
    knowsToken: (id, token) => keeper.knowsToken(id, token),
    tokenRefused: (id, fingerprint, fault) => keeper.tokenRefused(id, fingerprint, fault),
    tokenAccepted: (id, fingerprint) => keeper.tokenAccepted(id, fingerprint),
    declare: (id, code, concerns) => keeper.declare(id, code, concerns),
    status: () => keeper.status(),
    connect: (input) => keeper.connect(input),
    replace: (id, input) => keeper.replace(id, input),
    refresh: (id) => keeper.refresh(id),
    chooseNumber: (id, number) => keeper.chooseNumber(id, number),
    check: (id) => keeper.check(id),
    remove: (id) => keeper.remove(id),
    acknowledge: (id) => keeper.acknowledge(id),
    onChange: (listener) => keeper.onChange(listener),
    stop: () => keeper.stop(),
  };
}

/** The longest delay that Node's timers take, ms; a longer one fires after 1 ms. */
const LONGEST_TIMEOUT = 2_147_483_647;

/**
 * One timer is set for the whole wait until the renewal, and it renews when it fires. A wait beyond what timers take
 * fires at once; a sleeping computer's timer stands still.
 */
export const waitsWholeTime: () => Defect = () => ({
  wrapKeeper: (keeper, _again, world) => {
    const fireAt = new Map<string, number>();
    const arm = (): void => {
      for (const { id, nextRenewal } of keeper.status().connections) {
        if (nextRenewal === null || fireAt.has(id)) continue;
        const wait = Math.max(0, Date.parse(nextRenewal) - world.clock.port.now());
        fireAt.set(id, world.clock.monotonic + (wait > LONGEST_TIMEOUT ? 1 : wait));
      }
    };
    return {
      ...boundTo(keeper),
      nextDueAt: () => {
        arm();
        const next = Math.min(...fireAt.values(), world.clock.monotonic + 60 * MINUTE);
        return world.clock.port.now() + Math.max(0, next - world.clock.monotonic);
      },
      wake: () => Promise.resolve(),
      tick: async () => {
        arm();
        for (const [id, at] of fireAt) {
          if (at > world.clock.monotonic) continue;
          fireAt.delete(id);
          await keeper.refresh(id);
        }
      },
    };
  },
});
