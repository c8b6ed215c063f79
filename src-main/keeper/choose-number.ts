import { faultText } from '../core/graph/fault-words.ts';
import type { Outcome } from '../contract/outcome.ts';
import { proveAccess } from './access.ts';
import { accessAfter } from './check.ts';
import { findByNumber } from './connect.ts';
import { faultCode, refuse, refuseAccess } from './intake.ts';
import { authFor, type Live, tokenInUse } from './live.ts';
import type { KeeperPorts } from './ports.ts';
import type { Roster } from './roster.ts';

/** Ties a connection to a phone number once the token is proved to reach it. Call it in the connection's turn. */
export async function tieToNumber(ports: KeeperPorts, roster: Roster, live: Live, phoneNumberId: string): Promise<Outcome> {
  const connection = live.connection.id;
  const twin = findByNumber(roster, phoneNumberId);
  if (twin !== null && twin !== live) return { ...refuse('number-already-connected', `This number is already connected as “${twin.connection.label}”. Nothing was changed.`).outcome, connection };
  const inUse = tokenInUse(live);
  const snapshot = inUse?.record.snapshot ?? null;
  if (inUse === null || snapshot === null) return { ...refuse('no-token', 'There is no token at hand to check the number with. Unlock the keychain or paste a token first. Nothing was changed.').outcome, connection };
  const { offeredNumbers, wabaId } = live.connection;
  const ids = { phoneNumberId, wabaId: offeredNumbers.find((number) => number.id === phoneNumberId)?.wabaId ?? wabaId };
  const proof = await proveAccess(ports.meta, authFor(live, inUse.token, inUse.record), ids, snapshot);
  if (proof.outcome === 'unreachable' || proof.outcome === 'refused') return { ...refuse(faultCode(proof.fault), `${faultText(proof.fault.cause, proof.fault)} Nothing was changed.`).outcome, connection };
  if (proof.outcome === 'lost') return { ...refuseAccess(proof.fault, ids, proof.offered).outcome, connection };
  await roster.update(live, (before) => ({ ...before, ...ids, access: accessAfter(proof, ports.clock.now()), offeredNumbers: [] }));
  const name = proof.number?.display ?? phoneNumberId;
  return { ok: true, code: 'number-chosen', message: `“${live.connection.label}” now stands for ${name}.`, connection, details: proof.notes };
}
