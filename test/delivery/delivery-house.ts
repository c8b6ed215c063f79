import type { DeliveryView } from '../../src-main/contract/deliveries.ts';
import type { Delivery, DeliveryStore } from '../../src-main/core/delivery/delivery.ts';
import { type Deliveries, type DeliveriesOptions, openDeliveries } from '../../src-main/delivery/deliveries.ts';
import type { HandedToken } from '../../src-main/keeper/api.ts';
import { connectionView, createFakeKeeper, statusOf } from '../fakes/keeper.ts';

/** Deliveries on a fake keeper, with a clock and timers that the test moves. */
export interface DeliveryHouse {
  readonly keeper: ReturnType<typeof createFakeKeeper>;
  deliveries: Deliveries;
  /** Every log line as JSON. */
  readonly logged: string[];
  /** Set it to make our own disk refuse. */
  diskIsFull: boolean;
  /** What is on disk. */
  saved(): readonly Delivery[];
  now(): number;
  /** Puts another token to use, as a renewal does. */
  promote(token: string, change?: Partial<HandedToken>): void;
  /** Lets the clock run, and sets off every timer that comes due. What it sets off is waited for with `until`, or with a look. */
  pass(ms: number): void;
  /** Waits until something is so. */
  until(what: string, isSo: () => boolean): Promise<void>;
  /** The only delivery of this kind as it is shown. */
  view(kind?: 'env-file' | 'command'): DeliveryView;
  /** The alerts that stand, by kind: the texts. */
  alerts(code: string): readonly { readonly severity: string; readonly text: string; readonly subject: string }[];
  /** A new program on what is on disk. */
  restart(): Promise<void>;
}

/** A data folder that is not there, for tests about something else. */
const NOWHERE = '/no/data/folder';

/** How a token is handed out in these tests. */
export function handed(token: string, change: Partial<HandedToken> = {}): HandedToken {
  return { token, fingerprint: `…${token.slice(-4)}-${token.length}`, expiresAt: null, proof: null, warning: null, ...change };
}

/** Builds a house with one connection, `c-main`. */
export function buildDeliveryHouse({ token, ...options }: { readonly token: string | null } & Partial<DeliveriesOptions>): DeliveryHouse {
  let now = Date.UTC(2027, 0, 10, 12);
  let current: HandedToken | null = token === null ? null : handed(token);
  let disk: readonly Delivery[] = [];
  const timers = new Set<{ readonly at: number; readonly work: () => void }>();
  const logged: string[] = [];
  const alerts = new Map<string, readonly { severity: string; text: string; subject: string }[]>();
  const keeper = createFakeKeeper({
    status: statusOf([connectionView()]),
    currentToken: (id) => (id === 'c-main' ? current : null),
    declare: async (id, code, concerns) => void alerts.set(`${id ?? 'app'}/${code}`, concerns),
  });
  const store: DeliveryStore = {
    get: () => disk,
    save: async (all) => {
      if (house.diskIsFull) throw new Error('No space left on the device.');
      disk = JSON.parse(JSON.stringify(all)) as readonly Delivery[];
    },
  };
  const open = (): Deliveries =>
    openDeliveries({
      store,
      keeper: keeper.keeper,
      clock: { now: () => now, monotonic: () => now },
      forbidden: NOWHERE,
      isSecretName: () => false,
      log: { write: (level, event, facts) => void logged.push(JSON.stringify({ level, event, ...facts })) },
      later: (work, ms) => {
        const timer = { at: now + ms, work };
        timers.add(timer);
        return () => void timers.delete(timer);
      },
      ...options,
    });
  const house: DeliveryHouse = {
    keeper,
    deliveries: undefined as unknown as Deliveries,
    logged,
    diskIsFull: false,
    saved: () => disk,
    now: () => now,
    promote: (next, change) => {
      current = handed(next, change);
      keeper.changed();
    },
    pass: (ms) => {
      const until = now + ms;
      for (;;) {
        const due = [...timers].filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)[0];
        if (due === undefined) break;
        now = Math.max(now, due.at);
        timers.delete(due);
        due.work();
      }
      now = until;
    },
    until: async (what, isSo) => {
      for (const giveUpAt = performance.now() + 20_000; !isSo(); ) {
        if (performance.now() > giveUpAt) throw new Error(`never: ${what}; ${JSON.stringify(house.deliveries.list())}`);
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    },
    view: (kind = 'env-file') => {
      const view = house.deliveries.list().find((one) => one.kind === kind);
      if (view === undefined) throw new Error(`no ${kind}`);
      return view;
    },
    alerts: (code) => alerts.get(`c-main/${code}`) ?? [],
    restart: async () => {
      await house.deliveries.close();
      timers.clear();
      house.deliveries = open();
    },
  };
  house.deliveries = open();
  return house;
}
