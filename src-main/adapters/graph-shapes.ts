import { isObject, readId, readText, type JsonObject } from '../core/graph/json.ts';
import type { PhoneNumber } from '../core/ports.ts';

/** The fields that are asked for of one number (WhatsApp business phone number reference). */
export const NUMBER_FIELDS = 'display_phone_number,verified_name,quality_rating,status,name_status,throughput';
/** The fields of each number in a list. */
export const LIST_FIELDS = 'id,display_phone_number,verified_name,quality_rating';

/** A phone number; null where the object is none (another node of the graph also has an id). */
export function readPhoneNumber(body: unknown, askedId: string | null): PhoneNumber | null {
  if (!isObject(body)) return null;
  const id = readId(body['id']) ?? askedId;
  const display = readText(body['display_phone_number']);
  const verifiedName = readText(body['verified_name']);
  const quality = readText(body['quality_rating']);
  if (id === null || !NUMBER_FIELDS.split(',').some((field) => field in body)) return null;
  return { id, display, verifiedName, quality };
}

/** True where Meta showed some object with an id that has nothing of a phone number: an account, a page, a person. */
export function isAnotherNode(body: unknown): boolean {
  return isObject(body) && readId(body['id']) !== null && !NUMBER_FIELDS.split(',').some((field) => field in body);
}

/** One page of a list. */
export interface NumberPage {
  readonly numbers: readonly PhoneNumber[];
  /** The cursor of the next page; null on the last one. */
  readonly after: string | null;
}

/** Meta's page size where it does not heed the one asked for. */
const SMALLEST_FULL_PAGE = 25;

/**
 * One page of numbers; null where the body is no list. A page that may be full is followed even where `paging.next` is
 * missing. That address itself is never called, since it holds the token and may point anywhere; its cursor is taken
 * out where `cursors` is missing.
 */
export function readNumberPage(body: unknown): NumberPage | null {
  if (!isObject(body) || !Array.isArray(body['data'])) return null;
  const entries: readonly unknown[] = body['data'];
  const numbers = entries.map((entry) => readListed(entry)).filter((number) => number !== null);
  const paging: JsonObject = isObject(body['paging']) ? body['paging'] : {};
  const next = readText(paging['next']);
  const after = (isObject(paging['cursors']) ? readText(paging['cursors']['after']) : null) ?? cursorIn(next);
  const more = next !== null || entries.length >= SMALLEST_FULL_PAGE;
  return { numbers, after: more && entries.length > 0 ? after : null };
}

function cursorIn(next: string | null): string | null {
  // A base makes a relative address readable; only the query counts.
  if (next === null || !URL.canParse(next, 'https://graph.facebook.com')) return null;
  return new URL(next, 'https://graph.facebook.com').searchParams.get('after') || null;
}

function readListed(entry: unknown): PhoneNumber | null {
  if (!isObject(entry)) return null;
  const id = readId(entry['id']);
  if (id === null) return null;
  return readPhoneNumber(entry, id) ?? { id, display: null, verifiedName: null, quality: null };
}

/** The app that `/app` names; null where there is no id. */
export function readAppShape(body: unknown): { readonly id: string; readonly name: string | null } | null {
  if (!isObject(body)) return null;
  const id = readId(body['id']);
  return id === null ? null : { id, name: readText(body['name']) };
}

/** The new token of an exchange; null where there is none that could stand in a header. */
export function readExchanged(body: unknown): string | null {
  const token = isObject(body) ? readText(body['access_token']) : null;
  return token !== null && isHeaderSafe(token) ? token : null;
}

/** True for text that can be sent as a token: printable ASCII without blanks. */
export function isHeaderSafe(token: string): boolean {
  return /^[\x21-\x7e]+$/.test(token);
}
