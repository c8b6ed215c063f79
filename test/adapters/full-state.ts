import type { GraphFault } from '../../src-main/core/graph/fault.ts';
import type { Connection, KeeperState, TokenRecord } from '../../src-main/core/state.ts';

const fault: GraphFault = { cause: 'expired', code: 190, subcode: 463, httpStatus: 400, message: 'Session has expired' };

const token = (id: string, role: TokenRecord['role']): TokenRecord => ({
  id,
  marker: { id, vault: 'keychain', account: `inst/conn/${id}`, lastFour: '0001', savedAt: 1 },
  role,
  source: 'renewal',
  fingerprint: '…0001 ab12cd',
  firstSeenAt: 2,
  snapshot: {
    saidAt: 3, valid: true, appId: '1', userId: null, type: 'SYSTEM_USER',
    expiry: { kind: 'at', at: 4 }, dataAccess: { kind: 'never' }, issuedAt: null,
    scopes: ['whatsapp_business_messaging'], granularScopes: [{ scope: 'whatsapp_business_messaging', targetIds: ['7'] }], fault,
  },
  bringsApp: role === 'staging' ? { appId: '2', secret: { id: 's2', vault: 'keychain', account: 'inst/conn/app-secret-s2', lastFour: '', savedAt: 1 } } : null,
});

const connection = (n: number): Connection => ({
  id: `conn${n}`, label: `Shop ${n} — Grüße 🌻`, environment: 'production', appId: '1', phoneNumberId: '2', wabaId: null, createdAt: n,
  appSecret: { id: 's', vault: 'file', account: 'inst/conn/app-secret', lastFour: 'beef', savedAt: 1 },
  appCredentialsFault: { ...fault, at: 5, on: 'exchange' },
  tokens: [token('t1', 'previous'), token('t2', 'current'), { ...token('t3', 'staging'), snapshot: null }],
  currentTokenId: 't2',
  access: { kind: 'proved', at: 6, checks: ['number', 'waba'], number: { id: '2', display: null, verifiedName: 'Shop', quality: 'GREEN' } },
  offeredNumbers: [{ id: '2', display: '+1 555 0100', verifiedName: null, quality: null, wabaId: '7' }],
  lastCheck: { at: 7, definiteAt: null, silent: 2, fault: null, clockAheadBy: -40 },
  refusedCall: { tokenId: 't2', at: 7, code: 190, message: 'Invalid OAuth access token.', validAt: null },
  renewal: {
    phase: { phase: 'staging', tokenId: 't3' },
    lastAttempt: { at: 8, result: 'no-progress', fault }, lastSuccessAt: null, failures: 1, noProgress: 2, worse: ['access-lost'], failingFor: 3, notBefore: 9,
  },
  alerts: [{ id: 'a', code: 'expiry', severity: 'urgent', text: 'x', rung: '1h', raisedAt: 1, toldAt: 2, acknowledgedAt: null }],
  told: [{ key: 'expiry/t2/1h', at: 2 }],
});

/** A state with something in every corner; `n` connections with their number inside, obviously fake. */
export function fullState(n = 1): KeeperState {
  return {
    installationId: `installation-${n}`,
    connections: Array.from({ length: (n % 3) + 1 }, (_, index) => connection(index)),
    alerts: [{ id: 'app/memory-only/x', code: 'memory-only', severity: 'warning', text: 'y', rung: null, raisedAt: 1, toldAt: 2, acknowledgedAt: 3 }],
    told: [{ key: 'memory-only/x/once', at: 1 }],
  };
}
