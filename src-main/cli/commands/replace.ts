import type { Client } from '../client.ts';
import { confirmed, withClient } from '../command.ts';
import type { CommandContext, CommandResult } from '../command.ts';
import type { ReplaceRequest } from '../../contract/admin.ts';
import { canAsk } from '../io.ts';
import type { CliIo } from '../io.ts';
import { outcomeReport } from '../outcome-report.ts';
import { stopped, went } from '../report.ts';
import { readAppSecret, readToken, readTokenOrKeep } from '../secrets-in.ts';
import type { SecretFiles } from '../secrets-in.ts';

/** The options of `replace`. App id and secret only together: where the new token belongs to another app, or alone where only they change. */
export interface ReplaceOptions extends SecretFiles {
  readonly appId?: string;
  readonly yes?: boolean;
}

/** `evertoken replace [CONNECTION]`: another token in place of the one in use, or with an app id and no token only another app id and secret. */
export function replace(context: CommandContext, wanted: string | null, options: ReplaceOptions): CommandResult {
  const { io } = context;
  return withClient(context, async (client) => {
    const chosen = await client.choose(wanted);
    if (!chosen.ok) return chosen;
    const token = await (options.appId === undefined ? readToken(io, options) : readTokenOrKeep(io, options));
    if (!token.ok) return token;
    const secret = await readAppSecret(io, options, options.appId !== undefined);
    if (!secret.ok) return secret;
    if ((options.appId === undefined) !== (secret.value === null)) {
      return stopped('app-incomplete', 'An app id and its app secret belong together. Give both --app-id and --app-secret-file, or neither.');
    }
    const app = options.appId === undefined || secret.value === null ? null : { appId: options.appId, appSecret: secret.value };
    return exchange(io, client, chosen.value.id, { token: token.value, app, confirmed: options.yes === true });
  });
}

/** Differences are stated and confirmed, never refused: without a terminal to ask at, `--yes` is the answer. */
async function exchange(io: CliIo, client: Client, id: string, body: ReplaceRequest): CommandResult {
  const outcome = await client.replace(id, body);
  if (!outcome.ok) return outcome;
  const notes = body.token === null ? ['No new token was given: Evertoken keeps the token in use and takes the new app id and app secret for it.'] : [];
  const report = outcomeReport(outcome.value, notes);
  if (outcome.value.code !== 'confirm' || outcome.value.ok) return went(report);
  if (!canAsk(io)) return went({ ...report, lines: [...report.lines, 'Nothing was changed. If that is meant all the same, run this again with --yes.'] });
  io.err(`${report.lines.join('\n')}\n`);
  if (!(await confirmed(io, body.token === null ? 'Use the new app id and app secret?' : 'Use the new token?'))) return went({ ...report, lines: ['Nothing was changed.'] });
  const second = await client.replace(id, { ...body, confirmed: true });
  return second.ok ? went(outcomeReport(second.value)) : second;
}
