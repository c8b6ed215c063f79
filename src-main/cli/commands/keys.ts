import { chooseConnection } from '../../contract/choose-connection.ts';
import type { ConnectionName } from '../../contract/admin.ts';
import type { KeyView } from '../../contract/keys.ts';
import type { Right } from '../../core/consumers/consumer.ts';
import { printable } from '../../core/words/printable.ts';
import { confirmed, withClient } from '../command.ts';
import type { CommandContext, CommandResult } from '../command.ts';
import { canAsk } from '../io.ts';
import { keysLines } from '../keys-view.ts';
import { outcomeReport } from '../outcome-report.ts';
import { createPaint } from '../paint.ts';
import { pick } from '../pick.ts';
import type { Naming } from '../pick.ts';
import { failed, stopped, went } from '../report.ts';
import type { Step } from '../report.ts';

/** The options of `keys create`. */
export interface CreateKeyOptions {
  readonly right: readonly Right[];
  /** Ids or labels; empty for all connections. */
  readonly connection: readonly string[];
  readonly print?: boolean;
}

/** `evertoken keys list`: who may use Evertoken, and what came through each key. */
export function listKeys(context: CommandContext): CommandResult {
  const { io } = context;
  return withClient(context, async (client) => {
    const keys = await client.keys();
    if (!keys.ok) return keys;
    const status = await client.status();
    if (!status.ok) return status;
    const { connections, at } = status.value;
    return went({ exit: 0, lines: keysLines(keys.value.keys, connections, Date.parse(at), createPaint(io.stdoutIsTty, io.env)), json: keys.value });
  });
}

/**
 * `evertoken keys create NAME`: a key for one bot, alone on standard output. Other than the owner's key it stands in no
 * file, so a script must be able to take it from a pipe; but a pipe may end in a log, so that must be said (`--print`,
 * `--json`), and is asked for before a key is made that nobody would see.
 */
export function createKey(context: CommandContext, name: string, { right, connection, print = false }: CreateKeyOptions): CommandResult {
  const { io, globals } = context;
  if (!io.stdoutIsTty && !print && globals.json !== true) {
    return Promise.resolve(stopped('print-needed', 'The key is shown this once and kept nowhere, and here it would go into a file or another program. If that is meant, run this again with --print (the key alone) or --json.'));
  }
  return withClient(context, async (client) => {
    const opened = connection.length === 0 ? went(null) : chosen(await client.status(), connection);
    if (!opened.ok) return opened;
    const made = await client.createKey({ name, rights: right.length === 0 ? ['graph'] : right, connections: opened.value });
    if (!made.ok) return made;
    if (made.value.key === null) return went(outcomeReport(made.value));
    if (globals.json !== true) io.err(`${outcomeReport(made.value).lines.join('\n')}\n`);
    return went({ exit: 0, lines: [made.value.key], json: made.value });
  });
}

/** `evertoken keys revoke KEY`: from then on the key opens nothing. */
export function revokeKey(context: CommandContext, wanted: string, { yes = false }: { readonly yes?: boolean }): CommandResult {
  const { io } = context;
  return withClient(context, async (client) => {
    const keys = await client.keys();
    if (!keys.ok) return keys;
    const found = pick(keys.value.keys, wanted, NAMING);
    if (!found.ok) return found;
    const { id, name } = found.value;
    if (!yes && !canAsk(io)) return stopped('yes-needed', `Whoever uses the key "${printable(name)}" is refused from then on. If that is meant, run this again with --yes.`);
    if (!yes && !(await confirmed(io, `Revoke the key "${printable(name)}"? Whoever uses it is refused from then on.`))) return failed('cancelled', 'Nothing was revoked.');
    const outcome = await client.revokeKey(id);
    return outcome.ok ? went(outcomeReport(outcome.value)) : outcome;
  });
}

const NAMING: Naming<KeyView> = { kind: 'key', name: ({ name }) => name, none: 'There is no key yet.' };

/** The ids of the connections that were named. */
function chosen(status: Step<{ readonly connections: readonly ConnectionName[] }>, wanted: readonly string[]): Step<readonly string[]> {
  if (!status.ok) return status;
  const ids = new Set<string>();
  for (const one of wanted) {
    const choice = chooseConnection(status.value.connections, one);
    if (!choice.ok) return stopped(choice.code, choice.message);
    ids.add(choice.id);
  }
  return went([...ids]);
}
