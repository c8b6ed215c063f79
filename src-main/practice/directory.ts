import { DAY } from '../core/time.ts';
import type { NodeKind } from './endpoints.ts';
import type { LongLivedExchange, PracticeApp, PracticeMedia, PracticeNumber, PracticeTemplate, PracticeUser, PracticeWaba } from './records.ts';

/** A new app; everything but id, name and secret has a default. */
export interface NewApp {
  readonly id: string;
  readonly name: string;
  readonly secret: string;
  /** Default false. */
  readonly requireProof?: boolean;
  /** Default `same-expiry`: no progress, which is what a product must cope with. */
  readonly longLivedExchange?: LongLivedExchange;
  /** Default false. */
  readonly sixtyDaysOnly?: boolean;
  /** ms; default 60 days. */
  readonly longLifeMs?: number;
}

/** A new phone number; `display` as Meta shows it. */
export interface NewNumber {
  readonly id: string;
  readonly display: string;
  readonly verifiedName: string;
  /** Default false. */
  readonly isTest?: boolean;
}

/** A new WhatsApp Business Account. */
export interface NewWaba {
  readonly id: string;
  readonly name: string;
  readonly phoneNumbers: readonly NewNumber[];
  /** Default: an approved `hello_world` and nothing else. */
  readonly templates?: readonly PracticeTemplate[];
  /** Users who may manage it. */
  readonly assignedTo?: readonly string[];
}

const helloWorld: PracticeTemplate = { id: '900000000000001', name: 'hello_world', language: 'en_US', status: 'APPROVED', category: 'UTILITY' };
const MEDIA_KEPT = 100;

/** Apps, users, accounts, numbers and files by id. Adding an id twice, or naming one that is not there, throws: it is a mistake of whoever sets the world up. */
export class Directory {
  readonly #apps = new Map<string, PracticeApp>();
  readonly #users = new Map<string, PracticeUser>();
  readonly #wabas = new Map<string, PracticeWaba>();
  readonly #media = new Map<string, PracticeMedia>();

  addApp(app: NewApp): PracticeApp {
    return put(this.#apps, { requireProof: false, longLivedExchange: 'same-expiry', sixtyDaysOnly: false, longLifeMs: 60 * DAY, ...app });
  }

  addUser(id: string, name: string, kind: PracticeUser['kind']): PracticeUser {
    return put(this.#users, { id, name, kind, standing: 'good', wabas: new Set() });
  }

  addWaba({ id, name, phoneNumbers, templates = [helloWorld], assignedTo = [] }: NewWaba): PracticeWaba {
    const waba = put(this.#wabas, { id, name, numbers: phoneNumbers.map(newNumber), templates: [...templates] });
    for (const userId of assignedTo) this.needUser(userId).wabas.add(id);
    return waba;
  }

  /** Keeps the last hundred files. */
  addMedia(media: PracticeMedia): void {
    this.#media.set(media.id, media);
    const [oldest] = this.#media.keys();
    if (this.#media.size > MEDIA_KEPT && oldest !== undefined) this.#media.delete(oldest);
  }

  removeMedia(id: string): boolean {
    return this.#media.delete(id);
  }

  app(id: string): PracticeApp | null {
    return this.#apps.get(id) ?? null;
  }

  waba(id: string): PracticeWaba | null {
    return this.#wabas.get(id) ?? null;
  }

  media(id: string): PracticeMedia | null {
    return this.#media.get(id) ?? null;
  }

  number(id: string): { readonly waba: PracticeWaba; readonly number: PracticeNumber } | null {
    for (const waba of this.#wabas.values()) {
      const number = waba.numbers.find((candidate) => candidate.id === id);
      if (number !== undefined) return { waba, number };
    }
    return null;
  }

  needApp(id: string): PracticeApp {
    return need(this.#apps, id, 'app');
  }

  needUser(id: string): PracticeUser {
    return need(this.#users, id, 'user');
  }

  needNumber(id: string): PracticeNumber {
    const hit = this.number(id);
    if (hit === null) throw new Error(`practice world: there is no number ${id}`);
    return hit.number;
  }

  kindOf(id: string): NodeKind {
    if (this.#wabas.has(id)) return 'waba';
    if (this.#media.has(id)) return 'media';
    return this.number(id) === null ? 'unknown' : 'number';
  }
}

function newNumber({ isTest = false, ...number }: NewNumber): PracticeNumber {
  return { ...number, isTest, quality: 'GREEN', status: 'CONNECTED', registered: true };
}

function put<T extends { readonly id: string }>(into: Map<string, T>, item: T): T {
  if (into.has(item.id)) throw new Error(`practice world: ${item.id} is there already`);
  into.set(item.id, item);
  return item;
}

function need<T>(from: ReadonlyMap<string, T>, id: string, what: string): T {
  const item = from.get(id);
  if (item === undefined) throw new Error(`practice world: there is no ${what} ${id}`);
  return item;
}
