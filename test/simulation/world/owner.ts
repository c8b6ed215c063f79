import type { AlertCode, AlertRecord } from '../../../src-main/core/alerts/alert.ts';
import { DAY, HOUR, MINUTE } from '../../../src-main/core/time.ts';
import type { Outcome } from '../../../src-main/contract/outcome.ts';
import { isAlive, type Made } from './meta-truth.ts';
import type { Shop } from './shop.ts';
import type { World } from './world.ts';

/** How long an owner takes to do something about an alert, ms, and how often it is left at that. */
const MANNERS = {
  diligent: { delay: 3 * HOUR, ignores: 0.05 },
  slow: { delay: 4 * DAY, ignores: 0.4 },
  absent: { delay: 20 * DAY, ignores: 0.9 },
} as const;

const WANTS_TOKEN: ReadonlySet<AlertCode> = new Set<AlertCode>(['expiry', 'data-access', 'revoked', 'access-lost', 'cannot-extend', 'secret-lost', 'app-credentials-refused']);
const MEDDLING = { none: null, some: 20, much: 4 } as const;

/** The person before the simulated computer. */
export class Owner {
  readonly #world: World;
  readonly #pending = new Set<Shop>();

  constructor(world: World) {
    this.#world = world;
    // Called by world so that owner and keeper meet at one place only.
    this.#world.hear = (alert) => this.#hear(alert);
  }

  /** Sets up each shop, and meddles now and then. */
  begin(): void {
    const { world } = { world: this.#world };
    for (const shop of world.shops) {
      world.agenda.at(world.clock.now + MINUTE, 'connect', () => this.#connect(shop, world.scenario.made));
      this.#meddleSoon(shop);
    }
  }

  #hear(alert: AlertRecord): void {
    const world = this.#world;
    const manner = MANNERS[world.scenario.owner];
    if (world.random.chance(0.3)) this.#later(world.random.gap(HOUR), 'acknowledge', async () => void (await world.ask('acknowledge', (keeper) => keeper.acknowledge(alert.id))));
    const shop = [...world.connected].find(([, { id }]) => alert.id.startsWith(`${id}/`))?.[0];
    if (shop === undefined || !WANTS_TOKEN.has(alert.code) || this.#pending.has(shop) || world.random.chance(manner.ignores)) return;
    this.#pending.add(shop);
    this.#later(world.random.gap(manner.delay), 'replace', () => this.#replace(shop, 'told'));
  }

  /** Does something at a time when the computer is awake and Evertoken runs. */
  #later(delay: number, name: string, act: () => Promise<void>): void {
    const world = this.#world;
    world.agenda.at(world.clock.now + delay, name, async () => {
      if (world.isUp) await act();
      else this.#later(HOUR, name, act);
    });
  }

  async #connect(shop: Shop, made: Made): Promise<void> {
    const world = this.#world;
    if (!world.isUp) {
      this.#later(MINUTE, 'connect', () => this.#connect(shop, made));
      return;
    }
    const token = world.truth.make(shop, made, world.clock.now);
    const { givesSecret, givesIds } = world.scenario;
    const secret = givesSecret ? shop.appSecret : null;
    world.holdings.decisions.pasted.add(token.text);
    const connected = new Set(world.disk.state.connections.map((connection) => connection.id));
    const done = await world.ask('connect', (keeper) => keeper.connect({ label: shop.name, environment: null, token: `  ${token.text}\n`, appId: givesSecret || givesIds ? shop.appId : null, appSecret: secret, phoneNumberId: givesIds ? shop.phoneId : null, wabaId: givesIds ? shop.wabaId : null, source: 'connect' }));
    if (done?.ok === true) {
      world.searchAnswer('connect', done.value);
      world.note(`connect: ${done.value.code}`);
      if (done.value.ok && done.value.connection !== null) {
        world.connected.set(shop, { id: done.value.connection, secret });
        return;
      }
    }
    // What a full disk kept from being removed is removed again.
    const twin = world.disk.state.connections.find((connection) => connection.label === shop.name);
    if (done?.ok === true && done.value.code === 'number-already-connected' && twin !== undefined) {
      await this.#remove(shop, twin.id);
      return;
    }
    // A crash may come after the connection was made.
    const made2 = world.disk.state.connections.find((connection) => !connected.has(connection.id) && connection.label === shop.name && connection.currentTokenId !== null);
    if (made2 !== undefined) world.connected.set(shop, { id: made2.id, secret: made2.appSecret === null ? null : secret });
    else this.#later(world.random.gap(2 * HOUR), 'connect', () => this.#connect(shop, made));
  }

