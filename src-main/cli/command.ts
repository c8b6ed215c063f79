import { createClient } from './client.ts';
import type { Client } from './client.ts';
import type { CliIo } from './io.ts';
import { reachEvertoken } from './reach.ts';
import type { Report, Step } from './report.ts';
import { findRunning } from './running-evertoken.ts';
import type { GlobalOptions } from './running-evertoken.ts';

/** What every command is given. */
export interface CommandContext {
  readonly io: CliIo;
  readonly globals: GlobalOptions;
}

/** What a command comes to. */
export type CommandResult = Promise<Step<Report>>;

/** Finds the running Evertoken, has it prove that it is the one, and hands it to the command. Nothing else goes to a stranger. */
export async function withClient({ io, globals }: CommandContext, work: (client: Client) => CommandResult): CommandResult {
  const running = await findRunning(io, globals);
  if (!running.ok) return running;
  const reached = await reachEvertoken(io, running.value);
  return reached.ok ? work(createClient(io, reached.value)) : reached;
}

/** A yes or no at the terminal; anything but a yes is a no. */
export async function confirmed(io: CliIo, question: string): Promise<boolean> {
  const answer = await io.ask(`${question} [y/N] `, false);
  return answer !== null && /^y(es)?$/i.test(answer.trim());
}
