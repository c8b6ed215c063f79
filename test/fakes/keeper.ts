import type { Concern, ConcernCode } from '../../src-main/core/alerts/alert.ts';
import type { AlertView, ConnectionView, StatusAnswer } from '../../src-main/contract/status.ts';
import type { Outcome } from '../../src-main/contract/outcome.ts';
import type { ConnectInput, HandedToken, Keeper, ReplaceInput } from '../../src-main/keeper/api.ts';

/** What was asked of the fake, in order, with the arguments as they arrived. */
export type KeeperCall =
  | { readonly asked: 'connect'; readonly input: ConnectInput }
  | { readonly asked: 'replace'; readonly id: string; readonly input: ReplaceInput }
  | { readonly asked: 'chooseNumber'; readonly id: string; readonly phoneNumberId: string }
  | { readonly asked: 'tokenRefused'; readonly id: string; readonly fingerprint: string; readonly fault: { readonly code: number; readonly message: string } }
  | { readonly asked: 'tokenAccepted'; readonly id: string; readonly fingerprint: string }
  | { readonly asked: 'declare'; readonly id: string | null; readonly code: ConcernCode; readonly concerns: readonly Concern[] }
  | { readonly asked: 'refresh' | 'check' | 'remove' | 'acknowledge'; readonly id: string };

/** How the fake answers; a test changes these as it goes. */
export interface FakeAnswers {
  status: StatusAnswer;
  accessToken: (id: string) => Promise<HandedToken | null>;
  knowsToken: (id: string, token: string) => boolean;
  currentToken: (id: string) => HandedToken | null;
  declare: (id: string | null, code: ConcernCode, concerns: readonly Concern[]) => Promise<void>;
  connect: (input: ConnectInput) => Promise<Outcome>;
  replace: (id: string, input: ReplaceInput) => Promise<Outcome>;
  chooseNumber: (id: string, phoneNumberId: string) => Promise<Outcome>;
  refresh: (id: string) => Promise<Outcome>;
  check: (id: string) => Promise<Outcome>;
  remove: (id: string) => Promise<Outcome>;
  acknowledge: (id: string) => Promise<Outcome>;
}

/** A token as it is handed out, obviously fake, with what a test wants otherwise. */
export function handedToken(change: Partial<HandedToken> = {}): HandedToken {
  return { token: 'EAAG-fake-token-of-the-main-shop-abcd', fingerprint: '…abcd 12ab34cd', expiresAt: Date.UTC(2030, 2, 1, 12), proof: null, warning: null, ...change };
}

/** A connection in good health, with what a test wants otherwise. */
export function connectionView(change: Partial<ConnectionView> = {}): ConnectionView {
  return {
    id: 'c-main',
    label: 'Main shop',
    environment: 'production',
    health: 'healthy',
    look: 'healthy',
    reasonCodes: ['working'],
    reasons: ['The token works.'],
    advice: 'Nothing to do.',
    cure: null,
    kind: 'long-lived',
    appId: '1001',
    phoneNumberId: '2001',
    wabaId: '3001',
    number: '+1 555 0100',
    scopes: ['whatsapp_business_messaging'],
    missingScopes: [],
    offeredNumbers: [],
    expiresAt: '2030-03-01T12:00:00.000Z',
    dataAccessExpiresAt: null,
    dataAccessNeverEnds: false,
    issuedAt: '2029-12-31T12:00:00.000Z',
    lifeLeft: 0.98,
    fingerprint: '…abcd 12ab34cd',
    lastCheck: '2030-01-01T11:00:00.000Z',
    lastRenewal: null,
    nextRenewal: '2030-01-31T12:00:00.000Z',
    alerts: [],
    ...change,
  };
}

/** An alert, with what a test wants otherwise. */
export function alertView(change: Partial<AlertView> = {}): AlertView {
  return {
    id: 'c-main/expiry/token',
    code: 'expiry',
    severity: 'warning',
    text: 'The token ends in 7 days and only you can replace it.',
    rung: '7d',
    raisedAt: '2030-01-01T10:00:00.000Z',
    toldAt: '2030-01-01T10:00:00.000Z',
    acknowledgedAt: null,
    ...change,
  };
}

/** A status answer with these connections. */
export function statusOf(connections: readonly ConnectionView[], alerts: readonly AlertView[] = []): StatusAnswer {
  return { at: '2030-01-01T12:00:00.000Z', connections, alerts, vault: { kind: 'keychain', locked: false, note: null } };
}

/** An outcome that went well, with what a test wants otherwise. */
export function outcome(change: Partial<Outcome> = {}): Outcome {
  return { ok: true, code: 'done', message: 'Done.', connection: 'c-main', details: [], ...change };
}

/** A keeper that only remembers what it was asked and answers what it was told to. */
export function createFakeKeeper(change: Partial<FakeAnswers> = {}) {
  const calls: KeeperCall[] = [];
  const listeners = new Set<() => void>();
  const answers: FakeAnswers = {
    status: statusOf([connectionView()]),
    accessToken: async () => null,
    currentToken: () => null,
    knowsToken: () => false,
    declare: async () => undefined,
    connect: async () => outcome({ code: 'connected', message: 'Connected.' }),
    replace: async () => outcome({ code: 'replaced', message: 'Replaced.' }),
    refresh: async () => outcome({ code: 'renewed', message: 'Renewed.' }),
    check: async () => outcome({ code: 'checked', message: 'Checked.' }),
    chooseNumber: async () => outcome({ code: 'number-chosen', message: 'Chosen.' }),
    remove: async () => outcome({ code: 'removed', message: 'Removed.', connection: null }),
    acknowledge: async () => outcome({ code: 'acknowledged', message: 'Noted.' }),
    ...change,
  };
  const keeper = {
    start: async () => undefined,
    tick: async () => undefined,
    nextDueAt: () => null,
    wake: async () => undefined,
    accessToken: (id) => answers.accessToken(id),
    currentToken: (id) => answers.currentToken(id),
    knowsToken: (id, token) => answers.knowsToken(id, token),
    tokenRefused: (id, fingerprint, fault) => void calls.push({ asked: 'tokenRefused', id, fingerprint, fault }),
    tokenAccepted: (id, fingerprint) => void calls.push({ asked: 'tokenAccepted', id, fingerprint }),
    declare: (id, code, concerns) => {
      calls.push({ asked: 'declare', id, code, concerns });
      return answers.declare(id, code, concerns);
    },
    status: () => answers.status,
    connect: (input) => {
      calls.push({ asked: 'connect', input });
      return answers.connect(input);
    },
    replace: (id, input) => {
      calls.push({ asked: 'replace', id, input });
      return answers.replace(id, input);
    },
    refresh: (id) => {
      calls.push({ asked: 'refresh', id });
      return answers.refresh(id);
    },
    check: (id) => {
      calls.push({ asked: 'check', id });
      return answers.check(id);
    },
    chooseNumber: (id, phoneNumberId) => {
      calls.push({ asked: 'chooseNumber', id, phoneNumberId });
      return answers.chooseNumber(id, phoneNumberId);
    },
    remove: (id) => {
      calls.push({ asked: 'remove', id });
      return answers.remove(id);
    },
    acknowledge: (id) => {
      calls.push({ asked: 'acknowledge', id });
      return answers.acknowledge(id);
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    stop: async () => undefined,
  } satisfies Keeper;
  /** Tells everybody who listens that the status may have changed. */
  const changed = (): void => listeners.forEach((listener) => listener());
  return { keeper, calls, answers, changed };
}