  async #replace(shop: Shop, why: 'told' | 'wish'): Promise<void> {
    const world = this.#world;
    const known = world.connected.get(shop);
    this.#pending.delete(shop);
    if (known === undefined) return;
    const { now } = world.clock;
    // Whoever makes a new token by the guide gives its user access to the number as well.
    world.noteTroubles();
    if (world.random.chance(0.8)) shop.accessLost = false;
    const made = world.random.weighted<Made>({ 'system-60': 6, 'system-never': 2, 'user-day': 2, 'user-long': 1 });
    const fresh = world.truth.make(shop, made, now);
    const wrong = known.secret !== shop.appSecret;
    const app = world.scenario.givesSecret && (wrong || world.random.chance(0.1)) ? { appId: shop.appId, appSecret: shop.appSecret } : null;
    await this.#paste(shop, fresh.text, app, why);
  }

  async #paste(shop: Shop, text: string, app: { appId: string; appSecret: string } | null, why: 'told' | 'wish'): Promise<void> {
    const world = this.#world;
    const known = world.connected.get(shop);
    if (known === undefined) return;
    const { decisions } = world.holdings;
    const before = world.disk.state.connections.find((connection) => connection.id === known.id);
    const others = (before?.tokens ?? []).map((record) => world.holdings.tokenOf(record)).filter((token) => token !== null);
    const current = before?.tokens.find((record) => record.id === before.currentTokenId);
    const old = current === undefined ? null : world.holdings.tokenOf(current);
    decisions.pasted.add(text);
    decisions.changing.add(known.id);
    const attempt = async (confirmed: boolean): Promise<Outcome | null> => {
      const done = await world.ask(`replace ${confirmed ? 'confirmed' : 'asked'}`, (keeper) => keeper.replace(known.id, { token: text, app, confirmed }));
      if (done?.ok !== true) return null;
      world.searchAnswer('replace', done.value);
      world.note(`replace: ${done.value.code}`);
      return done.value;
    };
    let outcome = await attempt(false);
    const fresh = world.truth.find(text);
    if (outcome?.ok === true && fresh !== null && old !== null && isAlive(old, world.clock.now) && old.toldDead === false && outcome.code === 'replaced') {
      const differs = fresh.userId !== old.userId || (fresh.expiresAt ?? Number.POSITIVE_INFINITY) < (old.expiresAt ?? Number.POSITIVE_INFINITY);
      if (differs) world.verdicts.report('unconfirmed-replacement', known.id);
    }
    if (outcome?.code === 'confirm' && world.random.chance(0.85)) outcome = await attempt(true);
    decisions.changing.delete(known.id);
    const after = world.disk.state.connections.find((connection) => connection.id === known.id);
    const switched = after?.currentTokenId !== before?.currentTokenId;
    if (switched || outcome?.ok === true || outcome === null) {
      // What waited to be proved gave way to the owner's word; so did what was in use.
      for (const token of others) decisions.setAside.add(token.text);
      world.noteTroubles();
    }
    if (app !== null && after?.appSecret?.id !== before?.appSecret?.id) world.connected.set(shop, { id: known.id, secret: app.appSecret });
    const done = outcome?.ok === true || (outcome === null && switched);
    if (!done && why === 'told' && world.random.chance(0.7) && !this.#pending.has(shop)) {
      this.#pending.add(shop);
      this.#later(world.random.gap(6 * HOUR), 'replace', () => this.#replace(shop, 'told'));
    }
  }

  #meddleSoon(shop: Shop): void {
    const world = this.#world;
    const meanDays = MEDDLING[world.scenario.meddles];
    if (meanDays === null) return;
    this.#later(world.random.gap(meanDays * DAY), 'meddle', async () => {
      await this.#meddle(shop);
      this.#meddleSoon(shop);
    });
  }

  async #meddle(shop: Shop): Promise<void> {
    const world = this.#world;
    const known = world.connected.get(shop);
    if (known === undefined) return;
    const what = world.random.weighted({ refresh: 4, together: 4, check: 2, replace: 1, garbage: 1, remove: world.scenario.meddles === 'much' ? 0.2 : 0 });
    switch (what) {
      case 'refresh':
        world.ownerAskedAt = world.clock.now;
        this.#say(await world.ask('refresh', (keeper) => keeper.refresh(known.id)));
        break;
      case 'together':
        world.ownerAskedAt = world.clock.now;
        // The bot asks, the owner presses twice, and a tick comes, all at once.
        await world.ask('together', (keeper) => Promise.all([keeper.tick(), keeper.refresh(known.id), keeper.accessToken(known.id), keeper.refresh(known.id), keeper.wake(), keeper.accessToken(known.id)]));
        break;
      case 'check':
        this.#say(await world.ask('check', (keeper) => keeper.check(known.id)));
        break;
      case 'replace':
        await this.#replace(shop, 'wish');
        break;
      case 'garbage':
        await this.#pasteGarbage(shop, known.id);
        break;
      case 'remove':
        await this.#remove(shop, known.id);
        break;
    }
  }

  #say(done: { readonly ok: boolean; readonly value?: Outcome } | null): void {
    if (done?.value === undefined) return;
    this.#world.searchAnswer('outcome', done.value);
    this.#world.note(`outcome ${done.value.code}`);
  }

  /** A token that is dead, or no token at all: it must change nothing. */
  async #pasteGarbage(shop: Shop, id: string): Promise<void> {
    const world = this.#world;
    const dead = world.truth.of(shop).find((token) => !isAlive(token, world.clock.now));
    const text = dead?.text ?? `EAATestQ7SECRETQ7${world.random.text(40)}`;
    const before = world.disk.state.connections.find((connection) => connection.id === id);
    const done = await world.ask('paste garbage', (keeper) => keeper.replace(id, { token: text, app: null, confirmed: true }));
    const after = world.disk.state.connections.find((connection) => connection.id === id);
    const same = dead !== undefined && before?.tokens.some((record) => record.id === before.currentTokenId && world.holdings.tokenOf(record) === dead);
    if (done?.ok === true && done.value.ok && !same) world.verdicts.report('worse-replaces-good', 'a dead token was taken when pasted');
    if (before?.currentTokenId !== after?.currentTokenId) world.verdicts.report('worse-replaces-good', 'pasting a dead token changed the token in use');
  }

  async #remove(shop: Shop, id: string): Promise<void> {
    const world = this.#world;
    world.holdings.decisions.changing.add(id);
    const done = await world.ask('remove', (keeper) => keeper.remove(id));
    const gone = !world.disk.state.connections.some((connection) => connection.id === id);
    const left = [...world.keychain.items.keys()].some((account) => account.includes(`/${id}/`));
    if (done?.ok === true && !done.value.message.includes('could not be erased') && left && world.keychain.mood === 'open') world.verdicts.report('secrets-pile-up', 'a removed connection left secrets');
    if (!gone && !(done?.ok === true && done.value.code === 'storage-failed')) return;
    world.connected.delete(shop);
    this.#later(world.random.gap(DAY), 'connect', () => this.#connect(shop, 'system-60'));
  }
}
