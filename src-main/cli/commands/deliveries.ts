import { resolve, sep } from 'node:path';
import type { DeliveryView } from '../../contract/deliveries.ts';
import { isVariableName } from '../../core/delivery/variable-name.ts';
import type { Client } from '../client.ts';
import { withClient } from '../command.ts';
import type { CommandContext, CommandResult } from '../command.ts';
import { deliveriesLines, outcomeCommand } from '../deliveries-view.ts';
import { outcomeReport } from '../outcome-report.ts';
import { createPaint } from '../paint.ts';
import { pick } from '../pick.ts';
import type { Naming } from '../pick.ts';
import { stopped, went } from '../report.ts';
import type { Report, Step } from '../report.ts';
import { row } from '../rows.ts';
import type { Outcome } from '../../contract/outcome.ts';

/** The options of `deliveries add`. */
export interface AddFileOptions {
  readonly connection?: string;
  readonly variable: string;
  readonly backup?: boolean;
}

/** The options of `deliveries command`. */
export interface CommandOptions {
  readonly connection?: string;
  readonly folder?: string;
  /** Seconds, as typed. */
  readonly timeout: string;
}

/** `evertoken deliveries list`: where tokens are written, and how that stands. */
export function listDeliveries(context: CommandContext): CommandResult {
  const { io } = context;
  return withClient(context, async (client) => {
    const answer = await client.deliveries();
    if (!answer.ok) return answer;
    const status = await client.status();
    if (!status.ok) return status;
    const { connections, at } = status.value;
    return went({ exit: 0, lines: deliveriesLines(answer.value.deliveries, connections, Date.parse(at), createPaint(io.stdoutIsTty, io.env)), json: answer.value });
  });
}

/** `evertoken deliveries add FILE`: from now on the token is written into this `.env`. */
export function addFile(context: CommandContext, file: string, { connection = null, variable, backup = false }: { connection?: string | null } & Omit<AddFileOptions, 'connection'>): CommandResult {
  if (!isVariableName(variable)) {
    return Promise.resolve(stopped('bad-variable', 'The name of a variable has letters, digits and underscores, and begins with no digit: such as WHATSAPP_ACCESS_TOKEN.'));
  }
  return onChosen(context, connection, (client, id) => client.addEnvFile({ connection: id, file: resolve(context.io.cwd, file), variable, keepBackup: backup }));
}

/** `evertoken deliveries command -- PROGRAM ARGS…`: what is run after each delivery, such as the restart of a bot. */
export function setCommand(context: CommandContext, argv: readonly string[], { connection = null, folder = null, timeout }: { connection?: string | null; folder?: string | null; timeout: string }): CommandResult {
  const timeoutSeconds = /^\d{1,4}$/.test(timeout) ? Number(timeout) : 0;
  if (timeoutSeconds < 1 || timeoutSeconds > 3_600) return Promise.resolve(stopped('bad-timeout', 'The time limit is a whole number of seconds, from 1 to 3600.'));
  const place = folder === null ? null : resolve(context.io.cwd, folder);
  // Where it will run, `./restart.sh` would mean another file than it does here. A bare name is looked up by the system then.
  const [program = '', ...rest] = argv;
  const named = program.includes('/') || program.includes(sep) ? resolve(place ?? context.io.cwd, program) : program;
  return onChosen(context, connection, (client, id) => client.setCommand({ connection: id, argv: [named, ...rest], folder: place, timeoutSeconds }));
}

/** `evertoken deliveries remove DELIVERY`: what was written stays, nothing more is. */
export function removeDelivery(context: CommandContext, wanted: string): CommandResult {
  return withClient(context, async (client) => {
    const answer = await client.deliveries();
    if (!answer.ok) return answer;
    const path = resolve(context.io.cwd, wanted);
    const found = pick(answer.value.deliveries, answer.value.deliveries.some(({ target }) => target === path) ? path : wanted, NAMING);
    if (!found.ok) return found;
    const outcome = await client.removeDelivery(found.value.id);
    return outcome.ok ? went(outcomeReport(outcome.value)) : outcome;
  });
}

/** `evertoken deliver [CONNECTION]`: delivers now what is not delivered, of one connection or of all. */
export function deliver(context: CommandContext, wanted: string | null, { overwrite = false }: { readonly overwrite?: boolean }): CommandResult {
  return withClient(context, async (client) => {
    const chosen = wanted === null ? went({ id: null }) : await client.choose(wanted);
    if (!chosen.ok) return chosen;
    const outcome = await client.deliver({ connection: chosen.value.id, delivery: null, overwrite });
    return outcome.ok ? went(deliveryReport(outcome.value, overwrite ? null : { connection: chosen.value.id })) : outcome;
  });
}

const NAMING: Naming<DeliveryView> = { kind: 'delivery', name: ({ target }) => target, none: 'Nothing is delivered yet.' };

function onChosen(context: CommandContext, wanted: string | null, work: (client: Client, id: string) => Promise<Step<Outcome>>): CommandResult {
  return withClient(context, async (client) => {
    const chosen = await client.choose(wanted);
    if (!chosen.ok) return chosen;
    const outcome = await work(client, chosen.value.id);
    return outcome.ok ? went(deliveryReport(outcome.value, { connection: wanted === null ? null : chosen.value.id })) : outcome;
  });
}

/** An outcome with what to type next; `next` is null where that was just typed. */
function deliveryReport(outcome: Outcome, next: { readonly connection: string | null } | null): Report {
  const report = outcomeReport(outcome);
  return { ...report, lines: [...report.lines, ...row('Command', next === null ? null : outcomeCommand(outcome, next.connection))] };
}
