import type { ConnectionView } from '../../src-main/contract/status.ts';

/**
 * Gives back the object from last time for each connection that looks the same. Every view arrives as a copy; without
 * this a thousand cards would be drawn again each minute. The life left counts in hundredths, finer than the ring shows.
 */
export function createReuse(): (connections: readonly ConnectionView[]) => readonly ConnectionView[] {
  let known = new Map<string, { readonly text: string; readonly connection: ConnectionView }>();
  return (connections) => {
    const next: typeof known = new Map();
    for (const connection of connections) {
      const text = JSON.stringify(connection, (key, value: unknown) => (key === 'lifeLeft' && typeof value === 'number' ? Math.round(value * 100) : value));
      const before = known.get(connection.id);
      next.set(connection.id, before?.text === text ? before : { text, connection });
    }
    known = next;
    return [...next.values()].map(({ connection }) => connection);
  };
}
