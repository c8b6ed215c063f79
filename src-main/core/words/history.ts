import { isoTime } from '../time.ts';
import { alertOver, alertSeen, alertTold } from './alert-news.ts';
import { dateWords } from './dates.ts';
import { connectionOf, instantOf, labelled, type LogFacts, quoted, vaultWords, word } from './log-facts.ts';
import { outcomeWords } from './outcome-codes.ts';
import { bad, good, inRun, plain, type Said } from './said.ts';
import { checkFound, refreshEnded, renewalEnded, replaceEnded, tokenPutToUse } from './token-news.ts';

/** One line of the log, parsed and not trusted. */
export interface LogRecord {
  /** ISO 8601. */
  readonly at: string;
  readonly event: string;
  readonly facts: LogFacts;
}

/** One thing that happened, for the owner. */
export interface News extends Said {
  /** ISO 8601. */
  readonly at: string;
  /** Id of the connection; null where it concerns the app as a whole. */
  readonly connection: string | null;
}

/**
 * What a line of the log tells the owner; null for what is no news (calls, ticks, what another line tells better), for an
 * event that is not known, and for a line without a time. Facts are looked up among those known and never echoed; only a
 * connection's label and an alert's text, which were written for the owner, are quoted.
 */
export function newsOf({ at, event, facts }: LogRecord): News | null {
  const instant = instantOf(at);
  const said = EVENTS.get(event)?.(facts) ?? null;
  return instant === null || said === null ? null : { at: isoTime(instant), connection: connectionOf(facts), ...said };
}

/** The text of news that came again, with when it first came (ISO 8601). */
export function lastingWords(text: string, since: string): string {
  const instant = instantOf(since);
  return instant === null ? text : `${text} It has been like this since ${dateWords(instant)}.`;
}

const EVENTS: ReadonlyMap<string, (facts: LogFacts) => Said | null> = new Map<string, (facts: LogFacts) => Said | null>([
  ['started', () => plain('Evertoken was started.')],
  ['stopped', () => plain('Evertoken was stopped.')],
  ['checked', checkFound],
  ['token-promoted', tokenPutToUse],
  ['renewal-ended', renewalEnded],
  ['refresh', refreshEnded],
  ['replace', replaceEnded],
  // One that was made is told by the token that was put to use.
  ['connect', (facts) => (word(facts, 'code') === null ? null : failed(facts, 'A new connection was not made.'))],
  // What it found has a line of its own.
  ['check', (facts) => (word(facts, 'code') === 'storage-failed' ? failed(facts, 'The check could not be finished.') : null)],
  ['choose-number', (facts) => (word(facts, 'code') === 'number-chosen' ? good(`${labelled(facts)} was tied to a phone number.`) : failed(facts, 'Choosing the phone number did not work.'))],
  ['remove', (facts) => (word(facts, 'code') === 'removed' ? plain(`${labelled(facts)} was removed.`) : failed(facts, 'Removing the connection did not work.'))],
  ['acknowledge', alertSeen],
  ['alert-told', alertTold],
  ['alert-withdrawn', alertOver],
  ['keychain-came', () => good('The keychain can be reached now.')],
  ['keychain-unlocked', () => good('The keychain was unlocked.')],
  ['secret-written-back', writtenBack],
  ['token-moved-into-vault', (facts) => good(`The token was in memory only and now lies in ${vaultWords(facts)}.`)],
  ['attend-failed', () => inRun('work', bad('Evertoken could not finish its work on this connection and tries again in a minute.'))],
  ['tick-failed', () => inRun('work', bad('Something inside Evertoken failed. It tries again in a minute.'))],
  ['key.created', (facts) => plain(`A key was made for ${named(facts)}.`)],
  ['key.revoked', (facts) => plain(`The key of ${named(facts)} was revoked.`)],
  ['delivery.added', (facts) => plain(word(facts, 'kind') === 'command' ? 'A program was set to run after each new token.' : 'A .env file was added: the token is written into it from now on.')],
  ['delivery.removed', () => plain('A delivery was removed.')],
  ['delivery.written', () => good('The token in use was written into a .env file.')],
  ['delivery.failed', () => inRun('delivery', bad('A .env file could not be brought up to date. Evertoken tries again.'))],
  ['delivery.command-ended', (facts) => (word(facts, 'how') === 'exit' && facts['exitCode'] === 0 ? good('The program that runs after a new token did its work.') : bad('The program that runs after a new token failed.'))],
  ['log.lines-lost', () => plain('Some lines of the log could not be written, so something may be missing here.')],
]);

/** A consumer of the gateway by the name that the owner gave it. */
function named(facts: LogFacts): string {
  const name = quoted(facts, 'name');
  return name === '' ? 'a bot' : `“${name}”`;
}

function failed(facts: LogFacts, what: string): Said {
  return bad(`${what} ${outcomeWords(word(facts, 'code'))}`.trim());
}

function writtenBack(facts: LogFacts): Said {
  const vault = vaultWords(facts);
  return facts['kept'] === true ? good(`A secret of this connection was gone from ${vault}; Evertoken put it back.`) : bad(`A secret of this connection is gone from ${vault}, and Evertoken could not put it back.`);
}
