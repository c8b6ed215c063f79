import { chooseConnection } from '../../contract/choose-connection.ts';
import type { AlertView, StatusAnswer } from '../../contract/status.ts';
import { printable } from '../../core/words/printable.ts';
import { alertName, alertsNamed } from '../alert-name.ts';
import { withClient } from '../command.ts';
import type { CommandContext, CommandResult } from '../command.ts';
import { outcomeReport } from '../outcome-report.ts';
import { stopped, went } from '../report.ts';
import type { Step } from '../report.ts';

/**
 * `evertoken acknowledge [ALERT] [CONNECTION]`: the owner has seen an alert, so it is not told daily any more. It goes by
 * its code, by its id or by how its id begins. None named: the only one open.
 */
export function acknowledge(context: CommandContext, wanted: string | null, connection: string | null): CommandResult {
  return withClient(context, async (client) => {
    const status = await client.status();
    if (!status.ok) return status;
    const among = alertsOf(status.value, connection);
    if (!among.ok) return among;
    const open = among.value.filter(isOpen);
    const named = wanted === null ? open : alertsNamed(wanted, among.value);
    // One that was seen already is meant only where no open one is.
    const [only, ...others] = named.some(isOpen) ? named.filter(isOpen) : named;
    if (only === undefined) return wanted === null ? went(nothingOpen) : stopped('no-such-alert', `There is no alert of that name. ${listed(open)}`);
    if (others.length > 0) return stopped('which-alert', `Say which alert was seen. ${listed([only, ...others])}`);
    const outcome = await client.acknowledge({ id: only.id });
    return outcome.ok ? went(outcomeReport(outcome.value)) : outcome;
  });
}

/** All alerts, or those of the connection that was named. */
function alertsOf({ alerts, connections }: StatusAnswer, connection: string | null): Step<readonly AlertView[]> {
  if (connection === null) return went([...alerts, ...connections.flatMap((view) => view.alerts)]);
  const choice = chooseConnection(connections, connection);
  return choice.ok ? went(connections.find(({ id }) => id === choice.id)?.alerts ?? []) : stopped(choice.code, choice.message);
}

const isOpen = ({ acknowledgedAt }: AlertView): boolean => acknowledgedAt === null;

const nothingOpen = { exit: 0, lines: ['There is nothing to acknowledge.'], json: { ok: true, code: 'nothing-open', message: 'There is nothing to acknowledge.', connection: null, details: [] } } as const;

function listed(open: readonly AlertView[]): string {
  return open.length === 0 ? 'No alert is open.' : `Open: ${open.map((alert) => printable(alertName(alert, open))).join(', ')}`;
}
