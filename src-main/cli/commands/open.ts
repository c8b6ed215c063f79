import { withClient } from '../command.ts';
import type { CommandContext, CommandResult } from '../command.ts';
import { failed, went } from '../report.ts';

/** `evertoken open`: a fresh link to the admin page of server mode, which works once within five minutes. */
export function open(context: CommandContext): CommandResult {
  return withClient(context, async (client) => {
    const link = await client.link();
    if (link.ok) return went({ exit: 0, lines: [link.value.url], json: link.value });
    if (link.stop.code !== 'not-found') return link;
    return failed('no-page', 'This Evertoken has no page to open. The desktop app has a window of its own: click its icon in the tray. Server mode has one once it was built: stop it, then npm run build and npm run serve.');
  });
}
