import type { VaultKind } from '../ports.ts';
import { redactPatterns } from '../redact.ts';
import { isoTime } from '../time.ts';
import type { End } from '../token/snapshot.ts';
import { dateWords } from './dates.ts';
import { printable } from './printable.ts';

/** The facts of a log line as read back. Not trusted: the line may come from an older version or a damaged file. */
export type LogFacts = Readonly<Record<string, unknown>>;

/** When a token ends, as a fact of a log line that `validityWords` understands: ISO 8601, `never`, or null where nobody knows. */
export function endFact(end: End): string | null {
  return end.kind === 'at' ? isoTime(end.at) : end.kind === 'never' ? 'never' : null;
}

/** What is to follow the word “valid”, from the fact `validUntil`; empty where that says nothing. */
export function validityWords(facts: LogFacts): string {
  const end = word(facts, 'validUntil');
  if (end === 'never') return ' and never expires';
  const instant = end === null ? null : instantOf(end);
  return instant === null ? '' : ` until ${dateWords(instant)}`;
}

/** A fact that is text; null where there is none. For comparing, never for showing. */
export function word(facts: LogFacts, name: string): string | null {
  const value = Object.hasOwn(facts, name) ? facts[name] : null;
  return typeof value === 'string' ? value : null;
}

/** A fact that was written for people, ready to be shown; empty where there is none. */
export function quoted(facts: LogFacts, name: string): string {
  // Redacted on its way into the log already; a log from elsewhere may not have been.
  return redactPatterns(printable(word(facts, name) ?? '')).trim();
}

/** The connection by its label, at the beginning of a sentence. */
export function labelled(facts: LogFacts): string {
  const label = quoted(facts, 'label');
  return label === '' ? 'The connection' : `“${label}”`;
}

/** Id of the connection that a line is about, which an alert's line names in the alert's id only; null for the app as a whole. */
export function connectionOf(facts: LogFacts): string | null {
  const id = word(facts, 'connection') ?? word(facts, 'id')?.split('/')[0] ?? 'app';
  return id === 'app' || !/^[\w-]{1,64}$/.test(id) ? null : id;
}

/** The place for secrets that the fact `vault` names. */
export function vaultWords(facts: LogFacts): string {
  const kind = word(facts, 'vault');
  return kind === 'file' || kind === 'memory' ? VAULTS[kind] : VAULTS.keychain;
}

const VAULTS: Readonly<Record<VaultKind, string>> = { keychain: 'the keychain', file: 'the encrypted vault file', memory: 'the memory of Evertoken' };

/** An instant from ISO 8601, ms since 1970; null where the text is none. */
export function instantOf(text: string): number | null {
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? null : instant;
}
