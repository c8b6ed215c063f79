import { ADMIN_PATHS } from '../contract/admin.ts';
import type { AcknowledgeRequest, ChooseNumberRequest, ConnectRequest, ReplaceRequest } from '../contract/admin.ts';
import { chooseConnection } from '../contract/choose-connection.ts';
import type { StatusAnswer } from '../contract/status.ts';
import { MINUTE, SECOND } from '../core/time.ts';
import type { Outcome } from '../contract/outcome.ts';
import { errorIn, isOutcome, isStatus, proofIn } from './answers.ts';
import type { CliIo } from './io.ts';
import { withProgress } from './progress.ts';
import { livingHolder } from '../adapters/folder-lock.ts';
import { failed, stopped, went } from './report.ts';
import type { Step } from './report.ts';
import { DESKTOP_RUNS, type RunningEvertoken } from './running-evertoken.ts';
import { proofQuestion } from './server-proof.ts';

/** As long as Meta may take, with retries. */
const META_MS = 2 * MINUTE;
/** For answers that Evertoken has at hand. */
const LOCAL_MS = 10 * SECOND;

/** The running Evertoken, as a command sees it. */
export interface Client {
  status(): Promise<Step<StatusAnswer>>;
  /** The id of the connection that `wanted` names; the only one where it is null. */
  choose(wanted: string | null): Promise<Step<{ readonly id: string; readonly label: string }>>;
  connect(body: ConnectRequest): Promise<Step<Outcome>>;
  replace(id: string, body: ReplaceRequest): Promise<Step<Outcome>>;
  chooseNumber(id: string, body: ChooseNumberRequest): Promise<Step<Outcome>>;
  refresh(id: string): Promise<Step<Outcome>>;
  check(id: string): Promise<Step<Outcome>>;
  remove(id: string): Promise<Step<Outcome>>;
  acknowledge(body: AcknowledgeRequest): Promise<Step<Outcome>>;
}

/** Speaks to the Evertoken that `findRunning` found. */
export function createClient(io: CliIo, running: RunningEvertoken): Client {
  const ask = (method: string, path: string, timeoutMs: number, body?: unknown): Promise<Step<unknown>> =>
    withProgress(io, timeoutMs === META_MS ? 'Asking Meta …' : 'Asking Evertoken …', () => send(io, running, { method, path, timeoutMs, body }));
  const outcomeOf = async (answer: Promise<Step<unknown>>): Promise<Step<Outcome>> => typed(await answer, isOutcome, running.port);
  const status = async (): Promise<Step<StatusAnswer>> => typed(await ask('GET', ADMIN_PATHS.status, LOCAL_MS), isStatus, running.port);
  const at = (id: string): string => `${ADMIN_PATHS.connections}/${encodeURIComponent(id)}`;
  return {
    status,
    async choose(wanted) {
      const answer = await status();
      if (!answer.ok) return answer;
      const choice = chooseConnection(answer.value.connections, wanted);
      return choice.ok ? went({ id: choice.id, label: choice.label }) : stopped(choice.code, choice.message);
    },
    connect: (body) => outcomeOf(ask('POST', ADMIN_PATHS.connections, META_MS, body)),
    replace: (id, body) => outcomeOf(ask('POST', `${at(id)}/replace`, META_MS, body)),
    chooseNumber: (id, body) => outcomeOf(ask('POST', `${at(id)}/number`, META_MS, body)),
    refresh: (id) => outcomeOf(ask('POST', `${ADMIN_PATHS.refresh}?connection=${encodeURIComponent(id)}`, META_MS)),
    check: (id) => outcomeOf(ask('POST', `${at(id)}/check`, META_MS)),
    remove: (id) => outcomeOf(ask('DELETE', at(id), META_MS)),
    acknowledge: (body) => outcomeOf(ask('POST', ADMIN_PATHS.acknowledge, LOCAL_MS, body)),
  };
}

interface Question {
  readonly method: string;
  readonly path: string;
  readonly timeoutMs: number;
  readonly body: unknown;
}

/** Whether the server on the port knows the key; a stop where it does not, or where nobody answers. */
export async function proveServer(io: CliIo, running: RunningEvertoken): Promise<Step<null>> {
  const { port, folder } = running;
  const question = proofQuestion(running);
  let value: unknown;
  try {
    const answer = await io.fetch(`http://127.0.0.1:${port}${question.path}`, { redirect: 'error', signal: AbortSignal.timeout(LOCAL_MS) });
    value = await answer.json();
  } catch (error) {
    if (isRefused(error) && (await livingHolder(folder)) !== null) return stopped('desktop-running', DESKTOP_RUNS);
    return noAnswer(error, port, LOCAL_MS);
  }
  const refused = errorIn(value);
  // One that is stopping says so.
  if (refused !== null) return failed(refused.code, refused.message);
  const proof = proofIn(value);
  if (proof === null) return stranger(port);
  return question.isRight(proof) ? went(null) : otherFolder(port, folder);
}

function otherFolder(port: number, folder: string): Step<never> {
  return stopped('key-wrong', `The Evertoken on port ${port} does not take the key in ${folder}. It runs with another data folder: name that with --data-dir, or its port with --port.`);
}

async function send(io: CliIo, { port, key, folder }: RunningEvertoken, { method, path, timeoutMs, body }: Question): Promise<Step<unknown>> {
  let status: number;
  let value: unknown;
  try {
    const answer = await io.fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
      headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    status = answer.status;
    value = await answer.json();
  } catch (error) {
    return noAnswer(error, port, timeoutMs);
  }
  if (status === 200) return went(value);
  const refused = errorIn(value);
  if (refused === null) return stranger(port);
  if (status === 401) return otherFolder(port, folder);
  return status >= 500 ? failed(refused.code, refused.message) : stopped(refused.code, refused.message);
}

function noAnswer(error: unknown, port: number, timeoutMs: number): Step<never> {
  if (error instanceof Error && error.name === 'TimeoutError') {
    return failed('timeout', `Evertoken did not answer within ${timeoutMs / SECOND} seconds. It may still be at work; see: npx evertoken status`);
  }
  if (isRefused(error)) return stopped('not-running', `Evertoken is not running: nothing answers on port ${port} of this computer. Start it with: npm run serve`);
  return stranger(port);
}

function isRefused(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : null;
  return typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === 'ECONNREFUSED';
}


function stranger(port: number): Step<never> {
  return stopped('not-evertoken', `What answers on port ${port} of this computer does not sound like Evertoken. Start Evertoken with: npm run serve, or name its port with --port.`);
}

function typed<Value>(answer: Step<unknown>, is: (value: unknown) => value is Value, port: number): Step<Value> {
  if (!answer.ok) return answer;
  return is(answer.value) ? went(answer.value) : stranger(port);
}
