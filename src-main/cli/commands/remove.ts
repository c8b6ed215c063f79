import { confirmed, withClient } from '../command.ts';
import type { CommandContext, CommandResult } from '../command.ts';
import { canAsk } from '../io.ts';
import { outcomeReport } from '../outcome-report.ts';
import { printable } from '../../core/words/printable.ts';
import { failed, stopped, went } from '../report.ts';

/** `evertoken remove [CONNECTION]`: forgets a connection and erases its secrets, once the owner said yes. */
export function remove(context: CommandContext, wanted: string | null, { yes = false }: { readonly yes?: boolean }): CommandResult {
  const { io } = context;
  return withClient(context, async (client) => {
    const chosen = await client.choose(wanted);
    if (!chosen.ok) return chosen;
    const { id, label } = chosen.value;
    if (!yes && !canAsk(io)) return stopped('yes-needed', `Removing "${printable(label)}" erases its token here. If that is meant, run this again with --yes.`);
    if (!yes && !(await confirmed(io, `Remove "${printable(label)}" and erase its token here?`))) return failed('cancelled', 'Nothing was removed.');
    const outcome = await client.remove(id);
    return outcome.ok ? went(outcomeReport(outcome.value)) : outcome;
  });
}
