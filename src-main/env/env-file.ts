import { parse } from 'dotenv';
import { ENV_NAMES, isPublicName, nameRank } from './env-names.ts';
import type { EnvField } from './env-names.ts';
import { read, refused } from './reading.ts';
import type { Reading } from './reading.ts';

/** What a bot's `.env` says about its connection. `token` and `appSecret` are secrets; `notes` never hold one. */
export interface EnvConnection {
  readonly token: string;
  readonly appId: string | null;
  readonly appSecret: string | null;
  readonly phoneNumberId: string | null;
  readonly wabaId: string | null;
  /** What was taken, passed over or is missing, in sentences. */
  readonly notes: readonly string[];
}

const FIELDS: readonly EnvField[] = ['token', 'appId', 'appSecret', 'phoneNumberId', 'wabaId'];

/** What each missing piece would be good for; the token is not among them, since nothing starts without it. */
const MISSING: Record<Exclude<EnvField, 'token'>, string> = {
  appId: 'With it and the app secret Evertoken renews the token by itself.',
  appSecret: 'With it and the app id Evertoken renews the token by itself.',
  phoneNumberId: 'Evertoken looks for the number by itself; with the id it checks exactly this one.',
  wabaId: 'Evertoken looks for the account by itself; with the id it checks exactly this one.',
};

/** Finds a connection in the text of a `.env`; `name` is how the owner calls the file. */
export function readEnvConnection(text: string, name: string): Reading<EnvConnection> {
  // An editor on Windows may put a byte order mark before the first name.
  const values = parse(text.replace(/^\ufeff/, ''));
  const notes: string[] = [];
  const found: Partial<Record<EnvField, string>> = {};
  for (const field of FIELDS) {
    const choice = choose(field, values, name);
    if (!choice.ok) return choice;
    notes.push(...choice.value.notes);
    if (choice.value.value !== null) found[field] = choice.value.value;
    else if (field !== 'token') notes.push(`Not in the file: the ${ENV_NAMES[field].words} (${ENV_NAMES[field].first}). ${MISSING[field]}`);
  }
  const { token, appId = null, appSecret = null, phoneNumberId = null, wabaId = null } = found;
  if (token === undefined) return noToken(values, name);
  return read({ token, appId, appSecret, phoneNumberId, wabaId, notes });
}

interface Choice {
  readonly value: string | null;
  readonly notes: readonly string[];
}

function choose(field: EnvField, values: Readonly<Record<string, string>>, file: string): Reading<Choice> {
  const notes: string[] = [];
  const named = Object.entries(values).flatMap(([name, raw]) => {
    const rank = nameRank(field, name);
    const value = raw.trim();
    if (rank === null || value === '') return [];
    if (!usable(field, value)) {
      notes.push(`${name} was left out: ${field === 'appSecret' ? 'it still holds a placeholder.' : 'an id has digits only.'}`);
      return [];
    }
    return [{ name, rank, value }];
  });
  const best = Math.min(...named.map(({ rank }) => rank));
  const [taken, ...equals] = named.filter(({ rank }) => rank === best);
  if (taken === undefined) return read({ value: null, notes });
  const rival = equals.find(({ value }) => value !== taken.value);
  if (rival !== undefined) {
    const { words, first } = ENV_NAMES[field];
    return refused('env-ambiguous', `${file} holds two different values for the ${words}: ${taken.name} and ${rival.name}. Keep one of them, or name the right one ${first}. Nothing was changed.`);
  }
  const passedOver = named.filter(({ value }) => value !== taken.value).map(({ name }) => name);
  notes.push(`Taken: the ${ENV_NAMES[field].words} from ${taken.name}${passedOver.length === 0 ? '' : `; ${passedOver.join(', ')} says something else and was passed over`}.`);
  if (isPublicName(taken.name) && (field === 'token' || field === 'appSecret')) {
    notes.push(`Careful: names like ${taken.name} are often built into web pages, where anybody can read them. If that is so here, make a new ${ENV_NAMES[field].words}.`);
  }
  return read({ value: taken.value, notes });
}

/** A token is judged by the keeper, which has better words; a template's leftovers in the other fields are not worth a refusal. */
function usable(field: EnvField, value: string): boolean {
  switch (field) {
    case 'token':
      return true;
    case 'appSecret':
      return !/^(<.*>|\[.*\]|x{3,}|\.{3,}|your.*|change.?me.*|todo|.*_here)$/i.test(value);
    case 'appId':
    case 'phoneNumberId':
    case 'wabaId':
      return /^\d+$/.test(value);
  }
}

function noToken(values: Readonly<Record<string, string>>, file: string): Reading<never> {
  const empty = Object.keys(values).find((name) => nameRank('token', name) !== null);
  if (empty !== undefined) return refused('env-token-empty', `${empty} in ${file} is empty. Put the access token there, or paste the token by itself`);
  return refused('env-no-token', `${file} holds no access token under a name that Evertoken knows. Name it ${ENV_NAMES.token.first}, or paste the token by itself`);
}
