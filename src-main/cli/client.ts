import { ADMIN_PATHS } from '../contract/admin.ts';
import type { AcknowledgeRequest, ChooseNumberRequest, ConnectRequest, DeliveriesAnswer, KeysAnswer, ReplaceRequest, TokenStatusAnswer } from '../contract/admin.ts';
import { chooseConnection } from '../contract/choose-connection.ts';
import type { AddEnvFileRequest, DeliverRequest, SetCommandRequest } from '../contract/deliveries.ts';
import type { CreatedKey, CreateKeyRequest } from '../contract/keys.ts';
import type { Outcome } from '../contract/outcome.ts';
import { LINKS_PATH } from '../contract/window-http.ts';
import { HOUR, MINUTE } from '../core/time.ts';
import { isCreatedKey, isDeliveries, isKeys, isLink, isOutcome, isStatus } from './answers.ts';
import type { LinkAnswer } from './answers.ts';
import type { CliIo } from './io.ts';
import { withProgress } from './progress.ts';
import { ask, LOCAL_MS, stranger } from './reach.ts';
import type { ReachedEvertoken } from './reach.ts';
import { stopped, went } from './report.ts';
import type { Step } from './report.ts';

/** As long as Meta may take, with retries. */
const META_MS = 2 * MINUTE;
/** As long as an owner's own command may take, and what is written before it. */
const DELIVERY_MS = HOUR + 2 * MINUTE;

/** The running Evertoken, as a command sees it. */
export interface Client {
  status(): Promise<Step<TokenStatusAnswer>>;
  /** The id of the connection that `wanted` names; the only one where it is null. */
  choose(wanted: string | null): Promise<Step<{ readonly id: string; readonly label: string }>>;
  connect(body: ConnectRequest): Promise<Step<Outcome>>;
  replace(id: string, body: ReplaceRequest): Promise<Step<Outcome>>;
  chooseNumber(id: string, body: ChooseNumberRequest): Promise<Step<Outcome>>;
  refresh(id: string): Promise<Step<Outcome>>;
  check(id: string): Promise<Step<Outcome>>;
  remove(id: string): Promise<Step<Outcome>>;
  acknowledge(body: AcknowledgeRequest): Promise<Step<Outcome>>;
  keys(): Promise<Step<KeysAnswer>>;
  createKey(body: CreateKeyRequest): Promise<Step<CreatedKey>>;
  revokeKey(id: string): Promise<Step<Outcome>>;
  deliveries(): Promise<Step<DeliveriesAnswer>>;
  addEnvFile(body: AddEnvFileRequest): Promise<Step<Outcome>>;
  setCommand(body: SetCommandRequest): Promise<Step<Outcome>>;
  removeDelivery(id: string): Promise<Step<Outcome>>;
  deliver(body: DeliverRequest): Promise<Step<Outcome>>;
  /** A fresh link to the admin page; the stop `not-found` where there is no such page. */
  link(): Promise<Step<LinkAnswer>>;
}

/** What is said while it is waited for. */
const WAITING: Readonly<Record<number, string>> = { [META_MS]: 'Asking Meta …', [LOCAL_MS]: 'Asking Evertoken …', [DELIVERY_MS]: 'Delivering …' };

/** Speaks to the Evertoken that was reached. */
export function createClient(io: CliIo, reached: ReachedEvertoken): Client {
  const askFor = async <Value>(is: (value: unknown) => value is Value, method: string, path: string, timeoutMs: number, body?: unknown): Promise<Step<Value>> => {
    const answer = await withProgress(io, WAITING[timeoutMs] ?? '', () => ask(io, reached, { method, path, timeoutMs, body }));
    if (!answer.ok) return answer;
    return is(answer.value) ? went(answer.value) : stranger(reached.door);
  };
  const status = (): Promise<Step<TokenStatusAnswer>> => askFor(isStatus, 'GET', ADMIN_PATHS.status, LOCAL_MS);
  const at = (path: string, id: string): string => `${path}/${encodeURIComponent(id)}`;
  const connection = (id: string): string => at(ADMIN_PATHS.connections, id);
  return {
    status,
    async choose(wanted) {
      const answer = await status();
      if (!answer.ok) return answer;
      const choice = chooseConnection(answer.value.connections, wanted);
      return choice.ok ? went({ id: choice.id, label: choice.label }) : stopped(choice.code, choice.message);
    },
    connect: (body) => askFor(isOutcome, 'POST', ADMIN_PATHS.connections, META_MS, body),
    replace: (id, body) => askFor(isOutcome, 'POST', `${connection(id)}/replace`, META_MS, body),
    chooseNumber: (id, body) => askFor(isOutcome, 'POST', `${connection(id)}/number`, META_MS, body),
    refresh: (id) => askFor(isOutcome, 'POST', `${ADMIN_PATHS.refresh}?connection=${encodeURIComponent(id)}`, META_MS),
    check: (id) => askFor(isOutcome, 'POST', `${connection(id)}/check`, META_MS),
    remove: (id) => askFor(isOutcome, 'DELETE', connection(id), META_MS),
    acknowledge: (body) => askFor(isOutcome, 'POST', ADMIN_PATHS.acknowledge, LOCAL_MS, body),
    keys: () => askFor(isKeys, 'GET', ADMIN_PATHS.keys, LOCAL_MS),
    createKey: (body) => askFor(isCreatedKey, 'POST', ADMIN_PATHS.keys, LOCAL_MS, body),
    revokeKey: (id) => askFor(isOutcome, 'DELETE', at(ADMIN_PATHS.keys, id), LOCAL_MS),
    deliveries: () => askFor(isDeliveries, 'GET', ADMIN_PATHS.deliveries, LOCAL_MS),
    addEnvFile: (body) => askFor(isOutcome, 'POST', ADMIN_PATHS.deliveries, META_MS, body),
    setCommand: (body) => askFor(isOutcome, 'POST', ADMIN_PATHS.command, DELIVERY_MS, body),
    removeDelivery: (id) => askFor(isOutcome, 'DELETE', at(ADMIN_PATHS.deliveries, id), LOCAL_MS),
    deliver: (body) => askFor(isOutcome, 'POST', ADMIN_PATHS.deliver, DELIVERY_MS, body),
    link: () => askFor(isLink, 'POST', LINKS_PATH, LOCAL_MS),
  };
}
