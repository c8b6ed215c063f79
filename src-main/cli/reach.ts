import { livingHolder } from '../adapters/folder-lock.ts';
import { SECOND } from '../core/time.ts';
import { errorIn, proofIn } from './answers.ts';
import { doorWords } from './door.ts';
import type { Door } from './door.ts';
import { AnswerTimeout } from './http.ts';
import type { CliIo } from './io.ts';
import { failed, stopped, went } from './report.ts';
import type { Step } from './report.ts';
import { HOW_TO_START, NO_DOOR } from './running-evertoken.ts';
import type { RunningEvertoken } from './running-evertoken.ts';
import { proofQuestion } from './server-proof.ts';

/** For answers that Evertoken has at hand, ms. */
export const LOCAL_MS = 10 * SECOND;

/** The Evertoken that was found, behind the door at which it proved who it is. `key` is a secret. */
export interface ReachedEvertoken {
  readonly folder: string;
  readonly door: Door;
  readonly key: string;
}

/** A question behind the door. */
export interface Question {
  readonly method: string;
  readonly path: string;
  readonly timeoutMs: number;
  readonly body: unknown;
}

/** The first door with somebody behind it, who must prove to know the key; a stop where they do not, or where nobody answers anywhere. */
export async function reachEvertoken(io: CliIo, { doors, folder, key }: RunningEvertoken): Promise<Step<ReachedEvertoken>> {
  const [first, ...others] = doors;
  let door = first;
  let tried = await prove(io, { folder, key, door });
  for (const other of others) {
    if (tried.ok || tried.stop.code !== NOBODY) break;
    door = other;
    tried = await prove(io, { folder, key, door });
  }
  if (tried.ok) return went({ folder, key, door });
  return tried.stop.code === NOBODY && (await livingHolder(folder)) !== null ? stopped('no-door', NO_DOOR) : tried;
}

/** Asks what the key is needed for. */
export async function ask(io: CliIo, reached: ReachedEvertoken, { method, path, timeoutMs, body }: Question): Promise<Step<unknown>> {
  const { door, key } = reached;
  let status: number;
  let value: unknown;
  try {
    const answer = await io.askHttp(door, {
      method,
      path,
      timeoutMs,
      headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      body: body === undefined ? null : JSON.stringify(body),
    });
    status = answer.status;
    value = JSON.parse(answer.text);
  } catch (error) {
    return cutOff(error) ? failed('cut-off', 'Evertoken ended before it answered. See how things stand with: npx evertoken status') : noAnswer(error, door, timeoutMs);
  }
  if (status === 200) return went(value);
  const refused = errorIn(value);
  if (refused === null) return stranger(door);
  if (status === 401) return otherKey(reached);
  return status >= 500 ? failed(refused.code, refused.message) : stopped(refused.code, refused.message);
}

/** What answers sounds like another program. */
export function stranger(door: Door): Step<never> {
  const cure = door.kind === 'port' ? `${HOW_TO_START}. Or name its port with --port.` : 'If it stays so, quit Evertoken and start it again.';
  return stopped('not-evertoken', `What answers ${doorWords(door)} does not sound like Evertoken. ${cure}`);
}

const NOBODY = 'not-running';

async function prove(io: CliIo, reached: ReachedEvertoken): Promise<Step<null>> {
  const { door, key } = reached;
  const question = proofQuestion(key, door);
  let value: unknown;
  try {
    const answer = await io.askHttp(door, { method: 'GET', path: question.path, headers: {}, body: null, timeoutMs: LOCAL_MS });
    value = JSON.parse(answer.text);
  } catch (error) {
    return noAnswer(error, door, LOCAL_MS);
  }
  const refused = errorIn(value);
  // One that is stopping says so.
  if (refused !== null) return failed(refused.code, refused.message);
  const proof = proofIn(value);
  if (proof === null) return stranger(door);
  return question.isRight(proof) ? went(null) : otherKey(reached);
}

function otherKey({ door, folder }: ReachedEvertoken): Step<never> {
  const cure = door.kind === 'port' ? 'It runs with another data folder: name that with --data-dir, or its port with --port.' : 'Quit Evertoken and start it again.';
  return stopped('key-wrong', `The Evertoken ${doorWords(door)} does not take the key in ${folder}. ${cure}`);
}

function noAnswer(error: unknown, door: Door, timeoutMs: number): Step<never> {
  if (error instanceof AnswerTimeout) {
    return failed('timeout', `Evertoken did not answer within ${timeoutMs / SECOND} seconds. It may still be at work; see: npx evertoken status`);
  }
  // A socket that a killed process left refuses; one that was cleared away is not there.
  if (['ECONNREFUSED', 'ENOENT'].includes(codeOf(error))) return stopped(NOBODY, `Evertoken is not running: nothing answers ${doorWords(door)}. ${HOW_TO_START}`);
  return stranger(door);
}

/** Who has proved to be Evertoken and then hangs up has ended. */
function cutOff(error: unknown): boolean {
  return ['ECONNRESET', 'EPIPE', 'ECONNREFUSED', 'ENOENT'].includes(codeOf(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
