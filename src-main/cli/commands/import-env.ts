import { withClient } from '../command.ts';
import type { CommandContext, CommandResult } from '../command.ts';
import { readEnvConnection } from '../../env/env-file.ts';
import { outcomeReport } from '../outcome-report.ts';
import { stepOf, went } from '../report.ts';
import { readTextFile } from '../../env/text-file.ts';

/** The options of `import-env`. */
export interface ImportOptions {
  readonly label?: string;
  readonly environment?: string;
}

/** `evertoken import-env FILE`: a new connection from a bot's `.env`, which is only read. */
export function importEnv(context: CommandContext, file: string, { label = null, environment = null }: { label?: string | null; environment?: string | null }): CommandResult {
  return withClient(context, async (client) => {
    const text = stepOf(await readTextFile(file, context.io.cwd));
    if (!text.ok) return text;
    const found = stepOf(readEnvConnection(text.value, file));
    if (!found.ok) return found;
    const { notes, ...connection } = found.value;
    const outcome = await client.connect({ ...connection, label, environment, source: 'import' });
    return outcome.ok ? went(outcomeReport(outcome.value, notes)) : outcome;
  });
}
