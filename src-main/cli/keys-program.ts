import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { RIGHTS } from '../core/consumers/consumer.ts';
import type { Right } from '../core/consumers/consumer.ts';
import type { CommandContext, CommandResult } from './command.ts';
import { createKey, listKeys, revokeKey } from './commands/keys.ts';
import type { CreateKeyOptions } from './commands/keys.ts';

/** Adds `keys` and what belongs to it. */
export function addKeysCommands(program: Command, context: () => CommandContext, settle: (result: CommandResult) => Promise<void>): void {
  const keys = program.command('keys').description('the keys of your bots: who may use Evertoken, and for what').helpCommand(false);
  keys
    .command('list')
    .description('every key, what it opens and what came through it; never the key itself')
    .action(() => settle(listKeys(context())));
  keys
    .command('create <name>')
    .description('make a key for one bot and show it, this once; it goes to standard output alone')
    .addOption(
      new Option('--right <right>', 'what it opens: graph (calling Meta through Evertoken), token (taking the token itself), status (reading how its connections are) or refresh (renewing now); give it again for more')
        .argParser(oneMoreRight)
        .default([], 'graph'),
    )
    .addOption(new Option('--connection <connection>', 'id or label of a connection that it opens; give it again for more').argParser(oneMore).default([], 'all, also later ones'))
    .option('--print', 'show it even where that goes into a file or another program')
    .action((name: string, options: CreateKeyOptions) => settle(createKey(context(), name, options)));
  keys
    .command('revoke <key>')
    .description('make a key (its name or id) open nothing any more')
    .option('--yes', 'without asking')
    .action((wanted: string, options: { yes?: boolean }) => settle(revokeKey(context(), wanted, options)));
}

function oneMoreRight(value: string, before: readonly Right[]): readonly Right[] {
  const right = RIGHTS.find((known) => known === value);
  if (right === undefined) throw new InvalidArgumentError(`A right is one of ${RIGHTS.join(', ')}.`);
  return [...new Set([...before, right])];
}

function oneMore(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
