/** Lets so many calls go on at one time, and of each key no more than its share; the others wait their turn. */
export interface Gate {
  /** True at once where there is a place; otherwise whether there was one in time. `who`: the id behind the key. */
  enter(who: string): true | Promise<boolean>;
  /** Gives a place back. Once for each that was had. */
  leave(who: string): void;
}

interface Waiting {
  readonly admit: (admitted: boolean) => void;
  readonly timer: NodeJS.Timeout;
}

interface Share {
  active: number;
  readonly waiting: Set<Waiting>;
}

/** Places for `capacity` calls, `each` for one key. Whoever has waited for `waitMs` is turned away. */
export function createGate(capacity: number, each: number, waitMs: number): Gate {
  // Entries stay: there are no more than keys, and a map that changes at every call would keep the collector busy.
  const shares = new Map<string, Share>();
  // By key, so that a thousand calls of one do not stand before the one of another; whoever had a turn goes to the end.
  const queue = new Set<Share>();
  let all = 0;

  const shareOf = (who: string): Share => {
    const known = shares.get(who);
    if (known !== undefined) return known;
    const share: Share = { active: 0, waiting: new Set() };
    shares.set(who, share);
    return share;
  };
  const take = (share: Share): boolean => {
    if (all >= capacity || share.active >= each) return false;
    all += 1;
    share.active += 1;
    return true;
  };
  const drop = (share: Share, waiting: Waiting): void => {
    clearTimeout(waiting.timer);
    share.waiting.delete(waiting);
    queue.delete(share);
    if (share.waiting.size > 0) queue.add(share);
  };

  return {
    enter(who) {
      const share = shareOf(who);
      if (take(share)) return true;
      return new Promise((resolve) => {
        const turnAway = (): void => {
          drop(share, waiting);
          resolve(false);
        };
        const waiting: Waiting = { admit: resolve, timer: setTimeout(turnAway, waitMs) };
        share.waiting.add(waiting);
        queue.add(share);
      });
    },
    leave(who) {
      all -= 1;
      shareOf(who).active -= 1;
      for (const share of queue) {
        const [first] = share.waiting;
        if (first === undefined || !take(share)) continue;
        drop(share, first);
        return first.admit(true);
      }
    },
  };
}
