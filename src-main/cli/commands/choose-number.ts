import { withClient } from '../command.ts';
import type { CommandContext, CommandResult } from '../command.ts';
import { outcomeReport } from '../outcome-report.ts';
import { went } from '../report.ts';

/** `evertoken choose-number PHONE_NUMBER_ID [CONNECTION]`: ties a connection to one of the numbers that were found. */
export function chooseNumber(context: CommandContext, phoneNumberId: string, wanted: string | null): CommandResult {
  return withClient(context, async (client) => {
    const chosen = await client.choose(wanted);
    if (!chosen.ok) return chosen;
    const outcome = await client.chooseNumber(chosen.value.id, { phoneNumberId });
    return outcome.ok ? went(outcomeReport(outcome.value)) : outcome;
  });
}
