import { withClient } from '../command.ts';
import type { CommandContext, CommandResult } from '../command.ts';
import { outcomeReport } from '../outcome-report.ts';
import { went } from '../report.ts';

/** `evertoken refresh [CONNECTION]`: renew now. */
export function refresh(context: CommandContext, wanted: string | null): CommandResult {
  return onChosen(context, wanted, 'refresh');
}

/** `evertoken check [CONNECTION]`: ask Meta now, renew nothing. */
export function check(context: CommandContext, wanted: string | null): CommandResult {
  return onChosen(context, wanted, 'check');
}

function onChosen(context: CommandContext, wanted: string | null, work: 'refresh' | 'check'): CommandResult {
  return withClient(context, async (client) => {
    const chosen = await client.choose(wanted);
    if (!chosen.ok) return chosen;
    const outcome = await client[work](chosen.value.id);
    return outcome.ok ? went(outcomeReport(outcome.value)) : outcome;
  });
}
