import type { AlertView } from '../../contract/status.ts';
import { withClient } from '../command.ts';
import type { CommandContext, CommandResult } from '../command.ts';
import { outcomeReport } from '../outcome-report.ts';
import { printable } from '../printable.ts';
import { stopped, went } from '../report.ts';

/** `evertoken acknowledge [ALERT]`: the owner has seen an alert, so it is not told daily any more. None named: the only one open. */
export function acknowledge(context: CommandContext, wanted: string | null): CommandResult {
  return withClient(context, async (client) => {
    const status = await client.status();
    if (!status.ok) return status;
    const all = [...status.value.alerts, ...status.value.connections.flatMap(({ alerts }) => alerts)];
    const open = all.filter(({ acknowledgedAt }) => acknowledgedAt === null);
    const [only, ...others] = wanted === null ? open : all.filter(({ id }) => id === wanted);
    if (only === undefined) return wanted === null ? went(nothingOpen) : stopped('no-such-alert', `There is no alert of that name. ${listed(open)}`);
    if (others.length > 0) return stopped('which-alert', `Say which alert was seen. ${listed(open)}`);
    const outcome = await client.acknowledge({ id: only.id });
    return outcome.ok ? went(outcomeReport(outcome.value)) : outcome;
  });
}

const nothingOpen = { exit: 0, lines: ['There is nothing to acknowledge.'], json: { ok: true, code: 'nothing-open', message: 'There is nothing to acknowledge.', connection: null, details: [] } } as const;

function listed(open: readonly AlertView[]): string {
  return open.length === 0 ? 'No alert is open.' : `Open: ${open.map(({ id }) => printable(id)).join(', ')}`;
}
