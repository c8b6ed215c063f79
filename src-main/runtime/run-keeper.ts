import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { installCrashRecord } from '../adapters/crash-record.ts';
import { endProcess } from '../adapters/end-process.ts';
import { systemEntropy } from '../adapters/entropy.ts';
import { lockFolder } from '../adapters/folder-lock.ts';
import { createMeta } from '../adapters/graph.ts';
import { openLog } from '../adapters/log.ts';
import { openStateStore } from '../adapters/settings.ts';
import { everyMinute } from '../adapters/ticker.ts';
import type { HistoryEntry } from '../contract/window-view.ts';
import type { Clock, Log, Notifier } from '../core/ports.ts';
import { createRedactor } from '../core/redact.ts';
import { SECOND } from '../core/time.ts';
import type { Keeper } from '../keeper/api.ts';
import { createKeeper } from '../keeper/keeper.ts';
import type { AppAlert } from '../keeper/telling.ts';
import { createHistory } from './history.ts';
import { openClock } from './open-clock.ts';
import { openVaults } from './open-vaults.ts';
import type { RunOptions } from './options.ts';
import { StartFault } from './start-fault.ts';
import { VERSION } from './version.ts';

/** How long an orderly end waits for what is under way, ms. */
const STOP_PATIENCE = 10 * SECOND;

/** A keeper at work, with what server and desktop app need beside it. */
export interface RunningKeeper {
  readonly keeper: Keeper;
  readonly clock: Clock;
  readonly log: Log;
  /** Why secrets are in memory only at the start; null where they are not. */
  readonly memoryOnly: string | null;
  /** What happened lately, newest first: on one connection, or with null everywhere. Right after the start without what happened before it. */
  history(connection: string | null): readonly HistoryEntry[];
  /** Keeps a secret that the keeper does not know of out of every log line. */
  watchSecret(secret: string): void;
  /** Looks at everything now: resume, unlock, network back. */
  wake(): void;
  /** Calls `work` after each look at everything, so once a minute and at each waking. It must not reject. */
  afterLook(work: () => Promise<void>): void;
  /**
   * Looks whether the keychain is locked, without a prompt and in about 1 ms, for whoever cannot wait for the minute's look.
   * The status says what was found, and one that was unlocked or came wakes the keeper. Never rejects.
   */
  lookAtVault(): Promise<void>;
  /** Ends the process, also where a keychain prompt would keep it alive. */
  exit(code: number): void;
  /** Finishes or safely leaves what is under way, then gives the data folder back. */
  stop(): Promise<void>;
}

/** What a program says that ends because of `onLockLost`. */
export const LOCK_LOST_WORDS = 'Another Evertoken took over this data folder, so this one ends.';

/** What the keeper needs of the program that it runs in. */
export interface RunHooks {
  readonly notifier: Notifier;
  /** Another Evertoken took the data folder over: end at once. */
  readonly onLockLost: () => void;
  /** Ends the process; `callHangs` where a keychain call would keep it alive. `endProcess` unless given. */
  readonly end?: (code: number, callHangs: boolean) => void;
  /** What to do when an error that nobody caught has been recorded; ending with its exit code unless given. */
  readonly afterCrash?: () => void;
}

/**
 * Opens the data folder, the settings, the vault and Meta, puts the keeper on top and sets it to work. Rejects with `StartFault` where
 * Evertoken cannot run here; nothing is left locked then.
 */
export async function openKeeper(options: RunOptions, hooks: RunHooks): Promise<RunningKeeper> {
  const lock = await lockFolder(options.dataFolder, { onLost: hooks.onLockLost });
  if (!lock.ok) throw new StartFault(lock.message);
  try {
    return await openLocked(options, hooks, () => lock.release());
  } catch (error) {
    await lock.release();
    throw error instanceof Error ? new StartFault(error.message, { cause: error }) : error;
  }
}

