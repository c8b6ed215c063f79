import { CommanderError } from 'commander';
import { printable } from '../core/words/printable.ts';
import type { CommandResult } from './command.ts';
import type { CliIo } from './io.ts';
import { createProgram } from './program.ts';
import { stopped } from './report.ts';
import type { ExitCode, Stop } from './report.ts';
import { findSecretArgument } from './secret-arguments.ts';
import { usageStop } from './usage-words.ts';

/**
 * The command line: runs what `argv` (without node and script) asks for and says how it went. Never rejects:
 * whatever happens ends in an exit code and a sentence, and no stack trace reaches the owner.
 */
export async function run(argv: readonly string[], io: CliIo): Promise<ExitCode> {
  const dashes = argv.indexOf('--');
  // What follows the dashes belongs to another program.
  const asJson = (dashes === -1 ? argv : argv.slice(0, dashes)).includes('--json');
  const secret = findSecretArgument(argv);
  if (secret !== null) return sayStop(io, asJson, secret);
  let exit: ExitCode = 0;
  const settle = async (result: CommandResult): Promise<void> => {
    const step = await result;
    exit = step.ok ? step.value.exit : sayStop(io, asJson, step.stop);
    if (step.ok) io.out(asJson ? `${JSON.stringify(step.value.json)}\n` : step.value.lines.map((line) => `${line}\n`).join(''));
  };
  try {
    const program = createProgram(io, settle);
    if (argv.length === 0) {
      io.err(program.helpInformation());
      return 2;
    }
    await program.parseAsync(argv, { from: 'user' });
    return exit;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    // Half a command, such as `keys`: its help was shown as an answer already.
    if (error instanceof CommanderError && error.code === 'commander.help' && !asJson) return 2;
    if (error instanceof CommanderError) return sayStop(io, asJson, usageStop(error));
    return sayStop(io, asJson, { ...stopped('failed-inside', 'Something went wrong inside the command line. See how things stand with: npx evertoken status').stop, exit: 1 });
  }
}

function sayStop(io: CliIo, asJson: boolean, { exit, code, message }: Stop): ExitCode {
  if (asJson) io.out(`${JSON.stringify({ error: { message, type: 'EvertokenError', code } })}\n`);
  else io.err(`${printable(message)}\n`);
  return exit;
}
