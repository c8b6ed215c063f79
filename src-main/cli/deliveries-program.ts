import type { Command } from 'commander';
import type { CommandContext, CommandResult } from './command.ts';
import { addFile, listDeliveries, removeDelivery, setCommand } from './commands/deliveries.ts';
import type { AddFileOptions, CommandOptions } from './commands/deliveries.ts';

/** Adds `deliveries` and what belongs to it. */
export function addDeliveriesCommands(program: Command, context: () => CommandContext, settle: (result: CommandResult) => Promise<void>): void {
  const deliveries = program.command('deliveries').description('the .env files that the token is written into, and the command that runs after').helpCommand(false);
  deliveries
    .command('list')
    .description('every file and command, and how it stands')
    .action(() => settle(listDeliveries(context())));
  deliveries
    .command('add <file>')
    .description("write the token into a bot's .env from now on; nothing else in the file changes")
    .option('--connection <connection>', 'whose token: id or label, where there is more than one')
    .option('--variable <name>', 'the variable whose value is set', 'WHATSAPP_ACCESS_TOKEN')
    .option('--backup', 'keep the file as it was before beside it, for one generation')
    .action((file: string, options: AddFileOptions) => settle(addFile(context(), file, options)));
  deliveries
    .command('remove <delivery>')
    .description('write into a file (its path or id) no more, or run the command no more')
    .action((wanted: string) => settle(removeDelivery(context(), wanted)));
  deliveries
    .command('command <program...>')
    .usage('[options] -- <program> [arguments...]')
    .description('run this after the files are written, such as the restart of a bot; no shell reads it, and it takes the place of an earlier one')
    .option('--connection <connection>', "after whose token's delivery: id or label, where there is more than one")
    .option('--folder <folder>', 'where it runs; your home unless told')
    .option('--timeout <seconds>', 'after so long it is ended', '60')
    .action((argv: readonly string[], options: CommandOptions) => settle(setCommand(context(), argv, options)));
}
