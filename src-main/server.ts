import { ensureApiKey } from './adapters/api-key.ts';
import { removeRunningFile, writeRunningFile } from './adapters/running-file.ts';
import { SECOND } from './core/time.ts';
import { MEMORY_ONLY_WORDS } from './core/words/alerts.ts';
import { printable } from './core/words/printable.ts';
import { type Gateway, startGateway } from './gateway/server.ts';
import { GatewayStartError } from './gateway/start-error.ts';
import { readRunOptions, type RunOptions } from './runtime/options.ts';
import { LOCK_LOST_WORDS, openKeeper, type RunningKeeper } from './runtime/run-keeper.ts';
import { StartFault } from './runtime/start-fault.ts';
import { terminalNotifier } from './runtime/terminal-notifier.ts';

const EXIT_CANNOT_START = 2;
/** What shells say of a program that was ended from the keyboard. */
const EXIT_CUT_SHORT = 130;
/** One Ctrl-C can arrive twice, from the terminal and through npm; only a later signal is a second wish, ms. */
const SAME_SIGNAL = SECOND;
await main();

/** The keeper without a screen: options, keeper, loopback server, and an orderly end. */
async function main(): Promise<void> {
  const read = readRunOptions(process.argv.slice(2), process.env);
  if (!read.ok) return leave(read.exitCode, read.text);
  const { options } = read;
  // Once a keychain may have an open prompt, only the keeper knows how to end this process.
  let exit = (code: number): void => process.exit(code);
  try {
    const running = await openKeeper(options, {
      notifier: terminalNotifier(say),
      onLockLost: () => leave(EXIT_CANNOT_START, `${LOCK_LOST_WORDS}\n`, (code) => exit(code)),
    });
    exit = (code) => running.exit(code);
    const gateway = await openGateway(options, running);
    say(`Evertoken is running: http://127.0.0.1:${gateway.port}/admin/token-status (data in ${options.dataFolder}).`);
    if (running.memoryOnly !== null) say(`${MEMORY_ONLY_WORDS} ${running.memoryOnly}`);
    const end = async (): Promise<void> => {
      // Together: whoever waits at the gateway waits for the keeper.
      await Promise.all([gateway.close(), running.stop()]);
      await removeRunningFile(options.dataFolder, process.pid);
      running.exit(0);
    };
    endOnSignals(end, () => running.exit(EXIT_CUT_SHORT));
  } catch (error) {
    if (error instanceof StartFault || error instanceof GatewayStartError) return leave(EXIT_CANNOT_START, `${error.message}\n`, exit);
    throw error;
  }
}

async function openGateway({ dataFolder, port }: RunOptions, running: RunningKeeper): Promise<Gateway> {
  try {
    const apiKey = await ensureApiKey(dataFolder);
    running.watchSecret(apiKey);
    const gateway = await startGateway({ keeper: running.keeper, apiKey, port, host: '127.0.0.1', log: running.log, clock: running.clock });
    await writeRunningFile(dataFolder, { port: gateway.port, pid: process.pid, startedAt: running.clock.now() });
    return gateway;
  } catch (error) {
    await running.stop();
    throw error;
  }
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
