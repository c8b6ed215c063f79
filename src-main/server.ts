import { join } from 'node:path';
import { StorageFault } from './adapters/storage-fault.ts';
import type { Notifier } from './core/ports.ts';
import { SECOND } from './core/time.ts';
import { MEMORY_ONLY_WORDS } from './core/words/alerts.ts';
import { printable } from './core/words/printable.ts';
import { GatewayStartError } from './gateway/start-error.ts';
import { type ServerAddress, serverAddress } from './runtime/listening.ts';
import { readRunOptions, type ServerOptions } from './runtime/options.ts';
import { LOCK_LOST_WORDS, openKeeper, type RunningKeeper } from './runtime/run-keeper.ts';
import { openServerService, type ServerService } from './runtime/server-service.ts';
import { StartFault } from './runtime/start-fault.ts';
import { terminalNotifier } from './runtime/terminal-notifier.ts';

const EXIT_CANNOT_START = 2;
/** What shells say of a program that was ended from the keyboard. */
const EXIT_CUT_SHORT = 130;
/** One Ctrl-C can arrive twice, from the terminal and through npm; only a later signal is a second wish, ms. */
const SAME_SIGNAL = SECOND;
/** The built window, beside the built program. */
const WINDOW_FOLDER = join(import.meta.dirname, 'window');
await main();

/** The keeper without a screen: options, keeper, gateway and admin page, and an orderly end. */
async function main(): Promise<void> {
  const read = readRunOptions(process.argv.slice(2), process.env);
  if (!read.ok) return leave(read.exitCode, read.text);
  const { options } = read;
  const address = serverAddress(options);
  const warnings = address.warnings.map(({ text }) => text);
  // Once a keychain may have an open prompt, only the keeper knows how to end this process.
  let exit = (code: number): void => process.exit(code);
  try {
    const running = await openKeeper(options, {
      notifier: besides(warnings, terminalNotifier(say)),
      onLockLost: () => leave(EXIT_CANNOT_START, `${LOCK_LOST_WORDS}\n`, (code) => exit(code)),
    });
    exit = (code) => running.exit(code);
    const service = await openOrStop(options, address, running);
    say(`Evertoken is running: ${address.origin} (data in ${options.dataFolder}).`);
    if (running.memoryOnly !== null) say(`${MEMORY_ONLY_WORDS} ${running.memoryOnly}`);
    for (const warning of warnings) say(`Warning: ${warning}`);
    say(wayIn(service));
    await service.announce();
    const end = async (): Promise<void> => {
      // The service first: the data folder's lock goes with the keeper.
      await service.close();
      await running.stop();
      running.exit(0);
    };
    endOnSignals(end, () => running.exit(EXIT_CUT_SHORT));
  } catch (error) {
    if (error instanceof StartFault || error instanceof GatewayStartError || error instanceof StorageFault) return leave(EXIT_CANNOT_START, `${error.message}\n`, exit);
    throw error;
  }
}

async function openOrStop(options: ServerOptions, address: ServerAddress, running: RunningKeeper): Promise<ServerService> {
  try {
    return await openServerService(running, options, address, WINDOW_FOLDER);
  } catch (error) {
    await running.stop();
    throw error;
  }
}

/** What is said at every start is not told as news besides. */
function besides(said: readonly string[], notifier: Notifier): Notifier {
  return { ...notifier, tell: (alert) => (said.includes(alert.text) ? undefined : notifier.tell(alert)) };
}

function wayIn(service: ServerService): string {
  const link = service.makeLink();
  return link === null
    ? `There is no admin page: its files are missing from ${WINDOW_FOLDER}. Build Evertoken again with: npm run build`
    : `Open this within five minutes: ${link} (it works once; "npx evertoken open" prints a new one).`;
}

/** The first signal ends in order, a second one at once. */
function endOnSignals(inOrder: () => Promise<void>, atOnce: () => void): void {
  let firstAt: number | null = null;
  const end = (): void => {
    if (firstAt === null) {
      firstAt = performance.now();
      void inOrder();
    } else if (performance.now() - firstAt > SAME_SIGNAL) atOnce();
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  process.on('SIGHUP', end);
}

function say(line: string): void {
  process.stdout.write(`${printable(line)}\n`);
}

function leave(exitCode: number, text: string, exit: (code: number) => void = (code) => process.exit(code)): void {
  if (text !== '') (exitCode === 0 ? process.stdout : process.stderr).write(text);
  exit(exitCode);
}
