/**
 * Gives back the object from last time for each item that looks the same, and the very list where all do. Every view
 * arrives as a copy; without this a thousand cards would be drawn again each minute. `textOf` says what counts as a look.
 */
export function createReuse<Item extends { readonly id: string }>(textOf: (item: Item) => string = JSON.stringify): (items: readonly Item[]) => readonly Item[] {
  let known = new Map<string, { readonly text: string; readonly item: Item }>();
  let last: readonly Item[] = [];
  return (items) => {
    const next: typeof known = new Map();
    for (const item of items) {
      const text = textOf(item);
      const before = known.get(item.id);
      next.set(item.id, before?.text === text ? before : { text, item });
    }
    known = next;
    const list = [...next.values()].map(({ item }) => item);
    if (list.length !== last.length || list.some((item, index) => item !== last[index])) last = list;
    return last;
  };
}
