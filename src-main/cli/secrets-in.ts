import { canAsk } from './io.ts';
import type { CliIo } from './io.ts';
import { stepOf, stopped, went } from './report.ts';
import type { Step } from './report.ts';
import { decodeText, LARGEST_FILE, readTextFile } from '../env/text-file.ts';

/** Where the owner said that token and app secret are; `-` is standard input. */
export interface SecretFiles {
  readonly tokenFile?: string | undefined;
  readonly appSecretFile?: string | undefined;
}

/** Longer than this (characters) is no token, and more than the server takes. */
const LONGEST = 60_000;

/**
 * The token, as it was given: from its file, else from standard input, else typed unseen at the terminal.
 * All of a file or pipe counts: a token that was wrapped over lines is put together later.
 */
export async function readToken(io: CliIo, files: SecretFiles): Promise<Step<string>> {
  if (files.tokenFile === '-' && files.appSecretFile === '-') {
    return stopped('one-input', 'Standard input can carry only one of the two. Put the app secret into a file.');
  }
  const fromInput = files.tokenFile === '-' || (files.tokenFile === undefined && !io.stdinIsTty && files.appSecretFile !== '-');
  const text = await readOne(io, files.tokenFile, fromInput, 'Access token (not shown while you paste): ');
  if (!text.ok) return text;
  if (fromInput && text.value.trim() === '') {
    return stopped('no-token-given', 'No token came through standard input. Name a file with --token-file FILE, or send the token in: npx evertoken connect < FILE');
  }
  return text.value.length > LONGEST ? tooLong() : text;
}

/**
 * The new token of a connection whose app may be replaced alone: null where no token was given at all, which leaves the
 * one in use.
 */
export async function readTokenOrKeep(io: CliIo, files: SecretFiles): Promise<Step<string | null>> {
  if (files.tokenFile !== undefined) return readToken(io, files);
  if (io.stdinIsTty ? !canAsk(io) : files.appSecretFile === '-') return went(null);
  const text = await readOne(io, undefined, !io.stdinIsTty, 'New token (not shown; leave empty to keep the one in use): ');
  if (!text.ok) return text;
  if (text.value.trim() === '') return went(null);
  return text.value.length > LONGEST ? tooLong() : text;
}

function tooLong(): Step<never> {
  return stopped('token-too-long', 'That is far too long to be an access token. Nothing was changed.');
}

/** The app secret, cleaned of white space and quotes; null where none was given. Asked for at a terminal only if `ask`. */
export async function readAppSecret(io: CliIo, files: SecretFiles, ask: boolean): Promise<Step<string | null>> {
  if (files.appSecretFile === undefined && !(ask && canAsk(io))) return went(null);
  const text = await readOne(io, files.appSecretFile, files.appSecretFile === '-', 'App secret (not shown; Enter to leave it out): ');
  if (!text.ok) return text;
  const secret = text.value.replaceAll(/^[\s"'`\ufeff]+|[\s"'`]+$/g, '');
  if (secret === '') {
    return files.appSecretFile === undefined ? went(null) : stopped('app-secret-empty', 'The app secret file is empty.');
  }
  if (/\s/.test(secret)) return stopped('app-secret-lines', 'The app secret file holds more than one word. It should hold the app secret and nothing else.');
  if (secret.startsWith('EAA')) return stopped('app-secret-is-token', 'The app secret file holds an access token. The app secret stands in the app dashboard, under App settings, Basic.');
  return went(secret);
}

async function readOne(io: CliIo, file: string | undefined, fromInput: boolean, question: string): Promise<Step<string>> {
  if (fromInput) {
    if (io.stdinIsTty) return typed(io, question);
    return stepOf(decodeText(await io.readStdin(LARGEST_FILE), 'What came through standard input'));
  }
  return file === undefined ? typed(io, question) : stepOf(await readTextFile(file, io.cwd));
}

async function typed(io: CliIo, question: string): Promise<Step<string>> {
  if (!canAsk(io)) return stopped('nobody-to-ask', 'There is no terminal to ask at. Name a file with --token-file FILE.');
  const answer = await io.ask(question, true);
  return answer === null ? stopped('cancelled', 'Cancelled. Nothing was changed.') : went(answer);
}
