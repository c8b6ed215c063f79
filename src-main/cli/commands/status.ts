import { withClient } from '../command.ts';
import type { CommandContext, CommandResult } from '../command.ts';
import { deliveryExit } from '../delivery-exit.ts';
import { createPaint } from '../paint.ts';
import { went } from '../report.ts';
import { statusExit } from '../status-exit.ts';
import { statusLines } from '../status-view.ts';

/** `evertoken status`: how every connection is, and what is not delivered; with `--json` the server's answer as it came. */
export function status(context: CommandContext): CommandResult {
  const { io } = context;
  return withClient(context, async (client) => {
    const answer = await client.status();
    if (!answer.ok) return answer;
    const paint = createPaint(io.stdoutIsTty, io.env);
    return went({ exit: statusExit(answer.value) === 1 ? 1 : deliveryExit(answer.value), lines: statusLines(answer.value, paint), json: answer.value });
  });
}
