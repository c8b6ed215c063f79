import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { dataFolder } from '../adapters/data-folder.ts';
import { DEFAULT_PORT } from '../contract/admin.ts';
import { GRAPH_VERSION, isGraphVersion } from '../adapters/graph.ts';
import { graphAddress, META_GRAPH_URL } from '../adapters/graph-address.ts';

/** How a run of Evertoken was asked for. */
export interface RunOptions {
  readonly dataFolder: string;
  readonly graphUrl: string;
  /** Such as `v26.0`. */
  readonly graphVersion: string;
  readonly port: number;
  /** A file that moves the wall clock, for trials; only with a Graph address on this computer. */
  readonly clockFile: string | null;
  /** The owner's explicit choice of an encrypted file instead of the keychain. */
  readonly vaultFile: { readonly file: string; readonly passphraseFile: string } | null;
}

/** Options, or what to print instead: help, or a sentence about what is wrong. */
export type ReadOptions = { readonly ok: true; readonly options: RunOptions } | { readonly ok: false; readonly exitCode: number; readonly text: string };

/** The same for the desktop app. */
export type ReadDesktopOptions = { readonly ok: true; readonly options: RunOptions; /** Start in the tray, without a window. */ readonly hidden: boolean } | Extract<ReadOptions, { ok: false }>;

/** Reads the server's flags and environment; a flag wins. Anything unusable is refused with a sentence before anything is touched. */
export function readRunOptions(argv: readonly string[], env: NodeJS.ProcessEnv): ReadOptions {
  const command = new Command('evertoken-server').description('Keeps your WhatsApp access tokens alive, without a screen.').allowExcessArguments(false);
  return parsed(command, argv, env);
}

/** The same for the desktop app. What it does not know is passed over: the system and Chromium put switches of their own there. */
export function readDesktopOptions(argv: readonly string[], env: NodeJS.ProcessEnv): ReadDesktopOptions {
  const command = new Command('evertoken').description('Keeps your WhatsApp access tokens alive, in the tray.').option('--hidden', 'start in the tray, without a window').allowUnknownOption().allowExcessArguments();
  const read = parsed(command, argv, env);
  return read.ok ? { ...read, hidden: command.opts<{ hidden?: boolean }>().hidden ?? false } : read;
}

function parsed(command: Command, argv: readonly string[], env: NodeJS.ProcessEnv): ReadOptions {
  let printed = '';
  const take = (text: string): void => {
    printed += text;
  };
  command
    .option('--data-dir <folder>', 'where settings, log and API key are kept (EVERTOKEN_DATA_DIR)')
    .option('--graph-url <address>', "Meta's Graph API; https, or http on this computer only (EVERTOKEN_GRAPH_URL)", env['EVERTOKEN_GRAPH_URL'] || META_GRAPH_URL)
    .option('--graph-version <version>', 'version of that API (EVERTOKEN_GRAPH_VERSION)', env['EVERTOKEN_GRAPH_VERSION'] || GRAPH_VERSION)
    .option('--port <number>', 'port of the server on 127.0.0.1 (EVERTOKEN_PORT)', env['EVERTOKEN_PORT'] || String(DEFAULT_PORT))
    .option('--vault-file <file>', 'keep secrets in this encrypted file instead of the keychain')
    .option('--passphrase-file <file>', 'file with the passphrase of the vault file')
    .exitOverride()
    .configureOutput({ writeOut: take, writeErr: take });
  try {
    command.parse([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { ok: false, exitCode: error.exitCode === 0 ? 0 : 2, text: printed };
  }
  return checked(command.opts<Flags>(), env);
}

interface Flags {
  readonly dataDir?: string;
  readonly graphUrl: string;
  readonly graphVersion: string;
  readonly port: string;
  readonly vaultFile?: string;
  readonly passphraseFile?: string;
}

function checked(flags: Flags, env: NodeJS.ProcessEnv): ReadOptions {
  const address = graphAddress(flags.graphUrl);
  if (!address.ok) return refuse(address.message);
  const graphVersion = flags.graphVersion.trim();
  if (!isGraphVersion(graphVersion)) return refuse(`The Graph version must look like ${GRAPH_VERSION}: the letter v, a number, a dot, a number.`);
  const port = /^\d{1,5}$/.test(flags.port) ? Number(flags.port) : Number.NaN;
  if (!(port >= 1 && port <= 65_535)) return refuse('The port must be a whole number from 1 to 65535.');
  const clockFile = env['EVERTOKEN_CLOCK_FILE'] || null;
  if (clockFile !== null && !address.loopback) return refuse('EVERTOKEN_CLOCK_FILE is for trials: it works only with a Graph address on this computer.');
  const { vaultFile, passphraseFile } = flags;
  if ((vaultFile === undefined) !== (passphraseFile === undefined)) return refuse('--vault-file and --passphrase-file belong together. Give both.');
  return {
    ok: true,
    options: {
      dataFolder: dataFolder({ flag: flags.dataDir, env, platform: process.platform, home: homedir(), cwd: process.cwd() }),
      graphUrl: address.url,
      graphVersion,
      port,
      clockFile: clockFile === null ? null : resolve(clockFile),
      vaultFile: vaultFile === undefined || passphraseFile === undefined ? null : { file: resolve(vaultFile), passphraseFile: resolve(passphraseFile) },
    },
  };
}

function refuse(text: string): ReadOptions {
  return { ok: false, exitCode: 2, text: `${text}\n` };
}