async function openLocked(options: RunOptions, { notifier, end = endProcess, afterCrash }: RunHooks, release: () => Promise<void>): Promise<RunningKeeper> {
  const redactor = createRedactor();
  const redact = (text: string): string => redactor.redact(text);
  // What is wrong with a trial's clock at the start waits for the log; whatever comes later is written as it happens.
  const problems: string[] = [];
  let clockProblem = (sentence: string): void => void problems.push(sentence);
  const { clock, onJump, stop: stopClock } = openClock(options.clockFile, (sentence) => clockProblem(sentence));
  const logs = join(options.dataFolder, 'logs');
  const history = createHistory(logs);
  const log = await openLog({ folder: logs, redact, clock, mirror: (line) => history.take(line) });
  let hasOpenCall = (): boolean => false;
  installCrashRecord({ folder: join(options.dataFolder, 'crashes'), redact, clock, version: VERSION, exit: (code) => (afterCrash === undefined ? end(code, hasOpenCall()) : afterCrash()) });
  const entropy = systemEntropy();
  const settings = await openStateStore({ folder: options.dataFolder, clock, entropy });
  const { installationId } = await settings.store.load();
  const opened = await openVaults(options.vaultFile, installationId, clock, (secret) => redactor.add(secret));
  if (!opened.ok) throw new StartFault(opened.message);
  ({ hasOpenCall } = opened);
  const meta = createMeta({ graphUrl: options.graphUrl, version: options.graphVersion, trustsDate: options.clockFile === null, clock, log });
  const keeper = createKeeper({ clock, entropy, meta, log, notifier, vaults: opened.vaults, store: settings.store, secretWatch: redactor }, { startAlerts: settingsAlert(settings.setAside, settings.restoredFrom) });
  log.write('info', 'started', { version: VERSION, vault: opened.vaults.active.kind, memoryOnly: opened.memoryOnly });
  clockProblem = (sentence) => log.write('warn', 'clock-file', { sentence });
  for (const sentence of problems) clockProblem(sentence);

  await keeper.start();
  const onError = (error: unknown): void => log.write('error', 'tick-failed', { message: error instanceof Error ? error.message : String(error) });
  const lookForKeychain = async (): Promise<boolean> => {
    const news = await opened.lookAgain();
    if (news !== null) log.write('info', `keychain-${news}`, { vault: opened.vaults.active.kind });
    return news !== null;
  };
  const afterwards: (() => Promise<void>)[] = [];
  const lookAfterwards = (): Promise<unknown> => Promise.all(afterwards.map((work) => work()));
  const tick = async (): Promise<void> => {
    await ((await lookForKeychain()) ? keeper.wake() : keeper.tick());
    await lookAfterwards();
  };
  const onWake = async (): Promise<void> => {
    await lookForKeychain();
    await keeper.wake();
    await lookAfterwards();
  };
  const ticker = everyMinute(clock, { tick, onWake, onError, unref: false });
  onJump(() => ticker.poke());
  // The first look at everything; the caller need not wait for Meta to answer.
  ticker.poke();
  void history.recall();
  return {
    keeper,
    clock,
    log,
    memoryOnly: opened.memoryOnly,
    exit: (code) => end(code, hasOpenCall()),
    history: (connection) => history.entries(connection),
    watchSecret: (secret) => redactor.add(secret),
    wake: () => ticker.poke(),
    afterLook: (work) => void afterwards.push(work),
    lookAtVault: async () => {
      if (await lookForKeychain().catch(onError)) ticker.poke();
    },
    stop: async () => {
      // The keeper first, so that it begins nothing more. Every step of a renewal can be taken up again, so neither a Meta
      // that hangs nor a tick that waits for it may keep the program from ending.
      const ended = Promise.all([keeper.stop(), ticker.stop()]);
      await Promise.race([ended, wait(STOP_PATIENCE, undefined, { ref: false })]);
      stopClock();
      log.write('info', 'stopped');
      await log.close();
      await release();
    },
  };
}

function settingsAlert(setAside: string | null, restoredFrom: 'backup' | 'defaults' | null): readonly AppAlert[] {
  if (setAside === null) return [];
  const after = restoredFrom === 'backup' ? 'The last good copy is in use, so nothing should be missing.' : 'No good copy was left, so your connections must be set up again; the tokens are still in your keychain.';
  return [{ code: 'settings-broken', subject: setAside, text: `The settings file was damaged. It was kept as ${setAside}. ${after}` }];
}
