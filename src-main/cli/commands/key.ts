import { join } from 'node:path';
import type { CommandContext, CommandResult } from '../command.ts';
import { stopped, went } from '../report.ts';
import { findRunning, folderOf } from '../running-evertoken.ts';

/** `evertoken key`: shows the API key for a bot's settings, at a terminal only: a pipe may end in a log. */
export async function key({ io, globals }: CommandContext): CommandResult {
  if (!io.stdoutIsTty || globals.json === true) {
    return stopped('terminal-only', `The key is shown at a terminal only. A program reads it from the file ${join(folderOf(io, globals), 'api-key')}`);
  }
  const running = await findRunning(io, globals);
  return running.ok ? went({ exit: 0, lines: [running.value.key], json: null }) : running;
}
