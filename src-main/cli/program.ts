import { Command, Option } from 'commander';
import type { CommandContext, CommandResult } from './command.ts';
import { acknowledge } from './commands/acknowledge.ts';
import { chooseNumber } from './commands/choose-number.ts';
import { connect } from './commands/connect.ts';
import type { ConnectOptions } from './commands/connect.ts';
import { deliver } from './commands/deliveries.ts';
import { explain } from './commands/explain.ts';
import { importEnv } from './commands/import-env.ts';
import type { ImportOptions } from './commands/import-env.ts';
import { key } from './commands/key.ts';
import { open } from './commands/open.ts';
import { check, refresh } from './commands/refresh.ts';
import { remove } from './commands/remove.ts';
import { replace } from './commands/replace.ts';
import type { ReplaceOptions } from './commands/replace.ts';
import { status } from './commands/status.ts';
import { addDeliveriesCommands } from './deliveries-program.ts';
import type { CliIo } from './io.ts';
import { addKeysCommands } from './keys-program.ts';
import type { GlobalOptions } from './running-evertoken.ts';

/** The commands and their options; `settle` is given what the called one comes to. */
export function createProgram(io: CliIo, settle: (result: CommandResult) => Promise<void>): Command {
  const program = new Command('evertoken')
    .description("Keeps a shop's WhatsApp access token alive. These commands speak to the Evertoken that runs on this computer.")
    .option('--data-dir <folder>', 'the data folder of the running Evertoken (or EVERTOKEN_DATA_DIR)')
    .option('--port <number>', 'its port (or EVERTOKEN_PORT)')
    // An option of the server's; taken, so that whoever gives all commands the same ones is not stopped.
    .addOption(new Option('--graph-url <address>').hideHelp())
    .option('--json', 'answer in JSON, for programs')
    .exitOverride()
    .helpCommand(false)
    // Mistakes are told in our own words; what else goes there is the help for half a command.
    .configureOutput({ writeOut: (text) => io.out(text), writeErr: (text) => io.err(text), outputError: () => undefined });
  const context = (): CommandContext => ({ io, globals: program.opts<GlobalOptions>() });

  program
    .command('connect')
    .description('connect a WhatsApp number; the token comes from a file, from standard input, or is asked for')
    .option('--label <name>', 'what to call it')
    .option('--environment <name>', 'production, test …')
    .option('--app-id <id>', 'the id of the Meta app')
    .option('--phone-number-id <id>', 'the id of the phone number (not the number itself)')
    .option('--waba-id <id>', 'the id of the WhatsApp Business Account')
    .option('--token-file <file>', 'a file that holds the access token; - for standard input')
    .option('--app-secret-file <file>', 'a file that holds the app secret; - for standard input')
    .action((options: ConnectOptions) => settle(connect(context(), options)));

  program
    .command('import-env <file>')
    .description("connect with what a bot's .env holds")
    .option('--label <name>', 'what to call it')
    .option('--environment <name>', 'production, test …')
    .action((file: string, options: ImportOptions) => settle(importEnv(context(), file, options)));

  program
    .command('replace [connection]')
    .description('use another token for a connection (its id or label); with --app-id and no token, only the app id and secret')
    .option('--token-file <file>', 'a file that holds the new token; - for standard input')
    .option('--app-id <id>', 'the id of its Meta app, if that changes')
    .option('--app-secret-file <file>', 'a file that holds the app secret of that app')
    .option('--yes', 'use it even if it differs from the old one')
    .action((wanted: string | undefined, options: ReplaceOptions) => settle(replace(context(), wanted ?? null, options)));

  program
    .command('choose-number <id> [connection]')
    .description('tie a connection to one of the phone numbers that were found, by its id')
    .action((phoneNumberId: string, wanted: string | undefined) => settle(chooseNumber(context(), phoneNumberId, wanted ?? null)));

  program
    .command('status')
    .description('how every connection is, and what is not delivered')
    .action(() => settle(status(context())));
  program
    .command('refresh [connection]')
    .description('renew the token now')
    .action((wanted: string | undefined) => settle(refresh(context(), wanted ?? null)));
  program
    .command('check [connection]')
    .description('ask Meta about the token now')
    .action((wanted: string | undefined) => settle(check(context(), wanted ?? null)));
  program
    .command('remove [connection]')
    .description('forget a connection and erase its token here')
    .option('--yes', 'without asking')
    .action((wanted: string | undefined, options: { yes?: boolean }) => settle(remove(context(), wanted ?? null, options)));
  program
    .command('acknowledge [alert] [connection]')
    .description('say that you have seen an alert (its name in brackets in the status, or how its id begins)')
    .action((wanted: string | undefined, connection: string | undefined) => settle(acknowledge(context(), wanted ?? null, connection ?? null)));
  program
    .command('deliver [connection]')
    .description('write the token now into every .env file that does not have it; the command runs after it if a file was written, or if it had failed')
    .option('--overwrite', 'also over a value that somebody changed by hand, and into a file that is no longer what you named')
    .action((wanted: string | undefined, options: { overwrite?: boolean }) => settle(deliver(context(), wanted ?? null, options)));
  addDeliveriesCommands(program, context, settle);
  addKeysCommands(program, context, settle);
  program
    .command('key')
    .description("show the owner's own key, which opens everything (at a terminal only)")
    .action(() => settle(key(context())));
  program
    .command('explain')
    .description('say what an error means: send a log, an answer or any text through standard input; works offline')
    .action(() => settle(explain(context())));
  program
    .command('open')
    .description('print a link to the admin page of server mode; it works once, within five minutes')
    .action(() => settle(open(context())));
  return program;
}
