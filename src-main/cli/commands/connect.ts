import { withClient } from '../command.ts';
import type { CommandContext, CommandResult } from '../command.ts';
import { outcomeReport } from '../outcome-report.ts';
import { went } from '../report.ts';
import { readAppSecret, readToken } from '../secrets-in.ts';
import type { SecretFiles } from '../secrets-in.ts';

/** The options of `connect`. None is needed. */
export interface ConnectOptions extends SecretFiles {
  readonly label?: string;
  readonly environment?: string;
  readonly appId?: string;
  readonly phoneNumberId?: string;
  readonly wabaId?: string;
}

/** `evertoken connect`: a new connection. The app secret is asked for at a terminal only where its app id was given. */
export function connect(context: CommandContext, options: ConnectOptions): CommandResult {
  return withClient(context, async (client) => {
    const token = await readToken(context.io, options);
    if (!token.ok) return token;
    const appSecret = await readAppSecret(context.io, options, options.appId !== undefined);
    if (!appSecret.ok) return appSecret;
    const { label = null, environment = null, appId = null, phoneNumberId = null, wabaId = null } = options;
    const outcome = await client.connect({ token: token.value, appSecret: appSecret.value, label, environment, appId, phoneNumberId, wabaId, source: 'connect' });
    return outcome.ok ? went(outcomeReport(outcome.value)) : outcome;
  });
}
