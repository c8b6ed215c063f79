import type { ConnectionView } from '../../../src-main/contract/status.ts';
import type { Look } from './looks.ts';

// What needs the owner comes first.
const URGENCY: Readonly<Record<Look, number>> = { broken: 0, urgent: 1, 'keychain-locked': 2, soon: 3, unreachable: 4, checking: 5, 'needs-set-up': 6, healthy: 7 };

// “Shop 2” comes before “Shop 10”.
const NAMES = new Intl.Collator(undefined, { numeric: true });

/** Connections by urgency, then by how little life is left, then by name. */
export function byUrgency(connections: readonly ConnectionView[]): readonly ConnectionView[] {
  return connections.toSorted((a, b) => URGENCY[a.look] - URGENCY[b.look] || lifeOf(a) - lifeOf(b) || NAMES.compare(a.label, b.label));
}

// A healthy one keeps its place by name: its life runs down and is renewed without anyone having to look.
function lifeOf({ look, lifeLeft }: ConnectionView): number {
  return look === 'healthy' ? 1 : (lifeLeft ?? 1);
}

/** Those in which every word that was typed occurs: in the name, the environment, the number or an id. */
export function matching(connections: readonly ConnectionView[], typed: string): readonly ConnectionView[] {
  const words = typed.toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return connections;
  return connections.filter((connection) => {
    const text = [connection.label, connection.environment, connection.number, connection.id, connection.phoneNumberId, connection.wabaId, connection.appId].join('\n').toLowerCase();
    // A number is typed with or without its spaces.
    return words.every((word) => text.includes(word)) || text.replaceAll(/[ ()-]/g, '').includes(words.join(''));
  });
}
